local answer = require "urna.cli.answer"
local given = require "urna.cli.given"
local urna = require "urna"
local whatif = require "urna.cli.whatif"

--- urna annul FILE PLACE ...: the result without some stations, what a repeat
--- there could do, and how few stations would move a seat.
local annul = {}

local DONE, MOVES = 0, 1

local LAW = { "date", "rule", "seats" }

local function law_of(options)
  return given.some(options, LAW)
end

-- "any", "majority", "SNS" or "SNS=gain".
local function change_of(text)
  if text == "any" or text == "majority" then return text end
  local key, to = text:match("^(.*)=(%a+)$")
  return { list = key or text, to = to }
end

local function fewest(results, options, io_)
  local passed = law_of(options)
  passed.change = change_of(options.fewest)
  local found, err = urna.fewest_stations(results, passed)
  if not found then return nil, err end
  local done
  done, err = answer.give(found, options, io_)
  return done and (found.stations and MOVES or DONE), err
end

local function seats_change(rows)
  for _, row in ipairs(rows) do
    if row.seats_change and row.seats_change ~= 0 then return true end
  end
  return false
end

local function rerun(results, options, io_)
  local after, err = whatif.results(options.after, options)
  if not after then return nil, err end
  local found
  found, err = urna.rerun(results, after, law_of(options))
  if not found then return nil, err end
  local done
  done, err = answer.give(found, options, io_)
  return done and (seats_change(found.rows) and MOVES or DONE), err
end

local function check(results, options)
  return urna.check(results, { rule = options.rule, date = options.date })
end

local function materiality(results, options, io_)
  local findings, err = check(results, options)
  if not findings then return nil, err end
  local passed = law_of(options)
  passed.findings = findings
  local found
  found, err = urna.materiality(results, passed)
  if not found then return nil, err end
  local done
  done, err = answer.give(found, options, io_)
  if not done then return nil, err end
  for _, row in ipairs(found.rows) do
    if row.ballots and row.needed and row.ballots >= row.needed then
      return MOVES
    end
  end
  return DONE
end

-- The stations named, and those that a check fired on.
local function places_of(results, words, options)
  local places = {}
  for i = 2, #words do places[i - 1] = words[i] end
  for _, code in ipairs(options.findings or {}) do
    local findings, err = check(results, options)
    if not findings then return nil, err end
    for _, unit in ipairs(findings:units(code)) do
      places[#places + 1] = unit
    end
  end
  if #places == 0 then
    error("say which stations: PLACE ... or --findings CODE", 0)
  end
  return places
end

local function is_moving(found)
  return found.moves or found.without.decision ~= "decided"
    or found.bounds ~= nil and found.bounds.can_change
end

local REVOTE = { "coalition", "draws", "registered", "seed", "turnout" }

local function check_revote(options)
  for _, name in ipairs(REVOTE) do
    if options[name] and not options.revote then
      error(("--%s goes with --revote"):format(name), 0)
    end
  end
end

local function without(results, words, options, io_)
  check_revote(options)
  local places, err = places_of(results, words, options)
  if not places then return nil, err end
  local passed = law_of(options)
  passed.revote, passed.seed = options.revote, options.seed
  passed.registered, passed.draws = options.registered, options.draws
  passed.turnout, passed.coalitions = options.turnout, options.coalition
  passed.excluded = options.exclude
  local found
  found, err = urna.annul(results, places, passed)
  if not found then return nil, err end
  local done
  done, err = answer.give(found, options, io_)
  return done and (is_moving(found) and MOVES or DONE), err
end

--- What the verb does.
---@param words string[] the file, and places
---@param options table
---@param io_ table streams
---@return integer? status 1 where a seat moves or could
---@return urna.Error?
function annul.act(words, options, io_)
  if #words == 0 then error("a file of records is expected", 0) end
  local alone = options.fewest and fewest or options.after and rerun
    or options.materiality and materiality
  if alone and #words > 1 then
    error(("no %q is expected"):format(words[2]), 0)
  end
  local results, err = whatif.results(words[1], options)
  if not results then return nil, err end
  if alone then return alone(results, options, io_) end
  return without(results, words, options, io_)
end

return annul
