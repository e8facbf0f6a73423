local progress = require "urna.cli.progress"

local MIB = 1048576
local LINE = " 50%  537 MB of 1.07 GB  5.37 GB/s  0:01 left"

describe("the line of a progress", function()
  it("has bar, percent, bytes, rate and time left, one column less than there "
    .. "are", function()
    -- 512 MiB = 536,870,912 B = 537 MB of 1,073,741,824 B = 1.07 GB; in 0.1 s
    -- that is 5,368,709,120 B/s; the other half takes 0.1 s, so 1 s is said.
    -- 45 columns of text, 2 between, 32 of bar: 79
    assert.equal("[" .. ("#"):rep(15) .. ("-"):rep(15) .. "]  " .. LINE,
      progress.line(512 * MIB, 1024 * MIB, 0.1, 80))
  end)

  it("is no longer than a bar of 40 on a wide terminal", function()
    assert.equal("[" .. ("#"):rep(20) .. ("-"):rep(20) .. "]  " .. LINE,
      progress.line(512 * MIB, 1024 * MIB, 0.1, 300))
  end)

  it("lets go of the bar, then of time, rate and bytes where it is narrow",
    function()
      local function at(columns)
        return progress.line(512 * MIB, 1024 * MIB, 0.1, columns)
      end
      -- the least bar is 12 wide: 45 + 2 + 12 = 59
      assert.equal("[#####-----]  " .. LINE, at(60))
      assert.equal(LINE, at(59))
      assert.equal(LINE, at(46))
      assert.equal(" 50%  537 MB of 1.07 GB  5.37 GB/s", at(45))
      assert.equal(" 50%  537 MB of 1.07 GB", at(34))
      -- where no bytes fit, there may be room for a bar: 22 - 4 - 2 = 16
      assert.equal("[#######-------]   50%", at(23))
      assert.equal(" 50%", at(18))
      assert.equal("", at(4))
    end)

  it("is never as wide as the terminal", function()
    for columns = 1, 120 do
      for _, total in ipairs { 7, 123456789, 9007199254740991, false } do
        local line = progress.line(7, total or nil, 0.3, columns)
        assert.is_true(#line < columns, columns .. ": " .. line)
      end
    end
  end)

  it("without a total has only bytes and rate", function()
    -- 1,500,000,000 B in 2 s
    assert.equal("1.50 GB  750 MB/s", progress.line(1500000000, nil, 2, 80))
    assert.equal("1.50 GB", progress.line(1500000000, nil, 2, 17))
    assert.equal("0 B", progress.line(0, 0, 0, 80))
  end)

  it("says nothing of a rate before there is one", function()
    assert.equal("[" .. ("-"):rep(40) .. "]    0%  0 B of 1.00 GB",
      progress.line(0, 1000000000, 3, 80))
  end)

  it("has three digits, and no thousand where there is a next unit", function()
    for bytes, text in pairs { [999] = "999 B", [1000] = "1.00 kB",
      [9994] = "9.99 kB", [9996] = "10.0 kB", [99940] = "99.9 kB",
      [99960] = "100 kB", [999499] = "999 kB", [999500] = "1.00 MB" } do
      assert.equal(text, progress.line(bytes, nil, 0, 80))
    end
  end)

  it("counts the time left in minutes, and in hours from 60 of them",
    function()
      local function left(total)
        return progress.line(1000, total, 1, 80):match("(%S+) left")
      end
      assert.equal("0:00", left(1000))
      assert.equal("0:59", left(60000)) -- 59,000 B at 1000 B/s
      assert.equal("1:01", left(62000))
      assert.equal("1:00:00", left(3601000)) -- 3600 s
      assert.equal("25:00:01", left(90002000)) -- 90,001 s
    end)

  it("does not pass 100 % where the file has grown, nor say it before",
    function()
      assert.matches("100%%  1.00 kB of 1.00 kB",
        progress.line(1200, 1000, 1, 80))
      assert.matches(" 99%%", progress.line(9999, 10000, 1, 80))
    end)
end)

describe("a progress", function()
  local function stream()
    return { writes = {}, write = function(self, ...)
      self.writes[#self.writes + 1] = table.concat { ... }
    end }
  end

  it("is drawn at most ten times a second, each time in place of the last",
    function()
      local to = stream()
      local shown = progress.new(to, function() return 46 end)
      shown:update(100, nil, 0.05)
      assert.same({}, to.writes)
      shown:update(1000000, nil, 0.5) -- 2 MB/s
      shown:update(1100000, nil, 0.59)
      shown:update(6000, nil, 0.75) -- 8 kB/s
      assert.same({ "\r1.00 MB  2.00 MB/s", "\r6.00 kB  8.00 kB/s" },
        to.writes)
      shown:update(7, nil, 1)
      -- 18 columns before, 10 now
      assert.equal("\r7 B  7 B/s" .. (" "):rep(8) .. ("\b"):rep(8),
        to.writes[3])
    end)

  it("is wiped off in the end, once", function()
    local to = stream()
    local shown = progress.new(to)
    shown:finish()
    assert.same({}, to.writes)
    shown:update(7, nil, 1)
    shown:finish()
    shown:finish()
    assert.equal("\r7 B  7 B/s\r" .. (" "):rep(10) .. ("\b"):rep(10) .. "\r",
      table.concat(to.writes))
  end)

  it("is silent without a stream, and on streams that are no terminal",
    function()
      local silent = progress.new()
      silent:update(5, 10, 1)
      silent:finish()
      local to = stream()
      local other = progress.of({ stdout = to, stderr = to })
      other:update(5, 10, 1)
      assert.same({}, to.writes)
    end)

  it("tells the time by itself, which does not go back", function()
    local told = {}
    local tell = progress.teller { update = function(_, done, total, seconds)
      told[#told + 1] = { done, total, seconds }
    end }
    tell(1, 10)
    tell(2, 10)
    assert.same({ 1, 10 }, { told[1][1], told[1][2] })
    assert.is_true(told[1][3] >= 0 and told[2][3] >= told[1][3])
    assert.is_true(told[2][3] < 60)
  end)
end)
