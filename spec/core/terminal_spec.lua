local core = require "urna.native"

describe("a terminal", function()
  it("has no width where there is none", function()
    assert.is_nil((core.terminal_width(9)))
    for descriptor = 0, 2 do
      local width = core.terminal_width(descriptor)
      if not core.is_terminal(descriptor) then assert.is_nil(width) end
      assert.is_true(width == nil or width > 0)
    end
  end)

  it("is named by a number", function()
    assert.is_false((pcall(core.terminal_width, "out")))
    assert.is_false((pcall(core.terminal_width, -1)))
  end)
end)

describe("the seconds of the core", function()
  it("never go back", function()
    local last = core.seconds()
    for _ = 1, 1000 do
      local now = core.seconds()
      assert.is_true(now >= last)
      last = now
    end
  end)
end)
