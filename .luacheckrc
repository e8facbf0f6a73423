-- The common ground of Lua 5.1 to 5.4 and LuaJIT: "min" knows only what all
-- of them have. What differs stands in lua/urna/compat.lua.
std = "min"
max_line_length = 80
self = false -- a method may leave it unused
exclude_files = { "build", "urna", ".luarocks", "lua_modules" }

files["lua/urna/compat.lua"] = { read_globals = { "setfenv", "loadstring" } }
-- stubs for the language server: functions without a body
files["lua/urna/core.meta.lua"] = { ignore = { "212", "241", "631" } }
files["lua/urna/locale"] = { ignore = { "631" } } -- whole sentences
-- plugin files run only inside Neovim, which is LuaJIT
files["lua/urna/nvim.lua"] = { std = "luajit", globals = { "vim" } }
files["lua/urna/nvim"] = { std = "luajit", globals = { "vim" } }
files["lua/urna/health.lua"] = { std = "luajit", globals = { "vim" } }
files["plugin"] = { std = "luajit", globals = { "vim" } }
files["spec"] = { std = "max+busted", globals = { "vim" } }
files["spec/nvim/run.lua"] = { globals = { "arg" } }
files["bin/urna"] = { ignore = { "542" } } -- the branch that hides the sh
files["rockspec"] = { std = "+rockspec" }
