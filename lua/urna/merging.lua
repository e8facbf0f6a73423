local compat = require "urna.compat"
local decimals = require "urna.decimals"
local errors = require "urna.errors"
local findings = require "urna.tally.findings"
local partial = require "urna.partial"
local tallies = require "urna.tally"

--- Merges partial tallies into one. The order does not matter, nor how they
--- were merged before; what is covered twice, or not at all, is an error.
local merging = {}

local MOST = partial.MOST
local EXACT = 9007199254740991 -- 2^53 - 1, exact in every Lua

local function differ(first, path)
  return nil, errors.new("schema_differs", { file = path, message = ("it sums "
    .. "other columns, the same by others, or of other rows, than %s"):format(
    first) })
end

local function overflow(message)
  return errors.new("sum_overflow", { message = message })
end

local function add_digits(a, b)
  if not a or not b then return a or b end
  local sum = decimals.add { a, b }
  if #sum > #MOST or #sum == #MOST and sum > MOST then
    error(overflow("a sum does not fit 64 bits"), 0)
  end
  return sum
end

local function merge_group(into, group, sums)
  into.records = into.records + group.records
  for _, name in ipairs(sums) do
    into.digits[name] = add_digits(into.digits[name], group.digits[name])
    into.missing[name] = into.missing[name] + group.missing[name]
  end
end

-- The names of a group as one text; each with its length, for a name of a
-- file that was tampered with may hold anything.
local function key_of(group)
  local parts = {}
  for i, name in ipairs(group.keys) do
    parts[i] = ("%d:%s"):format(#name, name)
  end
  return table.concat(parts)
end

local function merge_groups(parts)
  local by_key, order = {}, {}
  for _, part in ipairs(parts) do
    for _, group in ipairs(part.groups) do
      local key = key_of(group)
      if by_key[key] then
        merge_group(by_key[key], group, part.sums)
      else
        by_key[key] = group
        order[#order + 1] = group
      end
    end
  end
  return order
end

-- The spans of each source, in order of their bytes.
local function spans_of(parts)
  local by_id, ids = {}, {}
  for _, part in ipairs(parts) do
    for _, source in ipairs(part.sources) do
      if not by_id[source.id] then
        by_id[source.id] = {}
        ids[#ids + 1] = source.id
      end
      local spans = by_id[source.id]
      spans[#spans + 1] = { source = source, path = part.path }
    end
  end
  table.sort(ids, compat.before)
  for _, id in ipairs(ids) do
    table.sort(by_id[id], function(a, b)
      if a.source.from ~= b.source.from then
        return a.source.from < b.source.from
      end
      return a.source.reached < b.source.reached
    end)
  end
  return by_id, ids
end

local function overlap(span, before)
  return nil, errors.new("covered_twice", { file = span.path, message = (
    "it covers bytes of %s from %d on that %s covers up to %d"):format(
    span.source.file, span.source.from, before.path,
    before.source.reached) })
end

local function gap(source, from, to)
  return nil, errors.new("gap", { file = source.file, message = (
    "no partial tally covers bytes %d to %d"):format(from, to) })
end

local function two_sources(span, before)
  return nil, errors.new("bad_partial", { file = span.path, message = (
    "it and %s do not agree on where %s begins and ends"):format(before.path,
    span.source.file) })
end

local function is_same_whole(a, b)
  return a.first == b.first and a.last == b.last
end

-- Adjacent spans of one source as one; nothing twice, nothing left out.
local function join(spans)
  local whole, last
  for _, span in ipairs(spans) do
    local source = span.source
    if last and not is_same_whole(source, last.source) then
      return two_sources(span, last)
    elseif last and source.from < last.source.reached then
      return overlap(span, last)
    elseif source.from ~= (last and last.source.reached or source.first) then
      return gap(source, last and last.source.reached or source.first,
        source.from)
    end
    whole = whole or { id = source.id, file = source.file,
      first = source.first, last = source.last, from = source.from }
    whole.reached, last = source.reached, span
  end
  if whole.reached < whole.last then
    return gap(whole, whole.reached, whole.last)
  end
  return whole
end

local function join_sources(parts)
  local by_id, ids = spans_of(parts)
  local sources = {}
  for i, id in ipairs(ids) do
    local whole, err = join(by_id[id])
    if not whole then return nil, err end
    sources[i] = whole
  end
  return sources
end

local function is_same_list(a, b)
  for i = 1, math.max(#a, #b) do
    if a[i] ~= b[i] then return false end
  end
  return true
end

local function is_same_where(a, b)
  local columns = compat.keys(a)
  if not is_same_list(columns, compat.keys(b)) then return false end
  for _, column in ipairs(columns) do
    if not is_same_list(a[column], b[column]) then return false end
  end
  return true
end

-- The mark of the schema is only what a file says of itself.
local function is_same_schema(a, b)
  return a.schema == b.schema and is_same_list(a.by, b.by)
    and is_same_list(a.sums, b.sums) and is_same_list(a.headings, b.headings)
    and is_same_where(a.where, b.where)
end

local function read_all(paths)
  local parts = {}
  for i, path in ipairs(paths) do
    local part, err = partial.read(path)
    if not part then return nil, err end
    part.path = path
    if not is_same_schema(part, parts[1] or part) then
      return differ(parts[1].path, path)
    end
    parts[i] = part
  end
  return parts
end

local function total_records(parts)
  local records = 0
  for _, part in ipairs(parts) do
    if part.records > EXACT - records then
      return nil, overflow("there are more than 2^53 - 1 records")
    end
    records = records + part.records
  end
  return records
end

local function any_counts(parts)
  for _, part in ipairs(parts) do
    if part.counts_records then return true end
  end
  return false
end

-- Each part may have been clean and written its names its own way.
local function lookalikes(by, groups)
  return findings.lookalikes(by, function(i)
    local seen = {}
    for _, group in ipairs(groups) do seen[group.keys[i]] = true end
    return compat.keys(seen)
  end)
end

--- Merge partial tallies. What they found beside their sums is not in them, so
--- that the merged one has no `checks` and no `duplicates`; names that look
--- alike are looked for in all of them together.
--- Fails: raises without paths.
---@param paths string[]
---@return urna.Tally?
---@return urna.Error? err "bad_partial", "schema_differs", "covered_twice",
--- "gap", "sum_overflow" or "cannot_read", naming the file
function merging.merge(paths)
  if type(paths) ~= "table" or #paths == 0 then
    error("merge takes an array of paths", 2)
  end
  local parts, err = read_all(paths)
  if not parts then return nil, err end
  local sources, records
  sources, err = join_sources(parts)
  if not sources then return nil, err end
  records, err = total_records(parts)
  if not records then return nil, err end
  local done, groups = pcall(merge_groups, parts)
  if not done and errors.is(groups) then return nil, groups end
  if not done then error(groups, 0) end
  return tallies.from_parts { by = parts[1].by, sums = parts[1].sums,
    headings = parts[1].headings, where = parts[1].where, sources = sources,
    groups = groups, records = records, counts_records = any_counts(parts),
    lookalikes = lookalikes(parts[1].by, groups) }
end

return merging
