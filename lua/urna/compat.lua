local compat = {}

--- What differs between Lua 5.1, LuaJIT and 5.2 to 5.4 stands here alone.

compat.unpack = table.unpack or unpack -- luacheck: ignore 143 113

--- Compile text, never bytecode, to run with `env` as all it can see.
---@param text string
---@param name string as in messages, without the sign before it
---@param env table
---@return function? chunk
---@return string? message
function compat.load(text, name, env)
  if text:sub(1, 1) == "\27" then
    return nil, name .. ": bytecode is refused"
  end
  if not setfenv then return load(text, "=" .. name, "t", env) end
  local chunk, message = loadstring(text, "=" .. name)
  if chunk then setfenv(chunk, env) end
  return chunk, message
end

--- Keep LuaJIT from compiling a function and all it defines: compiled loops
--- never call a hook, so an instruction budget could not stop them.
---@param f function
function compat.interpret(f)
  local jit = rawget(_G, "jit")
  if jit then jit.off(f, true) end
end

--- Switch LuaJIT's compiler off, forgetting what it has compiled, or on.
--- Needed where a function calls others that may be compiled already.
---@param on boolean
---@return boolean was_on false on every other Lua
function compat.compiler(on)
  local jit = rawget(_G, "jit")
  if not jit then return false end
  local was_on = jit.status()
  if on then
    jit.on()
  else
    jit.off()
    jit.flush()
  end
  return was_on
end

--- Whether one text stands before another, byte by byte. The `<` of a host
--- that has set a locale may say otherwise, and the order of what is printed
--- must not depend on it.
---@param a string
---@param b string
---@return boolean
function compat.before(a, b)
  if a == b then return false end
  for i = 1, math.min(#a, #b) do
    local one, other = a:byte(i), b:byte(i)
    if one ~= other then return one < other end
  end
  return #a < #b
end

--- The keys of a table, which are texts, in bytewise order.
---@param map table<string, any>
---@return string[]
function compat.keys(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys, compat.before)
  return keys
end

--- Some members of a table.
---@param from table
---@param names string[]
---@return table
function compat.some(from, names)
  local found = {}
  for _, name in ipairs(names) do found[name] = from[name] end
  return found
end

--- A copy of plain data, whole.
---@param value any
---@return any
function compat.copy(value)
  if type(value) ~= "table" then return value end
  local twin = {}
  for key, item in pairs(value) do twin[key] = compat.copy(item) end
  return twin
end

--- Which Lua this is, in words.
---@return string
function compat.version()
  local jit = rawget(_G, "jit")
  return jit and jit.version or _VERSION
end

return compat
