local errors = require "urna.errors"
local tolerance = require "urna.analysis.reconcile.tolerance"

--- What urna.reconcile is asked: sources, and at the end the options.
local arguments = {}

local OPTIONS = { "bad", "contest", "date", "delimiter", "encoding", "lists",
  "names", "profile", "rule", "seats", "thousands", "tolerance", "total_rows",
  "unit" }

local TYPES = { date = "string", lists = "table", names = "table",
  rule = "string or table", seats = "number", tolerance = "number or table" }

local LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

local function is_subject(value)
  return type(value) ~= "table" or type(value.total) == "function"
    or value[1] ~= nil or value.text ~= nil or value.reader ~= nil
end

-- A source that could not be read is nil, with its error behind it; a nil at
-- the end is what a reading gives in place of one.
local function check_sources(given, count)
  for i = 1, count do
    errors.check_given(given[i], given[i + 1], 4)
    if given[i] == nil or errors.is(given[i]) then
      error("reconcile takes two sources or more, each a path, results or an "
        .. "election's id", 4)
    end
  end
  if count < 2 then
    error("reconcile takes two sources or more, and then options", 4)
  end
  if count > #LETTERS then
    error(("reconcile takes at most %d sources"):format(#LETTERS), 4)
  end
end

--- Subjects first, the options last, where there are any.
--- Fails: raises for fewer than two sources, or more than there are letters.
---@param ... any what urna.reconcile was given
---@return any[] given
---@return integer count of the sources
---@return table options
function arguments.split(...)
  local given, count, options = { ... }, select("#", ...), {}
  while count > 0 and given[count] == nil do count = count - 1 end
  local last = given[count]
  if count > 0 and not errors.is(last) and not is_subject(last) then
    options, count = last, count - 1
  end
  check_sources(given, count)
  return given, count, options
end

local function names_of(options, count)
  local names, seen = {}, {}
  for i = 1, count do
    local name = (options.names or {})[i] or LETTERS:sub(i, i)
    if type(name) ~= "string" or name == "" or seen[name] then
      error("reconcile: names must be a different text for each source", 4)
    end
    names[i], seen[name] = name, true
  end
  return names
end

--- Check the options.
--- Fails: raises for one that is unknown or of the wrong type.
---@param options table
---@param count integer of the sources
---@return table job { tolerance, names, rule, date, seats, said }
function arguments.check(options, count)
  errors.check_options("reconcile", options, OPTIONS, 3)
  errors.check_types("reconcile", options, TYPES, 3)
  return { tolerance = tolerance.of(options.tolerance),
    names = names_of(options, count), rule = options.rule,
    date = options.date, seats = options.seats, said = options.lists }
end

return arguments
