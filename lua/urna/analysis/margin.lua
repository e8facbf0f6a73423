local aims = require "urna.analysis.margin.aims"
local arguments = require "urna.analysis.margin.arguments"
local crossing = require "urna.analysis.margin.crossing"
local faults = require "urna.allocate.faults"
local native = require "urna.native"
local standing = require "urna.analysis.margin.standing"
local undoing = require "urna.analysis.margin.undoing"

--- Inverse questions: how few ballots, switched, added or removed, change the
--- seats. Exact, over all ways to move them; every answer is allocated again.
local margin = {}

---@class urna.MarginChange
---@field list any? this list gains a seat or loses one
---@field threshold any? this list gets above the threshold, or below
---@field coalition any[]? these lists together get a majority, or lose it
---@field to string? list: "either" (default), "gain", "lose"; threshold:
--- "above", "below"; coalition: "make", "break". Default of the last two: what
--- is not so as it is
---@field majority integer? seats, of a coalition; default more than half

---@class urna.MarginOptions
---@field change "any"|urna.MarginChange? "any" (default): any list's seats
---@field by string? "switched" (default), "added" or "removed"
---@field threshold { share: integer[]?, votes: integer?, base: integer?,
--- base_moves: boolean?, exempt: any[]?, if_none_passes: string? }? a list
--- below takes no part, unless it is exempt: `share` { num, den } of `base`,
--- which is the sum of the votes unless given and moves with ballots added and
--- removed unless `base_moves` is false; or a number of votes. if_none_passes =
--- "all_take_part": where no list at all is above
---@field thresholds string? "free" (default where there is one): lists may be
--- lifted over it and pushed under; "fixed": who takes part, and with which
--- weight, stays as it is
---@field weights table<any, integer[]>? { num, den } by list, of its votes
---@field weights_end string? "at_threshold": a weight counts only while the
--- list is below it
---@field max table<any, integer>? seats by list
---@field tie string? "more_votes": of equals the list of more votes wins

---@class urna.Margin
---@field votes integer? the fewest ballots that surely do it; nil: only a tie
--- can
---@field tie integer? the fewest with which a tie makes it possible, where
--- these are fewer
---@field witness { from: table<any, integer>, to: table<any, integer> }? a way
--- to do it: ballots by list
---@field seats_before table<any, integer> by list, those that are certain
---@field seats_after table<any, integer>?
---@field open_before { tied: any[], left: integer }? seats that a lot decides
---@field open_after { tied: any[], left: integer }?
---@field moves table[]? { from, to } of seats; without `to` or `from` the seat
--- is open after, or was before
---@field list any? of "any" and of a list: who surely gains or loses
---@field change string? what is reached: "gains", "loses", "has a majority",
--- "has no majority", "above", "below"
---@field crossed table<any, string>? lists that get "above" the threshold or
--- "below" on this way, though it is held fixed where it is
---@field searched { text: string, ballots: integer[], looks: integer, tie:
--- string? } tie: "not settled" where that search would take too long
---@field non_monotone boolean? more ballots, from and to the lists that change
--- most on this way, would undo it
---@field undone { votes: integer, list: any }? by how many in all, when this
--- list crosses the threshold

local function to_aims(found)
  local list = {}
  for n, aim in ipairs(found) do
    list[n] = { members = aim.members, seats = aim.seats,
      at_most = aim.at_most }
  end
  return list
end

-- With the thresholds fixed both sides count as the one does as it is.
local function add_lists(call, question)
  local now = not question.is_free
    and standing.weights(question, question.votes, question.base)
  call.below, call.above, call.alone = {}, {}, question.weights
  call.share_num, call.share_den = {}, {}
  for i in ipairs(question.keys) do
    call.below[i] = now and now[i] or standing.weight(question, i, false)
    call.above[i] = now and now[i] or standing.weight(question, i, true)
    call.share_num[i] = not now and question.share and question.share[1] or 0
    call.share_den[i] = question.share and question.share[2] or 1
  end
end

local function ask(question, wanted, outcome)
  local method = question.method
  local rule = method.rule or {}
  local call = { seats = question.seats, way = question.by,
    base = question.base, base_moves = question.base_moves,
    votes = question.votes, most = question.most, held = outcome.seats,
    more_votes = question.more_votes, aims = to_aims(wanted),
    all_if_none = question.is_free and question.all_if_none,
    sequence = method.sequence, more = rule.more, rounding = rule.rounding }
  add_lists(call, question)
  local votes, number, after, tie, looks, excluded = native.margin(call)
  return { votes = votes, aim = wanted[number], after = after, tie = tie,
    looks = looks, excluded = excluded }
end

local function keyed(question, array)
  local map = {}
  for i, key in ipairs(question.keys) do map[key] = array[i] end
  return map
end

local function open(question, outcome)
  if not outcome.tied then return nil end
  local tied = {}
  for n, i in ipairs(outcome.tied) do tied[n] = question.keys[i] end
  return { tied = tied, left = outcome.left }
end

local function witness(question, after)
  local from, to = {}, {}
  for i, key in ipairs(question.keys) do
    local step = after[i] - question.votes[i]
    if step < 0 then from[key] = -step end
    if step > 0 then to[key] = step end
  end
  return { from = from, to = to }
end

local function moves(question, before, after)
  local losers, winners, found = {}, {}, {}
  for i, key in ipairs(question.keys) do
    local step = after.seats[i] - before.seats[i]
    for _ = 1, math.abs(step) do
      local side = step < 0 and losers or winners
      side[#side + 1] = key
    end
  end
  for n = 1, math.max(#losers, #winners) do
    found[n] = { from = losers[n], to = winners[n] }
  end
  return found
end

local function crossed(question, after)
  if not question.share then return nil end
  local found, base = {}, standing.base(question, question.found)
  for i, key in ipairs(question.keys) do
    local was = standing.is_above(question, question.votes[i], question.base)
    local is = standing.is_above(question, after[i], base)
    if was ~= is then found[key] = is and "above" or "below" end
  end
  return found
end

local HELD = "with the lists that take part, and their weights, held as they "
  .. "are"
local FREE = "every choice of lists above and below the threshold"

-- Fewer than the answer were all searched, if only by what they cannot do.
local function searched(question, last, looks)
  local text = ("every way in which up to %d ballots can be %s; %s"):format(
    last, question.by, question.is_free and FREE or HELD)
  if question.is_free and question.base_moves and question.by ~= "switched" then
    text = text .. ", on both sides of each crossing that the ballots "
      .. "themselves bring about"
  end
  return { text = text, ballots = { 0, last }, looks = looks }
end

local function add_way(answer, question, before, after)
  local base = standing.base(question, question.found)
  local outcome = standing.seats(question, after, base)
  answer.witness = witness(question, after)
  answer.seats_after = keyed(question, outcome.seats)
  answer.open_after = open(question, outcome)
  answer.moves = moves(question, before, outcome)
  answer.crossed = crossed(question, after)
  return outcome
end

local function add_undone(answer, question, after, wanted)
  local undone = undoing.find(question, after, wanted)
  if not undone then return end
  answer.non_monotone = true
  answer.undone = { votes = undone.votes, list = question.keys[undone.list] }
end

local function describe(question, wanted)
  if question.change.kind == "any" then return "changes any seat" end
  local texts = {}
  for n, aim in ipairs(wanted) do
    texts[n] = ("means that %s %s"):format(question.change.kind == "list"
      and tostring(question.change.key) or "the coalition", aim.what)
  end
  return table.concat(texts, " or ")
end

local function nothing(question, wanted, result)
  if #wanted == 0 then
    return nil, ("%s cannot have %s seats than it has"):format(
      tostring(question.change.key),
      question.change.to == "lose" and "fewer" or "more")
  end
  if result.excluded then
    return nil, ("%d ballots %s or fewer do not do it; whether more ever do "
      .. "would take too long to find out"):format(
      math.max(result.excluded - 1, 0), question.by), result.excluded
  end
  return nil, ("no number of ballots %s %s%s"):format(question.by,
    describe(question, wanted), question.is_free and "" or ", " .. HELD)
end

local function seats_question(question, before)
  local wanted = aims.of(question, before)
  if #wanted == 0 then return nothing(question, wanted) end
  local result = ask(question, wanted, before)
  if not (result.votes or result.tie) then
    return nothing(question, wanted, result)
  end
  local answer = { votes = result.votes, tie = result.tie,
    seats_before = keyed(question, before.seats),
    open_before = open(question, before),
    searched = searched(question, result.votes or result.tie, result.looks) }
  if result.excluded then answer.searched.tie = "not settled" end
  if not result.votes then return answer end
  question.found = result.votes
  local outcome = add_way(answer, question, before, result.after)
  assert(aims.are_met(wanted, outcome), "the way does not do it")
  answer.change = result.aim.what
  if question.change.kind ~= "coalition" then
    answer.list = question.keys[result.aim.members[1]]
  end
  add_undone(answer, question, result.after, wanted)
  return answer
end

local function threshold_question(question, before)
  local votes, after = crossing.find(question)
  if not votes then return nil, after end
  question.found = votes
  local i = question.place[question.change.key]
  local answer = { votes = votes, list = question.change.key,
    seats_before = keyed(question, before.seats),
    open_before = open(question, before),
    searched = searched(question, votes, 1) }
  add_way(answer, question, before, after)
  answer.change = standing.is_above(question, after[i],
    standing.base(question, votes)) and "above" or "below"
  return answer
end

local function before_of(ground)
  return standing.seats(ground, ground.votes, ground.base)
end

local function ask_of(ground, before, options)
  local question = arguments.ask(ground, options)
  if question.change.kind == "threshold" then
    return threshold_question(question, before)
  end
  return seats_question(question, before)
end

local function run(votes, seats, method, options)
  local ground = arguments.ground(votes, seats, method, options)
  return ask_of(ground, before_of(ground), options)
end

--- The fewest ballots that change the seats.
---
--- Ballots are switched from list to list, added by voters who come, or
--- removed with voters who stay away, from and to any lists at once. The answer
--- is exact for highest averages and for largest remainders of the quotas
--- "hare", "droop" and "hagenbach_bischoff" and those rounded up: no way with
--- fewer ballots does it.
---
--- Where a tie leaves a seat open, nobody has it for certain: `votes` is the
--- number after which the change holds however lots are drawn, `tie` a smaller
--- number after which it may. A list gains with the ballot that makes more
--- seats certain than are now, and loses with the ballot after which it cannot
--- have as many as it might now.
---
--- A list above is one that has at least the share of the base. If no list
--- gets above and none is exempt, nobody has a seat, unless all take part.
---
--- Fails: raises for what the caller got wrong, naming key and value. Returns
--- nil and why where no number of ballots does it.
---@param votes table<string, integer>|integer[] from 0; sum up to 2^53 - 1
---@param seats integer from 1
---@param method string|table as of urna.allocate
---@param options urna.MarginOptions?
---@return urna.Margin? answer
---@return string? reason
---@return integer? gave_up fewer than these surely do not do it; the search was
--- given up there
function margin.run(votes, seats, method, options)
  local answer, reason, gave_up = faults.call("urna.margin", 2, run, votes,
    seats, method, options)
  return answer, reason, gave_up -- no tail call: the caller is to be found
end

--- The same for many questions of one result: what they have in common is
--- looked at once.
--- Fails: raises as margin.run does, the function it returns too.
---@param votes table<string, integer>|integer[]
---@param seats integer
---@param method string|table
---@param options urna.MarginOptions? without change, by and thresholds
---@return fun(asked: urna.MarginOptions): urna.Margin?, string?, integer? ask
--- takes change, by and thresholds; gives what margin.run does
function margin.asker(votes, seats, method, options)
  local ground = faults.call("urna.margin", 2, arguments.ground, votes, seats,
    method, options)
  local before = before_of(ground)
  return function(asked)
    local answer, reason, gave_up = faults.call("urna.margin", 2, ask_of,
      ground, before, asked)
    return answer, reason, gave_up
  end
end

return margin
