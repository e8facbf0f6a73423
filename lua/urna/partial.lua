local compat = require "urna.compat"
local errors = require "urna.errors"
local files = require "urna.files"
local native = require "urna.native"

--- Partial tallies: what one host or process has counted, in a file that can
--- be merged with others. It says which bytes of which sources it covers, so
--- that nothing is counted twice or left out, and ends with a checksum.
---
--- The file is text: a line for each fact, then a line for each group, values
--- as lengths and bytes, so that names may hold anything.
local partial = {}

local MAGIC = "urna partial tally 1"
local EXACT = "9007199254740991" -- 2^53 - 1, exact in every Lua

--- The most that a sum can be, 2^63 - 1.
partial.MOST = "9223372036854775807"

-- A value that may hold anything, a newline too: its length, then its bytes.
local function packed(text)
  return ("%d:%s"):format(#text, text)
end

local function packed_list(texts)
  local parts = { ("%d"):format(#texts) }
  for _, text in ipairs(texts) do parts[#parts + 1] = packed(text) end
  return table.concat(parts, " ")
end

-- Names let through as a set: each once, in bytewise order.
local function names_of(list)
  local is_in = {}
  for _, name in ipairs(list) do is_in[name] = true end
  return compat.keys(is_in)
end

-- What rows were kept by: how many columns, then of each its name and the
-- names let through.
local function packed_where(where)
  local columns = compat.keys(where)
  local parts = { ("%d"):format(#columns) }
  for _, column in ipairs(columns) do
    parts[#parts + 1] = packed(column)
    parts[#parts + 1] = packed_list(names_of(where[column]))
  end
  return table.concat(parts, " ")
end

-- What two partial tallies must share to be of one whole.
local function schema_of(tally)
  return native.sha256(table.concat({ packed_list(tally.headings),
    packed_list(tally.by), packed_list(tally.sums),
    packed_where(tally.where) }, "\n"))
end

local function source_line(source)
  return ("source %s %d %d %d %d %s"):format(source.id, source.first,
    source.last, source.from, source.reached, packed(source.file))
end

local function group_line(tally, group)
  local parts = { packed_list(group.keys), ("%d"):format(group.records) }
  for _, name in ipairs(tally.sums) do
    parts[#parts + 1] = tally:digits(group, name) or "-"
    parts[#parts + 1] = ("%d"):format(group.missing[name] or 0)
  end
  return table.concat(parts, " ")
end

local function body(tally)
  local lines = { MAGIC, "schema " .. schema_of(tally),
    "by " .. packed_list(tally.by), "sums " .. packed_list(tally.sums),
    "headings " .. packed_list(tally.headings),
    "where " .. packed_where(tally.where),
    ("count %d"):format(tally.counts_records and 1 or 0),
    ("sources %d"):format(#tally.sources) }
  for _, source in ipairs(tally.sources) do
    lines[#lines + 1] = source_line(source)
  end
  lines[#lines + 1] = ("records %d"):format(tally.records)
  lines[#lines + 1] = ("groups %d"):format(#tally.groups)
  for _, group in ipairs(tally.groups) do
    lines[#lines + 1] = group_line(tally, group)
  end
  return table.concat(lines, "\n") .. "\n"
end

--- Write a tally as a partial one. The file appears whole or not at all. It
--- holds sums and numbers of records; what `check` and `unit` have found, names
--- that look alike and those that no record has are not in it.
---@param tally urna.Tally
---@param path string
---@return true?
---@return urna.Error? err "cannot_write"
function partial.write(tally, path)
  local text = body(tally)
  return files.write(path,
    text .. "checksum " .. native.sha256(text) .. "\n")
end

-- A place in a partial tally's text, taken forward.
local Cursor = {}
Cursor.__index = Cursor

function Cursor:fail(expected)
  error(errors.new("bad_partial", { file = self.file,
    message = ("not a partial tally, or damaged: %s is expected at byte %d")
      :format(expected, self.at) }), 0)
end

function Cursor:take(pattern, expected)
  local first, last, found = self.text:find("^" .. pattern, self.at)
  if not first then self:fail(expected) end
  self.at = last + 1
  return found
end

-- Digits as they are written here, up to a limit; all others are damage.
local function is_number(digits, most)
  if digits:find("^0.") then return false end
  return #digits < #most or #digits == #most and digits <= most
end

function Cursor:number()
  local at, digits = self.at, self:take("(%d+)", "a number")
  if not is_number(digits, EXACT) then
    self.at = at
    self:fail("a number up to " .. EXACT)
  end
  return tonumber(digits)
end

function Cursor:value()
  local length = self:number()
  self:take(":", "a colon")
  if length > #self.text - self.at + 1 then self:fail("a longer text") end
  self.at = self.at + length
  return self.text:sub(self.at - length, self.at - 1)
end

function Cursor:values()
  local list = {}
  for i = 1, self:number() do
    self:take(" ", "a space")
    list[i] = self:value()
  end
  return list
end

-- A line of a word and a number, as of how many lines follow.
function Cursor:line(word)
  self:take(word .. " ", word)
  local number = self:number()
  self:take("\n", "the end of the line")
  return number
end

-- Bytewise order, each once, as they are written.
local function in_order(cursor, list)
  for i = 2, #list do
    if not compat.before(list[i - 1], list[i]) then
      cursor:fail("before it names in order")
    end
  end
  return list
end

local function read_where(cursor)
  local where, columns = {}, {}
  cursor:take("where ", "where")
  for i = 1, cursor:number() do
    cursor:take(" ", "a space")
    columns[i] = cursor:value()
    cursor:take(" ", "a space")
    where[columns[i]] = in_order(cursor, cursor:values())
  end
  in_order(cursor, columns)
  cursor:take("\n", "the end of the line")
  return where
end

local function read_source(cursor)
  cursor:take("source ", "a source")
  local source = { id = cursor:take("(%x+) ", "a source's mark") }
  for _, name in ipairs { "first", "last", "from", "reached" } do
    source[name] = cursor:number()
    cursor:take(" ", "a space")
  end
  if source.first > source.from or source.from > source.reached
    or source.reached > source.last then
    cursor:fail("before it a span of bytes within its source")
  end
  source.file = cursor:value()
  cursor:take("\n", "the end of the line")
  return source
end

-- A sum, nil if no record reports it, and how many records do not.
local function read_sum(cursor, records)
  local digits = cursor:take(" ([%d-]+) ", "a sum")
  local missing = cursor:number()
  local is_sum = digits:find("^%d+$") and is_number(digits, partial.MOST)
  if missing > records or (missing == records) ~= (digits == "-")
    or digits ~= "-" and not is_sum then
    cursor:fail("before it a sum that fits its records")
  end
  return digits ~= "-" and digits or nil, missing
end

local function read_group(cursor, found)
  local group = { keys = cursor:values(), digits = {}, missing = {} }
  if #group.keys ~= #found.by then cursor:fail("before it a name by column") end
  cursor:take(" ", "a space")
  group.records = cursor:number()
  if group.records == 0 then cursor:fail("before it a number of records") end
  for _, name in ipairs(found.sums) do
    group.digits[name], group.missing[name] = read_sum(cursor, group.records)
  end
  cursor:take("\n", "the end of the line")
  return group
end

local function read_groups(cursor, found)
  local left = found.records
  for i = 1, cursor:line("groups") do
    found.groups[i] = read_group(cursor, found)
    left = left - found.groups[i].records
    if left < 0 then cursor:fail("before it no more records than in all") end
  end
end

local function read_body(cursor)
  cursor:take(MAGIC .. "\n", "its first line")
  local found = { schema = cursor:take("schema (%x+)\n", "the schema") }
  for _, name in ipairs { "by", "sums", "headings" } do
    cursor:take(name .. " ", name)
    found[name] = cursor:values()
    cursor:take("\n", "the end of the line")
  end
  found.where = read_where(cursor)
  local count = cursor:line("count")
  if count > 1 then cursor:fail("before it 0 or 1") end
  found.counts_records = count == 1
  found.sources, found.groups = {}, {}
  for i = 1, cursor:line("sources") do
    found.sources[i] = read_source(cursor)
  end
  if #found.sources == 0 then cursor:fail("before it a source") end
  found.records = cursor:line("records")
  read_groups(cursor, found)
  if cursor.at <= #cursor.text then cursor:fail("the end") end
  return found
end

local function damaged(path, message)
  return nil, errors.new("bad_partial", { file = path, message = message })
end

--- Read a partial tally, whole and undamaged.
---@param path string
---@return table? found { schema, by, sums, headings, where, counts_records,
--- sources, records, groups }
---@return urna.Error? err "cannot_read" or "bad_partial"
function partial.read(path)
  local text, err = files.read(path)
  if not text then return nil, err end
  local inner, sum = text:match("^(.*\n)checksum (%x+)\n$")
  if not inner then return damaged(path, "it ends without its checksum") end
  if native.sha256(inner) ~= sum then
    return damaged(path, "its checksum does not fit: it is damaged")
  end
  local cursor = setmetatable({ text = inner, at = 1, file = path }, Cursor)
  local done, found = pcall(read_body, cursor)
  if not done and errors.is(found) then return nil, found end
  if not done then error(found, 0) end
  return found
end

return partial
