local console = require "spec.console"

-- The commands of doc/questions.md with what is printed under each.
local function blocks()
  local file = assert(io.open("doc/questions.md", "rb"))
  local text = file:read("*a"):gsub(" \\\n%s*", " ")
  file:close()
  local found = {}
  for block in text:gmatch("```console\n(.-)```") do
    for line in block:gmatch("([^\n]*)\n") do
      local command = line:match("^%$ (.*)")
      if command then
        found[#found + 1] = { command = command, lines = {} }
      else
        table.insert(found[#found].lines, line)
      end
    end
  end
  return found
end

local function words_of(command)
  local words = {}
  for word in command:gmatch("%S+") do words[#words + 1] = word end
  assert(table.remove(words, 1) == "urna", command)
  return words
end

local function first_lines(text, count)
  local lines = {}
  for line in text:gmatch("([^\n]*)\n") do
    if #lines < count then lines[#lines + 1] = line end
  end
  return table.concat(lines, "\n")
end

local function printed(command)
  local plain, count = command:match("^(.-) | head %-n (%d+)$")
  local _, out, err = console.run((table.unpack or unpack)( -- luacheck: ignore
    words_of(plain or command)))
  assert.equal("", err)
  local shown = count and first_lines(out, tonumber(count)) or out
  return (shown:gsub("\n+$", ""))
end

describe("the twenty questions", function()
  it("are answered with what the commands print", function()
    local found = blocks()
    assert.is_true(#found >= 15, #found .. " commands")
    for _, block in ipairs(found) do
      assert.equal(table.concat(block.lines, "\n"), printed(block.command),
        block.command)
    end
  end)
end)
