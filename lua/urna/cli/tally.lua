local columns = require "urna.cli.columns"
local given = require "urna.cli.given"
local json = require "urna.writers.json"
local writer = require "urna.writers.tally"

--- What the command line says of a tally: its sums in one of three forms, what
--- was found wrong beside them, and the status that follows.
local tally = {}

local DONE, FOUND = 0, 1

-- Numbers of a finding may be beyond what is one, and then are texts.
local function number_text(value)
  return type(value) == "number" and ("%d"):format(value) or tostring(value)
end

-- A finding is one line, whatever its names hold.
local function quoted(text)
  return "\"" .. (text or ""):gsub("%c", " ") .. "\""
end

local function place(item, found)
  local file = item.file or found.file or "(merged)"
  return item.line and ("%s:%d"):format(file, item.line) or file
end

local function sides(record)
  if record.left == nil or record.right == nil then return "" end
  return (": %s and %s"):format(number_text(record.left),
    number_text(record.right))
end

local function key_text(item)
  local key = item.key or ""
  return key ~= "" and (" (%s)"):format((key:gsub("%c", " "))) or ""
end

local function in_records(count)
  return count == 1 and "in 1 record" or ("in %d records"):format(count)
end

-- Each finding as a line with its place, as compilers write them.
local function add_check(lines, check, found)
  for _, record in ipairs(check.records or {}) do
    lines[#lines + 1] = ("%s: check %s fails%s%s"):format(
      place(record, found), quoted(check.check), sides(record),
      key_text(record))
  end
  local more = check.failed - #(check.records or {})
  if more > 0 then
    lines[#lines + 1] = ("%s: check %s fails %s more"):format(
      place({}, found), quoted(check.check), in_records(more))
  end
  if (check.unknown or 0) > 0 then
    lines[#lines + 1] = ("%s: check %s cannot be told %s"):format(
      place({}, found), quoted(check.check), in_records(check.unknown))
  end
end

local function first_text(item)
  if not item.first_line then return "" end
  local file = item.first_file and item.first_file ~= item.file
    and " of " .. item.first_file or ""
  return (", first on line %d%s"):format(item.first_line, file)
end

local function add_duplicates(lines, found)
  local items = found.duplicates.items or {}
  for _, item in ipairs(items) do
    lines[#lines + 1] = ("%s: %s stands there again%s"):format(
      place(item, found), quoted(item.key), first_text(item))
  end
  local more = found.duplicates.count - #items
  if more > 0 then
    lines[#lines + 1] = ("%s: and %d more that stand again"):format(
      place({}, found), more)
  end
end

--- What was found wrong, a line with its place for each: checks that fail,
--- records that stand twice.
---@param found urna.Tally
---@return string[]
function tally.findings(found)
  local lines = {}
  for _, check in ipairs(found.checks or {}) do
    add_check(lines, check, found)
  end
  if found.duplicates then add_duplicates(lines, found) end
  return lines
end

-- What a paper without a first preference does, and what several do.
local WITHOUT = {
  { name = "skipped", "skips the first rank", "skip the first rank" },
  { name = "overvoted", "names several there", "name several there" },
  { name = "empty", "names nobody", "name nobody" },
}

-- One line for all of them, of a tally of ranked ballots.
local function add_first(lines, found)
  local parts = {}
  for _, row in ipairs(WITHOUT) do
    local count = found.first[row.name]
    if count > 0 then
      parts[#parts + 1] = ("%d %s"):format(count,
        count == 1 and "paper " .. row[1] or "papers " .. row[2])
    end
  end
  if #parts == 0 then return end
  lines[#lines + 1] = ("%s: without a first preference: %s"):format(
    place({}, found), table.concat(parts, ", "))
end

local function all_quoted(names)
  local parts = {}
  for i, name in ipairs(names) do parts[i] = quoted(name) end
  return table.concat(parts, ", ")
end

--- What may be a mistake and may be none: names that look alike, values of
--- --where that no record has, papers without a first preference.
---@param found urna.Tally
---@return string[]
function tally.warnings(found)
  local lines, file = {}, place({}, found)
  if found.first then add_first(lines, found) end
  for _, value in ipairs(found.unmatched or {}) do
    lines[#lines + 1] = ("%s: warning: %s: no record has %s%s"):format(file,
      value.column, quoted(value.value), value.nearest
        and ("; did you mean %s?"):format(quoted(value.nearest)) or "")
  end
  for _, alike in ipairs(found.lookalikes or {}) do
    lines[#lines + 1] = ("%s: warning: %s: %s look alike and are counted apart")
      :format(file, alike.column, all_quoted(alike.names))
  end
  return lines
end

local function is_clean(found)
  for _, check in ipairs(found.checks or {}) do
    if check.failed > 0 then return false end
  end
  return not found.duplicates or found.duplicates.count == 0
end

--- The exit status: 1 where a check fails or a record stands twice. What
--- cannot be told and what looks alike is no finding.
---@param found urna.Tally
---@return integer
function tally.status(found)
  return is_clean(found) and DONE or FOUND
end

local ARRAYS = { by = true, checks = true, groups = true, items = true,
  keys = true, lookalikes = true, names = true, records = true,
  sources = true, unmatched = true }

-- The files, where their fingerprints were asked for.
local function fingerprinted(found)
  local marked = {}
  for _, source in ipairs(found.sources or {}) do
    if source.sha256 then
      marked[#marked + 1] = { file = source.file, sha256 = source.sha256 }
    end
  end
  return #marked > 0 and marked or nil
end

local function json_text(found)
  local rows = {}
  for i, group in ipairs(found.groups) do
    local sums = {}
    for _, name in ipairs(found.sums) do
      sums[name] = group.fields[name] or group.beyond[name]
    end
    rows[i] = { keys = group.keys, sums = sums, records = group.records }
  end
  return json.encode({ by = found.by, groups = rows, records = found.records,
    checks = found.checks, duplicates = found.duplicates,
    lookalikes = found.lookalikes, unmatched = found.unmatched,
    first = found.first, sources = fingerprinted(found) },
    { indent = 2, arrays = ARRAYS }) .. "\n"
end

-- A line for a check that holds everywhere, too: that it was asked is said.
local function holding(found)
  local lines = {}
  for _, check in ipairs(found.checks or {}) do
    if check.failed == 0 and (check.unknown or 0) == 0 then
      lines[#lines + 1] = ("check %s holds"):format(
        quoted(check.check))
    end
  end
  return lines
end

local function table_text(found)
  local rows = writer.rows(found)
  local header = writer.header(found)
  table.insert(rows, 1, header)
  local lines = tally.findings(found)
  for _, line in ipairs(holding(found)) do lines[#lines + 1] = line end
  local below = #lines > 0 and "\n" .. table.concat(lines, "\n") .. "\n" or ""
  return columns.text(rows, #header, #found.by) .. below
end

local TEXT = {
  csv = function(found) return found:csv() end,
  json = json_text,
  table = table_text,
}

-- To a stream a big tally goes in pieces, if it can; a file is written whole.
local function write(found, options, io_)
  local form = options.format or "csv"
  if form == "csv" and not options.output then
    found:write_csv(function(piece) io_.stdout:write(piece) end)
    return true
  end
  return given.write(TEXT[form](found), options, io_)
end

-- What was counted, as sha256sum prints it.
local function fingerprints(found)
  local lines = {}
  for i, source in ipairs(fingerprinted(found) or {}) do
    lines[i] = ("%s  %s"):format(source.sha256, source.file)
  end
  return lines
end

local function say(lines, io_)
  for _, line in ipairs(lines) do io_.stderr:write(line, "\n") end
end

--- Print a tally, or keep it for a merge, and say what was found: below a
--- table, inside of JSON, else on standard error, where warnings always go.
---@param found urna.Tally
---@param options table of the command line
---@param io_ table streams
---@return integer? status
---@return urna.Error? err "cannot_write"
function tally.give(found, options, io_)
  local done, err
  if options.partial then
    done, err = found:save(options.partial)
  else
    done, err = write(found, options, io_)
  end
  if not done then return nil, err end
  local form = options.format or "csv"
  if options.partial or form == "csv" then say(tally.findings(found), io_) end
  say(tally.warnings(found), io_)
  if form ~= "json" then say(fingerprints(found), io_) end
  return tally.status(found)
end

return tally
