local contests = require "urna.contest"
local urna = require "urna"

--- What the command line makes of checks: other records to compare with, and
--- the findings in one of their forms.
local check = {}

local DONE, FOUND = 0, 1

-- vim's own errorformat reads FILE:LINE: TEXT.
local function quickfix(found)
  local lines = {}
  for i, item in ipairs(found:quickfix()) do
    lines[i] = ("%s:%d: %s: %s\n"):format(item.filename or "", item.lnum,
      item.type, (item.text:gsub("%c", " ")))
  end
  return table.concat(lines)
end

local FORMS = {
  csv = function(found) return found:csv() end,
  findings = function(found) return found:table() end,
  json = function(found) return found:json() end,
  quickfix = quickfix,
  sarif = function(found) return found:sarif() end,
  text = function(found, options)
    return found:text { all = options.all }
  end,
}

-- Other records are read as the first were; a contest of their own goes first.
local function read(path, passed)
  local own = {}
  for name, value in pairs(passed) do own[name] = value end
  own.where, own.as_of = nil, nil
  local beside, err = contests.beside(path)
  if err then return nil, err end
  if beside then own.contest = nil end
  return require "urna.report".results(path, own)
end

local function read_all(paths, passed)
  local all = {}
  for i, path in ipairs(paths) do
    local found, err = read(path, passed)
    if not found then return nil, err end
    all[i] = found
  end
  return all
end

-- "2" is a number, "1/100" and "1%" are shares.
local function tolerance(code, text)
  local num, den = text:match("^(%d+)/(%d+)$")
  num = num or text:match("^(%d+)%%$")
  if num then
    return { share = { tonumber(num), tonumber(den or "100") } }
  end
  local number = text:find("^%d+$") and tonumber(text)
  if number then return number end
  error(("--tolerance %s is a number or a share, 2 or 1/100, not %q"):format(
    code, text), 0)
end

local function tolerances(map)
  if not map then return nil end
  local all = {}
  for code, texts in pairs(map) do
    all[code] = tolerance(code, texts[#texts])
  end
  return all
end

local function own_checks(texts)
  if not texts then return nil end
  local all = {}
  for i, text in ipairs(texts) do
    all[i] = { code = ("U%d"):format(i), test = text }
  end
  return all
end

--- Check a subject.
---@param subject string|string[]
---@param options table of the command line
---@param passed table options of urna.report that say how to read
---@return string? text in the form that is asked for
---@return integer|urna.Error status 1 where something serious was found; err
function check.run(subject, options, passed)
  local asked = { rule = options.rule, date = options.date,
    tolerance = tolerances(options.tolerance),
    extra = own_checks(options.extra) }
  local results, err = require "urna.report".results(subject, passed)
  if not results then return nil, err end
  if options.previous then
    asked.previous, err = read(options.previous, passed)
    if not asked.previous then return nil, err end
  end
  if options.same_day then
    asked.same_day, err = read_all(options.same_day, passed)
    if not asked.same_day then return nil, err end
  end
  local found
  found, err = urna.check(results, asked)
  if not found then return nil, err end
  return FORMS[options.format or "text"](found, options),
    found:is_serious() and FOUND or DONE
end

return check
