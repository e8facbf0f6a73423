local compat = require "urna.compat"
local contests = require "urna.contest"
local errors = require "urna.errors"
local places = require "urna.places"

--- Results of a contest by unit: what each record says, as it says it. A
--- unit is reported when every list has its votes; sums are over reported
--- units only, and a field that one of them lacks has no sum.
local results = {}

---@class urna.Results
---@field contest table
---@field lists table[] of the contest, in ballot order
---@field units table[] { key, path, source, line } of every record
---@field bad urna.Error[] records kept out, each with `path` where known
---@field unmapped string[] headings that no standard field is known for
---@field source { file: string, sha256: string, bytes: integer, files:
--- { file: string, sha256: string }[]? } of several files: file is "2 files",
--- and sha256 that of a line "<sha256>  <path>" for each of them, which is
--- what `sha256sum A B | sha256sum` prints
local Results = {}

--- Wrap a table of columns as results.
---@param parts { table: userdata, contest: table, columns: table, bad:
--- urna.Error[], unmapped: string[], source: table, rows: integer[]?, place:
--- function } rows are those that are records, all if not said; columns says
--- which column holds what: { keys = { i, ... }, fields = { name = i }, votes
--- = { i, ... } in list order, others = { heading = i }? of further counts,
--- labels = { name = i }? of texts beside the keys }; place makes a line of the
--- table one of a file: file, line
---@return urna.Results
function results.new(parts)
  local self = { contest = parts.contest, lists = parts.contest.lists,
    bad = parts.bad, unmapped = parts.unmapped, source = parts.source,
    key_names = parts.contest.keys or {}, rows = parts.rows,
    is_bare = parts.is_bare,
    shared = { table = parts.table, columns = parts.columns, texts = {},
      place = parts.place } }
  return setmetatable(self, Results)
end

-- The same records, but only these rows.
local function subset(self, rows, bad)
  local part = { is_part = true, rows = rows, bad = bad }
  for _, name in ipairs { "contest", "lists", "unmapped", "source",
    "key_names", "shared", "is_bare" } do
    part[name] = rawget(self, name)
  end
  return setmetatable(part, Results)
end

local function rows_of(self)
  if not rawget(self, "rows") then
    local all = {}
    for row = 1, self.shared.table:rows() do all[row] = row end
    self.rows = all
  end
  return self.rows
end

-- A text column as an array by row, read once.
local function texts(self, column)
  local kept = self.shared.texts
  kept[column] = kept[column] or self.shared.table:texts(column)
  return kept[column]
end

local function path_of(self, row)
  local path = {}
  for i, column in ipairs(self.shared.columns.keys) do
    path[i] = texts(self, column)[row]
  end
  return path
end

local function unit_at(self, row)
  local path = path_of(self, row)
  local file, line = self.shared.place(self.shared.table:line(row))
  local key = #path > 0 and table.concat(path, "/")
    or self.source.files and ("%s line %d"):format(file, line)
    or ("line %d"):format(line)
  return { key = key, path = path, source = file, line = line, row = row }
end

-- Where an error is: file and line of a line of the table; without one the
-- file, if there are not several.
local function place_of(self, line)
  if line then return self.shared.place(line) end
  return not self.source.files and self.source.file or nil
end

-- Units are many and often not wanted: they are made when first asked for.
local function units(self)
  local made = {}
  for i, row in ipairs(rows_of(self)) do made[i] = unit_at(self, row) end
  return made
end

Results.__index = function(self, name)
  if name ~= "units" then return Results[name] end
  self.units = units(self)
  return self.units
end

local function reported_rows(self)
  local shared = self.shared
  if not shared.reported then
    shared.reported = {}
    for _, row in ipairs(shared.table:reported(shared.columns.votes)) do
      shared.reported[row] = true
    end
  end
  return shared.reported
end

local function only_reported(self, rows)
  local is_reported, kept = reported_rows(self), {}
  for _, row in ipairs(rows) do
    if is_reported[row] then kept[#kept + 1] = row end
  end
  return kept
end

local function field_names(self)
  local names = {}
  for name in pairs(self.shared.columns.fields) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- All count columns in one array: fields by name, then lists.
local function count_columns(self, names)
  local columns = {}
  for i, name in ipairs(names) do
    columns[i] = self.shared.columns.fields[name]
  end
  for _, column in ipairs(self.shared.columns.votes) do
    columns[#columns + 1] = column
  end
  return columns
end

local function rank(lists, votes)
  local ranking = {}
  for i, list in ipairs(lists) do
    ranking[i] = { key = list.key, votes = votes[list.key], order = i }
  end
  table.sort(ranking, function(a, b)
    if a.votes ~= b.votes then return (a.votes or -1) > (b.votes or -1) end
    return a.order < b.order
  end)
  for _, row in ipairs(ranking) do row.order = nil end
  return ranking
end

local function sum_error(self, names, fault)
  local place = fault.index and count_columns(self, names)
  local field
  for i, column in ipairs(place or {}) do
    if column == fault.index then
      field = names[i] or self.lists[i - #names].key
    end
  end
  return errors.new(fault.code, { file = place_of(self), field = field,
    text = fault.text, message = fault.code == "beyond_exact"
      and "a sum beyond 2^53 - 1 cannot be a number in every Lua"
      or "a sum that does not fit 64 bits" })
end

-- A misspelt option would be passed over and answer another question.
-- The sums over some rows as a group.
local function group_of(self, key, rows, expected)
  local names = field_names(self)
  local counted = only_reported(self, rows)
  local sums, missing = self.shared.table:sums(count_columns(self, names),
    counted)
  if not sums then return nil, sum_error(self, names, missing) end
  local group = { key = key, reported = #counted, expected = expected,
    fields = {}, votes = {}, missing = {} }
  local any = #counted > 0
  for i, name in ipairs(names) do
    group.fields[name] = any and missing[i] == 0 and sums[i] or nil
    if missing[i] > 0 then group.missing[name] = missing[i] end
  end
  for i, list in ipairs(self.lists) do
    group.votes[list.key] = any and sums[#names + i] or nil
  end
  group.ranking = rank(self.lists, group.votes)
  return group
end

-- How many units are kept out; a repeated row is of one counted already, and
-- a total is of none.
local function bad_units(bad)
  local count = 0
  for _, err in ipairs(bad) do
    if not err.is_repeat then count = count + 1 end
  end
  return count
end

--- The sums of everything.
---@return table? group { key = "", reported, expected, fields, votes,
--- missing = { field = reported units without it }, ranking }
---@return urna.Error? err a sum that cannot be held
function Results:total()
  local rows = rows_of(self)
  local expected = #rows + bad_units(self.bad)
  if not self.is_part then
    expected = math.max(expected, self.contest.units_expected or 0)
  end
  return group_of(self, "", rows, expected)
end

local function key_number(self, name, level)
  for i, key in ipairs(self.key_names) do
    if key == name then return i end
  end
  local near = contests.key(self.key_names, name)
  error(("no key column %q; the contest has %s%s"):format(tostring(name),
    #self.key_names > 0 and table.concat(self.key_names, ", ") or "none",
    near and (": did you mean %q?"):format(near) or ""), level)
end

local function key_numbers(self, by)
  local numbers = {}
  if type(by) ~= "string" and type(by) ~= "table" then
    error("`by` is a key column, or an array of them", 3)
  end
  for i, name in ipairs(type(by) == "table" and by or { by }) do
    numbers[i] = key_number(self, name, 4)
  end
  return numbers
end

-- What `where` says of one key, as a set of folded values.
local function wanted_values(name, values)
  local set, order = {}, {}
  for _, value in ipairs(type(values) == "table" and values or { values }) do
    if type(value) ~= "string" then
      error(("where.%s must be a text, or an array of texts"):format(name), 4)
    end
    set[places.fold(value)], order[#order + 1] = true, value
  end
  return set, order
end

-- Texts fold slowly and keys repeat.
local function folder()
  local known = {}
  return function(text)
    known[text] = known[text] or places.fold(text)
    return known[text]
  end
end

-- The tests of a `where`, one for each key it names, in order of the keys.
local function tests_of(self, where)
  local tests = {}
  if type(where) ~= "table" then
    error("where is a table from key columns to values", 3)
  end
  for name, values in pairs(where) do
    local set, order = wanted_values(tostring(name), values)
    tests[#tests + 1] = { number = key_number(self, name, 4), name = name,
      wanted = set, order = order, seen = {} }
  end
  table.sort(tests, function(a, b) return a.number < b.number end)
  return tests
end

-- Whether a key path is among those that the tests name; notes what was seen.
local function filter_of(tests)
  local fold = folder()
  return function(path)
    local is_in = true
    for _, test in ipairs(tests) do
      local value = path[test.number]
      local folded = value and fold(value)
      if folded then test.seen[folded] = test.seen[folded] or value end
      is_in = is_in and folded ~= nil and test.wanted[folded] == true
    end
    return is_in
  end
end

-- Up to three values of a key that are near to one that is none.
local function near_values(test, value)
  local known, near = compat.keys(test.seen), {}
  while #near < 3 do
    local found = errors.nearest(places.fold(value), known)
    if not found then break end
    near[#near + 1] = test.seen[found]
    for i = #known, 1, -1 do
      if known[i] == found then table.remove(known, i) end
    end
  end
  return near
end

local function no_such_value(self, test, value)
  local near = near_values(test, value)
  return errors.new("unknown_place", { file = place_of(self),
    field = test.name, text = value,
    message = ("no unit has this value: %q%s"):format(value, #near > 0
      and ("; did you mean %s?"):format(table.concat(near, ", ")) or "") })
end

-- A value that no unit has would silently select nothing.
local function check_selection(self, tests, count)
  local said = {}
  for _, test in ipairs(tests) do
    for _, value in ipairs(test.order) do
      if not test.seen[places.fold(value)] then
        return no_such_value(self, test, value)
      end
    end
    said[#said + 1] = ("%s = %s"):format(test.name,
      table.concat(test.order, ", "))
  end
  if count > 0 then return nil end
  return errors.new("unknown_place", { file = place_of(self),
    message = "no unit has " .. table.concat(said, " and ") })
end

local function joined(path, numbers)
  local parts = {}
  for i, number in ipairs(numbers) do parts[i] = path[number] end
  return table.concat(parts, "/"), parts
end

-- Rows and bad records by the value of some keys, sorted bytewise by key; or
-- nil and an error where `where` names what no unit has.
local function partition(self, numbers, tests)
  local accept, found, order = filter_of(tests), {}, {}
  local function part(path)
    local key, parts = joined(path, numbers)
    if not found[key] then
      found[key] = { key = key, keys = parts, rows = {}, bad = {} }
      order[#order + 1] = found[key]
    end
    return found[key]
  end
  for _, row in ipairs(rows_of(self)) do
    local path = path_of(self, row)
    if accept(path) then
      local rows = part(path).rows
      rows[#rows + 1] = row
    end
  end
  for _, err in ipairs(self.bad) do
    if err.path and accept(err.path) then
      local bad = part(err.path).bad
      bad[#bad + 1] = err
    end
  end
  local err = check_selection(self, tests, #order)
  if err and #tests > 0 then return nil, err end
  table.sort(order, function(a, b) return a.key < b.key end)
  return order
end

--- Sums by one or several key columns.
--- Fails: raises for a column that is not a key of the contest.
---@param options { by: string|string[]?, where: table<string, string|string[]>?
--- }? `where` keeps units whose keys are what it names, across scripts and case
---@return table[]? groups sorted bytewise by key; one with the key "" if `by`
--- is not said
---@return urna.Error? err a sum that cannot be held, or "unknown_place" for a
--- value of `where` that no unit has
function Results:sum(options)
  options = options or {}
  errors.check_options("sum", options, { "by", "where" }, 2)
  if not options.by and not options.where then
    local group, err = self:total()
    return group and { group }, err
  end
  local groups = {}
  local parts, fault = partition(self, key_numbers(self, options.by or {}),
    options.where and tests_of(self, options.where) or {})
  if not parts then return nil, fault end
  for i, part in ipairs(parts) do
    local group, err = group_of(self, part.key, part.rows,
      #part.rows + bad_units(part.bad))
    if not group then return nil, err end
    if options.by then group.keys = part.keys end
    groups[i] = group
  end
  return groups
end

local function column_of(self, name)
  if type(name) ~= "string" then error("a column is named by a text", 3) end
  local columns = self.shared.columns
  if columns.fields[name] then return columns.fields[name] end
  for i, list in ipairs(self.lists) do
    if list.key == name then return columns.votes[i] end
  end
  for i, list in ipairs(self.lists) do
    if list.column == name then return columns.votes[i] end
  end
  for field, heading in pairs(self.contest.columns or {}) do
    if heading == name and columns.fields[field] then
      return columns.fields[field]
    end
  end
  return (columns.others or {})[name]
end

--- One column of counts, by unit; nil where not reported.
--- Fails: raises for a name that is neither a field nor a list nor a key.
---@param name string a standard field, a heading, a list's key or a key column
---@return (integer|string)[]? values with holes, 1 .. #results.units
---@return urna.Error|integer err or the number of units
function Results:column(name)
  local rows = rows_of(self)
  for i, key in ipairs(self.key_names) do
    if key == name then
      return self.shared.table:texts(self.shared.columns.keys[i], rows), #rows
    end
  end
  local column = column_of(self, name)
  if not column then error(("no column %q"):format(tostring(name)), 2) end
  local values, count = self.shared.table:counts(column, rows)
  if values then return values, count end
  local file, line = place_of(self, count.line)
  return nil, errors.new(count.code, { file = file, field = name,
    line = line, text = count.text,
    message = "a number beyond 2^53 - 1 cannot be one in every Lua" })
end

--- Whether a column of counts is there.
---@param name string a standard field, a heading or a list's key
---@return boolean
function Results:has(name)
  return column_of(self, name) ~= nil
end

--- What the checks of the core run over: the table, the numbers of its columns
--- and the rows that are units, nil if all are.
---@return { table: userdata, number: (fun(name: string): integer?), votes:
--- integer[], keys: integer[], label: (fun(name: string): integer?), rows:
--- integer[]? }
function Results:kernel()
  local columns, rows = self.shared.columns, rawget(self, "rows")
  if rows and #rows == self.shared.table:rows() and not self.is_part then
    rows = nil
  end
  return { table = self.shared.table, votes = columns.votes,
    keys = columns.keys, rows = rows,
    number = function(name) return column_of(self, name) end,
    label = function(name) return (columns.labels or {})[name] end }
end

--- Where a line of the table is.
---@param line integer? as the core gives it
---@return string? file
---@return integer? line
function Results:place(line)
  return place_of(self, line)
end

--- The sum of all lists' votes, by unit; nil where any is not reported.
---@return integer[]? values with holes
---@return urna.Error|integer err a sum that cannot be held; or the number of
--- units
function Results:list_sums()
  local sums, count = self.shared.table:row_sums(self.shared.columns.votes,
    rows_of(self))
  if sums then return sums, count end
  local file, line = place_of(self, count.line)
  return nil, errors.new(count.code, { file = file, line = line,
    text = count.text,
    message = "the votes of this record add up to more than 2^53 - 1" })
end

local function folded_place(place)
  local parts = {}
  for part in (place .. "/"):gmatch("([^/]*)/") do
    parts[#parts + 1] = places.fold(part)
  end
  return table.concat(parts, "/")
end

-- The folded key path of a row, made once.
local function folded_path(self, row)
  local folded = self.shared.folded or { paths = {}, parts = {} }
  self.shared.folded = folded
  if folded.paths[row] then return folded.paths[row] end
  local path = path_of(self, row)
  for i, text in ipairs(path) do
    folded.parts[text] = folded.parts[text] or places.fold(text)
    path[i] = folded.parts[text]
  end
  folded.paths[row] = #path > 0 and table.concat(path, "/")
    or folded_place(unit_at(self, row).key)
  return folded.paths[row]
end

-- The last part of a row's key path, as it is written.
local function last_part(self, row)
  local keys = self.shared.columns.keys
  local text = keys[1] and texts(self, keys[#keys])[row]
  return text and text ~= "" and text or folded_path(self, row)
end

-- The rows by the last part of their folded paths, made once: to fold no more
-- of them than a search needs.
local function rows_by_last(self)
  if self.shared.by_last then return self.shared.by_last end
  local found, list_of = {}, {}
  for row = 1, self.shared.table:rows() do
    local text = last_part(self, row)
    local list = list_of[text]
    if not list then
      local last = places.fold(text):match("[^/]*$")
      list = found[last] or {}
      found[last], list_of[text] = list, list
    end
    list[#list + 1] = row
  end
  self.shared.by_last = found
  return found
end

-- The number of a unit by its row, made once.
local function numbers_of(self)
  if not rawget(self, "numbers") then
    local numbers = {}
    for i, row in ipairs(rows_of(self)) do numbers[row] = i end
    self.numbers = numbers
  end
  return self.numbers
end

-- The numbers of the units that a folded place may mean.
local function units_called(self, place)
  local numbers, found = numbers_of(self), {}
  for _, row in ipairs(rows_by_last(self)[place:match("[^/]*$")] or {}) do
    if numbers[row] and places.ends_with(folded_path(self, row), place) then
      found[#found + 1] = numbers[row]
    end
  end
  return found
end

local function candidates(self, found)
  local names = {}
  for i = 1, math.min(#found, 5) do
    names[i] = self.units[found[i]].key
  end
  return table.concat(names, "; ")
end

-- The last parts of a path, as many as a place has.
local function suffix_pattern(place)
  local _, borders = place:gsub("/", "")
  return ("/[^/]*"):rep(borders + 1):sub(2) .. "$"
end

-- Whether a misspelt place and a suffix share what is enough to compare them:
-- the last part or all before it, or, of a single one, the first letter.
local function is_alike(place, suffix)
  local area, last = place:match("^(.*)/([^/]*)$")
  if not area then return suffix:sub(1, 1) == place:sub(1, 1) end
  return suffix:match("[^/]*$") == last or suffix:match("^(.*)/") == area
end

-- The key of the unit whose name is nearest to a misspelt one.
local function near_place(self, place)
  local pattern, key_of, known = suffix_pattern(place), {}, {}
  for i, row in ipairs(rows_of(self)) do
    local suffix = folded_path(self, row):match(pattern)
    if suffix and not key_of[suffix] and is_alike(place, suffix) then
      key_of[suffix], known[#known + 1] = i, suffix
    end
  end
  local found = errors.nearest(place, known)
  return found and self.units[key_of[found]].key
end

--- The unit that a place means: its key path or any unambiguous suffix of
--- it, across Cyrillic, Latin and bare ASCII, case and outer spaces.
---@param place string "Sjenica/57"
---@return table? unit
---@return urna.Error? err "unknown_place" with the nearest, or
--- "ambiguous_place" with the candidates
function Results:find(place)
  if type(place) ~= "string" then error("a place is a text", 2) end
  local wanted = folded_place(place)
  local found = units_called(self, wanted)
  if #found == 1 then return self.units[found[1]] end
  if #found == 0 then
    local near = near_place(self, wanted)
    return nil, errors.new("unknown_place", { file = place_of(self),
      text = place, message = ("no unit is called %q%s"):format(place,
        near and (": did you mean %q?"):format(near) or "") })
  end
  return nil, errors.new("ambiguous_place", { file = place_of(self),
    text = place, message = ("%q may be any of %d units: %s%s"):format(place,
      #found, candidates(self, found), #found > 5 and " ..." or "") })
end

-- A unit of other results may have the number of a row here and be another.
local function row_of_unit(self, unit)
  if type(unit.row) ~= "number" then error("this is no unit", 4) end
  local is_known = unit.row <= self.shared.table:rows()
    and unit_at(self, unit.row).key == unit.key
  if is_known then return unit.row end
  return nil, errors.new("unknown_place", { file = place_of(self),
    text = unit.key, message = ("%q is a unit of other results"):format(
      tostring(unit.key)) })
end

local function row_of(self, place)
  if type(place) == "table" then return row_of_unit(self, place) end
  if type(place) ~= "string" then
    error("a place is a text, or a unit of these results", 3)
  end
  local unit, err = self:find(place)
  return unit and unit.row, err
end

--- The results without some units.
---@param left_out (string|table)[] places, or units as in `results.units`
---@return urna.Results?
---@return urna.Error? err a place that is unknown or ambiguous
function Results:without(left_out)
  if type(left_out) ~= "table" then error("without takes an array", 2) end
  local gone, kept = {}, {}
  for _, place in ipairs(left_out) do
    local row, err = row_of(self, place)
    if not row then return nil, err end
    gone[row] = true
  end
  for _, row in ipairs(rows_of(self)) do
    if not gone[row] then kept[#kept + 1] = row end
  end
  return subset(self, kept, self.bad)
end

--- Only the units whose keys are what `where` names, across Cyrillic, Latin and
--- bare ASCII, case and outer spaces. Bad records of which nobody can tell the
--- unit stay among the bad.
--- Fails: raises for a column that is not a key of the contest.
---@param where table<string, string|string[]>
---@return urna.Results?
---@return urna.Error? err "unknown_place": a value that no unit has
function Results:only(where)
  if type(where) ~= "table" then error("only takes a table of keys", 2) end
  local rows, bad = {}, {}
  local parts, err = partition(self, key_numbers(self, self.key_names),
    tests_of(self, where))
  if not parts then return nil, err end
  for _, part in ipairs(parts) do
    for _, row in ipairs(part.rows) do rows[#rows + 1] = row end
    for _, fault in ipairs(part.bad) do bad[#bad + 1] = fault end
  end
  -- one whose unit nobody can tell may be of these
  for _, fault in ipairs(self.bad) do
    if not fault.path then bad[#bad + 1] = fault end
  end
  table.sort(rows)
  return subset(self, rows, bad)
end

--- One results for each value of a key column, sorted bytewise by it.
--- Fails: raises for a column that is not a key of the contest.
---@param options { by: string|string[] }
---@return urna.Results[] each with its `key`
function Results:split(options)
  errors.check_options("split", options, { "by" }, 2)
  local parts = {}
  for i, part in ipairs(partition(self, key_numbers(self, options.by), {})) do
    parts[i] = subset(self, part.rows, part.bad)
    parts[i].key = part.key
  end
  return parts
end

-- What is written, as { heading, column, is_text }, under the contest's own
-- headings, so that it is read again with the same contest. No heading stands
-- twice: a column may be two fields, or a key and a label.
local function written_columns(self)
  local columns, named = self.shared.columns, self.contest.columns or {}
  local found, taken = {}, {}
  local function add(heading, column, is_text)
    if taken[column] then return end
    taken[column] = true
    found[#found + 1] = { heading = heading, column = column,
      is_text = is_text }
  end
  for i, key in ipairs(self.key_names) do add(key, columns.keys[i], true) end
  for _, name in ipairs(field_names(self)) do
    add(named[name] or name, columns.fields[name])
  end
  for i, list in ipairs(self.lists) do
    add(list.column or list.key, columns.votes[i])
  end
  for _, heading in ipairs(compat.keys(columns.others or {})) do
    add(heading, columns.others[heading])
  end
  for _, label in ipairs(compat.keys(columns.labels or {})) do
    add(named[label], columns.labels[label], true)
  end
  return found
end

--- Write the records as wide CSV in UTF-8, whatever they were read from: the
--- keys, the fields, a column for each list, under the contest's headings and
--- with its delimiter, a comma if it says none. Digits have no marks, and
--- neither bad records nor ignored columns are written. The file appears whole
--- or not at all.
---
--- A wide contest in UTF-8 reads it back as it is. With a contest that declares
--- another encoding say `encoding = "utf-8"` when reading; after long records
--- read it with a contest like `results.contest` but without columns.list and
--- columns.votes.
---@param path string
---@return true?
---@return urna.Error? err "cannot_write", or a number beyond 2^53 - 1
function Results:write(path)
  if type(path) ~= "string" then error("write takes a path", 2) end
  local columns, headings = {}, {}
  for i, one in ipairs(written_columns(self)) do
    local values, fault
    headings[i] = one.heading
    if one.is_text then
      values = self.shared.table:texts(one.column, rows_of(self))
    else
      values, fault = self.shared.table:counts(one.column, rows_of(self))
    end
    if not values then return nil, sum_error(self, field_names(self), fault) end
    columns[i] = values
  end
  local rows = {}
  for i = 1, #rows_of(self) do
    rows[i] = {}
    for j = 1, #columns do rows[i][j] = columns[j][i] or "" end
  end
  local csv = require "urna.writers.csv" -- a leaf; needed only here
  return require("urna.files").write(path,
    csv.encode(rows, headings, self.contest.delimiter))
end

return results
