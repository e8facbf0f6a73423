local support = require "spec.checks.support"

local check = support.check

-- 'n' stations of a municipality, made by a function of their number.
local function town(name, n, make, rows)
  rows = rows or {}
  for i = 1, n do
    rows[#rows + 1] = ("%s,%s%d,%s"):format(name, name, i, make(i))
  end
  return rows
end

describe("turnout beside a station's peers", function()
  local HEAD = "m,p,registered_voters,voters_signed,A,B"

  local function turnouts(list)
    return check(HEAD, town("a", #list, function(i)
      return ("1000,%d,%d,%d"):format(list[i], 100 + i, 50)
    end))
  end

  it("is far by the median and the noise of 1000 voters", function()
    -- seven stations of 480 ... 520, median of eight (500 + 505) / 2 = 502.5:
    -- distances 22.5 12.5 7.5 2.5 2.5 7.5 17.5 x, median (7.5 + 12.5) / 2
    -- = 10; variance (1.4826 * 10)^2 = 219.8, and .5025 * .4975 * 1000 =
    -- 250.0, together 469.8, whose root is 21.67: 589 is 86.5 away, z 3.99,
    -- and 590 is 87.5 away, z 4.037, cut to hundredths
    local seven = { 480, 490, 495, 500, 505, 510, 520 }
    seven[8] = 589
    assert.equal(0, turnouts(seven):count("W14"))
    seven[8] = 590
    local found = turnouts(seven)
    assert.equal("a/a8", support.keys(found, "W14"))
    assert.equal("turnout 59.00 %, in the middle of its peers 50.25 %, z 4.03",
      found:hits("W14")[1].note)
  end)

  it("has no middle of seven stations", function()
    assert.equal(0, turnouts({ 480, 490, 495, 500, 505, 510, 999 })
      :count("W14"))
  end)

  it("is compared inside one municipality", function()
    local rows = town("a", 8, function() return "1000,300,100,50" end)
    town("b", 8, function(i)
      return ("1000,%d,100,50"):format(i == 3 and 300 or 800)
    end, rows)
    assert.equal("b/b3", support.keys(check(HEAD, rows), "W14"))
  end)
end)

describe("lists beside a station's peers", function()
  it("have no vote where ten or more were to be expected", function()
    -- 40 of 400 votes elsewhere, so 10 of 100 are expected in a9, 9 of 90
    local function found(votes)
      local rows = town("a", 8, function() return "45,5" end)
      rows[9] = ("a,a9,%d,0"):format(votes)
      return check("m,p,A,B", rows)
    end
    assert.equal("a/a9", support.keys(found(100), "W09"))
    assert.equal(0, found(99):count("W09"))
    assert.equal("B has no vote, and 5 in 100 or more around",
      found(100):hits("W09")[1].note)
  end)

  it("look exchanged where they then fit", function()
    -- 400 and 100 of 500 elsewhere: six deviations are 120 and 60, two are 40
    -- and 20
    local function found(a, b)
      local rows = town("a", 8, function(i)
        return ("%d,%d,0"):format(400 + i, 100 - i)
      end)
      rows[9] = ("a,a9,%d,%d,0"):format(a, b)
      return check("m,p,A,B,C", rows)
    end
    local swapped = found(100, 400)
    assert.equal("a/a9", support.keys(swapped, "W12"))
    assert.equal("the votes of A and B fit its peers once they are exchanged",
      swapped:hits("W12")[1].note)
    assert.equal(0, found(250, 250):count("W12")) -- fits neither way
    assert.equal(0, found(400, 100):count("W12"))
  end)

  it("are the same as in another station of 100 votes", function()
    local found = check("m,p,A,B", { "a,1,60,40", "a,2,60,40", "a,3,59,40",
      "a,4,59,40", "b,5,60,40", "a,6,60,40" })
    assert.equal("a/2 a/6", support.keys(found, "W11")) -- 99 votes are few
    assert.equal("the same as a/1 (line 2)", found:hits("W11")[1].note)
  end)

  it("have nearly every vote where it is asked for", function()
    local limit = { tolerance = { W08 = { share = { 95, 100 } } } }
    -- 95 of 100, 94 of 100, all of 49, all of 50
    local found = check("p,A,B", "a,95,5\nb,94,6\nc,0,49\nd,0,50\n", nil,
      limit)
    assert.equal("a d", support.keys(found, "W08"))
    assert.equal("A has 95 of 100 votes", found:hits("W08")[1].note)
  end)
end)

describe("tables of one building", function()
  local HEAD = "m,p,building,registered_voters,voters_signed,A,B"

  -- Three tables of the school with 500, 510 and 'third' of 1000, and a house
  -- with two.
  local function found(third)
    return check(HEAD, { "a,1,school,1000,500,100,50",
      "a,2,school,1000,510,100,50",
      ("a,3,school,1000,%d,100,50"):format(third),
      "a,4,house,1000,100,100,50", "a,5,house,1000,900,100,50",
      "a,6,,1000,100,100,50", "a,7,,1000,500,100,50",
      "a,8,,1000,501,100,50", "b,9,school,1000,900,100,50" })
  end

  it("have one turnout, as far as chance lets them", function()
    -- median 510, distances 10 and 0 and x: spread 14.8, noise 15.8 of 1000:
    -- together 21.7; 596 is 86 away, z 3.97, and 597 is 87 away, z 4.01
    assert.equal(0, found(596):count("W23"))
    assert.equal("a/3", support.keys(found(597), "W23"))
    assert.equal("turnout 59.70 %, in the middle of its building 51.00 %, "
      .. "z 4.01", found(597):hits("W23")[1].note)
  end)

  it("are not known where the building is not told", function()
    assert.equal(3, support.row(found(500), "W23").unknown)
    local none = check("m,p,registered_voters,voters_signed,A",
      "a,1,9,8,7\n")
    assert.same({ "building" }, support.row(none, "W23").missing)
  end)

  it("leave the municipality to the other stations", function()
    -- the building is a key: peers are still those of m
    local rows = {}
    for i = 1, 9 do
      rows[i] = ("a,house%d,%d,1000,%d,100,50"):format(i, i, i == 9 and 900
        or 500)
    end
    local all = check("m,_house,p,registered_voters,voters_signed,A,B", rows,
      { keys = { "m", "_house", "p" }, columns = { building = "_house",
        registered_voters = "registered_voters",
        voters_signed = "voters_signed" } })
    assert.equal("a/house9/9", support.keys(all, "W14"))
    assert.equal("PASS 0", support.told(all, "W23"))
  end)
end)
