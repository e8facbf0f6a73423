--- Transferable votes by hand, as the laws tell them: paper by paper, every
--- paper read from its first rank each time, one function for each manner of
--- counting. Slow, and nothing of it is shared with what it checks.
local native = require "urna.native"

local plain = {}

local R = native.rational
local TIE = {} -- what is thrown where a draw is wanted and none is left

-- ---- an election ----

-- { papers = { { ranks, value, at } }, n = candidates, seats, lots }
local function begin(given)
  local e = { n = given.n, seats = given.seats, lots = given.lots or {},
    used = 0, papers = {}, votes = {}, state = {}, order = {}, stages = {},
    withdrawn = given.withdrawn or {}, write_in = given.write_in or {} }
  for _, row in ipairs(given.ballots) do
    for _ = 1, row[1] do e.papers[#e.papers + 1] = { ranks = row[2] } end
  end
  for c = 1, e.n do
    e.votes[c], e.state[c] = 0, e.withdrawn[c] and "out" or "in"
  end
  return e
end

-- Who is next on a paper among those who may receive.
local function next_on(paper, may, reading)
  local skipped, seen = 0, {}
  for rank, what in ipairs(paper.ranks) do
    if reading.choices and rank > reading.choices then return nil end
    if what == false then
      skipped = skipped + 1
      if skipped == reading.skips then return nil end
    elseif type(what) == "table" then
      skipped = 0
      local standing = {}
      for _, c in ipairs(what) do
        if may(c) then standing[c] = true end
      end
      local count, only = 0, nil
      for c in pairs(standing) do count, only = count + 1, c end
      if reading.overvotes == "exhaust" then return nil end
      if reading.overvotes == "sole" then
        if #what == 0 or count > 1 then return nil end
        if count == 1 then return only end
      end
    else
      skipped = 0
      if seen[what] and reading.repeats == "exhaust" then return nil end
      seen[what] = true
      if may(what) then return what end
    end
  end
  return nil
end

local function those(e, state)
  local list = {}
  for c = 1, e.n do
    if e.state[c] == state then list[#list + 1] = c end
  end
  return list
end

local function left(e)
  return e.seats - #e.order
end

local function remember(e)
  local votes = {}
  for c = 1, e.n do votes[c] = e.votes[c] end
  e.stages[#e.stages + 1] = votes
end

-- The next lot, or the end of the count.
local function draw(e, stage, tied)
  if #tied == 1 then return tied[1] end
  e.used = e.used + 1
  local lot = e.lots[e.used]
  if not lot then
    e.tie = { stage = stage, tied = tied }
    error(TIE)
  end
  return lot
end

local function best_by(list, better)
  local best = {}
  for _, c in ipairs(list) do
    local is_best = true
    for _, other in ipairs(list) do
      if better(other, c) then is_best = false end
    end
    if is_best then best[#best + 1] = c end
  end
  return best
end

-- Narrow equals at earlier stages; `more`: who had more stays, else fewer.
local function at_stages(e, tied, more, first, last, step)
  for stage = first, last, step do
    local votes = e.stages[stage]
    tied = best_by(tied, function(a, b)
      if more then return votes[b] < votes[a] end
      return votes[a] < votes[b]
    end)
  end
  return tied
end

local function backward(e, tied, more)
  return at_stages(e, tied, more, #e.stages, 1, -1)
end

local function forward(e, tied, more)
  return at_stages(e, tied, more, 1, #e.stages, 1)
end

local function as_it_is(_, tied)
  return tied
end

local function most(e, list)
  return best_by(list, function(a, b) return e.votes[b] < e.votes[a] end)
end

local function fewest(e, list)
  return best_by(list, function(a, b) return e.votes[a] < e.votes[b] end)
end

-- Several who are elected at once: most votes first, equals as ties are broken
-- but for lots, then as listed.
local function elect(e, list, narrow)
  while #list > 0 do
    local c = narrow(e, most(e, list), true)[1]
    e.state[c] = "elected"
    e.order[#e.order + 1] = c
    for i, other in ipairs(list) do
      if other == c then table.remove(list, i) break end
    end
  end
end

local function fill(e, narrow)
  local rest = those(e, "in")
  if left(e) > 0 and #rest <= left(e) then
    elect(e, rest, narrow)
    return true
  end
  return left(e) == 0
end

-- The lowest who together with the surplus cannot reach the next.
local function sure_losers(e, surplus)
  local rest, found = those(e, "in"), nil
  table.sort(rest, function(a, b)
    if e.votes[a] ~= e.votes[b] then return e.votes[a] < e.votes[b] end
    return a < b
  end)
  for k = 1, #rest - math.max(1, left(e)) do
    local sum = surplus
    for i = 1, k do sum = sum + e.votes[rest[i]] end
    if sum < e.votes[rest[k + 1]] then
      found = {}
      for i = 1, k do found[i] = rest[i] end
    end
  end
  return found
end

local function first_preferences(e, reading, one, zero)
  e.valid = 0
  for c = 1, e.n do e.votes[c] = zero end
  for _, paper in ipairs(e.papers) do
    paper.at = next_on(paper, function(c) return e.state[c] == "in" end,
      reading)
    paper.value = one
    if paper.at then
      e.votes[paper.at] = e.votes[paper.at] + one
      e.valid = e.valid + 1
    end
  end
  remember(e)
end

local function finish(e, done, err)
  if not done and err ~= TIE then error(err, 0) end
  return { winners = e.order, tie = e.tie, stages = e.stages }
end

-- ---- weighted inclusive Gregory ----

-- law: one, zero, quota(valid, seats), reach(votes, quota), value(value,
-- surplus, votes), narrow, reading, batch, pending (who has a quota receives
-- until the surplus goes), late (seats are filled when surpluses have gone)
function plain.weighted(given, law)
  local e = begin(given)
  local quota, surplus_of = nil, {}
  local function may(c)
    return e.state[c] == "in" or law.pending and surplus_of[c]
  end
  local function move(paper)
    paper.at = next_on(paper, may, law.reading)
    if paper.at then
      e.votes[paper.at] = e.votes[paper.at] + paper.value
    end
  end
  local function exclude(losers, keeps)
    for _, c in ipairs(losers) do e.state[c] = "out" end
    if keeps and #those(e, "in") <= left(e) then return remember(e) end
    local is_out = {}
    for _, c in ipairs(losers) do is_out[c] = true end
    for _, paper in ipairs(e.papers) do
      if paper.at and is_out[paper.at] then move(paper) end
    end
    for _, c in ipairs(losers) do e.votes[c] = law.zero end
    remember(e)
  end
  local function transfer(c)
    local votes, surplus = e.votes[c], e.votes[c] - quota
    surplus_of[c] = nil
    for _, paper in ipairs(e.papers) do
      if paper.at == c then
        paper.value = law.value(paper.value, surplus, votes)
        move(paper)
      end
    end
    e.votes[c] = quota
    remember(e)
  end
  local function stage()
    local reached = {}
    for _, c in ipairs(those(e, "in")) do
      if law.reach(e.votes[c], quota) then reached[#reached + 1] = c end
    end
    for _, c in ipairs(reached) do surplus_of[c] = true end
    elect(e, reached, law.narrow)
    local with, sum = {}, law.zero
    for c = 1, e.n do
      if surplus_of[c] and quota < e.votes[c] then
        with[#with + 1] = c
        sum = sum + (e.votes[c] - quota)
      end
    end
    if left(e) == 0 then return true end
    if (not law.late or #with == 0) and fill(e, law.narrow) then return true end
    local losers = law.batch and sure_losers(e, sum)
    if losers then
      exclude(losers, law.batch_keeps)
    elseif #with > 0 then
      transfer(draw(e, "surplus", law.narrow(e, most(e, with), true)))
    else
      exclude({ draw(e, "exclusion",
        law.narrow(e, fewest(e, those(e, "in")), false)) }, law.one_keeps)
    end
    return false
  end
  return finish(e, pcall(function()
    first_preferences(e, law.reading, law.one, law.zero)
    quota = law.quota(e.valid, e.seats)
    repeat until stage()
  end))
end

local function div(a, b)
  return (a - a % b) / b
end

local function at_least(votes, quota)
  return votes >= quota
end

local EXHAUST = { overvotes = "exhaust" }

function plain.scotland(given)
  return plain.weighted(given, { one = 100000, zero = 0, reach = at_least,
    narrow = backward, reading = { overvotes = "exhaust", skips = 1 },
    quota = function(valid, seats)
      return (div(valid, seats + 1) + 1) * 100000
    end,
    value = function(value, surplus, votes)
      return div(value * surplus, votes)
    end })
end

local function exactly(value, surplus, votes)
  return value * surplus / votes
end

function plain.stv(given)
  return plain.weighted(given, { one = R(1), zero = R(0), reach = at_least,
    narrow = as_it_is, reading = EXHAUST, value = exactly,
    quota = function(valid, seats) return R(div(valid, seats + 1) + 1) end })
end

function plain.wigm(given)
  return plain.weighted(given, { one = R(1), zero = R(0),
    reach = function(votes, quota) return quota < votes end,
    narrow = as_it_is, reading = EXHAUST, value = exactly,
    quota = function(valid, seats) return R(valid, seats + 1) end })
end

-- each product and each quotient is cut to four decimals
local function in_two_steps(value, surplus, votes)
  return div(div(value * surplus, 10000) * 10000, votes)
end

function plain.wigm_prf(given)
  return plain.weighted(given, { one = 10000, zero = 0, reach = at_least,
    narrow = as_it_is, reading = EXHAUST, value = in_two_steps,
    quota = function(valid, seats)
      return div(valid * 10000, seats + 1) + 1
    end })
end

function plain.wigm_prf_batch(given)
  return plain.weighted(given, { one = 10000, zero = 0, reach = at_least,
    narrow = as_it_is, reading = EXHAUST, value = in_two_steps, batch = true,
    batch_keeps = true,
    quota = function(valid, seats)
      return div(valid * 10000, seats + 1) + 1
    end })
end

function plain.minneapolis(given)
  return plain.weighted(given, { one = 10000, zero = 0, reach = at_least,
    narrow = as_it_is, batch = true, pending = true, late = true,
    one_keeps = true, value = in_two_steps,
    reading = { overvotes = "exhaust", skips = 2, repeats = "exhaust" },
    quota = function(valid, seats)
      return (div(valid, seats + 1) + 1) * 10000
    end })
end

-- ---- the Australian Senate ----

function plain.australian_senate(given)
  local e, quota = begin(given), nil
  local elected_at, moved = {}, {}
  -- move papers of one value as one parcel; fractions of votes are lost
  local function move(papers, value)
    local counts = {}
    for _, paper in ipairs(papers) do
      paper.at = next_on(paper, function(c) return e.state[c] == "in" end,
        EXHAUST)
      paper.value = value
      if paper.at then counts[paper.at] = (counts[paper.at] or 0) + 1 end
    end
    for c = 1, e.n do
      if counts[c] then
        local votes = (value * counts[c]):floor():num()
        e.votes[c] = e.votes[c] + votes
        moved[c] = moved[c] or {}
        local key = tostring(value)
        moved[c][key] = (moved[c][key] or 0) + votes
      end
    end
    remember(e)
  end
  local function held(c, value)
    local papers = {}
    for _, paper in ipairs(e.papers) do
      if paper.at == c and (not value or paper.value == value) then
        papers[#papers + 1] = paper
      end
    end
    return papers
  end
  local function elect_all()
    local reached = {}
    for _, c in ipairs(those(e, "in")) do
      if e.votes[c] >= quota then reached[#reached + 1] = c end
    end
    for _, c in ipairs(reached) do elected_at[c] = #e.stages end
    elect(e, reached, backward)
    return left(e) == 0
  end
  local function highest_value(c)
    local best
    for _, paper in ipairs(held(c)) do
      if not best or best < paper.value then best = paper.value end
    end
    return best
  end
  local function exclude(c)
    e.state[c] = "out"
    local value, is_empty = highest_value(c), true
    while value do
      is_empty = false
      e.votes[c] = e.votes[c] - (moved[c][tostring(value)] or 0)
      move(held(c, value), value)
      if elect_all() then return true end
      value = highest_value(c)
    end
    if is_empty then remember(e) end
    return false
  end
  local function surpluses()
    local with = {}
    for c = 1, e.n do
      if e.state[c] == "elected" and elected_at[c] and e.votes[c] > quota then
        with[#with + 1] = c
      end
    end
    return with
  end
  local function stage()
    if elect_all() then return true end
    local with = surpluses()
    if #with > 0 then
      with = best_by(with, function(a, b)
        return elected_at[a] < elected_at[b]
      end)
      local then_votes = e.stages[elected_at[with[1]]]
      with = best_by(with, function(a, b)
        return then_votes[b] < then_votes[a]
      end)
      local c = draw(e, "surplus", backward(e, with, true))
      local papers, surplus = held(c), e.votes[c] - quota
      e.votes[c] = quota
      move(papers, R(surplus, #papers))
      return false
    end
    if fill(e, backward) then return true end
    local rest = those(e, "in")
    if left(e) == 1 and #rest == 2 then
      elect(e, { draw(e, "election", most(e, rest)) }, backward)
      return true
    end
    return exclude(draw(e, "exclusion", backward(e, fewest(e, rest), false)))
  end
  return finish(e, pcall(function()
    first_preferences(e, EXHAUST, 1, 0)
    for c = 1, e.n do moved[c] = { ["1"] = e.votes[c] } end
    for _, paper in ipairs(e.papers) do paper.value = R(1) end
    quota = div(e.valid, e.seats + 1) + 1
    repeat until stage()
  end))
end

-- ---- Dáil Éireann ----

function plain.irish(given)
  local e, quota = begin(given), nil
  local reading = { overvotes = "exhaust", skips = 1 }
  -- papers by candidate in the order in which they are filed, each with the
  -- count at which it came
  local files = {}
  local function may(c)
    return e.state[c] == "in"
  end
  local function file(c, paper)
    files[c][#files[c] + 1] = { paper = paper, count = #e.stages + 1 }
  end
  local function sub_parcels(list)
    local by, transferable = {}, 0
    for c = 1, e.n do by[c] = {} end
    for _, item in ipairs(list) do
      local c = next_on(item.paper, may, reading)
      if c then
        by[c][#by[c] + 1] = item.paper
        transferable = transferable + 1
      end
    end
    return by, transferable
  end
  local function exclude(losers)
    for _, c in ipairs(losers) do e.state[c] = "out" end
    local list = {}
    for _, c in ipairs(losers) do
      for _, item in ipairs(files[c]) do list[#list + 1] = item end
    end
    local by = sub_parcels(list)
    for _, c in ipairs(losers) do e.votes[c], files[c] = 0, {} end
    for c = 1, e.n do
      for _, paper in ipairs(by[c]) do
        e.votes[c] = e.votes[c] + 1
        file(c, paper)
      end
    end
    remember(e)
  end
  local function transfer(c)
    local surplus, last = e.votes[c] - quota, {}
    local newest = files[c][#files[c]].count
    for _, item in ipairs(files[c]) do
      if item.count == newest then last[#last + 1] = item end
    end
    local by, transferable = sub_parcels(last)
    local share, given_out, fraction = {}, 0, {}
    for k = 1, e.n do
      if transferable <= surplus then
        share[k], fraction[k] = #by[k], 0
      else
        share[k] = div(#by[k] * surplus, transferable)
        fraction[k] = #by[k] * surplus % transferable
      end
      given_out = given_out + share[k]
    end
    for _ = 1, math.min(surplus, transferable) - given_out do
      local with = {}
      for k = 1, e.n do
        if fraction[k] > 0 then with[#with + 1] = k end
      end
      with = best_by(with, function(a, b) return fraction[a] > fraction[b] end)
      with = best_by(with, function(a, b) return #by[a] > #by[b] end)
      local k = draw(e, "fraction", forward(e, with, true))
      share[k], fraction[k] = share[k] + 1, 0
    end
    e.votes[c], files[c] = quota, {}
    for k = 1, e.n do
      for i = #by[k] - share[k] + 1, #by[k] do
        e.votes[k] = e.votes[k] + 1
        file(k, by[k][i])
      end
    end
    remember(e)
  end
  local function early(sum)
    local rest = those(e, "in")
    table.sort(rest, function(a, b)
      if e.votes[a] ~= e.votes[b] then return e.votes[a] > e.votes[b] end
      return a < b
    end)
    if #rest == left(e) + 1 and #rest >= 2
      and e.votes[rest[#rest]] + sum < e.votes[rest[#rest - 1]] then
      table.remove(rest)
      table.sort(rest)
      return rest
    end
    if left(e) == 1 and #rest > 0 then
      local others = sum
      for i = 2, #rest do others = others + e.votes[rest[i]] end
      if e.votes[rest[1]] > others then return { rest[1] } end
    end
    return nil
  end
  local function stage()
    local reached = {}
    for _, c in ipairs(those(e, "in")) do
      if e.votes[c] >= quota then reached[#reached + 1] = c end
    end
    elect(e, reached, forward)
    if fill(e, forward) then return true end
    local with, sum = {}, 0
    for c = 1, e.n do
      if e.state[c] == "elected" and e.votes[c] > quota then
        with[#with + 1] = c
        sum = sum + e.votes[c] - quota
      end
    end
    local winners = early(sum)
    if winners then
      elect(e, winners, forward)
      return true
    end
    local rest = those(e, "in")
    local votes = {}
    for i, c in ipairs(rest) do votes[i] = e.votes[c] end
    table.sort(votes)
    local waits = #votes > 1 and sum < votes[2] - votes[1]
    if #with > 0 and not waits then
      transfer(draw(e, "surplus", forward(e, most(e, with), true)))
      return false
    end
    local losers = sure_losers(e, sum)
    if losers then table.sort(losers) end
    exclude(losers or { draw(e, "exclusion",
      forward(e, fewest(e, rest), false)) })
    return false
  end
  return finish(e, pcall(function()
    first_preferences(e, reading, 1, 0)
    for c = 1, e.n do files[c] = {} end
    for _, paper in ipairs(e.papers) do
      if paper.at then
        files[paper.at][#files[paper.at] + 1] = { paper = paper, count = 1 }
      end
    end
    quota = div(e.valid, e.seats + 1) + 1
    repeat until stage()
  end))
end

-- ---- runoffs ----

-- law: reading, narrow, batch, write_ins
function plain.runoff(given, law)
  local e = begin(given)
  local function count()
    local sum = 0
    for c = 1, e.n do e.votes[c] = 0 end
    for _, paper in ipairs(e.papers) do
      local c = next_on(paper, function(c) return e.state[c] == "in" end,
        law.reading)
      if c then
        e.votes[c], sum = e.votes[c] + 1, sum + 1
      end
    end
    remember(e)
    return sum
  end
  local function losers()
    local rest, written = those(e, "in"), {}
    for _, c in ipairs(rest) do
      if law.write_ins and e.write_in[c] and e.votes[c] > 0 then
        written[#written + 1] = c
      end
    end
    if #written > 0 then return written end
    return law.batch and sure_losers(e, 0)
      or { draw(e, "exclusion", law.narrow(e, fewest(e, rest), false)) }
  end
  return finish(e, pcall(function()
    while true do
      local sum = count()
      for _, c in ipairs(those(e, "in")) do
        if e.votes[c] * 2 > sum then
          elect(e, { c }, law.narrow)
          return
        end
      end
      if fill(e, law.narrow) then return end
      for _, c in ipairs(losers()) do e.state[c] = "out" end
    end
  end))
end

function plain.irv(given)
  return plain.runoff(given, { reading = EXHAUST, narrow = as_it_is })
end

function plain.maine(given)
  return plain.runoff(given, { batch = true, write_ins = true,
    reading = { overvotes = "exhaust", skips = 2 },
    narrow = function(_, tied) return { tied[#tied] } end })
end

function plain.minneapolis_irv(given)
  return plain.runoff(given, { batch = true, write_ins = true,
    reading = { overvotes = "skip", skips = 2 }, narrow = as_it_is })
end

local function contingent(given, choices)
  local e = begin(given)
  local reading = { overvotes = "exhaust", choices = choices }
  return finish(e, pcall(function()
    first_preferences(e, reading, 1, 0)
    local rest = those(e, "in")
    for _, c in ipairs(rest) do
      if e.votes[c] * 2 > e.valid then
        elect(e, { c }, as_it_is)
        return
      end
    end
    local second = {}
    for i, c in ipairs(rest) do second[i] = e.votes[c] end
    table.sort(second)
    second = second[#second - 1] or 0
    local is_out = false
    for _, c in ipairs(rest) do
      if e.votes[c] < second then e.state[c], is_out = "out", true end
    end
    if is_out then
      for c = 1, e.n do e.votes[c] = 0 end
      for _, paper in ipairs(e.papers) do
        local c = next_on(paper, function(k) return e.state[k] == "in" end,
          reading)
        if c then e.votes[c] = e.votes[c] + 1 end
      end
      remember(e)
    end
    elect(e, { draw(e, "election", most(e, those(e, "in"))) }, as_it_is)
  end))
end

function plain.supplementary_vote(given)
  return contingent(given, 2)
end

function plain.contingent_vote(given)
  return contingent(given, nil)
end

-- ---- keep factors ----

-- law: keep(weight, factor) -> kept, passed; batch. In units of 1 / 10^9, as
-- whole ratios: their products are beyond 2^53.
function plain.meek(given, law)
  local e, unit = begin(given), 1000000000
  local one, factor, quota, surplus = R(unit), {}, nil, nil
  local function distribute()
    for c = 1, e.n do e.votes[c] = R(0) end
    for _, paper in ipairs(e.papers) do
      local weight, met = one, {}
      while not weight:is_zero() do
        local c = next_on(paper, function(k)
          return not met[k] and e.state[k] ~= "out"
        end, EXHAUST)
        if not c then break end
        met[c] = true
        local kept, passed = law.keep(weight, factor[c] or one, unit)
        e.votes[c] = e.votes[c] + kept
        weight = passed
      end
    end
    local sum = R(0)
    for c = 1, e.n do sum = sum + e.votes[c] end
    quota = (sum / (e.seats + 1)):floor() + 1
  end
  local function up(x)
    local below = x:floor()
    return below == x and below or below + 1
  end
  local function iterate()
    local last
    while true do
      distribute()
      local reached = {}
      for _, c in ipairs(those(e, "in")) do
        if e.votes[c] >= quota then reached[#reached + 1] = c end
      end
      surplus = R(0)
      for _, c in ipairs(e.order) do
        surplus = surplus + (e.votes[c] - quota)
      end
      if surplus < R(0) then surplus = R(0) end
      if #reached > 0 then
        remember(e)
        elect(e, reached, as_it_is)
        return nil
      end
      if surplus < R(1000) or last and surplus >= last then
        return those(e, "in")
      end
      local losers = law.batch and sure_losers(e, surplus)
      if losers then return nil, losers end
      last = surplus
      for _, c in ipairs(e.order) do
        factor[c] = up(up((factor[c] or one) * quota / unit) * unit
          / e.votes[c])
      end
    end
  end
  return finish(e, pcall(function()
    distribute()
    remember(e)
    while not fill(e, as_it_is) do
      local rest, losers = iterate()
      if losers or rest then
        if not losers then
          local least = e.votes[fewest(e, rest)[1]] + surplus
          local tied = {}
          for _, c in ipairs(rest) do
            if least >= e.votes[c] then tied[#tied + 1] = c end
          end
          remember(e)
          losers = { draw(e, "exclusion", tied) }
        else
          remember(e)
        end
        for _, c in ipairs(losers) do e.state[c] = "out" end
        distribute() -- if the last seats are filled now, in this order
      end
    end
  end))
end

function plain.meek_prf(given)
  return plain.meek(given, { keep = function(weight, factor, unit)
    local exact = weight * factor / unit
    local kept = exact:floor()
    if kept < exact then kept = kept + 1 end
    return kept, weight - kept
  end })
end

function plain.meek_down(given)
  return plain.meek(given, { batch = true,
    keep = function(weight, factor, unit)
      return (weight * factor / unit):floor(),
        (weight * (R(unit) - factor) / unit):floor()
    end })
end

function plain.warren(given)
  return plain.meek(given, { batch = true, keep = function(weight, factor)
    local kept = factor < weight and factor or weight
    return kept, weight - kept
  end })
end

return plain
