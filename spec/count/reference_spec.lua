local ballots = require "urna.ballots"
local generator = require "spec.generator"
local pairwise = require "urna.count.pairwise"
local reference = require "spec.count.reference"

-- Random elections, small and with few papers, so that ties are common;
-- URNA_CASES says how many, and URNA_SEED where they begin.
local CASES = tonumber(os.getenv("URNA_CASES") or "") or 500
local SEED = tonumber(os.getenv("URNA_SEED") or "") or 20111

local NAMES = { "A", "B", "C", "D", "E" }

-- A paper of every kind: full, cut short, with equals, with oddities.
local function random_ranks(draw, n)
  local order, ranks = {}, {}
  for i = 1, n do order[i] = NAMES[i] end
  for i = n, 2, -1 do
    local k = draw(1, i)
    order[i], order[k] = order[k], order[i]
  end
  local used = draw(1, 3) == 1 and draw(0, n) or n
  local i = 1
  while i <= used do
    local kind = draw(1, 14)
    if kind == 1 and i < used then
      ranks[#ranks + 1] = { order[i], order[i + 1] }
      i = i + 2
    elseif kind == 2 then
      ranks[#ranks + 1] = draw(1, 2) == 1 and {} or false
    elseif kind == 3 then
      ranks[#ranks + 1] = order[draw(1, i)] -- maybe a second time
    else
      ranks[#ranks + 1] = order[i]
      i = i + 1
    end
  end
  return ranks
end

local function random_case(draw)
  local n = draw(2, draw(1, 6) == 1 and 5 or 4)
  local rows, names = {}, {}
  for i = 1, n do names[i] = NAMES[i] end
  for i = 1, draw(1, 7) do rows[i] = { draw(1, 3), random_ranks(draw, n) } end
  return rows, names
end

local function named(names, list)
  local found = {}
  for i, x in ipairs(list) do found[i] = names[x] end
  return found
end

-- Everybody who may win, as a result tells it.
local function possible(result)
  if #result.winners > 0 then return result.winners end
  local tie = result.ties[1]
  return tie.possible or tie.tied
end

-- One function for each rule: the winners from the definition.
local function definitions(papers, n)
  local last = reference.over(papers, n, "last")
  local silent = reference.over(papers, n, "no_opinion")
  local all = reference.everybody(n)
  local borda, dowdall, first, final = {}, {}, {}, {}
  for place = 1, n do
    borda[place], dowdall[place] = n - place, 60 / place
    first[place], final[place] = place == 1 and 1 or 0, place < n and 1 or 0
  end
  local from_one = {}
  for place = 1, n do from_one[place] = n - place + 1 end
  return {
    { "schulze", reference.schulze(last, n, false) },
    { "schulze_margins", reference.schulze(last, n, true) },
    { "ranked_pairs", reference.ranked_pairs(last, n, true) or false },
    { "ranked_pairs_winning_votes", reference.ranked_pairs(last, n, false)
      or false },
    { "kemeny_young", (reference.kemeny(last, n)) },
    { "minimax", reference.minimax(last, n, "winning_votes") },
    { "minimax_margins", reference.minimax(last, n, "margins") },
    { "minimax_opposition", reference.minimax(last, n, "opposition") },
    { { method = "minimax", unranked = "no_opinion" },
      reference.minimax(silent, n, "winning_votes") },
    { { method = "schulze", strength = "margins", unranked = "no_opinion" },
      reference.schulze(silent, n, true) },
    { "copeland", reference.copeland(last, n, 1) },
    { "llull", reference.copeland(last, n, 2) },
    { "smith", reference.smith(last, all) },
    { "schwartz", reference.schwartz(last, all) },
    { "benham", reference.benham(papers, last, n) },
    { "smith_irv", reference.smith_irv(papers, last, n) },
    { "tideman_alternative", reference.tideman_alternative(papers, last, n,
      "smith") },
    { "tideman_alternative_schwartz", reference.tideman_alternative(papers,
      last, n, "schwartz") },
    { "woodall", reference.woodall(papers, last, n) },
    { "coombs", reference.coombs(papers, n) },
    { "baldwin", reference.baldwin(papers, n, "together") },
    { { method = "baldwin", equals = "lot" },
      reference.baldwin(papers, n, "lot") },
    { "nanson", reference.nanson(papers, n, "at_or_below") },
    { "nanson_below", reference.nanson(papers, n, "below") },
    { "borda", reference.points(papers, n, borda, "average") },
    { "borda_zero", reference.points(papers, n, borda, "nothing") },
    { "borda_from_one", reference.points(papers, n, from_one, "nothing") },
    { "modified_borda", reference.modified_borda(papers, n) },
    { "dowdall", reference.points(papers, n, dowdall, "nothing") },
    { "plurality", reference.points(papers, n, first, "nothing") },
    { "antiplurality", reference.points(papers, n, final, "average") },
    { "bucklin", reference.bucklin(papers, n) },
  }
end

-- A definition that would take too long is false.
local function compare(made, names, definition, case)
  if not definition[2] then return end
  local result = assert(pairwise.run(made, definition[1]))
  local found = table.concat(possible(result), " ")
  local winners = table.concat(named(names, definition[2]), " ")
  if found ~= winners then
    error(("case %d of seed %d, %s: %s, by definition %s"):format(case, SEED,
      result.rule, found, winners))
  end
end

describe("every rule of pairs and points", function()
  it(("agrees with its definition on %d random elections from seed %d"):format(
    CASES, SEED), function()
    local draw = generator(SEED)
    for case = 1, CASES do
      local rows, names = random_case(draw)
      local made = assert(ballots.from(rows, { candidates = names }))
      local papers = reference.papers(rows, names)
      for _, definition in ipairs(definitions(papers, #names)) do
        compare(made, names, definition, case)
      end
      made.store:close()
    end
  end)

  it("finds the optimal orders, and as many as there are", function()
    local draw = generator(SEED + 1)
    for _ = 1, math.min(CASES, 500) do
      local rows, names = random_case(draw)
      local papers = reference.papers(rows, names)
      local over = reference.over(papers, #names, "last")
      local _, best, count = reference.kemeny(over, #names)
      local result = assert(pairwise.run(assert(ballots.from(rows,
        { candidates = names })), "kemeny_young"))
      assert.equal(best, result.agreement)
      assert.equal(math.min(count, 24), #result.orders)
      assert.equal(count > 24 or nil, result.more_orders)
      assert.equal(count == 1, result.order ~= nil)
    end
  end)
end)
