local compat = require "urna.compat"
local expression = require "urna.expression"
local native = require "urna.native"

--- The checks that are formulas, all of them in one pass of the core over the
--- records.
local formulas = {}

-- A tenth of the records beyond a usual limit: it is none here. Of fewer than
-- a hundred nobody can tell.
local FEW, LEAST = 10, 100
local MANY = 2147483646 -- all records

-- Compiled texts of the catalogue: they are the same in every run.
local known = {}

local function compile(text)
  if known[text] then return known[text] end
  local compiled, err = expression.compile(text)
  if not compiled then error(tostring(err), 0) end
  if not compiled.compare then
    error(("%q compares nothing"):format(text), 0)
  end
  return compiled
end

-- The same, kept for the next run: of the catalogue, not of a user's own.
local function compile_for(check, text)
  local compiled = compile(text)
  if not check.is_own and not check.asked then known[text] = compiled end
  return compiled
end

local function filled(text, limit)
  if not limit then return text end
  return (text:gsub("{(%l+)}", { num = ("%d"):format(limit[1]),
    den = ("%d"):format(limit[2]) }))
end

-- How many of these fields are there; nil if one is not.
local function count_there(job, fields)
  local count = 0
  for field in fields:gmatch("%S+") do
    if not job:has(field) then return nil end
    count = count + 1
  end
  return count
end

-- The test of a check, of the most fields that are there and change it.
local function text_of(job, check)
  if not check.with then return check.test end
  local text, most = check.test, 0
  for _, fields in ipairs(compat.keys(check.with)) do
    local count = count_there(job, fields)
    if count and count > most then text, most = check.with[fields], count end
  end
  return text
end

local function add_names(missing, seen, job, compiled)
  for _, name in ipairs(compiled and compiled.names or {}) do
    if not job:has(name) and not seen[name] then
      seen[name], missing[#missing + 1] = true, name
    end
  end
end

-- What is to be run of a check: { check, tests, when, missing }.
local function plan(job, check)
  local limit = check.asked or check.limit
  local planned = { check = check, tests = {}, missing = {},
    when = check.when and compile_for(check, filled(check.when, limit)) }
  planned.tests[1] = compile_for(check, filled(text_of(job, check), limit))
  for i, text in ipairs(check.also or {}) do
    planned.tests[i + 1] = compile_for(check, filled(text, limit))
  end
  local seen = {}
  for _, test in ipairs(planned.tests) do
    add_names(planned.missing, seen, job, test)
  end
  add_names(planned.missing, seen, job, planned.when)
  return planned
end

local function program(job, compiled, numbers)
  local made, err = expression.program(compiled, numbers, job.lists)
  if not made then error(tostring(err), 0) end
  return made
end

-- A usual limit that more than a tenth of the records is beyond tells nothing
-- of one of them: so many need not be told.
local function most_of_records(job, check)
  local is_usual = check.limit and not check.asked
  return is_usual and (job.units - job.units % FEW) / FEW or MANY
end

-- The programs of all planned checks in the order that the core is given them.
local function programs(job, planned)
  local numbers = setmetatable({}, { __index = function(_, name)
    return job:number(name)
  end })
  local tests, whens, when_of, most_of = {}, {}, {}, {}
  for _, one in ipairs(planned) do
    if one.when then
      whens[#whens + 1] = program(job, one.when, numbers)
    end
    for _, test in ipairs(one.tests) do
      tests[#tests + 1] = program(job, test, numbers)
      when_of[#tests] = one.when and #whens or 0
      most_of[#tests] = most_of_records(job, one.check)
    end
  end
  return tests, whens, when_of, most_of
end

-- Several tests of one check as one answer, by unit; of a unit that several
-- fail in the first.
local function merged(answers)
  local at, all = {}, { units = {}, left = {}, right = {}, which = {},
    unknown = 0 }
  for i, answer in ipairs(answers) do
    at[i], all.unknown = 1, math.max(all.unknown, answer.unknown)
  end
  while true do
    local best
    for i, answer in ipairs(answers) do
      local unit = answer.units[at[i]]
      if unit and (not best or unit < answers[best].units[at[best]]) then
        best = i
      end
    end
    if not best then return all end
    local unit, k, n = answers[best].units[at[best]], at[best], #all.units + 1
    all.units[n], all.which[n] = unit, best
    all.left[n], all.right[n] = answers[best].left[k], answers[best].right[k]
    for i, answer in ipairs(answers) do
      if answer.units[at[i]] == unit then at[i] = at[i] + 1 end
    end
  end
end

local function within(tolerance, left, right)
  if type(tolerance) == "number" then
    return math.abs(left - right) <= tolerance
  end
  local whole = math.max(left, right)
  return whole > 0 and native.ratio_compare(math.abs(left - right), whole,
    tolerance.share[1], tolerance.share[2]) <= 0
end

-- Without what a tolerance lets pass.
local function tolerate(answer, tolerance)
  local kept = { units = {}, left = {}, right = {}, which = answer.which
    and {}, unknown = answer.unknown, tolerated = 0 }
  for i, unit in ipairs(answer.units) do
    if within(tolerance, answer.left[i], answer.right[i]) then
      kept.tolerated = kept.tolerated + 1
    else
      local n = #kept.units + 1
      kept.units[n], kept.left[n] = unit, answer.left[i]
      kept.right[n] = answer.right[i]
      if kept.which then kept.which[n] = answer.which[i] end
    end
  end
  return kept
end

-- How far the sides are apart, over all records that a check fired on; of
-- sides that are both multiplied, as of a limit, that is no number of ballots.
local function difference(answer, test)
  if test.text:find("%*.*[<>=].*%*") then return nil end
  local sum = 0
  for i = 1, #answer.units do
    sum = sum + math.abs(answer.left[i] - answer.right[i])
  end
  return sum <= 9007199254740991 and sum or nil
end

--- Whether so many records are beyond a usual limit that it tells nothing.
---@param job urna.checks.Job
---@param check table
---@param fired integer
---@return boolean
function formulas.is_useless(job, check, fired)
  return fired > most_of_records(job, check)
end

--- What is said of a usual limit that tells nothing.
---@return table answer
function formulas.given_up(job, check, fired)
  return { units = {}, left = {}, right = {}, unknown = job.units,
    missing = { "tolerance" },
    note = { form = "given_up", fired = fired, units = job.units,
      limit = ("%d/%d"):format(check.limit[1], check.limit[2]),
      code = check.code } }
end

-- The first of several tests that too many records fail in.
local function useless(job, check, answers)
  for _, answer in ipairs(answers) do
    if formulas.is_useless(job, check, answer.fired) then
      return formulas.given_up(job, check, answer.fired)
    end
  end
end

local function finish(job, one, answers)
  local check = one.check
  local no_limit = useless(job, check, answers)
  local answer = no_limit or #answers == 1 and answers[1] or merged(answers)
  if check.tolerance then answer = tolerate(answer, check.tolerance) end
  answer.tests, answer.when = one.tests, one.when
  answer.difference = #one.tests == 1 and not no_limit
    and difference(answer, one.tests[1]) or nil
  return answer
end

--- Whether a check is a usual limit and the records are too few for one;
--- nobody has asked for it.
---@param job urna.checks.Job
---@param check table
---@return table? answer that says so
function formulas.too_few(job, check)
  if not check.limit or check.asked or job.units >= LEAST then return nil end
  return { units = {}, unknown = job.units, missing = { "tolerance" },
    note = { form = "too_few", least = LEAST, code = check.code } }
end

local function unknown(job, one)
  return { units = {}, left = {}, right = {}, unknown = job.units,
    missing = one.missing }
end

--- Run all checks that are formulas.
--- Fails: raises for a formula that is not in the grammar, and an urna.Error
--- for a number that no Lua holds.
---@param job urna.checks.Job its `answers` are set: { units, left, right,
--- unknown, missing, tests, which, tolerated, difference, note }
---@param all table[] checks
function formulas.run(job, all)
  local planned = {}
  for _, check in ipairs(all) do
    local one = plan(job, check)
    local few = formulas.too_few(job, check)
    if #one.missing > 0 or few then
      job.answers[check.code] = #one.missing > 0 and unknown(job, one) or few
      job.answers[check.code].tests = one.tests
    elseif check.without and job:has(check.without) then
      job.answers[check.code] = { units = {}, unknown = job.units,
        tests = one.tests, missing = {},
        note = { form = "says_nothing", field = { field = check.without } } }
    else
      planned[#planned + 1] = one
    end
  end
  local tests, whens, when_of, most_of = programs(job, planned)
  local answers, fault = native.records_test(job.kernel.table,
    { columns = job.columns, tests = tests, whens = whens, when_of = when_of,
      most_of = most_of, rows = job.kernel.rows })
  if not answers then error(job:error(fault), 0) end
  local next_answer = 0
  for _, one in ipairs(planned) do
    local own = {}
    for i = 1, #one.tests do own[i] = answers[next_answer + i] end
    next_answer = next_answer + #own
    job.answers[one.check.code] = finish(job, one, own)
  end
end

return formulas
