-- Outcomes from the words of their explanations alone: what `urna.explain`
-- prints of every list and every seat is read back, its arithmetic is done
-- again, and the seats that come out are those that it says.
local serbia = require "spec.serbia2020"
local urna = require "urna"

-- ---- ratios of whole numbers that every Lua holds exactly ----

local function reduced(num, den)
  local a, b = num, den
  while b ~= 0 do a, b = b, a % b end
  return { num / a, den / a }
end

local function compare(a, b)
  if a[2] == 0 or b[2] == 0 then return b[2] - a[2] end
  local one, other = a[1] * b[2], b[1] * a[2]
  assert(one < 9007199254740992 and other < 9007199254740992)
  return one < other and -1 or one > other and 1 or 0
end

-- ---- reading ----

local function number(text)
  return assert(tonumber((text:gsub(",", ""))), text)
end

-- "1.4" is 14/10, "4/3" and "17" as they are.
local function ratio(text)
  local num, den = text:match("^([%d,]+)/([%d,]+)$")
  if num then return reduced(number(num), number(den)) end
  local whole, digits = text:match("^([%d,]+)%.?(%d*)$")
  return reduced(number(whole .. digits), 10 ^ #digits)
end

-- A quotient: { num, den }, the decimals that are shown, whether it is a root.
local function quotient(text)
  if text == "infinite" then return { 1, 0 } end
  local root, shown = text:match("^√%(?([%d,/]+)%)? = ([%d.]+)$")
  if root then return ratio(root), shown, true end
  local exact, decimals = text:match("^([%d,/]+) = ([%d.]+)$")
  return ratio(exact or text), decimals
end

-- "KEY: 178,830 votes (recalled) × 27/20 / 13 = ..."
local function average(line)
  local key, votes, rest = line:match("^  (%S+): ([%d,.]+) votes(.*)$")
  if not key then
    key, votes, rest = line:match("^  (%S+): ([%d.]+) %%(.*)$")
  end
  assert(key, line)
  local divisor, result = rest:match(" / (%S+) = (.+)$")
  local factor = rest:match("× (%d+/%d+)")
  local q, decimals, is_root = quotient(result)
  return { key = key, votes = ratio(votes), quotient = q,
    divisor = divisor:gsub("[()√]", ""), decimals = decimals,
    factor = factor and ratio(factor) or { 1, 1 }, is_root = is_root }
end

local function after(lines, sentence)
  for i, line in ipairs(lines) do
    if line:find(sentence, 1, true) then return lines[i + 1] end
  end
end

local function lines_of(text)
  local lines = {}
  for line in (text .. "\n"):gmatch("(.-)\n") do lines[#lines + 1] = line end
  return lines
end

local function has(lines, sentence)
  return after(lines, sentence) ~= nil or lines[#lines]:find(sentence, 1, true)
end

local function read_seat(text)
  local lines = lines_of(text)
  local seat, all, winner = lines[1]:match(
    "^Seat (%d+) of (%d+) goes to (%S+):")
  local rival = after(lines, "The best quotient of another list")
  local step = { seat = tonumber(seat), all = tonumber(all),
    own = average(lines[2]), rival = rival and average(rival),
    alone = has(lines, "No other list could take it."),
    by_votes = has(lines, "has more votes, so it takes the seat") }
  assert.equal(winner, step.own.key)
  return step
end

local function read_list(text)
  local lines = lines_of(text)
  local key, rest = lines[1]:match("^(%S+): (.*)$")
  local votes = rest:match("^([%d,]+) votes") or rest:match("([%d.]+) %%")
  local found = { key = key, votes = votes and ratio(votes),
    seats = tonumber(rest:match("seats: (%d+)%.$")),
    factor = { 1, 1 }, result = "passed", limit = math.huge }
  for _, line in ipairs(lines) do
    local factor = line:match("its quotients count (%d+/%d+)%.$")
    if factor then found.factor = ratio(factor) end
    local limit = line:match("no more than (%d+) seat")
    if limit then found.limit = tonumber(limit) end
    if line:find("^Threshold ") then
      found.test, found.result = line, line:match(": (%w+)%.$")
    end
    if line:find("so all take part", 1, true) then found.all = true end
  end
  return found
end

-- ---- doing it again ----

-- "Threshold 3/100 of ballots in the box (733,990): 22,020 needed; 8,505 <
-- 22,020: exempt."
local function check_threshold(list)
  local test = list.test or ""
  local share, base, needed, votes, sign, side = test:match(
    "^Threshold (%d+/%d+) of .- %(([%d,]+)[^)]*%): ([%d,]+).- needed; "
    .. "([%d,]+) ([<>]=?) ([%d,]+): ")
  if not share then return false end
  base, needed, share = number(base), number(needed), ratio(share)
  -- the least number that is so much of the base
  assert.is_true(needed * share[2] >= base * share[1]
    and (needed - 1) * share[2] < base * share[1])
  assert.equal(number(side), needed)
  assert.same(list.votes, ratio(votes))
  assert.equal(sign == ">=", number(votes) >= needed)
  assert.equal(sign == ">=", list.result == "passed")
  return true
end

local DHONDT = function(held) return { held + 1, 1 } end

-- What a list's next quotient is by the votes that its own lines print.
local function next_quotient(list, held, divisor, is_root)
  local d = divisor(held)
  if d[1] == 0 then return { 1, 0 } end
  local num = list.votes[1] * list.factor[1]
  local den = list.votes[2] * list.factor[2]
  if is_root then num, den = num * num, den * den end
  return reduced(num * d[2], den * d[1])
end

local function check_average(row, lists, held, divisor, is_root)
  local list = lists[row.key]
  local d = divisor(held[row.key])
  assert.same(list.votes, row.votes)
  assert.same(list.factor, row.factor)
  assert.same(reduced(d[1], d[2]), ratio(row.divisor))
  local expected = next_quotient(list, held[row.key], divisor, is_root)
  assert.same(expected, row.quotient)
  if row.decimals then
    local value = expected[1] / expected[2]
    if is_root then value = math.sqrt(value) end
    assert.is_true(math.abs(value - tonumber(row.decimals)) < 0.00006)
  end
end

-- Of two infinite ones that of more votes, times the factor, is before.
local function before(lists, a, b, one, other)
  local order = compare(one, other)
  if order ~= 0 or one[2] ~= 0 then return order end
  local x, y = lists[a], lists[b]
  return compare({ x.votes[1] * x.factor[1], x.votes[2] * x.factor[2] },
    { y.votes[1] * y.factor[1], y.votes[2] * y.factor[2] })
end

local function check_seat(step, lists, held, divisor, is_root)
  local own = step.own
  check_average(own, lists, held, divisor, is_root)
  if step.rival then
    check_average(step.rival, lists, held, divisor, is_root)
  end
  assert.equal(step.rival == nil, step.alone ~= nil and step.alone ~= false)
  local best
  for key, list in pairs(lists) do
    if key ~= own.key and list.takes_part and held[key] < list.limit then
      local q = next_quotient(list, held[key], divisor, is_root)
      local order = before(lists, own.key, key, own.quotient, q)
      local is_equal = order == 0
        and compare(own.quotient, step.rival.quotient) == 0
      assert.is_true(order > 0 or is_equal and step.by_votes
        and compare(lists[own.key].votes, list.votes) > 0
        or is_equal and not step.by_votes)
      if not best or compare(q, best) > 0 then best = q end
    end
  end
  assert.same(best, step.rival and step.rival.quotient)
end

local function read_lists(outcome)
  local lists, held, sum, all = {}, {}, 0, false
  for _, row in ipairs(outcome.lists) do
    local list = read_list(tostring(assert(urna.explain(outcome,
      { list = row.key }))))
    lists[list.key], held[list.key] = list, 0
    sum, all = sum + list.seats, all or list.all
  end
  for key, list in pairs(lists) do
    list.takes_part = key ~= "OTHERS" and list.votes and list.votes[1] > 0
      and (all or list.result ~= "failed")
  end
  return lists, held, sum
end

--- Read all of an outcome back and do it again.
---@return table lists by key
---@return integer steps
---@return integer tested thresholds of which both sides are printed
local function recheck(outcome, divisor, is_root)
  local lists, held, sum = read_lists(outcome)
  local steps, tested = 0, 0
  for _, list in pairs(lists) do
    if check_threshold(list) then tested = tested + 1 end
  end
  for seat = 1, sum do
    local step = read_seat(tostring(assert(urna.explain(outcome,
      { seat = seat }))))
    assert.equal(seat, step.seat)
    assert.is_true(lists[step.own.key].takes_part and true)
    check_seat(step, lists, held, divisor or DHONDT, is_root)
    held[step.own.key] = held[step.own.key] + 1
    steps = steps + 1
  end
  for key, list in pairs(lists) do assert.equal(list.seats, held[key]) end
  return lists, steps, tested
end

describe("from the words of its explanation alone", function()
  -- Seats: the Republic and the City Electoral Commission, as the elections'
  -- own sources cite them.
  for name, expected in pairs {
    ["belgrade-2023"] = { 110, SNS = 49, SPN = 43, NADA = 7, ["MI-GIN"] = 6,
      SPS = 5 },
    ["belgrade-2024"] = { 110, SNS = 64, KP = 21, BB = 14, ["MI-SN"] = 10,
      RS = 1 },
    ["parliament-2023"] = { 250, SNS = 129, SPN = 65, SPS = 18 },
    ["nis-2024"] = { 61, SNS = 30, DM = 16, BN = 10, KP = 2, UN = 2, RS = 1 },
  } do
    it(("every seat of %s follows"):format(name), function()
      local outcome = urna.apportion(urna.election(name))
      local lists, steps = recheck(outcome)
      for key, seats in pairs(expected) do
        assert.equal(seats, key == 1 and steps or lists[key].seats)
      end
    end)
  end

  it("every seat of Serbia 2020 follows, and every list's threshold",
    function()
      local results, why = serbia.results()
      if not results then return pending(why) end
      local lists, steps, tested = recheck(assert(urna.apportion(results)))
      -- Republic Electoral Commission, 5 July 2020
      local expected = { SNS = 188, SPS = 32, SPAS = 11, SVM = 9, SPP = 4,
        SDAS = 3, AA = 3 }
      for key, list in pairs(lists) do
        assert.equal(expected[key] or 0, list.seats)
      end
      assert.same({ 250, 21 }, { steps, tested })
    end)

  -- The total of the base is printed too, and is what thresholds are of.
  it("a threshold is of the total that is printed", function()
    local outcome = urna.apportion(urna.election("parliament-2022"))
    local total = tostring(urna.explain(outcome,
      { total = "ballots_in_box" })):match("= ([%d,]+)")
    local line = tostring(urna.explain(outcome, { list = "SNS" }))
    assert.matches(("of ballots in the box (%s"):format(total), line, 1, true)
  end)

  local function rule(divisor, seats)
    return { since = "2000-01-01", base = "ballots_in_box", seats = seats,
      source = "Rules of the club",
      { step = "threshold", share = { 1, 10 }, exempt = "minority" },
      { step = "weight", factor = { 27, 20 }, lists = "minority",
        when = "below_threshold" },
      { step = "averages", divisor = divisor, tie = { "more_votes" } } }
  end

  local VOTES = { { key = "A", votes = 3400, minority = false },
    { key = "B", votes = 2800, minority = false },
    { key = "C", votes = 500, minority = true },
    { key = "D", votes = 300, minority = false },
    { key = "E", votes = 1700, minority = false },
    { key = "M", votes = 600, minority = true } }

  for name, case in pairs {
    dhondt = { DHONDT }, sainte_lague = { function(held)
      return { 2 * held + 1, 1 }
    end }, ["modified_sainte_lague_1.4"] = { function(held)
      return held == 0 and { 7, 5 } or { 2 * held + 1, 1 }
    end }, adams = { function(held) return { held, 1 } end },
    dean = { function(held)
      return { 2 * held * (held + 1), 2 * held + 1 }
    end }, huntington_hill = { function(held)
      return { held * (held + 1), 1 }
    end, true }, danish = { function(held) return { 3 * held + 1, 1 } end },
    imperiali = { function(held) return { held + 2, 1 } end },
    macau = { function(held) return { 2 ^ held, 1 } end },
  } do
    it(("every seat of a rule with the divisors of %s follows"):format(name),
      function()
        for seats = 1, 12 do
          local outcome = assert(urna.apportion(VOTES, { rule = rule(name,
            seats), ballots_in_box = 9500 }))
          local _, steps, tested = recheck(outcome, case[1], case[2])
          assert.same({ seats, 6 }, { steps, tested })
        end
      end)
  end

  it("divisors of one's own follow, also where they end", function()
    local own = { { 1, 1 }, { 3, 2 }, { 7, 3 } }
    local outcome = assert(urna.apportion(VOTES, { ballots_in_box = 9500,
      rule = rule({ divisors = own, ends = true }, 10) }))
    local lists = recheck(outcome, function(held) return own[held + 1] end)
    assert.equal(3, lists.A.limit)
    assert.equal(3, lists.A.seats)
  end)

  it("a list with fewer candidates than seats stops at them", function()
    local votes = { { key = "A", votes = 900, candidates = 2 },
      { key = "B", votes = 100 } }
    local outcome = assert(urna.apportion(votes, { ballots_in_box = 1000,
      rule = { since = "2000-01-01", base = "ballots_in_box", seats = 4,
        source = "Rules of the club",
        { step = "averages", divisor = "dhondt" } } }))
    local lists = recheck(outcome)
    assert.same({ 2, 2, 2 }, { lists.A.limit, lists.A.seats, lists.B.seats })
  end)

  it("lists that take part because none passed follow", function()
    local own = rule("dhondt", 5)
    own[1].if_none_passes = "all_take_part"
    local votes = {}
    for i, list in ipairs(VOTES) do
      votes[i] = { key = list.key, votes = list.votes / 100,
        minority = list.minority }
    end
    local lists, steps = recheck(assert(urna.apportion(votes, { rule = own,
      ballots_in_box = 9500 })))
    assert.equal(5, steps)
    assert.equal("failed", lists.A.result)
    assert.is_true(lists.A.seats > 0)
  end)
end)
