--- The command :Urna of Neovim, 0.7 and later. It computes nothing: it calls
--- the verbs of `urna` and shows what they give in buffers and the quickfix
--- list. See doc/urna.txt.
local urna = require "urna"
local contests = require "urna.contest"
local errors = require "urna.errors"

local nvim = {}

local FILETYPES = { md = "markdown", html = "html", json = "json",
  csv = "csv", text = "text" }

-- What may follow `name=` on the command line.
local VALUES = {
  format = { "md", "text", "html", "json", "csv" },
  language = { "en", "sr-Latn", "sr-Cyrl" },
  bad = { "keep", "refuse" },
  total_rows = { "verify", "refuse" },
  encoding = { "utf-8", "cp1250", "cp1251", "iso-8859-2" },
}
local NAMES = { "format=", "language=", "compare=", "contest=", "rule=",
  "date=", "as_of=", "each=", "where=", "template=", "profile=", "encoding=",
  "delimiter=", "thousands=", "bad=", "total_rows=" }

local function notify(message, level)
  vim.notify("urna: " .. message, vim.log.levels[level or "ERROR"])
end

-- A mistake without a file is one of the buffer `bufnr`, and so is one of the
-- file that the buffer holds, which may differ from it or not exist yet.
local function quickfix_rows(err, bufnr)
  local rows = err:quickfix()
  local own = bufnr and vim.api.nvim_buf_get_name(bufnr)
  for _, row in ipairs(rows) do
    local named = row.filename and row.filename ~= own
      and vim.fn.filereadable(row.filename) == 1
    if not named then
      row.filename = nil
      if row.lnum > 0 then row.bufnr = bufnr end
    end
  end
  return rows
end

--- Put an error of urna into the quickfix list, open it and say the first
--- line of it.
---@param err urna.Error|string
---@param bufnr integer? the buffer whose text was read
function nvim.show_error(err, bufnr)
  if errors.is(err) then
    vim.fn.setqflist({}, " ", { title = "urna",
      items = quickfix_rows(err, bufnr) })
    vim.cmd("botright copen")
  end
  notify((tostring(err):match("^[^\n]*")))
end

-- The window of the buffer of that name, or a new one with an empty buffer.
local function show_window(name)
  local bufnr = vim.fn.bufnr("^" .. vim.fn.escape(name, "\\[]*?,{}") .. "$")
  local window = bufnr > 0 and vim.fn.bufwinid(bufnr) or -1
  if window > 0 then
    vim.api.nvim_set_current_win(window)
    return
  end
  vim.cmd("new")
  if bufnr > 0 then
    vim.api.nvim_win_set_buf(0, bufnr)
  else
    vim.api.nvim_buf_set_name(0, name)
  end
end

local function split_lines(text)
  return vim.split((text:gsub("\n$", "")), "\n", { plain = true })
end

-- Show lines in a scratch buffer of a window of its own; q closes it.
local function show_lines(name, lines, filetype)
  show_window(name)
  local bufnr = vim.api.nvim_get_current_buf()
  local options = vim.bo[bufnr]
  options.buftype, options.bufhidden, options.swapfile = "nofile", "wipe", false
  options.modifiable = true
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
  options.modifiable, options.modified = false, false
  options.filetype = filetype
  vim.keymap.set("n", "q", "<Cmd>close<CR>",
    { buffer = bufnr, nowait = true, desc = "Close this window" })
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  return bufnr
end

-- What `%` stands for: the file, or the text of a buffer that differs from it.
local function buffer_subject(bufnr, options)
  local path = vim.api.nvim_buf_get_name(bufnr)
  local saved = path ~= "" and not vim.bo[bufnr].modified
  if saved and vim.fn.filereadable(path) == 1 then return path end
  local lines = vim.api.nvim_buf_get_lines(bufnr, 0, -1, true)
  options.contest = options.contest or contests.beside(path)
  options.encoding = nil -- of the file; a buffer's text is UTF-8
  return { text = table.concat(lines, "\n") .. "\n",
    name = path ~= "" and path or nil }
end

-- Words of the command line: `name=value` are options, the rest subjects.
local function parse(words)
  local subjects, options = {}, {}
  for _, word in ipairs(words) do
    local name, value = word:match("^([%a_]+)=(.*)$")
    if not name then
      subjects[#subjects + 1] = word
    elseif value:match("^%d+$") then
      options[name] = tonumber(value)
    else
      options[name] = value
    end
  end
  return subjects, options
end

-- Call a verb; a raised message (a misspelt option) becomes an error too.
local function try(verb, ...)
  local ok, value, err = pcall(verb, ...)
  if not ok then return nil, (tostring(value):gsub("^%S-:%d+: ", "")) end
  return value, err
end

--- Open the report of a subject in a new window.
---@param subject string "%" (this buffer), an election's id or alias, a path
---@param options table? those of urna.report; format is "md" unless given
---@return integer? bufnr of the report; nil where an error was shown
function nvim.report(subject, options)
  options = options or {}
  options.format = options.format or "md"
  local bufnr = vim.api.nvim_get_current_buf()
  local name = subject
  if subject == "%" then
    name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ":t")
    subject = buffer_subject(bufnr, options)
  end
  local text, err = try(urna.report, subject, options)
  if not text then return nvim.show_error(err, bufnr) end
  return show_lines(("urna://report/%s.%s"):format(name, options.format),
    split_lines(text), FILETYPES[options.format] or "")
end

local function election_line(election)
  return ("%-18s  %s  %s"):format(election.alias or election.id,
    election.date or "", election.name or election.id)
end

--- List the embedded elections in a new window; Enter opens a report.
---@param options table? those of urna.elections: country, body
---@return integer? bufnr of the list
function nvim.elections(options)
  local elections, err = try(urna.elections, options)
  if not elections then return nvim.show_error(err) end
  local lines = {}
  for i, election in ipairs(elections) do lines[i] = election_line(election) end
  local bufnr = show_lines("urna://elections", lines, "urna-elections")
  vim.keymap.set("n", "<CR>", function()
    local election = elections[vim.api.nvim_win_get_cursor(0)[1]]
    if election then nvim.report(election.id) end
  end, { buffer = bufnr, desc = "Open the report of this election" })
  return bufnr
end

local COMMANDS = {
  report = function(subjects, options)
    if #subjects > 1 then
      return notify("report takes one subject, not " .. #subjects)
    end
    nvim.report(subjects[1] or "%", options)
  end,
  elections = function(_, options) nvim.elections(options) end,
}
local SUBCOMMANDS = { "elections", "report" }

--- Run the words that follow :Urna.
---@param words string[]
function nvim.run(words)
  local command = COMMANDS[words[1]]
  if not command then
    local known = table.concat(SUBCOMMANDS, " | ")
    return notify(("say :Urna %s, not %q"):format(known, words[1] or ""))
  end
  command(parse({ unpack(words, 2) }))
end

local function aliases()
  local names = {}
  for _, election in ipairs(urna.elections() or {}) do
    names[#names + 1] = election.alias or election.id
  end
  return names
end

local function starting_with(lead, ...)
  local found = {}
  for _, words in ipairs({ ... }) do
    for _, word in ipairs(words) do
      if vim.startswith(word, lead) then found[#found + 1] = word end
    end
  end
  return found
end

local function complete_value(name, lead)
  local values = VALUES[name]
  if name == "compare" then values = aliases() end
  if not values then values = vim.fn.getcompletion(lead, "file") end
  return vim.tbl_map(function(value)
    return name .. "=" .. value
  end, starting_with(lead, values))
end

--- Completion of :Urna.
---@param lead string the word before the cursor
---@param line string the command line up to the cursor
---@return string[]
function nvim.complete(lead, line)
  local words = vim.split(line, "%s+", { trimempty = true })
  local place = #words + (lead == "" and 1 or 0)
  if place <= 2 then return starting_with(lead, SUBCOMMANDS) end
  local name, value = lead:match("^([%a_]+)=(.*)$")
  if words[2] == "elections" then
    return starting_with(lead, { "country=", "body=" })
  elseif name then
    return complete_value(name, value)
  end
  local files = lead ~= "" and vim.fn.getcompletion(lead, "file") or {}
  return starting_with(lead, { "%" }, aliases(), NAMES, files)
end

return nvim
