local errors = {}

--- The world's mistakes as values: a verb that meets one returns nil, err.
--- The code is stable, the message may improve. A programmer's mistake
--- raises instead and never comes through here.
---@class urna.Error
---@field code string stable, lower_snake_case
---@field message string one sentence: what, and what was expected
---@field file string? path or "(text)"
---@field line integer? from 1
---@field column integer? byte column in its line, from 1
---@field field string? heading or key the mistake is in
---@field text string? the offending text
---@field items urna.Error[]? all of them, up to a limit
---@field count integer? how many there are in all
---@field truncated boolean? true if there are more than `items` holds
local Error = {}
Error.__index = Error

local function place(err)
  if not err.file then
    return err.line and ("line %d: "):format(err.line) or ""
  end
  local parts = { err.file }
  if err.line then parts[#parts + 1] = ("%d"):format(err.line) end
  if err.column then parts[#parts + 1] = ("%d"):format(err.column) end
  return table.concat(parts, ":") .. ": "
end

local function sentence(err)
  local field = err.field and ("%s: "):format(err.field) or ""
  return place(err) .. field .. err.message
end

function Error:__tostring()
  local lines = { sentence(self) }
  for _, item in ipairs(self.items or {}) do
    lines[#lines + 1] = "  " .. sentence(item)
  end
  if self.truncated then
    lines[#lines + 1] = ("  and %d more"):format(self.count - #self.items)
  end
  return table.concat(lines, "\n")
end

local function quickfix_row(err)
  return { filename = err.file, lnum = err.line or 0, col = err.column or 0,
    type = "E", nr = -1,
    text = (err.field and err.field .. ": " or "") .. err.message }
end

--- The error as items of a quickfix list, one for each mistake.
---@return table[] { filename, lnum, col, type, text } as setqflist takes them
function Error:quickfix()
  local rows = {}
  for _, item in ipairs(self.items or { self }) do
    rows[#rows + 1] = quickfix_row(item)
  end
  return rows
end

-- The system's own messages begin with the file, which the sentence names.
local function without_file(message, file)
  local prefix = file and file .. ": "
  if not prefix or message:sub(1, #prefix) ~= prefix then return message end
  return message:sub(#prefix + 1)
end

--- One mistake.
---@param code string
---@param about table message and, where known, file, line, column, field, text
---@return urna.Error
function errors.new(code, about)
  assert(about.message, "an error needs a message")
  local err = { code = code }
  for key, value in pairs(about) do err[key] = value end
  err.message = without_file(err.message, err.file)
  return setmetatable(err, Error)
end

--- Many mistakes of one input as one error.
---@param code string
---@param items urna.Error[] in the order of the input
---@param about table message, file; count if there are more than the items
---@return urna.Error
function errors.gather(code, items, about)
  local err = errors.new(code, about)
  err.items, err.count = items, about.count or #items
  err.truncated = err.count > #items
  return err
end

---@return boolean whether `value` is an error made here
function errors.is(value)
  return getmetatable(value) == Error
end

-- Edit distance of two short words, to find what was meant.
local function distance(a, b)
  local row = {}
  for j = 0, #b do row[j] = j end
  for i = 1, #a do
    local corner = row[0]
    row[0] = i
    for j = 1, #b do
      local change = corner + (a:byte(i) == b:byte(j) and 0 or 1)
      corner = row[j]
      row[j] = math.min(change, row[j] + 1, row[j - 1] + 1)
    end
  end
  return row[#b]
end

-- The first that goes on from what was written: "huntington_hill" was only
-- begun as "huntington".
local function begun(name, known)
  for _, candidate in ipairs(#name >= 4 and known or {}) do
    if candidate:sub(1, #name):lower() == name:lower() then return candidate end
  end
end

--- The known name nearest to a misspelt one; never one that shares nothing
--- with it.
---@param name string
---@param known string[]
---@return string? nil if none is near
function errors.nearest(name, known)
  -- two letters of three are no likeness: "md" is not what "pdf" meant
  local most = #name <= 3 and 1 or math.max(2, math.floor(#name / 3))
  local best, found = most + 1, nil
  for _, candidate in ipairs(known) do
    local far = distance(name:lower(), candidate:lower())
    local shares = far < math.max(#name, #candidate)
    if shares and far < best then best, found = far, candidate end
  end
  return found or begun(name, known)
end

--- Refuse options that a verb does not have: one misspelt would be ignored.
--- Fails: raises, with the nearest option, where the verb was called.
---@param verb string as the message calls it
---@param options table
---@param known string[]
---@param level integer of the caller to be blamed, 2 being who called the
--- function that calls this
function errors.check_options(verb, options, known, level)
  if type(options) ~= "table" then
    error(("%s takes a table of options"):format(verb), level + 1)
  end
  for name in pairs(options) do
    local is_known = false
    for _, option in ipairs(known) do is_known = is_known or option == name end
    if not is_known then
      local near = errors.nearest(tostring(name), known)
      error(("%s has no option %q%s"):format(verb, tostring(name),
        near and (": did you mean %q?"):format(near) or ""), level + 1)
    end
  end
end

--- Refuse options of the wrong type before anything is done with them.
--- Fails: raises where the verb was called.
---@param verb string as the message calls it
---@param options table
---@param types table<string, string> "string", "table", "string or table"
---@param level integer as for errors.check_options
function errors.check_types(verb, options, types, level)
  for name, wanted in pairs(types) do
    local found = type(options[name])
    if found ~= "nil" and not (" " .. wanted .. " "):find(" " .. found .. " ",
      1, true) then
      error(("%s: %s must be a %s, not a %s"):format(verb, name, wanted,
        found), level + 1)
    end
  end
end

--- Refuse what a verb gave in place of results: nil, with its error behind it.
--- Fails: raises, with what that error says, where the verb was called.
---@param subject any
---@param err any what follows it
---@param level integer as for errors.check_options
function errors.check_given(subject, err, level)
  if subject == nil and errors.is(err) then
    error("there are no results: " .. tostring(err), level + 1)
  end
end

return errors
