local errors = require "urna.errors"
local figures = require "urna.analysis.figures"
local links = require "urna.analysis.links"
local places = require "urna.places"

--- What became of the lists between two elections: as links say it, else by
--- equal keys and names. What is left is told, with what it may have become;
--- only somebody who knows the lists can say whether it did.
local lineage = {}

local function by_key(lists)
  local found = {}
  for _, list in ipairs(lists) do found[list.key] = list end
  return found
end

local function keys_of(lists)
  local keys = {}
  for i, list in ipairs(lists) do keys[i] = list.key end
  return keys
end

-- A list that a link names and the election does not have.
local function unknown(items, before, after)
  for n, item in ipairs(items) do
    for _, side in ipairs { "from", "to" } do
      local lists = side == "from" and before or after
      local known = by_key(lists)
      for _, key in ipairs(item[side] or {}) do
        if not known[key] then
          local near = errors.nearest(key, keys_of(lists))
          return errors.new("bad_links", { text = key, message =
            ("links.lists[%d].%s: the election %s has no list %q%s"):format(n,
              side, side == "from" and "before" or "after", key, near
              and (": did you mean %q?"):format(near) or "") })
        end
      end
    end
  end
end

-- ---- what a list may have become ----

-- Words of a list's name that no other list of its election has.
local function own_words(lists)
  local times, words = {}, {}
  for i, list in ipairs(lists) do
    words[i] = {}
    local folded = places.fold(list.name or list.key):gsub("[%p]", " ")
    for word in folded:gmatch("%S+") do
      if #word > 3 and not words[i][word] then
        words[i][word] = true
        times[word] = (times[word] or 0) + 1
      end
    end
  end
  for _, own in ipairs(words) do
    for word in pairs(own) do
      if times[word] > 1 then own[word] = nil end
    end
  end
  return words
end

local function shared_words(a, b)
  local found = {}
  for word in pairs(a) do
    if b[word] then found[#found + 1] = word end
  end
  table.sort(found)
  return found
end

-- Scores by before and after; the best of each, if it has no equal.
local function best_of(scores, count, at)
  local best, score, is_tied
  for i = 1, count do
    local value = at(scores, i)
    if value and (not score or value > score) then
      best, score, is_tied = i, value, false
    elseif value and value == score then
      is_tied = true
    end
  end
  return not is_tied and best or nil
end

-- Pairs that are each other's best.
local function mutual(before, after, score)
  local scores, found = {}, {}
  for i = 1, #before do
    scores[i] = {}
    for j = 1, #after do scores[i][j] = score(i, j) end
  end
  for i = 1, #before do
    local j = best_of(scores, #after, function(all, n) return all[i][n] end)
    local back = j and best_of(scores, #before, function(all, n)
      return all[n][j]
    end)
    if back == i then found[#found + 1] = { i, j } end
  end
  return found
end

local function free(lists, used)
  local rows = {}
  for i, list in ipairs(lists) do
    if not used[list.key] then rows[#rows + 1] = { list = list, at = i } end
  end
  return rows
end

local function propose_by_name(before, after, job)
  local words = { own_words(job.before), own_words(job.after) }
  local found = {}
  local pairs_ = mutual(before, after, function(i, j)
    local count = #shared_words(words[1][before[i].at],
      words[2][after[j].at])
    return count > 0 and count or nil
  end)
  for n, pair in ipairs(pairs_) do
    local one, other = before[pair[1]], after[pair[2]]
    found[n] = { from = { one.list.key }, to = { other.list.key },
      kind = "renamed", by = "name", words = shared_words(words[1][one.at],
        words[2][other.at]) }
  end
  return found
end

-- Shares that are within a tenth of each other.
local function propose_by_size(before, after, job)
  local found = {}
  local pairs_ = mutual(before, after, function(i, j)
    local a = job.share(1, before[i].list.key)
    local b = job.share(2, after[j].list.key)
    if not a or not b or a == 0 or b == 0 then return nil end
    local ratio = math.min(a, b) / math.max(a, b)
    return ratio >= 0.9 and ratio or nil
  end)
  for n, pair in ipairs(pairs_) do
    found[n] = { from = { before[pair[1]].list.key },
      to = { after[pair[2]].list.key }, kind = "renamed", by = "size" }
  end
  return found
end

local function propose(job, used_before, used_after)
  local before, after = free(job.before, used_before),
    free(job.after, used_after)
  local found = propose_by_name(before, after, job)
  for _, link in ipairs(found) do
    used_before[link.from[1]], used_after[link.to[1]] = true, true
  end
  for _, link in ipairs(propose_by_size(free(job.before, used_before),
    free(job.after, used_after), job)) do
    found[#found + 1] = link
  end
  return found
end

-- ---- the groups ----

local function use(group, used_before, used_after)
  for _, key in ipairs(group.from) do used_before[key] = true end
  for _, key in ipairs(group.to) do used_after[key] = true end
end

local function left(lists, used)
  local found = {}
  for _, list in ipairs(lists) do
    if not used[list.key] then found[#found + 1] = list end
  end
  return found
end

-- In the order of the lists after, then those that are only before.
local function sort_groups(groups, before, after)
  local place = {}
  for i, list in ipairs(after) do place["a " .. list.key] = i end
  for i, list in ipairs(before) do place["b " .. list.key] = #after + i end
  local function first(group)
    local least = math.huge
    for _, key in ipairs(group.to) do
      least = math.min(least, place["a " .. key])
    end
    if least < math.huge then return least end
    for _, key in ipairs(group.from) do
      least = math.min(least, place["b " .. key])
    end
    return least
  end
  table.sort(groups, function(a, b) return first(a) < first(b) end)
end

--- Groups of lists of which each became the other.
---@param before table[] lists
---@param after table[] lists
---@param items table[] links of lists
---@param share fun(side: integer, key: string): number? of votes, to find lists
--- of a like size
---@return { from: string[], to: string[], kind: string, by: string }[]? groups
--- by: "link", "key", "name"; lists that nothing is known of have the kind
--- "unmatched" and nobody on the other side
---@return table[]|urna.Error proposed links, by "name" or "size"; not applied
function lineage.groups(before, after, items, share)
  local err = unknown(items, before, after)
  if err then return nil, err end
  local groups, used_before, used_after = {}, {}, {}
  for _, group in ipairs(links.join("lists", items)) do
    group.by = "link"
    groups[#groups + 1] = group
    use(group, used_before, used_after)
  end
  local found, by = figures.lists(left(before, used_before),
    left(after, used_after))
  for _, list in ipairs(before) do
    if found[list.key] then
      groups[#groups + 1] = { from = { list.key }, to = { found[list.key] },
        kind = "same", by = by[list.key] }
      use(groups[#groups], used_before, used_after)
    end
  end
  local alone = { left(before, used_before), left(after, used_after) }
  for _, list in ipairs(alone[1]) do
    groups[#groups + 1] = { from = { list.key }, to = {}, kind = "unmatched" }
  end
  for _, list in ipairs(alone[2]) do
    groups[#groups + 1] = { from = {}, to = { list.key }, kind = "unmatched" }
  end
  local proposed = propose({ before = before, after = after, share = share },
    used_before, used_after)
  sort_groups(groups, before, after)
  return groups, proposed
end

return lineage
