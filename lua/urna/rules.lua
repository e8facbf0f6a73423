local compat = require "urna.compat"
local divisors = require "urna.methods.divisors"
local errors = require "urna.errors"
local quotas = require "urna.methods.quotas"
local sandbox = require "urna.sandbox"
local schema = require "urna.schema"

--- The registry of countries' rules, and how a rule in force is found. A
--- country is one file under urna/rules and one line here.
local rules = {}

local COUNTRIES = {
  rs = "urna.rules.serbia",
}

local threshold = schema.record {
  step = schema.text, article = { schema.text }, note = { schema.text },
  share = schema.ratio,
  exempt = { schema.one_of { "minority" } },
  if_none_passes = { schema.one_of { "all_take_part" } },
  when_none_passes = { schema.text },
}

local weight = schema.record {
  step = schema.text, article = { schema.text }, note = { schema.text },
  factor = schema.ratio, lists = schema.one_of { "minority" },
  when = { schema.one_of { "below_threshold" } },
  when_none_passes = { schema.text },
}

-- What the core says of it, behind the key that it is in.
local function refusal(path, message)
  return ("%s: %s"):format(path, (message:gsub("^[^\n]-:%d+: ", "")))
end

-- Its parts the core checks.
local function ratio(value, path)
  local parts = schema.array(schema.integer(0))
  return parts(value, path) or #value ~= 2 and path or nil
end

local own_divisors = schema.record {
  divisors = schema.array(schema.either("a whole number or a ratio such as "
    .. "{ 7, 5 }", schema.integer(0), ratio)), ends = { schema.boolean } }

-- The divisors of one's own that the core takes.
local function listed(value, path)
  local message = own_divisors(value, path)
  if message then return message end
  local good, found = pcall(divisors.custom, value.divisors, value.ends)
  return not good and refusal(path, found) or nil
end

local one_of_divisors = schema.one_of(divisors.names())

-- A divisor method as urna.allocate takes it. A quota has its own steps, full
-- seats and remainders, which no rule has yet.
local function divisor(value, path)
  if type(value) == "table" then return listed(value, path) end
  local good, message = pcall(divisors.find, value)
  if good then return nil end
  if quotas.method(value) or value == "quota_method"
    or value == "balinski_young" then
    return ("%s is %q, which has a quota: a step of averages takes a divisor "
      .. "method, such as \"dhondt\", or { divisors = { ... } }"):format(path,
      value)
  end
  if tostring(value):find("^modified_sainte_lague_%d") then
    return refusal(path, message)
  end
  return one_of_divisors(value, path)
end

local averages = schema.record {
  step = schema.text, article = { schema.text }, note = { schema.text },
  divisor = divisor,
  tie = { schema.array(schema.one_of { "more_votes", "undecided", "lot" }) },
}

local CLAUSES = { threshold = threshold, weight = weight, averages = averages }

-- A clause is checked by the shape of the step that it names.
local function clause(value, path)
  if type(value) == "function" then return end
  if type(value) ~= "table" then
    return path .. " must be a step, as a table or a function"
  end
  local message = schema.one_of { "averages", "threshold", "weight" }(
    value.step, path .. ".step")
  return message or CLAUSES[value.step](value, path)
end

local consequence = schema.record {
  consequence = schema.text, article = { schema.text },
  note = { schema.text }, least = { schema.integer(0) },
}

local deadline = schema.record {
  hours = { schema.integer(1) }, days = { schema.integer(1) },
  months = { schema.integer(1) }, from = schema.text,
  article = { schema.text }, note = { schema.text },
}

local BASES = { "ballots_in_box", "registered_voters", "valid_ballots",
  "valid_votes", "voters_signed" }

local fields = schema.record({
  id = { schema.text }, since = schema.date,
  seats = { schema.integer(1, 100000) },
  base = schema.one_of(BASES), source = schema.text, note = { schema.text },
  majority = { schema.integer(1) },
  records = { schema.map(consequence) },
  deadlines = { schema.map(deadline) },
  polls_close = { schema.record { time = schema.text,
    article = { schema.text }, note = { schema.text } } },
}, true)

-- A step after a gap would be passed over in silence.
local function clauses(value, path)
  local numbered = 0
  for key in pairs(value) do
    numbered = numbered + (type(key) == "number" and 1 or 0)
  end
  local seen = 0
  for i, step in ipairs(value) do
    local message = clause(step, ("%s[%d]"):format(path, i))
    if message then return message end
    seen = i
  end
  if seen < numbered then return path .. " has a gap in its steps" end
end

-- Some step must give the seats: averages, or one of the user's own.
local function gives_seats(value, path)
  for _, step in ipairs(value) do
    if type(step) == "function" or step.step == "averages" then return end
  end
  return path .. " has no step that gives seats, such as { step = "
    .. "\"averages\", divisor = \"dhondt\" }"
end

local function edition(value, path)
  return fields(value, path) or clauses(value, path)
    or gives_seats(value, path)
end

-- Newest first, or the wrong law would be found without a word.
local function editions(value, path)
  local message = schema.array(edition, 1)(value, path)
  for i = 2, message and 0 or #value do
    if value[i].since >= value[i - 1].since then
      return ("%s[%d].since must be before %s: editions stand newest first")
        :format(path, i, value[i - 1].since)
    end
  end
  return message
end

local PLAIN = { country = true, name = true }

local function country_shape(value, path)
  if type(value) ~= "table" then return path .. " must be a table" end
  local bodies = {}
  for key, item in pairs(value) do
    if not PLAIN[key] then bodies[key] = item end
  end
  return schema.text(value.country, path .. ".country")
    or schema.text(value.name, path .. ".name")
    or schema.map(editions)(bodies, path)
end

local function bodies_of(country)
  local names = {}
  for _, key in ipairs(compat.keys(country)) do
    if not PLAIN[key] then names[#names + 1] = key end
  end
  return names
end

local function unknown(code, what, name, known)
  local near = errors.nearest(name, known)
  return errors.new(code, { message = ("no %s %q; there is %s%s"):format(what,
    name, table.concat(known, ", "),
    near and (": did you mean %q?"):format(near) or "") })
end

-- What a walk needs of an edition, with its id; the edition itself is shared.
local function in_force(country, body, found)
  local rule = { id = found.id or country.country .. "/" .. body,
    edition = found.since, country = country.country, body = body,
    name = country.name }
  for key, value in pairs(found) do
    if rule[key] == nil then rule[key] = value end
  end
  return rule
end

local function on_day(country, body, date)
  local list = country[body]
  for _, found in ipairs(list) do
    if found.since <= date then return in_force(country, body, found) end
  end
  local days = {}
  for _, found in ipairs(list) do days[#days + 1] = found.since end
  return nil, errors.new("unknown_date", { message = (
    "no edition of %s/%s is in force on %s; editions begin on %s"):format(
    country.country, body, date, table.concat(days, ", ")) })
end

local function no_body(code)
  local ids = {}
  for i, body in ipairs(bodies_of(require(COUNTRIES[code]))) do
    ids[i] = code .. "/" .. body
  end
  return errors.new("unknown_body", { text = code, message =
    ("%q is a country and names no body; there is %s"):format(code,
      table.concat(ids, ", ")) })
end

local function from_registry(id, date)
  local code, body = id:match("^([^/]+)/([^/]+)$")
  if COUNTRIES[id] then return nil, no_body(id) end
  if not code or not COUNTRIES[code] then
    return nil, unknown("unknown_country", "country", code or id,
      compat.keys(COUNTRIES))
  end
  local country = require(COUNTRIES[code])
  if not country[body] or PLAIN[body] then
    return nil, unknown("unknown_body", "body of " .. country.name, body,
      bodies_of(country))
  end
  if not date then
    return nil, errors.new("unknown_date",
      { message = schema.date(date, "the date") })
  end
  return on_day(country, body, date)
end

-- A user's own rule: a country's table needs a date and has one body, or an
-- edition stands alone.
local function from_table(own, date, file)
  local about = { code = "bad_rule", name = "rule", file = file }
  if own.country == nil then
    local value, err = schema.check(edition, own, about)
    if not value then return nil, err end
    return in_force({ country = "own", name = "own rule" }, "rule", value)
  end
  local country, err = schema.check(country_shape, own, about)
  if not country then return nil, err end
  local bodies = bodies_of(country)
  if #bodies ~= 1 then
    return nil, errors.new("bad_rule", { file = file, message = (
      "a rule of one's own has one body, not %d"):format(#bodies) })
  end
  return on_day(country, bodies[1], date or "9999-12-31")
end

local function is_path(text)
  return text:find("%.lua$") ~= nil
end

--- The rule in force on a day.
---@param subject string|table "rs/parliament", a path to a rule file, or a
--- rule as a table: a country with one body, or one edition
---@param date string? election day, "2024-06-02"; newest edition of a rule of
--- one's own if not said
---@return table? rule the edition with its id: plain data
---@return urna.Error? err "unknown_country", "unknown_body", "unknown_date",
--- or "bad_rule" that names the key
function rules.find(subject, date)
  local message = date ~= nil and schema.date(date, "the date")
  if message then
    return nil, errors.new("unknown_date", { message = message })
  end
  if type(subject) == "table" then return from_table(subject, date) end
  if type(subject) ~= "string" then
    error("a rule is an id, a path or a table", 2)
  end
  if not is_path(subject) then return from_registry(subject, date) end
  local own, err = sandbox.read(subject)
  if not own then return nil, err end
  if type(own) ~= "table" then
    return nil, errors.new("bad_rule",
      { file = subject, message = "a rule file must return a table" })
  end
  return from_table(own, date, subject)
end

--- Whether there is a country that a filter may name.
---@param filter { country: string? }
---@return true?
---@return urna.Error? err "unknown_country", with what there is
function rules.check(filter)
  if not filter.country or COUNTRIES[filter.country] then return true end
  return nil, unknown("unknown_country", "country", filter.country,
    compat.keys(COUNTRIES))
end

local function check_filter(filter)
  errors.check_options("rules", filter, { "country" }, 3)
  if filter.country ~= nil and type(filter.country) ~= "string" then
    error("rules: country must be a string", 3)
  end
  local done, err = rules.check(filter)
  if not done then error(tostring(err), 3) end
end

--- All editions of all rules.
--- Fails: raises for a country that has none, with what there is.
---@param filter { country: string? }?
---@return table[] rows { id, since, country, body, name, seats, source }
function rules.list(filter)
  filter = filter or {}
  check_filter(filter)
  local rows = {}
  for _, code in ipairs(compat.keys(COUNTRIES)) do
    local country = require(COUNTRIES[code])
    local wanted = code == (filter.country or code)
    for _, body in ipairs(wanted and bodies_of(country) or {}) do
      for _, found in ipairs(country[body]) do
        rows[#rows + 1] = { id = code .. "/" .. body, since = found.since,
          country = code, body = body, name = country.name,
          seats = found.seats, source = found.source }
      end
    end
  end
  return rows
end

--- Check a country's table as the registry's own are checked by their spec.
---@param country table
---@return table? country
---@return urna.Error? err "bad_rule", naming the key
function rules.validate(country)
  return schema.check(country_shape, country,
    { code = "bad_rule", name = "rule" })
end

return rules
