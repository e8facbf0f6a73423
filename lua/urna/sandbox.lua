local compat = require "urna.compat"
local errors = require "urna.errors"
local files = require "urna.files"
local native = require "urna.native"

--- Runs rules and templates that a user brings: they see only what they are
--- given, and an endless loop ends in an error instead of a hang, as does
--- the making of more than they should need.
---
--- Instructions are counted between two looks of a hook, which cannot look
--- while a function of C runs: one call of string.find with a pattern such as
--- (".-"):rep(20) .. "b" on a long text takes as long as it takes. Memory is
--- limited in the allocator, so there one call or one concatenation is
--- stopped too. Stop a process from outside where time matters.
local sandbox = {}

local STEP = 500          -- instructions between two looks at the budget
local BUDGET = 20000000   -- about a second on a slow machine
local LONGEST = 1000000   -- bytes that one call of rep may make
local MEMORY = 256        -- MB that it may hold more than there was

local rep = string.rep

local function careful_rep(text, count, separator)
  count = tonumber(count)
  if not count or count % 1 ~= 0 then error("rep takes a whole number", 2) end
  local length = (#text + #(separator or "")) * math.max(count, 0)
  if length > LONGEST then error("a string beyond a million bytes", 2) end
  if not separator then return rep(text, count) end
  return count < 1 and "" or rep(text .. separator, count - 1) .. text
end

-- Methods of strings are reached through their shared metatable whatever the
-- environment is, so it lends a careful copy while a stranger's code runs.
local function careful_strings()
  local copy = {}
  for name, method in pairs(string) do copy[name] = method end
  copy.rep, copy.dump = careful_rep, nil
  return copy
end

-- A message of Lua's as an error: "file:3: what" gives file and line. Lua
-- cuts long names, so a beginning of `name` stands for all of it.
local function located(code, name, message)
  local file, line, what = tostring(message):match("^([^\n]-):(%d+): (.*)$")
  if not file or name:sub(1, #file) == file then file = name end
  return errors.new(code, { file = file, line = tonumber(line),
    message = what or tostring(message) })
end

--- Compile text, never bytecode, to be given to `sandbox.run`.
---@param text string
---@param name string the file, as messages show it
---@param env table all that the code can see
---@return function? chunk
---@return urna.Error? err "bad_syntax", with file and line
function sandbox.load(text, name, env)
  local chunk, message = compat.load(text, name, env)
  if not chunk then return nil, located("bad_syntax", name, message) end
  compat.interpret(chunk)
  return chunk
end

-- Garbage counts against the memory too where Lua does not collect before it
-- gives up, so it is collected here, long before.
local function watchdog(budget)
  local used = 0
  local quarter = MEMORY * 1024 / 4
  local look = collectgarbage("count") + quarter
  return function()
    used = used + STEP
    if collectgarbage("count") > look then
      collectgarbage()
      look = collectgarbage("count") + quarter
    end
    if used > budget then
      error(("stopped after %d instructions"):format(budget), 2)
    end
  end
end

local function pack(...)
  return { n = select("#", ...), ... }
end

local function is_memory(message)
  return type(message) == "string"
    and message:find("not enough memory", 1, true) ~= nil
end

-- Lua's message for memory says neither how much nor where. (LuaJIT does not
-- know the line of an operator that failed.)
local function memory_failure(routine)
  local message = ("stopped at %d MB of memory"):format(MEMORY)
  local level, info = 0, debug.getinfo(routine, 0, "Sl")
  while info and info.currentline < 0 do
    level = level + 1
    info = debug.getinfo(routine, level, "Sl")
  end
  if not info then return message end
  return ("%s:%d: %s"):format(info.short_src, info.currentline, message)
end

-- LuaJIT has one hook for all coroutines, so whatever hook was there is put
-- back afterwards.
local function resume(f, budget, ...)
  local routine = coroutine.create(f)
  local hook, mask, count = debug.gethook()
  local strings = getmetatable("")
  local index = strings.__index
  strings.__index = careful_strings()
  debug.sethook(routine, watchdog(budget), "", STEP)
  local results = pack(select(2,
    native.within_memory(MEMORY * 2 ^ 20, coroutine.resume, routine, ...)))
  debug.sethook(routine)
  strings.__index = index
  if hook then debug.sethook(hook, mask, count) end
  if not results[1] and is_memory(results[2]) then
    return pack(false, memory_failure(routine), true)
  end
  if coroutine.status(routine) == "suspended" then
    return pack(false, "it must not yield")
  end
  return results
end

--- Call a function that came from `sandbox.load`, under a budget.
---@param f function
---@param options { name: string, budget: integer? } budget in instructions
---@param ... any its arguments
---@return any results its own; nil, err if it failed or was stopped (err has
--- the code "failed", with file and line where known)
function sandbox.run(f, options, ...)
  local results = resume(f, options.budget or BUDGET, ...)
  if results[1] then return compat.unpack(results, 2, results.n) end
  -- Lua would keep what filled the memory until it holds twice as much.
  if results[3] then collectgarbage() end
  if errors.is(results[2]) then return nil, results[2] end
  return nil, located("failed", options.name, results[2])
end

--- Load a file that holds plain data: it runs in an empty environment.
---@param path string
---@return any? value what the file returns
---@return urna.Error? err "cannot_read", "bad_syntax" or "failed"
function sandbox.read(path)
  local text, unread = files.read(path)
  if not text then return nil, unread end
  text = text:gsub("^\239\187\191", "") -- a mark that some editors write
  local chunk, err = sandbox.load(text, path, {})
  if not chunk then return nil, err end
  local value
  value, err = sandbox.run(chunk, { name = path })
  if value == nil and not err then
    err = errors.new("failed", { file = path, message = "returns nothing" })
  end
  return value, err
end

local function read_json(path)
  local text, err = files.text(path)
  if not text then return nil, err end
  local value, fault = native.json(text)
  if value ~= nil then return value end
  return nil, errors.new("bad_json", { file = path, line = fault.line,
    column = fault.column, text = fault.text,
    message = fault.message or "is not valid JSON" })
end

--- Plain data from a file: JSON where its name ends so, else Lua.
---@param path string
---@return any? value
---@return urna.Error? err as of sandbox.read; "bad_json"
function sandbox.data(path)
  if path:find("%.json$") then return read_json(path) end
  return sandbox.read(path)
end

return sandbox
