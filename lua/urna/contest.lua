local errors = require "urna.errors"
local files = require "urna.files"
local places = require "urna.places"
local sandbox = require "urna.sandbox"
local schema = require "urna.schema"

--- A contest: what is elected where by which rule, and which columns of the
--- data hold what. Plain data, beside the data or given.
local contest = {}

--- The fields of a record that have a standard name. A list's votes are not
--- fields.
contest.FIELDS = {
  "registered_voters", "voters_signed", "ballots_received", "ballots_unused",
  "ballots_in_box", "invalid_ballots", "blank_ballots", "valid_ballots",
  "valid_votes", "ballots_spoiled", "ballots_used", "postal_ballots",
  "requests_outside_station", "voters_added", "voters_admitted",
  "voters_by_card", "voters_by_proxy", "voters_outside_station",
}

--- What else a record may count, and what its form answers with 1 (yes) or 0
--- (no): for the checks.
contest.MARKS = {
  "control_sheet", "voters_outside_extract", "board_signatures",
  "voting_interrupted", "corrections", "correction_inserts", "open_bundles",
  "write_ins_open", "entry_rejected", "decisions", "difference_noted",
  "declared_equal", "declared_more", "declared_fewer", "declared_surplus",
  "declared_shortage", "difference_explained", "difference_unexplained",
  "recounted", "voting_cards", "ballots_accounted", "lists_modified",
  "lists_unmodified", "blank_answers", "blank_rows",
}

--- Texts of a record beside its keys: where it stands, when it came, of which
--- election and what it is, who sent and who typed it.
contest.LABELS = { "building", "reported_at", "election", "document", "sender",
  "clerk" }

local COUNT_STATUS = { "estimate", "preliminary", "summary", "overall",
  "final", "unstated" }

contest.ENCODINGS = { "utf-8", "cp1250", "cp1251", "iso-8859-2" }
contest.DELIMITERS = { ",", ";", "\t", "|" }
contest.THOUSANDS = { ".", ",", " ", "'" }

local text, names = schema.text, schema.map(schema.text)

local list = schema.record {
  key = text, column = { text }, name = { text }, names = { names },
  short = { text }, shorts = { names }, minority = { schema.boolean },
  colour = { text }, alliance = { text }, order = { schema.integer(1) },
  candidates = { schema.integer(1) }, page_column = { text },
}

-- Long data have, beside the fields, a column of lists and one of votes.
local function columns_shape()
  local fields = { list = { text }, votes = { text } }
  for _, names_ in ipairs { contest.FIELDS, contest.MARKS, contest.LABELS } do
    for _, name in ipairs(names_) do fields[name] = { text } end
  end
  return schema.record(fields)
end

-- Texts that a label may have.
local function allowed_shape()
  local fields = {}
  for _, name in ipairs(contest.LABELS) do
    fields[name] = { schema.array(text, 1) }
  end
  return schema.record(fields)
end

-- A column of voters so far, at an hour of the day.
local hour = schema.record { time = text, column = text }

local function pair(value, path)
  local message = schema.array(text)(value, path)
  if message then return message end
  if #value ~= 2 then
    return ("%s must be two keys of lists, not %d"):format(path, #value)
  end
end

-- One number, or, where a file holds many contests, one for each of them.
local one_number = schema.integer(1, 100000)
local many_numbers = schema.map(one_number)

local function seats(value, path)
  local one = type(value) ~= "table"
  return (one and one_number or many_numbers)(value, path)
end

-- What a check lets pass: a number, or a share of the greater side.
local tolerance = schema.either("a number, or { share = { 1, 100 } }",
  schema.integer(0), schema.record { share = schema.ratio })

local shape = schema.record {
  id = { text }, name = { text }, names = { names }, alias = { text },
  date = { schema.date }, seats = { seats },
  rule = { schema.either("a rule's id, a path or a table", text,
    function(value, path)
      if type(value) ~= "table" then return path end
    end) },
  keys = { schema.array(text) }, columns = { columns_shape() },
  ignored_columns = { schema.array(text) }, lists = { schema.array(list, 1) },
  units_expected = { schema.integer(1) },
  count_status = { schema.one_of(COUNT_STATUS) }, as_of = { text },
  sources = { schema.array(text) },
  encoding = { schema.one_of(contest.ENCODINGS) },
  delimiter = { schema.one_of(contest.DELIMITERS) },
  thousands = { schema.one_of(contest.THOUSANDS) },
  profile = { text }, notes = { text },
  excluded = { schema.array(pair) },
  tolerances = { schema.map(tolerance) },
  -- for the checks: columns that add up to a field, or to a list (its
  -- candidates), voters by the hour, and what is known of the form
  parts = { schema.map(schema.array(text, 1)) },
  hours = { schema.array(hour, 1) }, allowed = { allowed_shape() },
  lists_on_ballot = { schema.integer(1) },
  votes_per_ballot = { schema.integer(1, 100000) },
  null_codes = { schema.array(schema.integer(0), 1) }, sha256 = { text },
}

--- Whether a value is a tolerance, as `tolerances` has them by check.
---@param value any
---@param path string as the message calls it
---@return string? message what is wrong with it
function contest.tolerance(value, path)
  return tolerance(value, path)
end

local function repeated(lists, name)
  local seen = {}
  for i, item in ipairs(lists) do
    local value = item[name]
    if value and seen[value] then
      return ("contest.lists[%d].%s is %q, as is contest.lists[%d].%s"):format(
        i, name, value, seen[value], name)
    end
    if value then seen[value] = i end
  end
end

--- Check a contest.
---@param value table
---@param file string? where it stands
---@return table? contest the table itself
---@return urna.Error? err "bad_contest", naming the key
function contest.validate(value, file)
  local about = { code = "bad_contest", name = "contest", file = file }
  local found, err = schema.check(shape, value, about)
  if not found then return nil, err end
  local message = repeated(value.lists or {}, "key")
    or repeated(value.lists or {}, "column")
  if not message then return value end
  return nil, errors.new("bad_contest", { file = file, message = message })
end

-- A rule's file is looked for beside the contest first.
local function with_rule_beside(value, file)
  local rule = value.rule
  local is_relative = type(rule) == "string" and rule:find("%.lua$")
    and not rule:find("^[/\\]") and not rule:find("^%a:")
  local directory = file:match("^(.*[/\\])")
  if is_relative and directory and files.exists(directory .. rule) then
    value.rule = directory .. rule
  end
  return value
end

--- A contest from a file or a table, checked. A rule that is a relative path is
--- that beside the contest's file, if there is one.
---@param subject string|table path of a .lua or .json file, or the table
---@return table? contest
---@return urna.Error? err "bad_contest", "bad_json", "cannot_read" ...
function contest.load(subject)
  if type(subject) == "table" then return contest.validate(subject) end
  if type(subject) ~= "string" then
    error("a contest is a path or a table", 2)
  end
  local value, err = sandbox.data(subject)
  if value == nil then return nil, err end
  value, err = contest.validate(value, subject)
  if not value then return nil, err end
  return with_rule_beside(value, subject)
end

--- Lists by what may be said of them in a column of lists: the column's
--- heading first, then the key, then the name.
---@param lists table[] { key, column, name }
---@return table<string, integer> number of the list
function contest.by_label(lists)
  local number = {}
  for _, label in ipairs { "name", "key", "column" } do
    for i, one in ipairs(lists) do
      if one[label] then number[one[label]] = i end
    end
  end
  return number
end

--- The path of data without the endings that say its form.
---@param path string "a/b.csv.gz"
---@return string stem "a/b"
function contest.stem(path)
  local stem = path:gsub("%.gz$", "")
  return (stem:gsub("%.[ct]sv$", ""):gsub("%.txt$", ""))
end

--- The contest file beside the data, NAME.contest.lua or NAME.contest.json.
---@param path string of the data
---@return string? path of the contest file
---@return urna.Error? err "two_contests" where both stand there
function contest.beside(path)
  local stem, found = contest.stem(path), {}
  for _, ending in ipairs { ".contest.lua", ".contest.json" } do
    if files.exists(stem .. ending) then found[#found + 1] = stem .. ending end
  end
  if #found < 2 then return found[1] end
  return nil, errors.new("two_contests", { file = path, message =
    ("two contests stand beside it, %s and %s; say which with contest (or "
      .. "--contest), or remove one"):format(found[1], found[2]) })
end

--- The list of a contest by its key.
---@param lists table[]
---@param key string
---@return table? list
---@return integer? number
function contest.list(lists, key)
  for i, item in ipairs(lists) do
    if item.key == key then return item, i end
  end
end

--- The key of a contest that a name means, across scripts and case.
---@param keys string[]
---@param name string
---@return string? key
function contest.key(keys, name)
  for _, key in ipairs(keys) do
    if places.fold(key) == places.fold(name) then return key end
  end
end

return contest
