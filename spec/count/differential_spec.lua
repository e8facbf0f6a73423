-- The engine against plain counts by hand (spec/count/plain.lua), over random
-- small elections in which ties are the rule: 4,000 in all unless URNA_CASES
-- says how many of each rule. URNA_SEED says where the numbers begin.
local ballots = require "urna.ballots"
local generator = require "spec.generator"
local native = require "urna.native"
local plain = require "spec.count.plain"
local urna = require "urna"

local CASES = tonumber(os.getenv("URNA_CASES") or "") or 250
local SEED = tonumber(os.getenv("URNA_SEED") or "") or 20070503

-- ---- elections ----

-- A rank: mostly a candidate, sometimes skipped, overvoted or repeated.
local function rank_of(draw, n, odd)
  local kind = odd and draw(1, 12) or 12
  if kind == 1 then return false end
  if kind == 2 and draw(1, 2) == 1 then return {} end
  if kind == 2 then return { draw(1, n), draw(1, n) } end
  return draw(1, n)
end

local function ranks_of(draw, n, odd)
  local ranks, named = {}, {}
  for _ = 1, draw(0, n) do
    local rank = rank_of(draw, n, odd)
    local again = named[rank]
    if not again or odd and draw(1, 6) == 1 then ranks[#ranks + 1] = rank end
    if type(rank) == "number" then named[rank] = true end
  end
  return ranks
end

-- Few papers, and some of them often: equal votes are common.
local function election(draw, odd)
  local n = draw(2, 6)
  local given = { n = n, seats = draw(1, math.min(n, 4)), ballots = {},
    withdrawn = {}, write_in = {} }
  for i = 1, draw(1, 7) do
    given.ballots[i] = { draw(1, 2) == 1 and 1 or draw(1, 6),
      ranks_of(draw, n, odd) }
  end
  if odd and n > 2 and draw(1, 4) == 1 then
    given.withdrawn[draw(1, n)] = true
  end
  if odd and draw(1, 4) == 1 then given.write_in[draw(1, n)] = true end
  local standing = 0
  for c = 1, n do standing = standing + (given.withdrawn[c] and 0 or 1) end
  given.seats = math.min(given.seats, standing)
  return given
end

local NAMES = { "A", "B", "C", "D", "E", "F" }

local function store_of(given)
  local store = native.ballots()
  for c = 1, given.n do
    store:candidate(NAMES[c], given.withdrawn[c] and "withdrawn"
      or given.write_in[c] and "write_in" or "standing")
  end
  for _, row in ipairs(given.ballots) do
    local ranks = {}
    for i, rank in ipairs(row[2]) do ranks[i] = rank end
    store:add(row[1], ranks)
  end
  return ballots.of({ store = store })
end

-- ---- comparison ----

local function shown_ranks(ranks)
  local parts = {}
  for i, rank in ipairs(ranks) do
    parts[i] = rank == false and "-" or type(rank) == "table"
      and "{" .. table.concat(rank, "=") .. "}" or NAMES[rank]
  end
  return table.concat(parts, ">")
end

local function shown(rule, given)
  local lines = { ("%s, %d candidates, %d seats"):format(rule, given.n,
    given.seats) }
  for _, row in ipairs(given.ballots) do
    lines[#lines + 1] = ("%dx %s"):format(row[1], shown_ranks(row[2]))
  end
  for c in pairs(given.withdrawn) do
    lines[#lines + 1] = "withdrawn " .. NAMES[c]
  end
  for _, lot in ipairs(given.lots) do
    lines[#lines + 1] = "lot " .. NAMES[lot]
  end
  return table.concat(lines, "\n")
end

local function named(list)
  local names = {}
  for i, c in ipairs(list) do names[i] = NAMES[c] end
  return table.concat(names, " ")
end

-- A figure of the plain count as the engine writes it.
local function written(value, decimals)
  if not decimals then return tostring(value):gsub("%.0$", "") end
  local digits = type(value) == "number" and ("%d"):format(value)
    or tostring(value)
  if #digits <= decimals then
    digits = ("0"):rep(decimals + 1 - #digits) .. digits
  end
  return digits:sub(1, -decimals - 1) .. "." .. digits:sub(-decimals)
end

local function same_votes(row, votes, given, decimals)
  for c = 1, given.n do
    if not given.withdrawn[c]
      and row.votes[NAMES[c]] ~= written(votes[c], decimals) then
      return false
    end
  end
  return true
end

local function difference(result, expected, given, decimals)
  local tie = result.ties[1]
  local tied = tie and table.concat(tie.tied, " ") or "-"
  if tied ~= (expected.tie and named(expected.tie.tied) or "-") then
    return "tied " .. tied .. ", by hand "
      .. (expected.tie and named(expected.tie.tied) or "-")
  end
  if tie and tie.stage ~= expected.tie.stage then
    return "stage " .. tie.stage
  end
  if table.concat(result.winners, " ") ~= named(expected.winners) then
    return "winners " .. table.concat(result.winners, " ") .. ", by hand "
      .. named(expected.winners)
  end
  if #result.rounds ~= #expected.stages then
    return ("%d rounds, by hand %d"):format(#result.rounds, #expected.stages)
  end
  for i, row in ipairs(result.rounds) do
    if not same_votes(row, expected.stages[i], given, decimals) then
      return ("votes of round %d"):format(i)
    end
  end
  return nil
end

local function number_of(name)
  for c, known in ipairs(NAMES) do
    if known == name then return c end
  end
  return nil
end

-- Count until no lot is wanted any more; returns how many were.
local function try(rule, by_hand, given, draw, decimals)
  local lots = {}
  given.lots = {}
  local read = store_of(given)
  while true do
    local result, err = urna.count(read, rule,
      { seats = given.seats, lots = lots })
    local expected = by_hand(given)
    if not result then
      assert(err.code == "no_votes", tostring(err))
      return 0
    end
    local found = difference(result, expected, given, decimals)
    if found then error(found .. "\n" .. shown(rule, given) .. "\n"
      .. result:text(), 0) end
    local tie = result.ties[1]
    if not tie then return #lots end
    local drawn = tie.tied[draw(1, #tie.tied)]
    lots[#lots + 1] = { drawn }
    given.lots[#given.lots + 1] = number_of(drawn)
  end
end

-- rule -> by hand, decimals, are skips and overvotes tried too, seats
local RULES = {
  { "scotland", plain.scotland, 5, true },
  { "stv", plain.stv, nil, true },
  { "wigm", plain.wigm, nil, true },
  { "wigm_prf", plain.wigm_prf, 4, true },
  { "wigm_prf_batch", plain.wigm_prf_batch, 4, true },
  { "minneapolis", plain.minneapolis, 4, true },
  { "australian_senate", plain.australian_senate, nil, true },
  { "irish", plain.irish, nil, true },
  { "irv", plain.irv, nil, true, 1 },
  { "maine", plain.maine, nil, true, 1 },
  { "minneapolis_irv", plain.minneapolis_irv, nil, true, 1 },
  { "supplementary_vote", plain.supplementary_vote, nil, true, 1 },
  { "contingent_vote", plain.contingent_vote, nil, true, 1 },
  { "meek_prf", plain.meek_prf, 9, true },
  { "meek", plain.meek_down, 9, true },
  { "warren", plain.warren, 9, true },
}

describe("transferable votes", function()
  for _, row in ipairs(RULES) do
    local rule, by_hand, decimals, odd, seats = (table.unpack or unpack)(row)
    it(("by the rule %s are those counted by hand"):format(rule), function()
      local draw, lots = generator(SEED), 0
      for case = 1, CASES do
        local given = election(draw, odd and case % 2 == 0)
        given.seats = seats or given.seats
        lots = lots + try(rule, by_hand, given, draw, decimals)
      end
      -- ties must have been met, or nothing is said about them
      assert.is_true(rule == "maine" or lots > CASES / 50, lots)
    end)
  end
end)
