if vim.g.loaded_urna then return end
vim.g.loaded_urna = 1

if vim.fn.has("nvim-0.7") == 0 then
  vim.cmd("echomsg 'urna needs Neovim 0.7 or later'")
  return
end

-- This file's folder, above plugin/.
local root = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h:h")

-- A plugin manager makes the tags of :help, and so does `make nvim`. Where
-- neither did, they are made here, once, if the folder may be written.
local function make_tags()
  local doc = root .. "/doc"
  if vim.fn.filereadable(doc .. "/tags") == 1
    or vim.fn.filereadable(doc .. "/urna.txt") == 0
    or vim.fn.filewritable(doc) ~= 2 then
    return
  end
  pcall(vim.cmd, "helptags " .. vim.fn.fnameescape(doc))
end

-- A module that does not load says so in a sentence, each time, until it is
-- built: LuaJIT marks what failed and would speak of a loop the second time.
local function load_commands()
  local ok, found = pcall(require, "urna.nvim")
  if ok then return found end
  for name in pairs(package.loaded) do
    if name == "urna" or name:find("^urna%.") then
      package.loaded[name] = nil
    end
  end
  vim.notify(tostring(found):match("^[^\n]*"), vim.log.levels.ERROR)
end

vim.api.nvim_create_user_command("Urna", function(command)
  local commands = load_commands()
  if commands then commands.run(command.fargs) end
end, {
  nargs = "*",
  desc = "Election results: reports and the embedded elections",
  complete = function(lead, line, cursor)
    local commands = load_commands()
    return commands and commands.complete(lead, line:sub(1, cursor)) or {}
  end,
})

make_tags()
