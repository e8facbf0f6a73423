local urna = require "urna"

-- a 4, b 3, c 3, d 2 approvals of 6 papers
local PAPERS = { { 3, { { "a", "b" } } }, { 2, { { "c", "d" } } },
  { 1, { { "a", "c" } } } }

local function count(rule, seats, options)
  options = options or {}
  options.seats = seats
  return assert(urna.count(PAPERS, rule, options))
end

describe("the rounds of approval rules", function()
  it("are a table of what each had, and say who was taken", function()
    -- half of a paper that has one elected: b 3/2, c 2 + 1/2, d 2
    assert.equal([[
seqpav: 2 seats, 6 papers

   1    2
a  4
b  3  3/2
c  3  5/2
d  2    2

1: elected a, score 4
2: elected c, score 5/2

Winners: a, c
]], count("seqpav", 2):text())
  end)

  it("say what is tied, and what a lot gave", function()
    local text = count("av", 2):text()
    assert.matches("\n2: b, c are equal, approvals 3\n", text, 1, true)
    assert.matches("Certain: a\nLots are required, election: b, c, 1 to be "
      .. "drawn\n", text, 1, true)
    assert.matches("2: elected c, approvals 3; by lot\n",
      count("av", 2, { lots = { { "c" } } }):text(), 1, true)
  end)

  it("say who is excluded, who fills what is left, and that money is given "
    .. "anew", function()
    -- 1/2 of each paper: a 2, b 3/2, c 3/2, d 1
    assert.matches("1: excluded d, score 1\n", count("revseqpav", 3):text(), 1,
      true)
    -- of 1/3 each a's four papers pay 1/4 and keep 1/12; c's three have 2/3 +
    -- 1/12 together, and (1 - 3/4) / 3 is what they lack each
    assert.matches("seats that were left: elected c, load 1/12\n",
      count("mes", 2):text(), 1, true)
    local papers = {}
    for i, row in ipairs(PAPERS) do papers[i] = row end
    papers[4] = { 1, { "e" } }
    assert.matches("\n1: begun anew, with money for 5 seats\n", assert(
      urna.count(papers, "mes_increment", { seats = 3 })):text(), 1, true)
  end)

  it("name what the best committee counts, and what each adds", function()
    -- five papers have one of a and c, one has both: 5 + 3/2. Without a it is
    -- c's 3, without c a's 4: they add 7/2 and 5/2
    local text = count("pav", 2):text()
    assert.matches("pav: 2 seats, 6 papers, score 13/2\n\n1: elected a, score "
      .. "7/2\n2: elected c, score 5/2\n", text, 1, true)
  end)

  it("are rows of comma-separated values, one for each candidate", function()
    assert.equal("round,stage,measure,candidate,value,outcome\n"
      .. "1,election,approvals,a,4,elected\n1,election,approvals,b,3,\n"
      .. "1,election,approvals,c,3,\n1,election,approvals,d,2,\n"
      .. "2,election,approvals,a,4,\n2,election,approvals,b,3,tied\n"
      .. "2,election,approvals,c,3,tied\n2,election,approvals,d,2,\n",
      count("av", 2):csv())
    assert.matches("\n2,election,approvals,c,3,elected by lot\n",
      count("av", 2, { lots = { { "c" } } }):csv(), 1, true)
    assert.matches("\n1,exclusion,score,d,1,excluded\n",
      count("revseqpav", 3):csv(), 1, true)
  end)
end)
