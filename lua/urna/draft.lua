local contests = require "urna.contest"
local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local files = require "urna.files"
local native = require "urna.native"
local profiles = require "urna.profiles"

--- Drafts a contest file beside a CSV from its headings: what a person would
--- have to type, with comments that say what to check.
local draft = {}

local function quoted(text)
  return (("%q"):format(text):gsub("\\\n", "\\n"))
end

local function array(texts)
  local parts = {}
  for i, text in ipairs(texts) do parts[i] = quoted(text) end
  return table.concat(parts, ", ")
end

-- Which columns hold only counts, by a look at the data.
local function numeric_columns(found, headings)
  local is_numeric = {}
  for i = 1, #headings do
    local any, all = false, true
    for _, text in ipairs(found:texts(i)) do
      any = any or text ~= ""
      all = all and (text == "" or text:find("^%d+$") ~= nil)
    end
    is_numeric[i] = any and all
  end
  return is_numeric
end

-- The first columns of text that tell every row from the others, where no
-- profile knows the keys; none if there are no such. In long records they do
-- so together with the column of lists.
local function guess_keys(plan, unmapped, is_numeric, number, found)
  local keys, columns = {}, { number[plan.columns.list] }
  for _, heading in ipairs(#plan.keys == 0 and unmapped or {}) do
    if not is_numeric[number[heading]] then
      keys[#keys + 1], columns[#columns + 1] = heading, number[heading]
      if #found:duplicates(columns) == 0 then return keys end
    end
  end
  return plan.keys
end

-- What no profile knows: columns of counts may be lists, where no column
-- names the lists.
local function sort_out(plan, unmapped, is_numeric, number)
  local is_key = {}
  plan.unused = {}
  for _, key in ipairs(plan.keys) do is_key[key] = true end
  for _, heading in ipairs(unmapped) do
    local may_be_list = is_numeric[number[heading]] and heading ~= "voted"
      and not plan.columns.list
    if may_be_list and not is_key[heading] then
      plan.lists[#plan.lists + 1] = { key = heading, column = heading,
        is_guess = true }
    elseif not is_key[heading] then
      plan.ignored_columns[#plan.ignored_columns + 1] = heading
      if is_numeric[number[heading]] then
        plan.unused[#plan.unused + 1] = heading
      end
    end
  end
end

local function all_texts(source, headings, delimiter)
  local kinds = {}
  for i = 1, #headings do kinds[i] = "text" end
  return native.table(source, { delimiter = delimiter, kinds = kinds,
    limit = 1 })
end

local function guess(found, headings)
  local number = {}
  for i, heading in ipairs(headings) do number[heading] = i end
  local profile = profiles.guess(headings)
    or assert(profiles.find("rs-rik"))
  local plan, unmapped = profiles.apply(profile, headings)
  local is_numeric = numeric_columns(found, headings)
  plan.keys = guess_keys(plan, unmapped, is_numeric, number, found)
  sort_out(plan, unmapped, is_numeric, number)
  return plan
end

local COLUMNS_NOTE = [[
  -- Which heading holds which number of the record. "voted" is never guessed:
  -- some sources use it for signatures, some for ballots in the box.]]

local function columns_text(plan, headings)
  local lines = { COLUMNS_NOTE, "  columns = {" }
  for _, field in ipairs(contests.FIELDS) do
    local heading = plan.columns[field]
    lines[#lines + 1] = heading
      and ("    %s = %s,"):format(field, quoted(heading))
      or ("    -- %s = \"...\","):format(field)
  end
  for _, name in ipairs { "list", "votes" } do
    if plan.columns[name] then
      lines[#lines + 1] = ("    %s = %s,"):format(name,
        quoted(plan.columns[name]))
    end
  end
  lines[#lines + 1] = "  },"
  lines[#lines + 1] = ("  -- all headings: %s"):format(array(headings))
  return table.concat(lines, "\n")
end

local GUESS_NOTE = [[
    -- Columns of numbers that no profile knows: a guess. One that is no list
    -- belongs in columns or ignored_columns.]]

-- What is left out, with a word on columns that hold numbers.
local function ignored_text(plan)
  local line = ("  ignored_columns = { %s },"):format(
    array(plan.ignored_columns))
  if #plan.unused == 0 then return line end
  return ("  -- these hold numbers; name them in columns if they count: %s\n%s")
    :format(array(plan.unused), line)
end

local function lists_text(plan)
  if #plan.lists == 0 then
    return "  -- lists are taken from the data, in the order they appear"
  end
  local lines = { "  -- In ballot order. minority must be said for every "
    .. "list: true or false.", "  lists = {" }
  local is_said = false
  for _, list in ipairs(plan.lists) do
    if list.is_guess and not is_said then lines[#lines + 1] = GUESS_NOTE end
    is_said = is_said or list.is_guess
    lines[#lines + 1] = ("    { key = %s, column = %s, name = %s },"):format(
      quoted(list.key), quoted(list.column), quoted(list.name or list.key))
  end
  lines[#lines + 1] = "  },"
  return table.concat(lines, "\n")
end

local TEMPLATE = [[
-- The contest of %s, drafted from its headings: check every line, then remove
-- this comment. `urna rules` lists the rules, `urna report` uses this file.
return {
  -- id = "rs/parliament/2020-06-21",
  name = %s,
  -- date = "2020-06-21",        -- election day: finds the law in force
  -- rule = "rs/parliament",
  -- seats = 250,                -- where the rule does not say it
  -- count_status = "preliminary", -- estimate, preliminary, summary, overall,
  --                                  final
  -- units_expected = %d,
%s
  -- Columns that tell one unit from another, the widest area first.
  keys = { %s },

%s
%s

%s
}
]]

-- Rows, or where lists have rows of their own the units that these are of.
local function count_units(plan, headings, found)
  if not plan.columns.list or #plan.keys == 0 then return found:rows() end
  local is_key, columns = {}, {}
  for _, key in ipairs(plan.keys) do is_key[key] = true end
  for i, heading in ipairs(headings) do
    if is_key[heading] then columns[#columns + 1] = i end
  end
  return found:rows() - #found:duplicates(columns)
end

-- How the file was read must be said again each time it is.
local function form_text(options)
  local lines = {}
  for _, name in ipairs { "encoding", "delimiter" } do
    if options[name] then
      lines[#lines + 1] = ("  %s = %s,\n"):format(name, quoted(options[name]))
    end
  end
  return table.concat(lines)
end

local function text_of(path, headings, plan, units, options)
  local name = path:match("[^/\\]+$")
  return TEMPLATE:format(name, quoted(contests.stem(name)), units,
    form_text(options), array(plan.keys), columns_text(plan, headings),
    ignored_text(plan), lists_text(plan))
end

local function refuse_existing(path)
  return nil, errors.new("exists", { file = path,
    message = "a contest stands here already; it is not overwritten" })
end

local function open(path, options)
  local source, fault = native.source { path = path,
    encoding = options.encoding }
  if not source then return nil, faults.error(fault, path) end
  local headings, delimiter = native.headings(source, options.delimiter)
  if not headings then return nil, faults.error(delimiter, path) end
  return source, headings, delimiter
end

--- Write a commented contest file beside a CSV, from its headings.
---@param path string of the data
---@param options { encoding: string?, delimiter: string? }?
---@return string? path of the contest file
---@return urna.Error? err "exists", "cannot_read", "cannot_write" ...
function draft.write(path, options)
  options = options or {}
  if type(path) ~= "string" then error("init takes the path of a CSV", 2) end
  errors.check_options("init", options, { "delimiter", "encoding" }, 2)
  local target = contests.stem(path) .. ".contest.lua"
  local standing, err = contests.beside(path)
  if err then return nil, err end
  if standing or files.exists(target) then
    return refuse_existing(standing or target)
  end
  local source, headings, delimiter = open(path, options)
  if not source then return nil, headings end
  local found = all_texts(source, headings, delimiter)
  source:close()
  local plan = guess(found, headings)
  local done
  done, err = files.write(target,
    text_of(path, headings, plan, count_units(plan, headings, found),
      options))
  return done and target, err
end

return draft
