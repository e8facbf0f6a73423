local compat = require "urna.compat"
local errors = require "urna.errors"
local native = require "urna.native"
local refusals = require "urna.readers.refusals"
local sources = require "urna.readers.sources"

--- Entries of a form: what people note down under known headings, in CSV or
--- as an array of tables. Every cell is checked, and all that is wrong is told
--- at once, with file, line, column and field.
---
--- A form is { name = "incidents", columns = { { name, kind, required }, ...
--- }, check }. `kind` makes a value of a text, or gives nil and what was
--- expected; `check` looks at a whole entry and gives nil, or the field that is
--- wrong and a sentence.
local entries = {}

local MOST = 9007199254740991

-- ---- kinds ----

--- A text as it is.
function entries.text(value)
  return value
end

--- One of some words.
---@param known string[]
---@return fun(text: string): string?, string?
function entries.one_of(known)
  local is_known = {}
  for _, word in ipairs(known) do is_known[word] = true end
  return function(text)
    if is_known[text] then return text end
    local near = errors.nearest(text, known)
    return nil, ("must be one of %s%s"):format(table.concat(known, ", "),
      near and (" (did you mean %s?)"):format(near) or "")
  end
end

--- A whole number, from 0.
function entries.count(text)
  local value = text:find("^%d+$") and tonumber(text)
  if value and value <= MOST then return value end
  return nil, "must be a whole number"
end

--- A decimal number as an exact ratio: "9.9" is { 99, 10 }.
function entries.decimal(text)
  local whole, rest = text:match("^(%d+)%.?(%d*)$")
  if not whole or #whole + #rest > 12 then
    return nil, "must be a number such as 9.9, with a point"
  end
  return { tonumber(whole .. rest), 10 ^ #rest }
end

--- yes or no, as true or false.
function entries.yes_no(text)
  if text == "yes" then return true end
  if text == "no" then return false end
  return nil, "must be yes or no"
end

-- ---- cells ----

local function trimmed(text)
  return (text:gsub("^%s+", ""):gsub("%s+$", ""))
end

-- A value that a table holds, as the text that CSV would hold; nil where it
-- can be none.
local function text_of(value)
  if type(value) == "string" then return trimmed(value) end
  if type(value) == "boolean" then return value and "yes" or "no" end
  if type(value) ~= "number" then return nil end
  if value % 1 == 0 and value >= 0 and value <= MOST then
    return ("%d"):format(value)
  end
  return (("%.12g"):format(value):gsub(",", "."))
end

-- Fill one entry from texts by column; `refuse` is told what is wrong.
local function fill(form, texts, refuse)
  local entry, is_good = {}, true
  local function fault(code, i, message)
    is_good = false
    refuse(code, i, message)
  end
  for i, column in ipairs(form.columns) do
    local text = texts[i]
    if text and text ~= "" then
      local value, expected = column.kind(text)
      entry[column.name] = value
      if value == nil then fault("bad_value", i, expected) end
    elseif column.required then
      fault("missing_value", i, "is missing")
    end
  end
  local field, message
  if is_good and form.check then field, message = form.check(entry) end
  if not field then return entry end
  for i, column in ipairs(form.columns) do
    if column.name == field then refuse("bad_value", i, message) end
  end
  return entry
end

local function said(text, message)
  if not text or text == "" then return message end
  return ("%q %s"):format(text, message)
end

-- ---- tables ----

local function names_of(form)
  local names = {}
  for i, column in ipairs(form.columns) do names[i] = column.name end
  return names
end

-- A misspelt field would be passed over.
local function check_fields(form, given, path, items)
  local names, known = names_of(form), {}
  for _, name in ipairs(names) do known[name] = true end
  local unknown = {}
  for name in pairs(given) do
    if not known[name] then unknown[tostring(name)] = true end
  end
  for _, name in ipairs(compat.keys(unknown)) do
    local near = errors.nearest(name, names)
    items[#items + 1] = errors.new("unknown_field", { field = path,
      text = name, message = ("there is no field %q%s"):format(name,
        near and (": did you mean %q?"):format(near)
        or "; there is " .. table.concat(names, ", ")) })
  end
end

local function from_tables(rows, form)
  local found, items = {}, {}
  for n, given in ipairs(rows) do
    local path, texts = ("%s[%d]"):format(form.name, n), {}
    if type(given) ~= "table" then
      error(("%s must be a table"):format(path), 0)
    end
    check_fields(form, given, path, items)
    local function refuse(code, i, message)
      items[#items + 1] = errors.new(code, { text = texts[i],
        field = ("%s.%s"):format(path, form.columns[i].name),
        message = said(texts[i], message) })
    end
    for i, column in ipairs(form.columns) do
      local value = given[column.name]
      if value ~= nil then texts[i] = text_of(value) end
      if value ~= nil and not texts[i] then
        error(("%s.%s must be a text, not a %s"):format(path, column.name,
          type(value)), 0)
      end
    end
    found[n] = fill(form, texts, refuse)
  end
  if #items == 0 then return found end
  if #items == 1 then return nil, items[1] end
  return nil, errors.gather(items[1].code, items, { field = items[1].field,
    message = ("%s are refused, with %d faults"):format(form.name, #items) })
end

-- ---- CSV ----

local function heading_error(job, form, i, code, message)
  return errors.new(code, { file = job.file, line = 1,
    column = i and job.starts[i], field = i and job.headings[i]
      or form, message = message })
end

local function unknown_heading(job, names, i)
  local heading = job.headings[i]
  local near = errors.nearest(heading, names)
  return heading_error(job, nil, i, "unknown_heading",
    ("is no heading of this form%s"):format(
      near and (": did you mean %q?"):format(near)
      or "; there is " .. table.concat(names, ", ")))
end

-- The file's column of each of the form's; nil and an error where the headings
-- are not those of the form.
local function plan(job, form)
  local names, at, items = names_of(form), {}, {}
  local number = {}
  for i, name in ipairs(names) do number[name] = i end
  for i, heading in ipairs(job.headings) do
    local own = number[trimmed(heading)]
    if not own then
      items[#items + 1] = unknown_heading(job, names, i)
    elseif at[own] then
      items[#items + 1] = heading_error(job, nil, i, "repeated_heading",
        ("stands in column %d too"):format(at[own]))
    else
      at[own] = i
    end
  end
  for i, column in ipairs(form.columns) do
    if column.required and not at[i] then
      items[#items + 1] = heading_error(job, column.name, nil,
        "missing_heading", "this heading is missing")
    end
  end
  if #items == 0 then return at end
  if #items == 1 then return nil, items[1] end
  return nil, errors.gather(items[1].code, items, { file = job.file, line = 1,
    column = items[1].column, field = items[1].field,
    message = ("the headings are not those of %s"):format(form.name) })
end

local function scan(job)
  local texts, kinds = {}, {}
  for i, part in ipairs(job.parts) do texts[i] = part.source end
  for i = 1, #job.headings do kinds[i] = "text" end
  local found, list, count = native.table(texts, { kinds = kinds,
    limit = refusals.LIMIT })
  job.table, job.items, job.bad_count = found, {}, count
  for i, fault in ipairs(list) do job.items[i] = sources.error(job, fault) end
end

local function read_rows(job, form, at)
  local cells, found = {}, {}
  for own, column in pairs(at) do cells[own] = job.table:texts(column) end
  for row = 1, job.table:rows() do
    local texts, row_line = {}, job.table:line(row)
    local file, line = job.place(row_line)
    local function refuse(code, i, message)
      job.bad_count = job.bad_count + 1
      if #job.items >= refusals.LIMIT then return end
      job.items[#job.items + 1] = errors.new(code, { file = file, line = line,
        row_line = row_line, cell = at[i], field = form.columns[i].name,
        text = texts[i], message = said(texts[i], message) })
    end
    for own in pairs(at) do texts[own] = trimmed(cells[own][row]) end
    local entry = fill(form, texts, refuse)
    entry.file, entry.line = file, line
    found[row] = entry
  end
  return found
end

local function from_csv(subject, form)
  local job = { options = {}, contest = {} }
  local done, err = sources.take(job, subject)
  if not done then return nil, err end
  done, err = sources.open(job)
  if not done then return nil, err end
  local at
  at, err = plan(job, form)
  if not at then return nil, err end
  scan(job)
  local found = read_rows(job, form, at)
  if #job.items > 0 then return nil, refusals.error(job) end
  return found
end

local function is_rows(subject)
  return type(subject) == "table" and (type(subject[1]) == "table"
    or next(subject) == nil)
end

--- Read the entries of a form.
--- Fails: raises for a subject that is none, and for a value in a table that
--- is no text, number or boolean.
---@param subject string|table[]|table a path, { path, path ... }, "-", { text
--- = ... }, { reader = ... }, or an array of tables
---@param form table
---@return table[]? entries by the names of the columns; those of a file with
--- `file` and `line`
---@return urna.Error? err "bad_value", "missing_value", "unknown_heading",
--- "missing_heading", "repeated_heading", "unknown_field", or of the file; all
--- that is wrong in its items
function entries.read(subject, form)
  if is_rows(subject) then return from_tables(subject, form) end
  return from_csv(subject, form)
end

return entries
