local answer = require "urna.cli.answer"
local apportion = require "urna.seats.apportion"
local given = require "urna.cli.given"
local urna = require "urna"
local whatif = require "urna.cli.whatif"

--- urna margins SUBJECT: how few votes would have changed something.
local margins = {}

local DONE = 0

--- What the verb does.
---@param words string[] one subject
---@param options table
---@param io_ table streams
---@return integer? status 1 where the seats are undecided
---@return urna.Error?
function margins.act(words, options, io_)
  local results, err = whatif.results(given.one(words, "one subject"), options)
  if not results then return nil, err end
  local outcome
  outcome, err = apportion.run(results, { rule = options.rule,
    date = options.date, seats = options.seats })
  if not outcome then return nil, err end
  if outcome.decision ~= "decided" then
    return answer.undecided(outcome, io_)
  end
  local found
  found, err = urna.margins(outcome, { rule = options.rule
    or results.contest.rule, coalitions = options.coalition,
    lists = options.list, by = options.by, thresholds = options.thresholds,
    last = options.last, majority = options.majority })
  if not found then return nil, err end
  local done
  done, err = answer.give(found, options, io_)
  return done and DONE, err
end

return margins
