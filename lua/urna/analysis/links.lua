local errors = require "urna.errors"
local sandbox = require "urna.sandbox"
local schema = require "urna.schema"

--- What became of lists and of polling stations between two elections, as data:
--- { lists = { { from = { "SPN" }, to = { "KP", "BB" }, kind = "split" } },
--- units = { { from = { "Vračar/7" }, to = { "Vračar/7", "Vračar/40" } } } }.
--- An empty `to` is what ended, an empty `from` what is new. Links that share a
--- list or a station are one.
local links = {}

-- The kinds that fit how many there are on each side; the first is what is
-- meant where none is said.
local KINDS = {
  lists = {
    ["1-1"] = { "renamed", "same" }, ["1-n"] = { "split" },
    ["n-1"] = { "merged" }, ["n-n"] = { "regrouped" },
    ["n-0"] = { "ended", "boycott" }, ["1-0"] = { "ended", "boycott" },
    ["0-1"] = { "new" }, ["0-n"] = { "new" },
  },
  units = {
    ["1-1"] = { "renumbered", "same" }, ["1-n"] = { "split" },
    ["n-1"] = { "merged" }, ["n-n"] = { "regrouped" },
    ["n-0"] = { "closed" }, ["1-0"] = { "closed" },
    ["0-1"] = { "opened" }, ["0-n"] = { "opened" },
  },
}

local names = schema.array(schema.text)

local link = schema.record {
  from = { names }, to = { names }, kind = { schema.text },
  note = { schema.text }, by = { schema.text },
}

local shape = schema.record {
  lists = { schema.array(link) }, units = { schema.array(link) },
}

local function side(count)
  return count == 0 and "0" or count == 1 and "1" or "n"
end

--- The kind of a link with so many on each side.
---@param what "lists"|"units"
---@param from integer
---@param to integer
---@return string[]? kinds that fit, the usual one first
function links.kinds(what, from, to)
  return KINDS[what][side(from) .. "-" .. side(to)]
end

local function includes(array, value)
  for _, item in ipairs(array) do
    if item == value then return true end
  end
  return false
end

local function check_kind(what, n, item)
  local from, to = #(item.from or {}), #(item.to or {})
  local kinds = links.kinds(what, from, to)
  if not kinds then
    return ("links.%s[%d] links nothing: from and to are empty"):format(what,
      n)
  end
  if item.kind and not includes(kinds, item.kind) then
    return ("links.%s[%d].kind is %q, but from %d to %d is %s"):format(what, n,
      item.kind, from, to, table.concat(kinds, " or "))
  end
end

local function bad(message, file)
  return nil, errors.new("bad_links", { file = file, message = message })
end

--- Check links.
---@param value any
---@param file string?
---@return table? links
---@return urna.Error? err "bad_links", naming the key
function links.validate(value, file)
  local found, err = schema.check(shape, value, { code = "bad_links",
    name = "links", file = file })
  if not found then return nil, err end
  for _, what in ipairs { "lists", "units" } do
    for n, item in ipairs(found[what] or {}) do
      local message = check_kind(what, n, item)
      if message then return bad(message, file) end
    end
  end
  return found
end

--- Links from a file or a table, checked.
---@param subject string|table path of a .lua or .json file, or the table
---@return table? links { lists, units }, either of which may be absent
---@return urna.Error? err "bad_links", "bad_json", "cannot_read" ...
function links.load(subject)
  if type(subject) == "table" then return links.validate(subject) end
  local value, err = sandbox.data(subject)
  if value == nil then return nil, err end
  return links.validate(value, subject)
end

-- ---- links that touch are one ----

local function append(to, from)
  for _, value in ipairs(from) do
    if not includes(to, value) then to[#to + 1] = value end
  end
end

local function touches(group, from, to)
  for _, value in ipairs(from) do
    if includes(group.from, value) then return true end
  end
  for _, value in ipairs(to) do
    if includes(group.to, value) then return true end
  end
  return false
end

--- Join links that share a member of one side.
---@param what "lists"|"units"
---@param items { from: any[], to: any[], kind: string? }[]
---@return { from: any[], to: any[], kind: string }[]
function links.join(what, items)
  local groups = {}
  for _, item in ipairs(items) do
    local from, to = item.from or {}, item.to or {}
    local joined = { from = {}, to = {}, kind = item.kind, note = item.note }
    local kept = {}
    append(joined.from, from)
    append(joined.to, to)
    for _, group in ipairs(groups) do
      if touches(group, joined.from, joined.to) then
        append(joined.from, group.from)
        append(joined.to, group.to)
        joined.kind = nil
      else
        kept[#kept + 1] = group
      end
    end
    kept[#kept + 1] = joined
    groups = kept
  end
  for _, group in ipairs(groups) do
    group.kind = group.kind
      or links.kinds(what, #group.from, #group.to)[1]
  end
  return groups
end

-- ---- links of polling stations ----

-- Numbers of the units that the places of one side of a link mean.
local function units_of(places_, figures, what, n, key)
  local numbers, row_number = {}, figures.number_of_row
  for i, place in ipairs(places_) do
    local unit, err = figures.results:find(place)
    if not unit then
      return bad(("links.units[%d].%s[%d]: %s of the election %s: %s"):format(
        n, key, i, "a polling station", what, err.message))
    end
    numbers[i] = row_number[unit.row]
  end
  return numbers
end

local function number_rows(figures)
  figures.number_of_row = {}
  for i, unit in ipairs(figures.units) do
    figures.number_of_row[unit.row] = i
  end
end

--- The links of units with their numbers in place of their names.
---@param items table[]
---@param before urna.Figures
---@param after urna.Figures
---@return { from: integer[], to: integer[], kind: string }[]?
---@return urna.Error? err "bad_links": a place that is unknown or ambiguous
function links.resolve(items, before, after)
  number_rows(before)
  number_rows(after)
  local found = {}
  for n, item in ipairs(items) do
    local from, to, err
    from, err = units_of(item.from or {}, before, "before", n, "from")
    if not from then return nil, err end
    to, err = units_of(item.to or {}, after, "after", n, "to")
    if not to then return nil, err end
    found[n] = { from = from, to = to, kind = item.kind, note = item.note }
  end
  return links.join("units", found)
end

-- ---- what may be linked ----

-- Sizes are alike within a twentieth of the greater, and 10.
local function alike(a, b)
  return math.abs(a - b) <= math.max(10, math.max(a, b) / 20)
end

-- A station of this key, but not of this size.
local function has_jumped(a, b)
  return math.max(a, b) > math.min(a, b) * 5 / 4
    and math.abs(a - b) > 50
end

local function only_alike(size, sizes, numbers, used)
  local found
  for _, i in ipairs(numbers) do
    if not used[i] and sizes[i] and alike(size, sizes[i]) then
      if found then return nil end
      found = i
    end
  end
  return found
end

-- Two of the units that together have this size, if no other two have.
local function two_alike(size, sizes, numbers, used)
  local first, second
  for n, i in ipairs(numbers) do
    for m = n + 1, #numbers do
      local j = numbers[m]
      if not used[i] and not used[j] and sizes[i] and sizes[j]
        and alike(size, sizes[i] + sizes[j]) then
        if first then return nil end
        first, second = i, j
      end
    end
  end
  return first, second
end

local MOST_IN_A_PLACE = 60

-- One place's units: what each size could have become.
local function propose_in(place, job)
  local before, after = place.before, place.after
  local function add(from, to)
    for _, i in ipairs(from) do job.used_before[i] = true end
    for _, i in ipairs(to) do job.used_after[i] = true end
    job.found[#job.found + 1] = { from = from, to = to, by = "size",
      kind = links.kinds("units", #from, #to)[1] }
  end
  for _, pair in ipairs(place.jumped) do
    local a, b = job.before[pair[1]], job.after[pair[2]]
    local found = a > b and only_alike(a - b, job.after, after, job.used_after)
    if found then add({ pair[1] }, { pair[2], found }) end
    found = b > a and only_alike(b - a, job.before, before, job.used_before)
    if found then add({ pair[1], found }, { pair[2] }) end
  end
  for _, i in ipairs(before) do
    local size = not job.used_before[i] and job.before[i]
    local found = size and only_alike(size, job.after, after, job.used_after)
    if found then add({ i }, { found }) end
  end
  if #before > MOST_IN_A_PLACE or #after > MOST_IN_A_PLACE then return end
  for _, i in ipairs(before) do
    local size = not job.used_before[i] and job.before[i]
    local one, other
    if size then
      one, other = two_alike(size, job.after, after, job.used_after)
    end
    if one then add({ i }, { one, other }) end
  end
  for _, i in ipairs(after) do
    local size = not job.used_after[i] and job.after[i]
    local one, other
    if size then
      one, other = two_alike(size, job.before, before, job.used_before)
    end
    if one then add({ one, other }, { i }) end
  end
end

--- Links of polling stations that their sizes suggest, inside each place: a
--- station that has another number now, one that was split, two that were
--- merged. Only a size that no other fits is proposed, and nothing is linked.
---@param places_ table[] { before, after, matched } by outer key: numbers of
--- units without a partner, and pairs of equal key
---@param before (integer?)[] sizes: registered voters, or what there is
---@param after (integer?)[]
---@return { from: integer[], to: integer[], kind: string, by: string }[]
---@return integer[][] jumped pairs whose size is another now
function links.propose(places_, before, after)
  local job = { before = before, after = after, found = {}, used_before = {},
    used_after = {} }
  local all = {}
  for _, place in ipairs(places_) do
    place.jumped = {}
    for _, pair in ipairs(place.matched) do
      local a, b = before[pair[1]], after[pair[2]]
      if a and b and has_jumped(a, b) then
        place.jumped[#place.jumped + 1] = pair
        all[#all + 1] = pair
      end
    end
    propose_in(place, job)
  end
  return job.found, all
end

return links
