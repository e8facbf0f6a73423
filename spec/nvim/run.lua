-- Runs the specs of this folder inside Neovim (make test-nvim), with urna
-- found on the runtimepath as a user's Neovim finds it.
arg = { [0] = "busted", "--ignore-lua", "--output=plainTerminal",
  "--lpath=./?.lua", "spec/nvim" }
local ok = pcall(require("busted.runner"), { standalone = false })
vim.cmd(ok and "qall!" or "cquit 1")
