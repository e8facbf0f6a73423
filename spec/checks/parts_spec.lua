local support = require "spec.checks.support"

local row, told = support.row, support.told

describe("candidates of a list", function()
  local PARTS = { A = { "_a1", "_a2" } }

  local function check(rows, more)
    more = more or {}
    more.parts = more.parts or PARTS
    return support.check("p,_a1,_a2,valid_ballots,valid_votes,A,B", rows, more)
  end

  it("have the votes of their list together", function()
    local found = check("x,10,20,50,50,30,20\ny,10,21,50,50,30,20\n")
    assert.equal("y", support.keys(found, "T06"))
    assert.same({ 31, "=", 30, "A" }, { found:hits("T06")[1].left,
      found:hits("T06")[1].operator, found:hits("T06")[1].right,
      found:hits("T06")[1].note })
    assert.equal(1, row(found, "T06").difference)
    assert.equal("sum(candidates) = votes of the list",
      row(found, "T06").formula)
  end)

  it("have votes, and their list no total, or all together none", function()
    local found = check("x,10,20,50,,,20\ny,0,0,50,,,20\nz,1,1,3,3,2,1\n")
    assert.equal("x", support.keys(found, "C08"))
    assert.equal("x", support.keys(found, "C09"))
  end)

  it("have no more votes than the ballots allow", function()
    -- two votes on each of 15 ballots are 30
    local found = check("x,10,20,15,30,30,0\ny,10,21,15,31,31,0\n",
      { votes_per_ballot = 2 })
    assert.equal("y", support.keys(found, "T19"))
    assert.same({ 31, 30 }, { found:hits("T19")[1].left,
      found:hits("T19")[1].right })
  end)

  it("are asked for by name where the contest does not say them", function()
    local found = support.check("p,A", "x,1\n")
    assert.same({ "parts" }, row(found, "T06").missing)
    assert.same({ "votes_per_ballot", "valid_ballots" },
      row(found, "T19").missing)
  end)
end)

describe("rows of ballots with several votes", function()
  it("are votes or empty", function()
    -- 20 ballots of 3 rows: 60 rows, 50 votes, 10 empty; 21 ballots: 63
    local found = support.check("p,ballots_accounted,blank_rows,A,B",
      "x,20,10,30,20\ny,21,10,30,20\n", { votes_per_ballot = 3 })
    assert.equal("y", support.keys(found, "T16"))
    assert.same({ 63, 60 }, { found:hits("T16")[1].left,
      found:hits("T16")[1].right })
  end)
end)

describe("channels of a field", function()
  local function check(rows)
    return support.check("p,_post,_here,ballots_in_box,A", rows,
      { parts = { ballots_in_box = { "_post", "_here" } } })
  end

  it("add up to it", function()
    local found = check("x,10,40,50,9\ny,10,41,50,9\n")
    assert.equal("y", support.keys(found, "T22"))
    assert.equal("ballots_in_box", found:hits("T22")[1].note)
    assert.same({ "parts" }, row(found, "T06").missing) -- no list has any
  end)

  it("are all imported", function()
    local found = check("x,10,40,50,9\ny,,45,45,8\nz,,,,\n")
    assert.equal("y", support.keys(found, "C13"))
    assert.equal("PASS 0", told(check("x,10,40,50,9\ny,5,40,45,8\n"), "C13"))
  end)
end)

describe("the page of a list", function()
  it("says what the summary says", function()
    local lists = { { key = "A", page_column = "_pa" }, { key = "B" } }
    local found = support.check("p,_pa,A,B", "x,30,30,20\ny,31,30,20\n",
      { lists = lists })
    assert.equal("y", support.keys(found, "T07"))
    assert.same({ "page_column" }, row(support.check("p,A", "x,1\n"),
      "T07").missing)
  end)
end)
