local answer = require "urna.cli.answer"
local sandbox = require "urna.sandbox"
local errors = require "urna.errors"
local given = require "urna.cli.given"
local urna = require "urna"
local whatif = require "urna.cli.whatif"

--- urna scenario SUBJECT: the same result with other votes, lists or rules.
local scenario = {}

local DONE, FOUND = 0, 1

local function whole(text, what)
  local number = text:find("^%d+$") and tonumber(text)
  if not number or number > 9007199254740991 then
    error(("%s: %q is not a number of votes"):format(what, text), 0)
  end
  return number
end

-- KEY=VALUE parts as numbers of votes.
local function votes_of(map, what)
  if not map then return nil end
  local found = {}
  for key, values in pairs(map) do found[key] = whole(values[1], what) end
  return found
end

local STATUS = { yes = true, no = false }

local function minority_of(map)
  if not map then return nil end
  local found = {}
  for key, values in pairs(map) do
    found[key] = STATUS[values[1]]
    if found[key] == nil then
      error("--minority is LIST=yes or LIST=no", 0)
    end
  end
  return found
end

-- FROM,TO,VOTES.
local function switches_of(list)
  if not list then return nil end
  local found = {}
  for i, parts in ipairs(list) do
    if #parts ~= 3 then error("--switch is FROM,TO,VOTES", 0) end
    found[i] = { from = parts[1], to = parts[2],
      votes = whole(parts[3], "--switch") }
  end
  return found
end

-- LIST=PART:VOTES,PART:VOTES.
local function splits_of(map)
  if not map then return nil end
  local found = {}
  for key, parts in pairs(map) do
    found[key] = {}
    for _, part in ipairs(parts) do
      local name, votes = part:match("^(.+):(%d+)$")
      if not name then error("--split is LIST=PART:VOTES,PART:VOTES", 0) end
      found[key][name] = whole(votes, "--split")
    end
  end
  return found
end

local function from_options(options)
  local found = { rule = options.other_rule, date = options.edition,
    seats = options.other_seats, minority = minority_of(options.minority),
    join = options.join, split = splits_of(options.split),
    switch = switches_of(options.switch), turnout = options.turnout,
    remove = votes_of(options.remove, "--remove"),
    add = votes_of(options.add, "--add") }
  found.threshold = given.or_none(options.threshold)
  found.factor = given.or_none(options.factor)
  return next(found) and found or nil
end

--- An array of scenarios in a file, Lua or JSON.
---@param path string
---@return table[]?
---@return urna.Error? err "bad_scenarios", or as of the reading
function scenario.from_file(path)
  local found, err = sandbox.data(path)
  if err then return nil, err end
  if type(found) == "table" and #found > 0 then return found end
  return nil, errors.new("bad_scenarios", { file = path,
    message = "is no array of scenarios" })
end

--- urna.scenarios of what a file holds: what is wrong with it is bad input.
---@param path string the file
---@param subject table
---@param list table[] as of scenario.from_file
---@param options table
---@return urna.Scenarios?
---@return urna.Error? err "bad_scenarios", or as of urna.scenarios
function scenario.of_file(path, subject, list, options)
  local done, found, err = pcall(urna.scenarios, subject, list, options)
  if done then return found, err end
  if type(found) ~= "string" then error(found, 0) end
  return nil, errors.new("bad_scenarios", { file = path, message = found })
end

local function list_of(options)
  local list, one = {}, from_options(options)
  if options.file then
    local found, err = scenario.from_file(options.file)
    if not found then return nil, err end
    for i, item in ipairs(found) do list[i] = item end
  end
  list[#list + 1] = one
  if #list == 0 then
    error("say what changes: --remove LIST=VOTES, --threshold 5/100 ..., or "
      .. "--file FILE", 0)
  end
  return list
end

-- remove=KEY, add=KEY, switch=FROM,TO.
local function move_of(options)
  local kind, values = next(options.scan)
  if kind == "switch" and #values == 2 then
    return { switch = { from = values[1], to = values[2] },
      most = options.most }
  elseif (kind == "remove" or kind == "add") and #values == 1 then
    return { [kind] = values[1], most = options.most }
  end
  error("--scan is remove=LIST, add=LIST or switch=FROM,TO", 0)
end

-- A scenario that cannot be computed ends in its row; alone it is the answer.
local function fault_of(found)
  return #found.rows == 1 and found.rows[1].err or nil
end

--- What the verb does.
---@param words string[] one subject
---@param options table
---@param io_ table streams
---@return integer? status 1 where a seat moves, or is undecided
---@return urna.Error?
function scenario.act(words, options, io_)
  if #words ~= 1 then
    error(("one subject is expected, not %d words"):format(#words), 0)
  end
  local passed = { blocks = options.block, rule = options.rule,
    date = options.date, excluded = options.exclude }
  local list, results, found, err
  if not options.scan then
    list, err = list_of(options)
    if not list then return nil, err end
  end
  results, err = whatif.results(words[1], options)
  if not results then return nil, err end
  if options.scan then
    found, err = urna.scan(results, move_of(options), passed)
  elseif options.file then
    found, err = scenario.of_file(options.file, results, list, passed)
  else
    found, err = urna.scenarios(results, list, passed)
  end
  if not found then return nil, err end
  if fault_of(found) then return nil, fault_of(found) end
  local done
  done, err = answer.give(found, options, io_)
  local is_quiet = found:is_decided() and not found:moves()
  return done and (is_quiet and DONE or FOUND), err
end

return scenario
