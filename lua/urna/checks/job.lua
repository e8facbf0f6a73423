local errors = require "urna.errors"
local expression = require "urna.expression"
local native = require "urna.native"

--- What one run of all checks has in hand: the records' columns by number, as
--- the core takes them, and what was found so far.
local job = {}

---@class urna.checks.Job
---@field results urna.Results
---@field kernel table of results:kernel()
---@field units integer how many records there are
---@field columns integer[] of the table, those asked for so far
---@field lists integer[] numbers in `columns` of the lists' votes
---@field options table of urna.check
---@field answers table<string, table> by code, see checks/formulas.lua
---@field all table[] checks of this run
---@field rule table of the country; empty where none is known
---@field date string? election day
---@field expected string[]? key paths of all stations
---@field previous table? an election before, as checks/elsewhere.lua has others
---@field second table? a second entry
---@field same_day table[]? other contests of the day
---@field earlier table[]? versions before, the oldest first
---@field observers table[]? their copies
local Job = {}
Job.__index = Job

--- A job for these results.
---@param results urna.Results
---@param options table
---@return urna.checks.Job
function job.new(results, options)
  local kernel = results:kernel()
  local self = setmetatable({ results = results, kernel = kernel,
    units = kernel.rows and #kernel.rows or kernel.table:rows(),
    options = options, columns = {}, numbers = {}, lists = {}, answers = {} },
    Job)
  for i, column in ipairs(kernel.votes) do
    self.lists[i] = self:column_number(column)
  end
  return self
end

function Job:column_number(column)
  if not self.numbers[column] then
    self.columns[#self.columns + 1] = column
    self.numbers[column] = #self.columns
  end
  return self.numbers[column]
end

--- Whether records have a field, a list's votes or sum(lists).
---@param name string
---@return boolean
function Job:has(name)
  if name == expression.LISTS then return #self.kernel.votes > 0 end
  return self.kernel.number(name) ~= nil
end

--- The number of a field among the columns that the core is given.
---@param name string
---@return integer?
function Job:number(name)
  local column = self.kernel.number(name)
  return column and self:column_number(column)
end

--- The columns of the table that a part of a record is: a field, "lists" all
--- lists, "leader" that of the most votes; nil if it is not there.
---@param name string
---@return integer[]?
function Job:part(name)
  if name == "lists" then return self.kernel.votes end
  if name == "leader" then return { self:leader() } end
  local column = self.kernel.number(name)
  return column and { column }
end

--- The column of the list with the most votes.
---@return integer
function Job:leader()
  if self.leading then return self.leading end
  local votes = self.kernel.votes
  local sums = self.kernel.table:sums(votes, self.kernel.rows)
  local best = 1
  for i = 2, sums and #sums or 0 do
    if sums[i] > sums[best] then best = i end
  end
  self.leading = votes[best]
  return self.leading
end

--- The key of a list by its number.
function Job:list_key(i)
  return self.results.lists[i].key
end

-- The key columns around a station; a building is no municipality.
local function outer_keys(self)
  local outer, building = {}, self.kernel.label "building"
  for i = 1, #self.kernel.keys - 1 do
    local key = self.kernel.keys[i]
    if key ~= building then outer[#outer + 1] = key end
  end
  return outer
end

local function grouped(self, keys, rows)
  return native.peers(self.kernel.table, { keys = keys, rows = rows })
end

--- The records by all their keys but the last: those of one municipality.
---@return userdata urna.peers
function Job:peers()
  self.near = self.near or grouped(self, outer_keys(self), self.kernel.rows)
  return self.near
end

-- Units of which the building is told, and their rows.
local function housed(self)
  local units, rows = {}, {}
  for unit, text in ipairs(self:texts "building") do
    if text:find("%S") then
      units[#units + 1] = unit
      rows[#rows + 1] = self.kernel.rows and self.kernel.rows[unit] or unit
    end
  end
  return units, rows
end

--- The records by the building they stand in; nil where no column tells it.
---@return userdata? urna.peers of the units below, numbered from 1
---@return integer[]? units
function Job:tables()
  local building = self.kernel.label "building"
  if not building then return nil end
  local keys, units, rows = outer_keys(self), housed(self)
  keys[#keys + 1] = building
  return grouped(self, keys, rows), units
end

--- The texts of a label by unit, nil where no column has it.
---@param name string "sender"
---@return string[]?
function Job:texts(name)
  local column = self.kernel.label(name)
  return column and self.kernel.table:texts(column, self.kernel.rows)
end

--- An error of the core as one of the results.
---@param fault table
---@return urna.Error
function Job:error(fault)
  local file, line = self.results:place(fault.line)
  return errors.new(fault.code, { file = file, line = line,
    text = fault.text, message = "a number of this record, or what follows "
      .. "from it, is beyond 2^53 - 1" })
end

--- A column of counts by unit, read once. Fails: raises an urna.Error.
---@param name string a field, a list's key, a key column or sum(lists)
---@return (integer?)[]
function Job:values(name)
  self.read = self.read or {}
  if self.read[name] then return self.read[name] end
  local values, err
  if name == expression.LISTS then
    values, err = self.results:list_sums()
  else
    values, err = self.results:column(name)
  end
  if not values then error(err, 0) end
  self.read[name] = values
  return values
end

local MANY = 2147483646 -- all records

--- Run comparisons that no formula can say: each is told of all records it
--- fails in. Fails: raises an urna.Error.
---@param operator string "="
---@param rows { left: table, right: table }[] sides as urna.expression's
--- programs have them
---@return { units: integer[], left: integer[], right: integer[], unknown:
--- integer }[] answers in the order of the rows
function Job:compare(operator, rows)
  local tests, none, all = {}, {}, {}
  for i, row in ipairs(rows) do
    tests[i] = { operator = operator, left = row.left, right = row.right }
    none[i], all[i] = 0, MANY
  end
  local answers, fault = native.records_test(self.kernel.table,
    { columns = self.columns, tests = tests, whens = {}, when_of = none,
      most_of = all, rows = self.kernel.rows })
  if not answers then error(self:error(fault), 0) end
  return answers
end

--- The values of one unit, by name. Fails: raises an urna.Error.
---@param names string[]
---@param unit integer
---@return table<string, integer?>
function Job:values_at(names, unit)
  local rows = self.kernel.rows
  local one, values = { rows and rows[unit] or unit }, {}
  for _, name in ipairs(names) do
    local found, fault
    if name == expression.LISTS then
      found, fault = self.kernel.table:row_sums(self.kernel.votes, one)
    else
      found, fault = self.kernel.table:counts(self.kernel.number(name), one)
    end
    if not found then error(self:error(fault), 0) end
    values[name] = found[1]
  end
  return values
end

return job
