local ballots = require "urna.ballots"
local errors = require "urna.errors"
local findings = require "urna.tally.findings"
local forms = require "urna.readers.forms"
local native = require "urna.native"
local papers = require "urna.readers.papers"
local ranked_csv = require "urna.readers.ranked"

--- The tally of ranked ballots: papers by the candidate at their first rank.
local ranked = {}

-- Options that say that the subject is ranked ballots.
local TELLING = { "candidates", "form", "overvote", "ranking", "ranks",
  "separator", "skip", "weight", "write_in" }

-- Those of other tallies that are of use here too; one thread is at work.
local SHARED = { "count", "threads" }

-- Those that make no sense of ballots, and why.
local SENSELESS = {
  by = "they are counted by candidate", sum = "their papers are summed",
  where = "every paper counts", check = "a paper has no sums to check",
  unit = "a paper has no unit", contest = "their files name the candidates",
  range = "they are counted from their first to their last",
  cells = "there is a group for each candidate",
  chunk = "they are read in order",
}

local function first_name(subject)
  if type(subject) == "string" then return subject end
  local first = type(subject) == "table" and (subject.name or subject[1])
  return type(first) == "string" and first or nil
end

--- Whether options or the name of the first file say that these are ranked
--- ballots.
---@param subject string|table
---@param options table
---@return boolean
function ranked.is_asked(subject, options)
  if type(options) ~= "table" then return false end
  for _, name in ipairs(TELLING) do
    if options[name] ~= nil then return true end
  end
  local name = first_name(subject)
  local form = name and forms.by_name(name)
  return form ~= nil and form ~= "csv"
end

local function is_plain(options)
  for name in pairs(SENSELESS) do
    if options[name] ~= nil then return false end
  end
  return true
end

--- Whether inputs of which nothing else is asked are ranked ballots: their text
--- begins as such, or there are columns of ranks.
---@param parts table[] { tape, headings }
---@param options table
---@return boolean
function ranked.looks_so(parts, options)
  if not is_plain(options) then return false end
  local head = native.tape_beginning(parts[1].tape, 4096)
  if head and forms.by_beginning(head) then return true end
  return ranked_csv.has_ranks(parts[1].headings)
end

local function check_sense(options, level)
  local names = {}
  for name in pairs(SENSELESS) do
    if options[name] ~= nil then names[#names + 1] = name end
  end
  table.sort(names)
  if #names == 0 then return end
  error(("tally: %s is not for ranked ballots: %s"):format(names[1],
    SENSELESS[names[1]]), level + 1)
end

-- Candidates at the first rank of some paper or of none, each a group.
local function groups_of(store, firsts)
  local groups = {}
  for i, candidate in ipairs(store:candidates()) do
    groups[i] = { keys = { candidate.name }, records = firsts.ballots[i],
      digits = { votes = ("%d"):format(firsts.of[i]) }, missing = {} }
  end
  return groups
end

local function lookalikes(store)
  local names = {}
  for i, candidate in ipairs(store:candidates()) do
    names[i] = candidate.name
  end
  return findings.lookalikes({ "candidate" }, function() return names end)
end

local function refuse_save(self)
  return nil, errors.new("not_partial", { file = self.file, message =
    "first preferences of ranked ballots cannot be kept as a partial tally, "
    .. "which has no place for the papers without one; count the files "
    .. "together" })
end

local function wrap(found, options, from_parts)
  local store = found.store
  local firsts = store:firsts()
  local made = from_parts { by = { "candidate" }, sums = { "votes" },
    headings = found.headings or {}, sources = found.sources,
    groups = groups_of(store, firsts), records = store:count() }
  made.ballots = ballots.of(found)
  made.first = { skipped = firsts.skipped, overvoted = firsts.overvoted,
    empty = firsts.empty }
  made.counts_records = options.count and true or false
  made.lookalikes, made.unmatched = lookalikes(store), {}
  made.save = refuse_save
  return made
end

-- The options as the reading of ballots has them.
local function reading(options)
  local passed = {}
  for name, value in pairs(options) do passed[name] = value end
  for _, name in ipairs(SHARED) do passed[name] = nil end
  return passed
end

--- The first preferences of a subject.
--- Fails: raises for a subject or an option of the wrong type, and for one that
--- makes no sense of ballots.
---@param subject string|table
---@param options table see tally.run
---@param from_parts fun(parts: table): urna.Tally
---@return urna.Tally?
---@return urna.Error? err as of ballots.read
function ranked.run(subject, options, from_parts)
  check_sense(options, 3)
  local found, err = papers.read("tally", subject, reading(options), 3)
  if not found then return nil, err end
  return wrap(found, options, from_parts)
end

--- The same of inputs that are open, and stay so.
---@param parts table[] { tape, file }
---@param options table
---@param from_parts fun(parts: table): urna.Tally
---@return urna.Tally?
---@return urna.Error?
function ranked.of_parts(parts, options, from_parts)
  local passed = reading(options)
  papers.check("tally", passed, 3)
  local found, err = papers.of_parts("tally", parts, passed, 3)
  if not found then return nil, err end
  return wrap(found, options, from_parts)
end

return ranked
