local console = require "spec.console"
local scratch = require "spec.scratch"

local HEAD = "p,signed,box,A,B\n"
local CONTEST = "return { keys = { \"p\" }, columns = { voters_signed = "
  .. "\"signed\", ballots_in_box = \"box\" }, lists = { { key = \"A\" }, "
  .. "{ key = \"B\" } } }\n"

-- All that it printed, on either stream.
local function run(...)
  local status, out, err = console.run(...)
  return status, out .. err
end

describe("the options of urna check", function()
  local now, other, contest

  before_each(function()
    now = scratch.write(".csv", HEAD .. "1,50,51,30,21\n2,50,53,30,23\n")
    other = scratch.write(".csv", HEAD .. "1,50,50,30,20\n2,49,50,30,20\n")
    contest = scratch.write(".lua", CONTEST)
  end)

  after_each(scratch.clear)

  it("let a number or a share pass", function()
    local status, out = run("check", now, "--contest", contest,
      "--tolerance", "T10=1")
    assert.equal(1, status)
    assert.matches("T10  FIRED        1 .*1 within the tolerance", out)
    -- 3 of 53 are 5.7 in 100
    for _, share in ipairs { "T10=6/100", "T10=6%" } do
      status, out = run("check", now, "--contest", contest, "--tolerance",
        share)
      assert.equal(0, status)
      assert.matches("T10  PASS", out)
    end
    status, out = run("check", now, "--contest", contest, "--tolerance",
      "T10=some")
    assert.equal(3, status)
    assert.matches("a number or a share, 2 or 1/100, not \"some\"", out)
  end)

  it("add checks of one's own", function()
    local _, out = run("check", now, "--contest", contest, "--extra",
      "A <= 30", "--extra", "B < 23")
    assert.matches("U1   PASS", out)
    assert.matches("U2   FIRED        1  B < 23", out)
    local status
    status, out = run("check", now, "--contest", contest, "--extra", "A /")
    assert.equal(3, status)
    assert.matches("is expected at column 3", out)
  end)

  it("compare with other records", function()
    local _, out = run("check", now, "--contest", contest, "--same-day",
      other, "--previous", other)
    assert.matches("T28  FIRED        1 .*\n       2  ", out)
    assert.matches("T29  FIRED        2 ", out)
    assert.matches("W06  UNKNOWN .*not given: registered_voters", out)
    local status
    status, out = run("check", now, "--contest", contest, "--previous",
      other .. ".none.csv")
    assert.equal(2, status)
    assert.matches("none.csv", out, 1, true)
  end)

  it("give SARIF, and what an editor reads", function()
    local _, out = run("check", now, "--contest", contest, "--format",
      "quickfix")
    assert.equal(now .. ":2: E: T10 1: more ballots in the box than "
      .. "signatures (51 <= 50 does not hold: ballots_in_box <= "
      .. "voters_signed)", out:match("^[^\n]*"))
    _, out = run("check", now, "--contest", contest, "--format", "sarif")
    assert.equal("2.1.0", require("dkjson").decode(out).version)
  end)
end)
