if not rawget(_G, "vim") then
  pending(":Urna in Neovim (make test-nvim runs these inside one)")
  return
end

-- Three lists of five seats; nobody's election.
local RECORDS = "station,registered_voters,ballots_in_box,invalid_ballots,"
  .. "A,B\n1,1000,700,10,400,290\n2,900,600,5,200,395\n"
local CONTEST = [[
return {
  id = "xx/test/2024-01-01", name = "A council", date = "2024-01-01",
  rule = "rs/local", seats = 5, keys = { "station" },
  columns = { registered_voters = "registered_voters",
    ballots_in_box = "ballots_in_box", invalid_ballots = "invalid_ballots" },
  lists = {
    { key = "A", column = "A", name = "List A", minority = false },
    { key = "B", column = "B", name = "List B", minority = false },
  },
}
]]

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

local function buffer_text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
end

describe(":Urna", function()
  local folder, messages, real_notify

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder)
    write(folder .. "/council.csv", RECORDS)
    write(folder .. "/council.contest.lua", CONTEST)
    messages, real_notify = {}, vim.notify
    vim.notify = function(message) -- luacheck: ignore 122
      messages[#messages + 1] = message
    end
    vim.cmd("runtime plugin/urna.lua")
  end)

  after_each(function()
    vim.notify = real_notify -- luacheck: ignore 122
    vim.cmd("silent! only | silent! %bwipeout!")
    vim.fn.setqflist({}, "r")
    vim.fn.delete(folder, "rf")
  end)

  it("loads nothing until it is used", function()
    local child = vim.fn.system({ vim.v.progpath, "--headless", "--clean",
      "--cmd", "set runtimepath^=" .. vim.fn.getcwd(),
      "-c", "lua io.write(tostring(package.loaded['urna.nvim'])"
        .. " .. vim.fn.exists(':Urna'))", "-c", "qa!" })
    assert.equal("nil2", child)
  end)

  it("report % opens the report of the file in a scratch window", function()
    vim.cmd("edit " .. folder .. "/council.csv")
    local source = vim.api.nvim_get_current_win()
    vim.cmd("Urna report %")
    assert.same({}, messages)
    assert.are_not.equal(source, vim.api.nvim_get_current_win())
    assert.equal("markdown", vim.bo.filetype)
    assert.equal("nofile", vim.bo.buftype)
    assert.is_false(vim.bo.modifiable)
    assert.truthy(buffer_text():find("List B", 1, true))
    vim.cmd("normal q")
    assert.equal(source, vim.api.nvim_get_current_win())
  end)

  it("report % reads the text of a buffer that is not saved", function()
    vim.cmd("edit " .. folder .. "/council.csv")
    vim.api.nvim_buf_set_lines(0, 1, 2, true, { "1,1000,700,10,0,690" })
    vim.cmd("Urna report % format=csv")
    assert.same({}, messages)
    -- B has 690 + 395 votes once the first line is changed
    assert.truthy(buffer_text():find("1085", 1, true))
    assert.is_nil(buffer_text():find("685", 1, true))
  end)

  it("report again uses the window that is open", function()
    vim.cmd("Urna report belgrade-2024")
    local windows = #vim.api.nvim_list_wins()
    vim.cmd("wincmd p")
    vim.cmd("Urna report belgrade-2024")
    assert.same({}, messages)
    assert.equal(windows, #vim.api.nvim_list_wins())
    assert.truthy(buffer_text():find("64", 1, true))
  end)

  it("report takes options: language=sr-Latn format=text", function()
    vim.cmd("Urna report belgrade-2024 language=sr-Latn format=text")
    assert.same({}, messages)
    assert.equal("text", vim.bo.filetype)
    assert.truthy(buffer_text():find("Beograd", 1, true))
  end)

  it("puts each bad row into the quickfix list and opens it", function()
    write(folder .. "/council.csv",
      RECORDS .. "3,90,60,5,2.5,39\n4,1,1,0,x,0\n")
    vim.cmd("edit " .. folder .. "/council.csv")
    vim.cmd("Urna report %")
    assert.equal("quickfix", vim.bo.buftype)
    local rows = vim.fn.getqflist()
    assert.equal(2, #rows)
    assert.equal(4, rows[1].lnum)
    assert.equal(5, rows[2].lnum)
    assert.equal(11, rows[1].col) -- of 2.5, after "3,90,60,5,"
    assert.equal("council.csv",
      vim.fn.fnamemodify(vim.fn.bufname(rows[1].bufnr), ":t"))
    assert.equal(1, #messages)
  end)

  it("points into the buffer where its text is not saved", function()
    vim.cmd("edit " .. folder .. "/council.csv")
    local bufnr = vim.api.nvim_get_current_buf()
    vim.api.nvim_buf_set_lines(0, 1, 2, true, { "1,1000,700,10,x,690" })
    vim.cmd("Urna report %")
    local row = vim.fn.getqflist()[1]
    assert.equal(bufnr, row.bufnr)
    assert.equal(2, row.lnum)
    assert.truthy(messages[1]:find("council.csv:2:", 1, true))
  end)

  it("names the buffer's file where none is written yet", function()
    vim.cmd("edit " .. folder .. "/new.csv")
    vim.api.nvim_buf_set_lines(0, 0, -1, true, { "station,A", "1,x" })
    vim.cmd("Urna report % contest=" .. folder .. "/council.contest.lua")
    assert.equal(1, #messages)
    assert.truthy(messages[1]:find("new.csv", 1, true))
    assert.is_nil(messages[1]:find("(text)", 1, true))
  end)

  it("says in a sentence that there is no such election", function()
    vim.cmd("Urna report belgrade-1891")
    assert.equal(1, #messages)
    assert.truthy(messages[1]:find("belgrade-1891", 1, true))
  end)

  it("says which subcommands there are", function()
    vim.cmd("Urna")
    vim.cmd("Urna reprot")
    assert.equal(2, #messages)
    assert.truthy(messages[2]:find("elections | report", 1, true))
  end)

  it("elections lists them, and Enter opens the report", function()
    vim.cmd("Urna elections")
    assert.same({}, messages)
    assert.truthy(vim.fn.search("^belgrade-2024 ") > 0)
    vim.cmd([[execute "normal \<CR>"]])
    assert.same({}, messages)
    assert.equal("markdown", vim.bo.filetype)
    assert.truthy(buffer_text():find("64", 1, true))
  end)

  it("completes subcommands, elections and options", function()
    local function complete(line)
      return vim.fn.getcompletion(line, "cmdline")
    end
    assert.same({ "elections", "report" }, complete("Urna "))
    assert.same({ "report" }, complete("Urna r"))
    assert.truthy(vim.tbl_contains(complete("Urna report belg"),
      "belgrade-2024"))
    assert.same({ "language=sr-Latn" },
      complete("Urna report % language=sr-L"))
    assert.same({ "compare=belgrade-2023" },
      complete("Urna report % compare=belgrade-2023"))
  end)
end)

-- What a Neovim of its own writes, with urna from `root` on its runtimepath.
local function in_new_neovim(root, ...)
  local command = { vim.v.progpath, "--headless", "--clean",
    "--cmd", "set runtimepath^=" .. root }
  for _, words in ipairs({ ... }) do
    vim.list_extend(command, { "-c", words })
  end
  return vim.fn.system(vim.list_extend(command, { "-c", "qa!" }))
end

-- A copy of what Neovim needs, where specs may break it.
local function copy_urna()
  local root = vim.fn.tempname()
  vim.fn.mkdir(root)
  vim.fn.system({ "cp", "-r", "lua", "plugin", "doc", root })
  return root
end

describe("the help of urna", function()
  it("is there after `make nvim` and nothing else", function()
    assert.equal(1, vim.fn.filereadable("doc/tags"))
    for _, word in ipairs({ ":Urna", "urna", "urna-tally" }) do
      assert.equal("urna.txt", in_new_neovim(vim.fn.getcwd(), "help " .. word,
        "lua io.write(vim.fn.expand('%:t'))"), word)
    end
  end)

  it("is there also where nobody made its tags", function()
    local root = copy_urna()
    vim.fn.delete(root .. "/doc/tags")
    assert.equal("urna.txt", in_new_neovim(root, "help urna",
      "lua io.write(vim.fn.expand('%:t'))"))
    vim.fn.delete(root, "rf")
  end)
end)

describe("Neovim with a module that does not load", function()
  local function says(spoil)
    local root = copy_urna()
    spoil(root .. "/lua/urna/core.so")
    local said = in_new_neovim(root,
      "lua vim.notify = function(text) io.write('<', text, '>') end",
      "Urna report belgrade-2024", "Urna elections")
    vim.fn.delete(root, "rf")
    return said
  end

  local function check(said, trouble)
    local _, sentences = said:gsub("<urna%.core [^\n<>]*>", "")
    assert.equal(2, sentences, said)
    assert.truthy(said:find(trouble, 1, true), said)
    assert.truthy(said:find("make nvim", 1, true))
    assert.is_nil(said:find("traceback", 1, true))
  end

  it("says in a sentence that none is built, each time", function()
    check(says(function(path) vim.fn.delete(path) end), "is not built")
  end)

  it("says in a sentence that it is not one", function()
    check(says(function(path) write(path, "nothing\n") end), "urna.core ")
  end)

  it("says in a sentence that it is for another Lua", function()
    local other = "build/5.4/urna/core.so"
    if vim.fn.filereadable(other) == 0 then return pending(other) end
    check(says(function(path) vim.fn.system({ "cp", other, path }) end),
      "built for another Lua")
  end)
end)

describe("the health of urna", function()

  it("is healthy", function()
    vim.cmd("checkhealth urna")
    local text = buffer_text()
    assert.truthy(text:find("built for the ABI of Lua 5.1", 1, true))
    assert.is_nil(text:find("ERROR", 1, true))
    vim.cmd("silent! bwipeout!")
  end)
end)
