local errors = require "urna.errors"
local places = require "urna.places"

--- Which polling stations of two sources are the same, told by their keys as
--- people write them: in Cyrillic, Latin or bare ASCII, in any case, with
--- "Biračko mesto br." before the number or zeros, with the key columns in
--- another order or under other names. Each way of reading a key is tried
--- after the stricter ones, and pairs only what is alone on both sides.
local pairing = {}

-- Words before a station's number, folded.
local BEFORE_NUMBER = {}
for word in ("biracko birackog birackom glasacko izborno mesto "
  .. "mjesto mesta bm b m gm br broj no nr number polling station place ps "
  .. "rb redni"):gmatch("%S+") do BEFORE_NUMBER[word] = true end

-- Words before the name of a place that say what kind it is, folded.
local KINDS = { opstina = true, gradska = true, grad = true, go = true,
  op = true }

local SIGNS = { ["–"] = " ", ["—"] = " ", ["„"] = " ", ["“"] = " ",
  ["”"] = " ", ["’"] = " ", ["№"] = " " }

-- Words of a text without signs, zeros before numbers, and the j of a dj that
-- stands for đ: who types without it types a d.
local function words_of(text)
  local plain = places.fold(text):gsub("\226[\128-\191][\128-\191]", SIGNS)
  plain = plain:gsub("[%-%.,:;\"'()_#/*]", " "):gsub("dj", "d")
  local words = {}
  for word in plain:gmatch("%S+") do
    words[#words + 1] = word:gsub("^%l+(%d)", function(digit)
      local letters = word:match("^%l+")
      return BEFORE_NUMBER[letters] and digit or letters .. digit
    end):gsub("%d+", function(digits)
      return (digits:gsub("^0+(%d)", "%1"))
    end)
  end
  return words
end

local function from(words, first)
  return table.concat(words, " ", first)
end

--- A part of a key as it is compared: words before a number go, where a number
--- follows, and so do words such as "opština" before a name.
---@param text string
---@return string
function pairing.normal(text)
  local words = words_of(text)
  local first = 1
  while BEFORE_NUMBER[words[first]] do first = first + 1 end
  if words[first] and words[first]:find("^%d") then
    return from(words, first)
  end
  first = 1
  while KINDS[words[first]] and words[first + 1] do first = first + 1 end
  return from(words, first)
end

-- The number a station's key begins with; nil if it begins with none. What has
-- but a letter behind it, "12 a", is another station than 12.
local function number_of(normal)
  return normal:match("^(%d+)$") or normal:match("^(%d+) %S%S%S")
end

-- Keys repeat, and folding is slow.
local function remembered(f)
  local known = {}
  return function(text)
    local value = known[text]
    if value == nil then
      value = f(text) or false
      known[text] = value
    end
    return value
  end
end

-- ---- which key column is which ----

local function value_sets(side, normal)
  local sets = {}
  for i = 1, #side.key_names do
    local set, count = {}, 0
    for _, unit in ipairs(side.units) do
      local value = normal(unit.path[i] or "")
      if not set[value] then set[value], count = true, count + 1 end
    end
    sets[i] = { values = set, count = count }
  end
  return sets
end

-- The share of the smaller set that the other has too.
local function overlap(a, b)
  if a.count > b.count then a, b = b, a end
  local shared = 0
  for value in pairs(a.values) do
    if b.values[value] then shared = shared + 1 end
  end
  return a.count > 0 and shared / a.count or 0
end

local function pair_by_name(job)
  for i, name in ipairs(job.left.key_names) do
    for j, other in ipairs(job.right.key_names) do
      local same = places.fold(name) == places.fold(other)
      if same and not job.left_used[i] and not job.right_used[j] then
        job.add(i, j, "name")
      end
    end
  end
end

-- The columns that share the most values, while they share at least half;
-- of equals those that stand equally far from the end.
local function best_by_values(job, lefts, rights)
  local best
  for i = #lefts, 1, -1 do
    for j = #rights, 1, -1 do
      if not job.left_used[i] and not job.right_used[j] then
        local share = overlap(lefts[i], rights[j])
        local off = math.abs((#lefts - i) - (#rights - j))
        local better = not best or share > best.share
          or share == best.share and off < best.off
        if share >= 0.5 and better then
          best = { i = i, j = j, share = share, off = off }
        end
      end
    end
  end
  return best
end

local function pair_by_values(job, normal)
  if job.is_done() then return end
  local lefts = value_sets(job.left, normal)
  local rights = value_sets(job.right, normal)
  local best = best_by_values(job, lefts, rights)
  while best do
    job.add(best.i, best.j, "values")
    best = best_by_values(job, lefts, rights)
  end
end

--- Which key column of one source is which of the other: by name, else by the
--- values they share.
---@param left urna.Figures
---@param right urna.Figures
---@return { left: integer, right: integer, by: "name"|"values" }[] in the
--- order of `left`
function pairing.align(left, right, normal)
  local job = { left = left, right = right, left_used = {}, right_used = {} }
  local pairs_ = {}
  function job.add(i, j, by)
    job.left_used[i], job.right_used[j] = true, true
    pairs_[#pairs_ + 1] = { left = i, right = j, by = by }
  end
  function job.is_done()
    return #pairs_ == math.min(#left.key_names, #right.key_names)
  end
  pair_by_name(job)
  pair_by_values(job, normal or remembered(pairing.normal))
  table.sort(pairs_, function(a, b) return a.left < b.left end)
  return pairs_
end

-- ---- which unit is which ----

-- A way of reading a unit's key: read(part, is_last) gives its text, or false
-- where this way says nothing of it; `skip` leaves out columns at the outside.
local function readings(aligned)
  local fold, normal = remembered(places.fold), remembered(pairing.normal)
  local number = remembered(function(text) return number_of(normal(text)) end)
  local function numbered(part, is_last)
    if is_last then return number(part) end
    return normal(part)
  end
  local ways = {
    { how = "equal", skip = 0, read = function(part) return part end },
    { how = "folded", skip = 0, read = fold },
    { how = "normal", skip = 0, read = normal },
    { how = "number", skip = 0, read = numbered },
  }
  if #aligned > 2 then
    ways[#ways + 1] = { how = "inner", skip = #aligned - 2, read = numbered }
  end
  return ways
end

local function key_of(unit, aligned, side, way)
  local parts = {}
  for n = way.skip + 1, #aligned do
    local part = way.read(unit.path[aligned[n][side]] or "", n == #aligned)
    if not part then return nil end
    parts[#parts + 1] = part
  end
  return table.concat(parts, "/")
end

-- Numbers of the units that are still free, by their keys read this way.
local function by_key(units, free, aligned, side, way)
  local found, order = {}, {}
  for i, unit in ipairs(units) do
    local key = free[i] and key_of(unit, aligned, side, way)
    if key then
      if not found[key] then
        found[key] = {}
        order[#order + 1] = key
      end
      local numbers = found[key]
      numbers[#numbers + 1] = i
    end
  end
  return found, order
end

local function all_free(units)
  local free = {}
  for i = 1, #units do free[i] = true end
  return free
end

local function take(job, lefts, rights, how)
  if #lefts == 1 and #rights == 1 then
    job.right_of[lefts[1]], job.how[lefts[1]] = rights[1], how
    job.counts[how] = (job.counts[how] or 0) + 1
  else
    job.ambiguous[#job.ambiguous + 1] = { left = lefts, right = rights,
      how = how }
  end
  for _, i in ipairs(lefts) do job.left_free[i] = nil end
  for _, i in ipairs(rights) do job.right_free[i] = nil end
end

local function pair_all(job, way)
  if not next(job.left_free) or not next(job.right_free) then return end
  local rights = by_key(job.right.units, job.right_free, job.aligned, "right",
    way)
  local lefts, order = by_key(job.left.units, job.left_free, job.aligned,
    "left", way)
  for _, key in ipairs(order) do
    if rights[key] then take(job, lefts[key], rights[key], way.how) end
  end
end

-- ---- who may be meant ----

local SHOWN = 3
local SEARCHED = 200

local function sorted(free)
  local numbers = {}
  for i in pairs(free) do numbers[#numbers + 1] = i end
  table.sort(numbers)
  return numbers
end

local function vector(side, i, keys)
  local values, sum = {}, 0
  for n, key in ipairs(keys) do
    local value = (side.of[key] or {})[i]
    values[n] = value and ("%d"):format(value) or "-"
    sum = sum + (value or 0)
  end
  return sum > 0 and table.concat(values, " ") or nil
end

-- What is still free on one side, ready to be searched.
local function index_of(job, side, free, keys)
  local found = { inner = {}, outer = {}, figures = {} }
  local function note(kind, key, i)
    if not key then return end
    found[kind][key] = found[kind][key] or {}
    table.insert(found[kind][key], i)
  end
  for _, i in ipairs(sorted(free)) do
    local outer, inner = job.ends(side, i)
    note("inner", inner, i)
    note("outer", outer, i)
    note("figures", vector(job[side], i, keys), i)
  end
  return found
end

-- The free units of this station's number whose outer keys are the nearest.
local function add_near(job, found, side, outer, numbers)
  local outers, of = {}, {}
  for _, i in ipairs(numbers or {}) do
    local other = job.ends(side, i)
    if not of[other] then outers[#outers + 1] = other end
    of[other] = i
  end
  while #found < SHOWN do
    local near = errors.nearest(outer, outers)
    if not near then return end
    found.add(of[near], "name")
    for n = #outers, 1, -1 do
      if outers[n] == near then table.remove(outers, n) end
    end
  end
end

local function candidates(job, index, side, other, i, keys)
  local found, seen = {}, {}
  function found.add(number, by)
    if seen[number] or #found >= SHOWN then return end
    seen[number] = true
    found[#found + 1] = { unit = number, by = by }
  end
  local outer, inner = job.ends(side, i)
  local same = index.figures[vector(job[side], i, keys) or ""]
  for _, number in ipairs(same or {}) do found.add(number, "figures") end
  add_near(job, found, other, outer, index.inner[inner])
  local around = index.outer[outer] or {}
  if #around <= SHOWN then
    for _, number in ipairs(around) do found.add(number, "place") end
  end
  found.add = nil
  return found
end

-- Of each unit that is on one side only, who on the other may be meant.
local function alone(job, side, other, keys)
  local rows, free = {}, job[side .. "_free"]
  local index = index_of(job, other, job[other .. "_free"], keys[other])
  for n, i in ipairs(sorted(free)) do
    rows[n] = { unit = i, candidates = n <= SEARCHED
      and candidates(job, index, side, other, i, keys[side]) or nil }
  end
  return rows
end

local function end_parts(job)
  local normal = remembered(pairing.normal)
  return function(side, i)
    local path, parts = job[side].units[i].path, {}
    for n = 1, #job.aligned - 1 do
      parts[n] = normal(path[job.aligned[n][side]] or "")
    end
    local last = job.aligned[#job.aligned]
    return table.concat(parts, "/"), last and normal(path[last[side]] or "")
  end
end

--- Pair the units of two sources.
---@param left urna.Figures
---@param right urna.Figures
---@param keys { left: string[], right: string[] } lists in the same order, of
--- which equal votes make a candidate
---@param taken { left: table<integer, boolean>, right: table }? units that are
--- paired already
---@return { aligned: table[], right_of: table<integer, integer>, how:
--- table<integer, string>, counts: table<string, integer>, ambiguous: { left:
--- integer[], right: integer[], how: string }[], left_only: table[],
--- right_only: table[] } how: "equal", "folded" (script and case), "normal"
--- (prefixes, zeros, signs), "number" (only the number of the station),
--- "inner" (without the outermost columns). Of a unit on one side only:
--- { unit, candidates = { { unit, by = "figures"|"name"|"place" } } }, nil
--- where there were too many to be searched
function pairing.match(left, right, keys, taken)
  local job = { left = left, right = right, right_of = {}, how = {},
    counts = {}, ambiguous = {}, aligned = pairing.align(left, right),
    left_free = all_free(left.units), right_free = all_free(right.units) }
  for i in pairs(taken and taken.left or {}) do job.left_free[i] = nil end
  for i in pairs(taken and taken.right or {}) do job.right_free[i] = nil end
  if #job.aligned > 0 then
    for _, way in ipairs(readings(job.aligned)) do pair_all(job, way) end
  end
  job.ends = end_parts(job)
  return { aligned = job.aligned, right_of = job.right_of, how = job.how,
    counts = job.counts, ambiguous = job.ambiguous,
    left_only = alone(job, "left", "right", keys),
    right_only = alone(job, "right", "left", keys) }
end

return pairing
