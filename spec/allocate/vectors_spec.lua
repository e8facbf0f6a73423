local outcomes = require "spec.allocate.outcomes"
local urna = require "urna"
local vectors = require "spec.allocate.vectors"

-- Methods that are laws or go two ways, and belong to other parts.
local ELSEWHERE = { biproportional = true, kieswet_P5_P9 = true,
  norway_levelling = true, iceland_levelling = true, multi_district = true,
  two_scrutinia = true, german_2023_fixed_630_zweitstimmendeckung = true,
  german_mmp_2013_levelling = true,
  german_mmp_2020_levelling_3_overhang = true, mmp_overhang_allowed = true }

local function method_of(case)
  if case.method ~= "largest_remainder" then return case.method end
  return { quota = case.divisor_or_quota }
end

local function eligible_votes(case)
  if not case.eligible then return case.votes end
  local votes = {}
  for _, key in ipairs(case.eligible) do votes[key] = case.votes[key] end
  return votes
end

local function assert_seats(case, expected, seats)
  for key in pairs(case.votes) do
    assert.equal(expected[key] or 0, seats[key] or 0, case.id .. " " .. key)
  end
end

local function assert_tie(case, result)
  local expected, tie = case.expected_tie, result.ties[1]
  assert.equal(1, #result.ties, case.id)
  assert_seats(case, expected.certain, result.seats)
  assert_seats(case, expected.certain, tie.certain)
  assert.same(expected.tied, tie.tied, case.id)
  assert.equal(expected.seats_left, tie.left, case.id)
end

local function assert_set(case)
  local expected = {}
  for _, seats in ipairs(case.expected_set) do
    expected[outcomes.told(seats)] = true
  end
  assert.same(expected, outcomes.all(case.votes, case.seats, case.method),
    case.id)
end

-- A number that this Lua does not hold exactly was read as another one.
local function is_exact(case)
  for _, votes in pairs(case.votes) do
    if type(votes) == "number" and votes > 9007199254740991
      and not math.type then
      return false
    end
  end
  return true
end

local function check(case)
  local options = { prior = case.prior or nil, max = case.max_seats or nil,
    over_award = case.method == "largest_remainder" and "subtract" or nil }
  if case.expected_set then return assert_set(case) end
  local result = assert(urna.allocate(eligible_votes(case), case.seats,
    method_of(case), options))
  if case.expected_tie then return assert_tie(case, result) end
  assert.same({}, result.ties, case.id)
  assert_seats(case, case.expected, result.seats)
end

-- dkjson's null is none.
local function without_null(case, null)
  for key, value in pairs(case) do
    if value == null then case[key] = nil end
  end
end

describe("the collected allocations of one district", function()
  local cases, counts, other = vectors.all(), {}, {}
  for _, case in ipairs(cases or {}) do
    without_null(case, require("dkjson").null)
    if ELSEWHERE[case.method] or not is_exact(case) then
      other[#other + 1] = case.id
    else
      counts[case.method] = counts[case.method] or {}
      table.insert(counts[case.method], case)
    end
  end

  if not cases then
    it("come out as they are published", function()
      pending(vectors.path .. " is absent: skipped")
    end)
  end

  for method, found in pairs(counts) do
    it(("by %s come out as they are published, %d of them"):format(method,
      #found), function()
      for _, case in ipairs(found) do check(case) end
    end)
  end

  it("are ninety, ties among them; the others are named", function()
    -- one of them needs integers beyond 2^53, which not every Lua has
    if not cases then
      return pending(vectors.path .. " is absent: skipped")
    end
    local sum, ties = 0, 0
    for _, found in pairs(counts) do
      sum = sum + #found
      for _, case in ipairs(found) do
        if case.expected_tie or case.expected_set then ties = ties + 1 end
      end
    end
    table.sort(other)
    print(("\n%d vectors tried, %d with ties; not of this spec: %s"):format(
      sum, ties, table.concat(other, ", ")))
    assert.equal(math.type and 90 or 89, sum)
    assert.is_true(ties >= 9)
  end)
end)
