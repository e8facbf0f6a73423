local margin = require "urna.analysis.margin"

--- Which inverse questions are asked of an outcome, and the row of each.
local questions = {}

---@class urna.MarginsRow
---@field question string "seat", "gain", "lose", "threshold", "majority" or
--- "coalition"
---@field list string? of "gain", "lose", "threshold" and "majority"
---@field coalition string[]?
---@field to string? threshold: "above" or "below"; majority and coalition:
--- "make" or "break"
---@field majority integer? seats of one
---@field by string "switched", "added" or "removed"
---@field thresholds string? "free" or "fixed", where the rule has a threshold
--- and the question is not of it
---@field votes integer? the fewest that surely do it
---@field tie integer? the fewest with which a tie or a lot makes it possible,
--- where these are fewer
---@field tie_unsettled boolean? whether a tie would is not known
---@field witness table? { from, to, seats_after, open_after, moved, crossed }
---@field undone { votes: integer, list: string }? more votes of the same kind
--- undo it: with so many in all this list crosses the threshold
---@field why string? where there is no number: why not
---@field gave_up integer? fewer than these surely do not do it, and more were
--- not searched

-- The ways that are asked for unless one is named.
local WAYS = { seat = { "switched", "added", "removed" },
  gain = { "switched", "added" }, lose = { "switched", "removed" },
  above = { "switched", "added" }, below = { "switched", "removed" },
  make = { "switched", "added" }, ["break"] = { "switched", "removed" } }

-- ---- one question ----

-- Whoever crosses. Of a base between bounds the least is taken: who is below
-- the threshold then surely is.
local function crossed_of(job, crossed)
  local found = {}
  for key, side in pairs(crossed or {}) do
    if job.ground.is_base_known or side == "below" then found[key] = side end
  end
  return next(found) and found or nil
end

local function witness_of(job, answer)
  local way = answer.witness
  if not way then return nil end
  return { from = way.from, to = way.to, seats_after = answer.seats_after,
    open_after = answer.open_after, moved = answer.moves,
    crossed = crossed_of(job, answer.crossed) }
end

-- Ask, and note the answer.
local function ask(job, asked, by, thresholds)
  local row = { by = by, thresholds = thresholds }
  for name, value in pairs(asked.head) do row[name] = value end
  local answer, why, gave_up = job.ask { change = asked.change, by = by,
    thresholds = thresholds }
  row.why, row.gave_up = why, gave_up
  if answer then
    row.votes, row.tie = answer.votes, answer.tie
    row.tie_unsettled = answer.searched.tie ~= nil or nil
    row.witness, row.undone = witness_of(job, answer), answer.undone
  end
  job.rows[#job.rows + 1] = row
  return row
end

local function is_crossing(row)
  return row.gave_up ~= nil
    or row.witness ~= nil and row.witness.crossed ~= nil
end

-- With the thresholds free or fixed as asked; unasked, free, and fixed only
-- where lists cross the threshold on the way that was found, or none was. With
-- a base that is not known they can only be fixed.
local function ask_both(job, asked, by)
  local wanted = job.ground.is_base_known and job.options.thresholds
    or not job.ground.is_base_known and "fixed" or "needed"
  local row
  if wanted ~= "fixed" then row = ask(job, asked, by, "free") end
  if wanted == "fixed" or wanted == "both"
    or wanted == "needed" and is_crossing(row) then
    ask(job, asked, by, "fixed")
  end
end

local function add(job, head, change, way)
  local asked = { head = head, change = change }
  for _, by in ipairs(job.options.by and { job.options.by } or WAYS[way]) do
    if head.question == "threshold" or not job.ground.has_threshold then
      ask(job, asked, by)
    else
      ask_both(job, asked, by)
    end
  end
end

-- ---- which questions ----

local function item(job, key)
  local i = job.ground.at[key]
  return job.ground.count.lists[i]
end

-- Every list that has a seat or may get one without crossing the threshold.
local function may_have(job, key)
  local list = item(job, key)
  return list.seats > 0 or list.takes_part and list.votes > 0
end

local function add_lists(job)
  for _, key in ipairs(job.options.lists or job.ground.keys) do
    if job.options.lists or may_have(job, key) then
      add(job, { question = "gain", list = key }, { list = key, to = "gain" },
        "gain")
      if item(job, key).seats > 0 then
        add(job, { question = "lose", list = key },
          { list = key, to = "lose" }, "lose")
      end
    end
  end
end

-- From half of the votes that are needed to twice as many.
local function is_near(job, key)
  local votes, needed = item(job, key).votes,
    job.ground.race:needed(job.ground.race.base)
  return votes * 2 >= needed and votes < needed * 2
end

local function add_thresholds(job)
  if not job.ground.has_threshold or not job.ground.is_base_known then
    return
  end
  for _, key in ipairs(job.options.lists or job.ground.keys) do
    if job.options.lists or is_near(job, key) then
      local to = item(job, key).standing == "passed" and "below" or "above"
      add(job, { question = "threshold", list = key, to = to },
        { threshold = key, to = to }, to)
    end
  end
end

-- Whoever has most seats; of equals, most votes.
local function leader(job)
  local best
  for _, key in ipairs(job.ground.keys) do
    local own = item(job, key)
    if not best or own.seats > best.seats
      or own.seats == best.seats and own.votes > best.votes then
      best = own
    end
  end
  return best
end

local function add_coalition(job, head, keys, seats)
  head.majority = job.majority
  head.to = seats >= job.majority and "break" or "make"
  add(job, head, { coalition = keys, to = head.to, majority = job.majority },
    head.to)
end

-- All lists together have every seat, whatever happens to ballots.
local function add_majority(job)
  if #job.ground.keys < 2 then return end
  local first = leader(job)
  add_coalition(job, { question = "majority", list = first.key },
    { first.key }, first.seats)
end

local function add_coalitions(job)
  for _, keys in ipairs(job.options.coalitions or {}) do
    local seats = 0
    for _, key in ipairs(keys) do seats = seats + item(job, key).seats end
    add_coalition(job, { question = "coalition", coalition = keys }, keys,
      seats)
  end
end

--- Every answer.
---@param ground urna.MarginsGround
---@param options table as of urna.margins
---@param majority integer seats of one
---@return urna.MarginsRow[]
function questions.rows(ground, options, majority)
  local job = { ground = ground, options = options, majority = majority,
    rows = {}, ask = margin.asker(ground.votes, ground.seats, ground.method,
      ground.options) }
  add(job, { question = "seat" }, "any", "seat")
  add_lists(job)
  add_thresholds(job)
  add_majority(job)
  add_coalitions(job)
  return job.rows
end

return questions
