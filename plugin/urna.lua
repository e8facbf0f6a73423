if vim.g.loaded_urna then return end
vim.g.loaded_urna = 1

if vim.fn.has("nvim-0.7") == 0 then
  vim.cmd("echomsg 'urna needs Neovim 0.7 or later'")
  return
end

vim.api.nvim_create_user_command("Urna", function(command)
  require("urna.nvim").run(command.fargs)
end, {
  nargs = "*",
  desc = "Election results: reports and the embedded elections",
  complete = function(lead, line, cursor)
    return require("urna.nvim").complete(lead, line:sub(1, cursor))
  end,
})
