--- Loads the C module, and says in a sentence what to do where it cannot.
--- A module built for another Lua fails with an undefined lua_ symbol.
local compat = require "urna.compat"

local function abi()
  return rawget(_G, "jit") and "5.1" or _VERSION:match("%d+%.%d+")
end

local function advice(message)
  local lua = ("lua%s"):format(abi())
  local foreign = message:find("undefined symbol", 1, true)
    or message:find("symbol not found", 1, true)
  local trouble = foreign and "was built for another Lua"
    or "is not built, or not on package.cpath"
  return ("urna.core %s. This is %s, which needs the %s build: run "
    .. "`make LUA=%s` in the checkout and `eval \"$(make -s env LUA=%s)\"`"
    .. " (for Neovim `make nvim`), or `luarocks --lua-version=%s install "
    .. "urna`.\n%s"):format(trouble, compat.version(), abi(), lua, lua, abi(),
    message)
end

local loaded, core = pcall(require, "urna.core")
if not loaded then error(advice(tostring(core)), 0) end

if core.abi ~= abi() then
  error(advice(("urna.core is of Lua %s"):format(core.abi)), 0)
end

return core
