local errors = require "urna.errors"
local given = require "urna.cli.given"
local subject = require "urna.subject"
local urna = require "urna"

--- Votes typed on the command line: LIST=VOTES, with :minority or :ordinary
--- behind where it matters. An election named before them lends its rule, day,
--- seats, names and what is known of each list.
local typed = {}

local STANDINGS = { minority = true, ordinary = false }

local function parse(word)
  local key, rest = word:match("^([^=]+)=(.*)$")
  if not key then return nil end
  local digits, standing = rest:match("^(%d+):?(%a*)$")
  local votes = digits and tonumber(digits)
  if not votes or votes > 9007199254740991
    or standing ~= "" and STANDINGS[standing] == nil then
    error(("%q is not LIST=VOTES, with votes as digits and :minority or "
      .. ":ordinary behind them if need be"):format(word), 0)
  end
  return { key = key, votes = votes, minority = STANDINGS[standing] }
end

--- The typed votes among the words of the command line.
---@param words string[] maybe a subject first
---@return table[]? votes nil if there are none
function typed.votes(words)
  local votes, seen = {}, {}
  for i, word in ipairs(words) do
    local vote = parse(word)
    if vote and seen[vote.key] then
      error(("%s is given twice"):format(vote.key), 0)
    elseif vote then
      seen[vote.key] = true
      votes[#votes + 1] = vote
    elseif i > 1 then
      error(("%q is not LIST=VOTES"):format(word), 0)
    end
  end
  return #votes > 0 and votes or nil
end

--- A published table of seats as it is typed, "SNS=64,KP=21".
---@param text string
---@return table<string, integer>? claim
---@return string? expected
function typed.claim(text)
  local claim = {}
  for word in (text .. ","):gmatch("([^,]*),") do
    local key, digits = word:match("^([^=]+)=(.*)$")
    if not key then
      return nil, ("LIST=SEATS,... (%q is none)"):format(word)
    elseif not digits:find("^%d%d?%d?%d?%d?%d?$") then
      return nil, ("LIST=SEATS,... (%s needs a number of seats)"):format(key)
    elseif claim[key] then
      return nil, ("LIST=SEATS,... (%s is given twice)"):format(key)
    end
    claim[key] = tonumber(digits)
  end
  return claim
end

local LENT = { "name", "names", "short", "shorts", "colour", "candidates" }

-- What the election knows of a list and the typed votes do not say.
local function lend(vote, known)
  if not known then return end
  for _, name in ipairs(LENT) do vote[name] = known[name] end
  if vote.minority == nil then vote.minority = known.minority end
end

local function lend_all(votes, lists)
  local by_key = {}
  for _, list in ipairs(lists) do by_key[list.key] = list end
  for _, vote in ipairs(votes) do lend(vote, by_key[vote.key]) end
end

local CONTEST = { "id", "name", "names", "date", "rule", "seats" }

local function contest_of(results, votes)
  local contest = { lists = votes, count_status = "unstated" }
  for _, name in ipairs(CONTEST) do
    contest[name] = results and results.contest[name]
  end
  return contest
end

local function others(options)
  if options.others ~= "below" then return nil end
  return { why = "said to be below the threshold" }
end

--- The outcome of typed votes.
---@param votes table[]
---@param first string the first word: a subject, or a vote itself
---@param options table of the command line
---@return table? outcome
---@return urna.Error? err
function typed.apportion(votes, first, options)
  local results, err
  if not first:find("=", 1, true) then
    results, err = subject.election(first)
    if not results then return nil, err end
    lend_all(votes, results.lists)
  end
  if options.each or options.where then
    return nil, errors.new("no_records",
      { message = "typed votes are totals: --each and --where need records" })
  end
  return urna.apportion(votes, { contest = contest_of(results, votes),
    rule = options.rule, date = options.date, seats = options.seats,
    others = others(options), lots = options.lot,
    thresholds = given.or_none(options.threshold),
    claim = options.claim,
    fields = { ballots_in_box = options.ballots_in_box,
      voters_signed = options.signed,
      registered_voters = options.registered } })
end

return typed
