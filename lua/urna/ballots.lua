local compat = require "urna.compat"
local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local native = require "urna.native"
local papers = require "urna.readers.papers"

--- Ranked ballots as the papers say them: nothing is judged here. A rank is the
--- name of a candidate; a table of the names that share it, empty where a
--- source says that it is overvoted but not with whom; or false if it is
--- skipped. A candidate named twice stays named twice, and an empty paper is a
--- ballot. Laws differ on all of these, and the rule decides.
local ballots = {}

---@alias urna.Rank string|string[]|false

---@class urna.Ballots
---@field store urna.core.Ballots
---@field file string? where they were read from
---@field form string? "csv", "soc", "soi", "toc", "toi" or "blt"
---@field headings string[]? of a CSV
---@field seats integer? that a BLT file says are to be filled
---@field title string? of a BLT or PrefLib file
---@field source string? of a BLT file that says it
---@field comment string? the same
---@field sources table[]? { id, file, first, last, from, reached }: which bytes
--- of each file are its ballots
local Ballots = {}
Ballots.__index = Ballots

local function wrap(about)
  return setmetatable(about, Ballots)
end

--- How many there are; one may stand for several papers.
---@return integer
function Ballots:count()
  return self.store:count()
end

--- The sum of their weights.
---@return integer
function Ballots:papers()
  return self.store:papers()
end

--- In the order in which they were given, or met.
---@return { name: string, kind: "standing"|"write_in"|"withdrawn" }[]
function Ballots:candidates()
  return self.store:candidates()
end

local function names_of(self)
  local names = {}
  for i, candidate in ipairs(self.store:candidates()) do
    names[i] = candidate.name
  end
  return names
end

local function named(ranks, names)
  for i, rank in ipairs(ranks) do
    if type(rank) == "table" then
      for k, number in ipairs(rank) do rank[k] = names[number] end
    elseif rank then
      ranks[i] = names[rank]
    end
  end
  return ranks
end

--- What one ballot says.
--- Fails: raises if there is no such ballot.
---@param number integer from 1
---@return urna.Rank[] up to the last rank that is used
function Ballots:preferences(number)
  return named(self.store:preferences(number), names_of(self))
end

--- How many papers one ballot stands for.
---@param number integer from 1
---@return integer
function Ballots:weight(number)
  return self.store:weight(number)
end

--- All ballots in their order: `for weight, preferences in ballots:each() do`.
---@return fun(): integer?, urna.Rank[]?
function Ballots:each()
  local store, names, i = self.store, names_of(self), 0
  local count = store:count()
  return function()
    i = i + 1
    if i > count then return nil end
    return store:weight(i), named(store:preferences(i), names)
  end
end

--- Papers by the candidate that stands at their first rank, most votes first,
--- equals by name.
---@return { candidate: string, votes: integer }[]
---@return { skipped: integer, overvoted: integer, empty: integer } papers
--- whose first rank names nobody, though a later one does; several; and
--- papers that name nobody at all
function Ballots:first_preferences()
  local firsts, rows = self.store:firsts(), {}
  for i, name in ipairs(names_of(self)) do
    rows[i] = { candidate = name, votes = firsts.of[i] }
  end
  table.sort(rows, function(a, b)
    if a.votes ~= b.votes then return a.votes > b.votes end
    return compat.before(a.candidate, b.candidate)
  end)
  firsts.of, firsts.ballots = nil, nil
  return rows, firsts
end

--- All of other ballots behind these; candidates are told by their names.
---@param other urna.Ballots
---@return urna.Ballots? self
---@return urna.Error? err "too_many_ballots"
function Ballots:append(other)
  local done, fault = self.store:append(other.store)
  if not done then return nil, faults.error(fault) end
  return self
end

--- Ballots of what papers.read has found.
---@param found table
---@return urna.Ballots
function ballots.of(found)
  return wrap(found)
end

--- Read ranked ballots: CSV, PrefLib's soc, soi, toc and toi, or BLT; plain,
--- gzip or zstd. The form is what `form` says, else what the file's name ends
--- with (also before .gz and .zst), else what the text begins as. Every record
--- is checked; if one is refused, nothing is read. That is strict: a PrefLib
--- file that ranks alternative 6 of 5 is refused, though others read it.
---
--- A CSV is read block by block: no more is in memory than the ballots and a
--- block. Its columns of ranks are found where they are called rank 1, 1st
--- choice, choice 1, preference 1 and so on. The others are read whole, and
--- several of them are one only where their candidates are the same.
--- Fails: raises for a subject or an option of the wrong type.
---@param subject string|table a path, { path, path ... } of files with the
--- same headings, "-" for standard input, { text = ... } or { reader = ... }
---@param options { form: string?, progress: (fun(done: integer, total:
--- integer?): boolean?)?, ranks: string[]?, ranking: string?, separator:
--- string?, weight: string?, candidates: string[]?, overvote: string|string[]?,
--- skip: string|string[]?, write_in: string|string[]?, delimiter: string?,
--- encoding: string? }? form: csv, soc, soi, toc, toi or blt; ranks: the
--- columns, first to last; ranking: the one column that holds a list, such as
--- A,B,C, with the ranks between `separator`, one of comma (if not said),
--- > | ; and space, and equal ones as A=B or {A,B}; weight: the column with the
--- papers of each; candidates: others are refused; overvote, skip, write_in:
--- the words for them in place of the usual ones; progress: called between
--- blocks, gives up if it returns false
---@return urna.Ballots?
---@return urna.Error? err all refused records of a CSV up to 100 in `items`;
--- the first flaw of another form; "overflow": more than 2^53 - 1 papers; a
--- column that is not there; "no_rank_columns"; "forms_differ";
--- "contests_differ"; "repeated_file"; "cancelled"; "cannot_read"
function ballots.read(subject, options)
  local found, err = papers.read("ballots.read", subject, options or {}, 2)
  if not found then return nil, err end
  return wrap(found)
end

-- A value as a message shows it.
local function told(value)
  if type(value) == "string" then return ("%q"):format(value) end
  if type(value) == "number" then return ("%.14g"):format(value) end
  return "a " .. type(value)
end

local function candidate_number(made, name, where)
  if type(name) ~= "string" or name == "" then
    error(("%s: a candidate is a name, not %s"):format(where, told(name)),
      made.level + 3)
  end
  if made.numbers[name] then return made.numbers[name] end
  if made.is_closed then
    local near = errors.nearest(name, made.given)
    return nil, errors.new("unknown_candidate", { text = name, message =
      ("%s: %q is not one of the candidates%s"):format(where, name,
        near and (": did you mean %q?"):format(near) or "") })
  end
  local number, fault = made.store:candidate(name)
  if not number then return nil, faults.error(fault) end
  made.numbers[name] = number
  return number
end

local function numbered(made, rank, where)
  if rank == false then return rank end
  if type(rank) ~= "table" then
    local number, err = candidate_number(made, rank, where)
    return number, err -- no tail call: the caller is to be found
  end
  local numbers = {}
  for i, name in ipairs(rank) do
    local number, err = candidate_number(made, name, where)
    if not number then return nil, err end
    numbers[i] = number
  end
  return numbers
end

local function check_ballot(ballot, where, level)
  if type(ballot) ~= "table" then
    error(("%s must be { weight, { preferences } }, not %s"):format(where,
      told(ballot)), level + 1)
  end
  local weight, ranks = ballot[1], ballot[2]
  local is_count = type(weight) == "number" and weight >= 1
    and weight % 1 == 0 and weight <= 9007199254740991
  if not is_count then
    error(("%s: its weight must be a whole number from 1 to 2^53 - 1, not %s")
      :format(where, told(weight)), level + 1)
  elseif type(ranks) ~= "table" then
    error(("%s: its preferences must be an array behind the weight, not %s")
      :format(where, told(ranks)), level + 1)
  end
end

local function add(made, ballot, where)
  local ranks = {}
  for k, rank in ipairs(ballot[2]) do
    local number, err = numbered(made, rank, where)
    if number == nil then return nil, err end
    ranks[k] = number
  end
  local done, fault = made.store:add(ballot[1], ranks)
  if not done then return nil, faults.error(fault) end
  return made
end

--- Ballots from a table of { weight, { preferences } }, as each() gives them.
--- Fails: raises for what is no such table.
---@param rows { [1]: integer, [2]: urna.Rank[] }[]
---@param options { candidates: string[]? }? candidates: others are refused
---@param level integer? whom to blame, 2 if not said, which is who calls this
---@return urna.Ballots?
---@return urna.Error? err "unknown_candidate", "too_many_ballots"
function ballots.from(rows, options, level)
  options, level = options or {}, level or 2
  if type(rows) ~= "table" then
    error("ballots.from takes a table of { weight, { preferences } }", level)
  end
  errors.check_options("ballots.from", options, { "candidates" }, level)
  errors.check_types("ballots.from", options, { candidates = "table" }, level)
  local made = { store = native.ballots(), numbers = {}, level = level,
    given = options.candidates or {}, is_closed = options.candidates ~= nil }
  for _, name in ipairs(made.given) do
    if type(name) ~= "string" or name == "" then
      error("ballots.from: candidates are names, not " .. told(name), level)
    end
    made.numbers[name] = made.store:candidate(name)
  end
  for i, ballot in ipairs(rows) do
    local where = ("ballot %d"):format(i)
    check_ballot(ballot, where, level)
    local done, err = add(made, ballot, where)
    if not done then return nil, err end
  end
  return wrap({ store = made.store })
end

return ballots
