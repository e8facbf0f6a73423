local answer = require "urna.cli.answer"
local apportion = require "urna.seats.apportion"
local contests = require "urna.contest"
local files = require "urna.files"
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

-- Forms that only findings have; all else is as of every answer.
local FORMS = {
  findings = function(found) return found:table() end,
  quickfix = quickfix,
  sarif = function(found) return found:sarif() end,
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

-- The stations that are expected, a key path on each line.
local function lines_of(path)
  local text, err = files.text(path)
  if not text then return nil, err end
  local lines = {}
  for line in text:gmatch("[^\r\n]+") do
    if line:find("%S") then lines[#lines + 1] = line end
  end
  return lines
end

-- The seats that the law gives, for what is open and for a claim. Of a part of
-- the records, or where no law is known, there are none.
local function outcome_of(results, options)
  local rule = options.rule or results.contest.rule
  if results.is_part or not rule and not options.claim then return nil end
  local outcome, err = apportion.run(results, { rule = options.rule,
    date = options.date, seats = options.seats, claim = options.claim })
  if outcome or options.claim then return outcome, err end
end

-- Which options are files, one or several.
local FILES = {
  { "previous" }, { "second" }, { "same_day", true }, { "earlier", true },
  { "observer", true, "observers" },
}

-- What is asked of the checks; nil and an error where a file cannot be read.
local function asked_of(results, options, passed)
  local asked = { rule = options.rule, date = options.date,
    tolerance = tolerances(options.tolerance),
    extra = own_checks(options.extra) }
  local err
  for _, row in ipairs(FILES) do
    local option, is_many, name = row[1], row[2], row[3] or row[1]
    if options[option] then
      asked[name], err = (is_many and read_all or read)(options[option],
        passed)
      if not asked[name] then return nil, err end
    end
  end
  if options.expected then
    asked.expected, err = lines_of(options.expected)
    if not asked.expected then return nil, err end
  end
  asked.outcome, err = outcome_of(results, options)
  if err then return nil, err end
  return asked
end

--- urna check SUBJECT: do the records hold?
---@param subject string|string[]
---@param options table of the command line
---@param passed table options of urna.report that say how to read
---@param io_ table streams
---@return integer? status 1 where something serious was found
---@return urna.Error?
function check.run(subject, options, passed, io_)
  local results, err = require "urna.report".results(subject, passed)
  if not results then return nil, err end
  local asked, found
  if results.kernel then
    asked, err = asked_of(results, options, passed)
    if not asked then return nil, err end
  end
  found, err = urna.check(results, asked)
  if not found then return nil, err end
  local done
  done, err = answer.give(found, options, io_, FORMS)
  return done and (found:is_serious() and FOUND or DONE), err
end

return check
