local console = require "spec.console"
local scratch = require "spec.scratch"

after_each(scratch.clear)

-- Records that are not part of the project, by the name that they have here.
local ABSENT = { ["stations.csv"] = "../shared/data/serbia2020.csv.gz" }

local function read(path)
  local file = io.open(path, "rb")
  local text = file and file:read("*a"):gsub(" \\\n%s*", " ")
  if file then file:close() end
  return text
end

-- The commands of doc/questions.md with what is printed under each.
local function blocks(text)
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

-- The files that stand in it, written: path by name.
local function files(text)
  local paths = {}
  for name, content in text:gmatch("```%l+ (%S+)\n(.-)```") do
    paths[name] = scratch.write("." .. name:match("[^.]+$"), content)
  end
  for name, path in pairs(ABSENT) do paths[name] = read(path) and path end
  return paths
end

local function words_of(command, paths)
  local words = {}
  for word in command:gmatch("%S+") do
    if ABSENT[word] and not paths[word] then return nil end
    words[#words + 1] = paths[word] or word
  end
  assert(table.remove(words, 1) == "urna", command)
  return words
end

-- The lines that the part behind the bar lets through.
local function filter(text, by)
  local kind, what = (by or ""):match("^(%a+) (.*)$")
  local most = kind == "head" and tonumber(what:match("^%-n (%d+)$"))
  local pattern = kind == "grep" and what:gsub("^\"(.*)\"$", "%1")
  assert(not by or most or pattern, by)
  local lines = {}
  for line in text:gmatch("([^\n]*)\n") do
    if (not most or #lines < most)
      and (not pattern or line:find(pattern)) then
      lines[#lines + 1] = line
    end
  end
  return (table.concat(lines, "\n"):gsub("\n+$", ""))
end

-- nil where the records are not there.
local function printed(command, paths)
  local plain, by = command:match("^(.-) | (.*)$")
  local words = words_of(plain or command, paths)
  if not words then return nil end
  local _, out, err = console.run((table.unpack or unpack)( -- luacheck: ignore
    words))
  assert.equal("", err)
  for name, path in pairs(paths) do
    out = out:gsub(path:gsub("%p", "%%%0"), name)
  end
  return filter(out, by)
end

-- Columns are as wide as the names of files, which are others here.
local function narrow(text) return (text:gsub("  +", "  ")) end

describe("the twenty questions", function()
  it("are answered with what the commands print", function()
    local text = read("doc/questions.md")
    local found, paths = blocks(text), files(text)
    assert.is_true(#found >= 20, #found .. " commands")
    for _, block in ipairs(found) do
      local out = printed(block.command, paths)
      if out then
        assert.equal(narrow(table.concat(block.lines, "\n")), narrow(out),
          block.command)
      end
    end
  end)

  it("each have a command with its output", function()
    local text = read("doc/questions.md")
    local count = 0
    for section in text:gsub("\n###? ", "\1"):gmatch("\1%d+%.[^\1]*") do
      count = count + 1
      assert.truthy(section:find("\n$ urna ", 1, true)
        or section:find("issue of its own", 1, true), section)
    end
    assert.equal(20, count)
  end)
end)
