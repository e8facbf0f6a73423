local answer = require "urna.cli.answer"
local apportion = require "urna.seats.apportion"
local urna = require "urna"
local whatif = require "urna.cli.whatif"

--- urna coalitions SUBJECT: who can govern with whom.
local coalitions = {}

local DONE, OPEN = 0, 1

--- What the verb does.
---@param words string[] one subject
---@param options table
---@param io_ table streams
---@return integer? status 1 where the seats are undecided or nobody can govern
---@return urna.Error?
function coalitions.act(words, options, io_)
  if #words ~= 1 then
    error(("one subject is expected, not %d words"):format(#words), 0)
  end
  local results, err = whatif.results(words[1], options)
  if not results then return nil, err end
  local outcome
  outcome, err = apportion.run(results, { rule = options.rule,
    date = options.date, seats = options.seats, explain = false })
  if not outcome then return nil, err end
  if outcome.decision ~= "decided" then
    return answer.undecided(outcome, io_)
  end
  local found
  found, err = urna.coalitions(outcome, { excluded = options.exclude,
    order = options.order, majority = options.majority })
  if not found then return nil, err end
  local done
  done, err = answer.give(found, options, io_)
  return done and (found.count == 0 and OPEN or DONE), err
end

return coalitions
