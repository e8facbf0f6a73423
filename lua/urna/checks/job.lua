local errors = require "urna.errors"
local expression = require "urna.expression"

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
---@field answers table<string, table> by code: see Job.answer
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

--- The records by all their keys but the last: those of one municipality.
---@return userdata urna.peers
function Job:peers()
  if self.beside then return self.beside end
  local outer, native = {}, require "urna.native"
  for i = 1, #self.kernel.keys - 1 do outer[i] = self.kernel.keys[i] end
  self.beside = native.peers(self.kernel.table,
    { keys = outer, rows = self.kernel.rows })
  return self.beside
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
