local columns = require "urna.cli.columns"
local csv = require "urna.writers.csv"
local given = require "urna.cli.given"
local json = require "urna.writers.json"
local progress = require "urna.cli.progress"
local subjects = require "urna.subject"
local tallies = require "urna.cli.tally"
local typed = require "urna.cli.typed"
local urna = require "urna"

--- What each verb of the command line does: takes words, options and the
--- streams; returns an exit status, or nil and an error.
local acts = {}

-- Verbs that have files of their own: verb -> file and function, loaded when
-- it is asked for, since some load much of urna.
local ELSEWHERE = {
  annul = { "annul", "act" }, coalitions = { "coalitions", "act" },
  compare = { "compare", "run" }, deadlines = { "deadlines", "run" },
  disputes = { "incidents", "disputes" },
  incidents = { "incidents", "run" }, margins = { "margins", "act" },
  reconcile = { "reconcile", "run" },
  scenario = { "scenario", "act" }, turnout = { "turnout", "run" },
}

local DONE, FOUND = 0, 1

local need_one, write = given.one, given.write
local first_values = given.first_values

-- Several words that are files are one subject. A word without "=" may be a
-- file that is missing, which the reading says better.
local function files_of(words)
  if #words < 2 or not subjects.is_file(words[1]) then return nil end
  for _, word in ipairs(words) do
    if word:find("=", 1, true) and not subjects.is_file(word) then
      return nil
    end
  end
  return words
end

local function need_subject(words, what)
  return files_of(words) or need_one(words, what or "one subject")
end

-- A line ends; what is printed on a screen ends with one.
local function ended(text)
  return text:sub(-1) == "\n" and text or text .. "\n"
end

local PASSED = { "as_of", "bad", "compare", "contest", "count_status", "date",
  "delimiter", "each", "encoding", "format", "language", "profile", "rule",
  "seats", "template", "thousands", "total_rows", "unit" }

-- The options of urna.report from those of the command line.
local function for_report(options)
  local passed = given.some(options, PASSED)
  passed.excluded, passed.lots = options.exclude, options.lot
  passed.thresholds = given.or_none(options.threshold)
  passed.where = first_values(options.where)
  return passed
end

local function colour(options, io_)
  local when = options.colour or "auto"
  if when ~= "auto" then return when == "always" end
  local native = require "urna.native"
  return io_ == io and not options.output and native.is_terminal(1)
    and not os.getenv("NO_COLOR")
end

-- Records that are kept out or still to come are findings too.
local function is_whole(outcome)
  local units = outcome.units
  return units.bad == 0 and not outcome.contest.partial
    and not (units.reported and units.expected
    and units.reported < units.expected)
end

local function status_of(outcome)
  return outcome.decision == "decided" and is_whole(outcome) and DONE or FOUND
end

-- For many contests: done if every one is.
local function status_of_rows(rows)
  for _, row in ipairs(rows) do
    if not row.outcome or status_of(row.outcome) ~= DONE then return FOUND end
  end
  return DONE
end

local function report_each(report, subject, passed, options, io_)
  local rows, err = report.contests(subject, passed)
  if not rows then return nil, err end
  local text
  text, err = require "urna.reports".each(rows,
    { format = passed.format, language = passed.language })
  if not text then return nil, err end
  local done
  done, err = write(ended(text), options, io_)
  return done and status_of_rows(rows), err
end

-- Answers of other verbs, if any are asked for.
local function answers(outcome, results, options, io_)
  local asked = require "urna.cli.asked"
  if not asked.any(options) then return nil end
  return asked.answers(outcome, results, options, io_)
end

--- urna report SUBJECT|FILE ...
function acts.report(words, options, io_)
  local subject = need_subject(words)
  local report = require "urna.report"
  local passed = for_report(options)
  if options.each then
    if require "urna.cli.asked".any(options) then
      error("--each gives a row for each contest: it takes no other answers", 0)
    end
    return report_each(report, subject, passed, options, io_)
  end
  passed.colour = colour(options, io_) or nil
  local outcome, err, results = report.outcome(subject, passed)
  if not outcome then return nil, err end
  passed.answers, err = answers(outcome, results, options, io_)
  if err then return nil, err end
  local text
  text, err = report.render(outcome, results, passed)
  if not text then return nil, err end
  local done
  done, err = write(ended(text), options, io_)
  return done and status_of(outcome), err
end

local function seats_of(outcome)
  local seats = {}
  for _, list in ipairs(outcome.lists) do
    if not list.others and list.seats then
      seats[#seats + 1] = ("%d"):format(list.seats)
    end
  end
  return ("%s of %d"):format(table.concat(seats, " "), outcome.seats)
end

-- What is open comes first. Beside a tie the other seats are certain.
local function open_text(outcome)
  local said = {}
  for i, open in ipairs(outcome.open) do
    said[i] = (open.code == "lot" and "a lot is required: " or "undecided: ")
      .. open.message
  end
  local only = #outcome.open == 1 and outcome.open[1].code
  if only == "tie" or only == "lot" then
    said[#said + 1] = "certain are " .. seats_of(outcome)
  end
  return table.concat(said, "; ")
end

-- A list below the threshold has seats only where no list passed it.
local function threshold_text(outcome)
  for _, list in ipairs(outcome.lists) do
    local threshold = list.threshold or {}
    if threshold.result == "failed" and (list.seats or 0) > 0 then
      return ("; no list passed the threshold, so all take part%s"):format(
        threshold.article and (" (art. %s)"):format(threshold.article) or "")
    end
  end
  return ""
end

local function lots_text(outcome)
  local texts = {}
  for i, lot in ipairs(outcome.lots or {}) do
    texts[i] = ("; by lot: %s of %s"):format(table.concat(lot.drawn, ", "),
      table.concat(lot.tied, ", "))
  end
  return table.concat(texts)
end

local function shares_text(shares)
  local texts = {}
  for i, share in ipairs(shares or {}) do
    texts[i] = ("%d/%d"):format(share[1], share[2])
  end
  return #texts > 0 and table.concat(texts, ", ") or "none"
end

local function changed_text(outcome)
  local changed = outcome.rule.changed
  if not changed then return "" end
  local text = ("; not by the law: threshold %s instead of %s"):format(
    shares_text(changed.thresholds), shares_text(changed.instead_of))
  for _, remark in ipairs(outcome.remarks) do
    if remark.code == "others_left_out" then
      text = text .. ", and none of the other lists takes part"
    end
  end
  return text
end

local function units_text(outcome)
  if is_whole(outcome) then return "" end
  local units, partial = outcome.units, outcome.contest.partial or {}
  local text = units.reported and units.expected
    and ("; %d of %d records counted"):format(units.reported, units.expected)
    or partial.share_of_stations
    and ("; %s %% of stations counted"):format(partial.share_of_stations)
    or "; a partial count"
  if units.bad == 0 then return text end
  return ("%s, %d kept out"):format(text, units.bad)
end

local function seats_text(outcome)
  local seats = #outcome.open > 0 and open_text(outcome) or seats_of(outcome)
  return seats .. lots_text(outcome) .. threshold_text(outcome)
    .. changed_text(outcome) .. units_text(outcome)
end

local function claim_text(outcome)
  local claim = outcome.claim
  if not claim then return "" end
  local giver = outcome.rule.changed and "this threshold" or "the law"
  local parts = { claim.adds_up
    and ("the claim adds up to %d"):format(outcome.seats)
    or ("the claim adds up to %d"):format(claim.sum) }
  local differences = {}
  for i, row in ipairs(claim.differences) do
    differences[i] = ("%s %d where %s gives %d"):format(row.list,
      row.claimed, giver, row.seats)
  end
  for _, key in ipairs(claim.unknown) do
    differences[#differences + 1] = key .. " is not among the lists"
  end
  parts[#parts + 1] = #differences > 0 and table.concat(differences, ", ")
    or nil
  local agrees = #differences == 0 and claim.is_checked
  local middle = agrees and " and agrees with " .. giver or ""
  return "; " .. table.concat(parts, ": ") .. middle
end

local SEATS = {
  text = function(outcome)
    return seats_text(outcome) .. claim_text(outcome)
  end,
  csv = function(outcome)
    return urna.report(outcome, { format = "csv" })
  end,
  json = function(outcome)
    return urna.report(outcome, { format = "json" })
  end,
}

local function seats_outcome(words, options)
  local passed = for_report(options)
  passed.format = nil
  local votes = not files_of(words) and typed.votes(words)
  if votes then return typed.apportion(votes, words[1], options) end
  local report = require "urna.report"
  passed.claim = options.claim
  return report.outcome(need_subject(words, "a subject or LIST=VOTES"),
    passed)
end

--- urna seats [SUBJECT] [LIST=VOTES ...] | FILE ...
function acts.seats(words, options, io_)
  if options.each then return acts.report(words, options, io_) end
  local outcome, err = seats_outcome(words, options)
  if not outcome then return nil, err end
  if not options.claim then outcome.claim = nil end
  local text, done
  text, err = SEATS[options.format or "text"](outcome)
  if not text then return nil, err end
  done, err = write(ended(text), options, io_)
  if not done then return nil, err end
  local claim = outcome.claim
  local differs = claim and (not claim.adds_up or #claim.differences > 0
    or #claim.unknown > 0)
  return differs and FOUND or status_of(outcome)
end

--- urna check SUBJECT|FILE ...
function acts.check(words, options, io_)
  return require("urna.cli.check").run(need_subject(words), options,
    for_report(options), io_)
end

--- urna explain SUBJECT|FILE ... --seat N | --list KEY | --total FIELD
function acts.explain(words, options, io_)
  local report = require "urna.report"
  local subject = need_subject(words)
  local what = { list = options.list, total = options.total }
  if options.seat then what.seat, options.seat = options.seat, nil end
  if not (what.seat or what.list or what.total) then
    error("say what to explain: --seat N, --list KEY or --total FIELD", 0)
  end
  local outcome, err = report.outcome(subject, for_report(options))
  if not outcome then return nil, err end
  local text
  text, err = urna.explain(outcome, what)
  if not text then return nil, err end
  io_.stdout:write(tostring(text), "\n")
  return DONE
end

local LISTING = {
  text = function(rows, header) return columns.text(rows, #header) end,
  csv = function(rows, header) return csv.encode(rows, header) end,
  json = function(rows, header)
    local named = {}
    for i, row in ipairs(rows) do
      named[i] = {}
      for j, name in ipairs(header) do named[i][name] = row[j] end
    end
    return json.encode(named, { indent = 2 }) .. "\n"
  end,
}

local function list(rows, header, options, io_)
  local cells = {}
  for i, row in ipairs(rows) do
    cells[i] = {}
    for j, name in ipairs(header) do cells[i][j] = row[name] end
  end
  io_.stdout:write(LISTING[options.format or "text"](cells, header))
  return DONE
end

local function byte_range(text)
  if not text then return nil end
  local from, to = text:match("^(%d+)%-(%d+)$")
  if not from then error("--range is two byte numbers, such as 0-1000", 0) end
  return { tonumber(from), tonumber(to) }
end

--- urna merge FILE ...
function acts.merge(words, options, io_)
  if #words == 0 then error("partial tallies are expected", 0) end
  local found, err = urna.merge(words)
  if not found then return nil, err end
  return tallies.give(found, options, io_)
end

-- The options of urna.tally that are those of the command line.
local TALLYING = { "by", "cells", "check", "contest", "count", "delimiter",
  "encoding", "fingerprint", "form", "ranking", "ranks", "sum", "threads",
  "unit", "weight", "where" }

local function for_tally(options)
  local passed = given.some(options, TALLYING)
  passed.range = byte_range(options.range)
  return passed
end

-- The tally, with its progress shown meanwhile; whatever happens to it, the
-- terminal is left as it was.
local function count_shown(subject, passed, options, io_)
  if not options.progress then return urna.tally(subject, passed) end
  local shown = progress.of(io_)
  passed.progress = progress.teller(shown)
  local done, found, err = pcall(urna.tally, subject, passed)
  shown:finish()
  if not done then error(found, 0) end
  return found, err
end

--- urna tally FILE ... --by COLUMNS --sum COLUMNS
function acts.tally(words, options, io_)
  if #words == 0 then error("a file is expected, or several", 0) end
  local found, err = count_shown(#words == 1 and words[1] or words,
    for_tally(options), options, io_)
  if not found then return nil, err end
  return tallies.give(found, options, io_)
end

local function need_none(words)
  if #words > 0 then error(("no %q is expected"):format(words[1]), 0) end
end

--- urna elections
function acts.elections(words, options, io_)
  need_none(words)
  local filter = { country = options.country, body = options.body,
    partial = options.partial }
  local done, err = require "urna.elections".check(filter)
  if not done then return nil, err end
  return list(urna.elections(filter),
    options.partial and { "id", "of", "name" } or { "alias", "id", "name" },
    options, io_)
end

--- urna rules
function acts.rules(words, options, io_)
  need_none(words)
  local filter = { country = options.country }
  local done, err = require "urna.rules".check(filter)
  if not done then return nil, err end
  return list(urna.rules(filter), { "id", "since", "seats", "source" },
    options, io_)
end

--- urna init FILE
function acts.init(words, options, io_)
  local data = need_one(words, "one file")
  if data == "-" then
    error("init needs a file, to write a contest beside it", 0)
  end
  local path, err = urna.init(data,
    { encoding = options.encoding, delimiter = options.delimiter })
  if not path then return nil, err end
  io_.stdout:write(path, "\n")
  return DONE
end

return setmetatable(acts, {
  __index = function(_, verb)
    local place = ELSEWHERE[verb]
    return place and require("urna.cli." .. place[1])[place[2]]
  end,
})
