local comparison = require "urna.cli.compare"
local ratios = require "urna.cli.ratios"
local reconciliation = require "urna.cli.reconcile"
local schema = require "urna.schema"
local typed = require "urna.cli.typed"

-- The verbs of the command line: what each takes, in the order of the help.
-- Rows of options are shared; see cli/options.lua for their form.
local format = { name = "format", value = "FORMAT", help = "form" }

local function formats(...)
  return { name = format.name, value = format.value, help = format.help,
    choices = { ... } }
end

local language = { name = "language", value = "LANG", help = "of the report",
  choices = { "en", "sr-Latn", "sr-Cyrl" } }

-- The forms of an answer that has a section in the report, and others of its
-- own.
local function reported(...)
  return { formats("text", "md", "html", "csv", "json", ...), language }
end

local output = { name = "output", value = "FILE",
  help = "write there instead of to standard output" }

local failure = { name = "errors", value = "FORM", help = "errors as",
  choices = { "text", "json" } }

local help = { name = "help", help = "this text" }

local rule = {
  { name = "rule", value = "RULE",
    help = "a rule's id (rs/parliament) or a file; else the contest's" },
  { name = "date", value = "DATE", help = "election day, 2024-06-02" },
  { name = "seats", value = "N", help = "seats to fill", number = true },
}

-- What the law leaves to a lot, and what is not by the law.
local amended = {
  { name = "lot", value = "LIST,LIST", list = true, many = true,
    help = "those drawn at a tie, where the law orders a lot; in order" },
  { name = "threshold", value = "NUM/DEN", check = ratios.read_or_none,
    help = "not by the law: another threshold, or none" },
}

local contest = { name = "contest", value = "FILE",
  help = "the contest; else NAME.contest.lua or .json beside the data" }

local encoding = { name = "encoding", value = "NAME", help = "of the data",
  choices = { "utf-8", "cp1250", "cp1251", "iso-8859-2" } }

local delimiter = { name = "delimiter", value = "CHAR",
  help = "else found by itself: , ; | or tab",
  spelled = { tab = "\t", ["\\t"] = "\t" } }

-- "2024-06-02", or with a time behind it: "2024-06-02T21:45:00Z".
local function date_or_time(text)
  local date, time = text:match("^([%d%-]+)(.*)$")
  local hour, minute, rest = (time or ""):match("^T(%d%d):(%d%d)(.*)$")
  local second = (rest or ""):match("^:(%d%d)Z?$")
    or (rest == "" or rest == "Z") and "00"
  local is_time = time == "" or hour and second and hour < "24"
    and minute < "60" and second < "60"
  if date and is_time and not schema.date(date, "") then return text end
  return nil, "a date or a time, 2024-06-02 or 2024-06-02T21:45"
end

local function time_of_day(text)
  local hour, minute = text:match("^(%d%d?):(%d%d)$")
  if hour and tonumber(hour) < 24 and minute < "60" then
    return ("%02d:%s"):format(tonumber(hour), minute)
  end
  return nil, "a time of the day, 19:00"
end

-- A decimal number from 1, of digits and a point whatever the locale is.
local function effect(text)
  local whole, rest = text:match("^(%d+)%.?(%d*)$")
  local value = whole and #text <= 12
    and tonumber(whole .. rest) / 10 ^ #rest
  if value and value >= 1 then return value end
  return nil, "a number from 1, such as 1.5"
end

local where = { name = "where", value = "KEY=VALUE", map = true, many = true,
  help = "only units with this key; VALUE,VALUE for several" }

local reading = {
  contest, { name = "profile", value = "NAME",
    help = "a source's headings (rs-rik)" },
  encoding, delimiter,
  { name = "thousands", value = "CHAR",
    help = "the mark between thousands, if there is one" },
  { name = "unit", value = "COLUMNS", help = "key columns, the widest first",
    list = true },
  where, { name = "bad", value = "HOW", help = "bad rows",
    choices = { "refuse", "keep" } },
  { name = "total-rows", value = "HOW", help = "rows of sums",
    choices = { "refuse", "verify", "keep" } },
}

-- For what takes no --where: without it a source could be read as a part.
local reading_all = {}
for _, row in ipairs(reading) do
  if row ~= where then reading_all[#reading_all + 1] = row end
end

local each = { name = "each", value = "COLUMN",
  help = "a row for each contest: each value of this key column" }

local exclude = { name = "exclude", value = "LIST,LIST", list = true,
  many = true, help = "two lists that may not govern together" }

local function rows(...)
  local all = {}
  for _, part in ipairs { ... } do
    if part.name then
      all[#all + 1] = part
    else
      for _, row in ipairs(part) do all[#all + 1] = row end
    end
  end
  all[#all + 1] = failure
  all[#all + 1] = help
  return all
end

return {
  { name = "report", words = "SUBJECT | FILE ...",
    help = "the report of an election or of a file of records",
    more = "--with takes check, coalitions, compare (with --compare), "
      .. "deadlines, fewest,\nmargins, materiality and turnout: each the "
      .. "section that the verb of that name has;\nfewest and materiality are "
      .. "of urna annul.",
    options = rows(formats("text", "md", "html", "json", "csv"), language,
      { name = "compare", value = "ELECTION",
        help = "an earlier election, by equal list keys" },
      { name = "with", value = "WHAT,WHAT", list = true,
        help = "sections of other verbs, see above" },
      { name = "source", value = "NAME",
        help = "--with turnout: whose series, GIK or CRTA" },
      { name = "annul", value = "PLACE", many = true,
        help = "the result without these stations" },
      { name = "revote", help = "--annul: and what a repeat could do" },
      { name = "reconcile", value = "SOURCE", many = true,
        help = "another source of this election" },
      { name = "scenarios", value = "FILE",
        help = "an array of scenarios, in Lua or JSON" },
      { name = "incidents", value = "FILE", help = "observers' reports" },
      { name = "disputes", value = "FILE", help = "requests and decisions" },
      { name = "template", value = "FILE", help = "a template of your own" },
      output, each, exclude,
      { name = "as-of", value = "TIME", check = date_or_time,
        help = "the time the count is of, 2024-06-02T21:45" },
      { name = "count-status", value = "STATUS", help = "of the count",
        choices = { "estimate", "preliminary", "summary", "overall", "final",
          "unstated" } },
      { name = "colour", value = "WHEN", help = "in text",
        choices = { "auto", "always", "never" } }, rule, amended, reading) },
  { name = "seats",
    words = "[SUBJECT] [LIST=VOTES[:minority] ...] | FILE ...",
    help = "the seats, of a subject or of votes typed here",
    more = "Votes are typed as LIST=VOTES; :minority behind them says that the "
      .. "list is\none of a national minority, :ordinary that it is not.",
    options = rows(formats("text", "csv", "json"), rule, amended,
      { name = "ballots-in-box", value = "N", help = "typed votes: the base",
        number = true },
      { name = "signed", value = "N", help = "typed votes: signatures",
        number = true },
      { name = "registered", value = "N", number = true,
        help = "typed votes: registered voters" },
      { name = "others", value = "below", choices = { "below" },
        help = "typed votes: lists left out are below the threshold" },
      { name = "claim", value = "LIST=N,...", check = typed.claim,
        help = "a published table of seats, to be checked" },
      each, output, reading) },
  { name = "check", words = "SUBJECT | FILE ...",
    help = "do the records hold: each check, its count and what follows",
    more = "Under a check that fired stand the first ten records it fired on; "
      .. "the form\nfindings is CSV with a row for each of them, sarif is "
      .. "SARIF 2.1.0, quickfix is for\neditors. Exit status 1: something "
      .. "more than a note was found.",
    options = rows(reported("findings", "sarif", "quickfix"),
      { name = "all", help = "in text all records a check fired on" },
      { name = "previous", value = "FILE",
        help = "records of an election before, for jumps" },
      { name = "same-day", value = "FILE", many = true,
        help = "records of another contest of the day; any number" },
      { name = "earlier", value = "FILE", many = true,
        help = "these records as they were before, the oldest first" },
      { name = "second", value = "FILE",
        help = "these records typed a second time" },
      { name = "observer", value = "FILE", many = true,
        help = "an observer's copy of the records; any number" },
      { name = "expected", value = "FILE",
        help = "the stations there must be: a key path on each line" },
      { name = "claim", value = "LIST=N,...", check = typed.claim,
        help = "a published table of seats, to be checked" },
      { name = "tolerance", value = "CODE=N", map = true, many = true,
        help = "let N pass, or a share: T10=2, T13=1/100, W02=6/100" },
      { name = "extra", value = "EXPR", many = true,
        help = "a check of your own, must hold; U1, U2 ... in order" },
      output, rule, reading) },
  { name = "tally", words = "FILE ...",
    help = "sums of count columns by key columns, of files of any size",
    more = "Checks that fail and units that stand twice are named below a "
      .. "table, as members\nof JSON, else on standard error, and leave exit "
      .. "status 1. Names that look alike\nand values of --where that no "
      .. "record has are warnings: status 0.\n\n"
      .. "Of ranked ballots it counts the first preferences. They are told by "
      .. "the file's\nname (.soc .soi .toc .toi .blt, also before .gz and "
      .. ".zst), by how the text\nbegins, by columns called rank1, rank2 ..., "
      .. "or by --form, --ranks or --ranking.",
    options = rows(formats("csv", "table", "json"),
      { name = "by", value = "COLUMNS", list = true,
        help = "the key columns; without them everything is one sum" },
      { name = "sum", value = "COLUMNS", list = true,
        help = "the count columns; else the one called votes" },
      where,
      { name = "count", help = "count the records of each group too" },
      { name = "check", value = "EXPR", many = true,
        help = "must hold of each record, \"valid <= ballots\"; any number" },
      { name = "unit", value = "COLUMNS", list = true,
        help = "what tells a record: no two may have the same" },
      { name = "progress",
        help = "show how far it is, if standard error is a terminal" },
      { name = "fingerprint",
        help = "the SHA-256 of each file too, on standard error or in JSON" },
      { name = "threads", value = "N", help = "at work",
        number = true },
      { name = "cells", value = "N", number = true,
        help = "hold at most so many sums" },
      { name = "range", value = "A-B",
        help = "only records that begin in bytes A to B - 1" },
      { name = "partial", value = "FILE",
        help = "write a partial tally there, to be merged" },
      { name = "form", value = "FORM", help = "ranked ballots in this form",
        choices = { "csv", "soc", "soi", "toc", "toi", "blt" } },
      { name = "ranks", value = "COLUMNS", list = true,
        help = "ranked ballots: a column for each rank, first to last" },
      { name = "ranking", value = "COLUMN",
        help = "ranked ballots: the column with the list of ranks" },
      { name = "weight", value = "COLUMN",
        help = "ranked ballots: how many papers each stands for" },
      contest, encoding, delimiter, output) },
  { name = "merge", words = "FILE ...",
    help = "partial tallies as one; nothing twice, nothing left out",
    options = rows(formats("csv", "table", "json"),
      { name = "partial", value = "FILE",
        help = "write a partial tally there, to be merged again" }, output) },
  { name = "explain", words = "SUBJECT | FILE ...",
    help = "the arithmetic of a seat, a list or a total",
    options = rows({ name = "seat", value = "N", help = "this seat",
      number = true },
      { name = "list", value = "KEY", help = "this list" },
      { name = "total", value = "FIELD", help = "this total" },
      rule, reading) },
  { name = "reconcile", words = "SOURCE SOURCE [SOURCE ...]",
    help = "sources of one election, compared: what differs, whom it favours",
    more = "A source is a file or an embedded election. Polling stations are "
      .. "matched across\nscripts, case, prefixes and zeros; each source after "
      .. "the first is compared with\nit. Of an election of which only totals "
      .. "are known, totals are compared.",
    options = rows(reported(),
      { name = "names", value = "NAME,NAME", list = true,
        help = "of the sources; else A, B ..." },
      { name = "tolerance", value = "N|P%", check = reconciliation.tolerance,
        help = "a difference up to this is only noted" },
      { name = "all", help = "all differences, and not the first 40" },
      output, rule, reading_all) },
  { name = "compare", words = "BEFORE AFTER",
    help = "two elections: swing, turnout, seats, stations that stand out",
    more = "The links of lists and polling stations are data: --format links "
      .. "prints those\nthat were found and those that are proposed, as a file "
      .. "for --links.",
    options = rows(reported("outliers", "links"),
      { name = "links", value = "FILE",
        help = "which lists and stations became which, .lua or .json" },
      { name = "base", value = "FIELD", choices = comparison.BASES,
        help = "what shares are of" },
      { name = "beyond", value = "Z", check = comparison.beyond,
        help = "stations stand out beyond this robust z; else 4" },
      { name = "stations", help = "in CSV and JSON each polling station too" },
      { name = "all", help = "in text all rows, and not the first 40" },
      output) },
  { name = "deadlines", words = "SUBJECT",
    help = "the calendar of the law's deadlines",
    more = "What runs from an event that is not named has only its latest "
      .. "time, or none.",
    options = rows(reported("ics"),
      { name = "closing", value = "TIME",
        help = "when the stations closed, 2024-06-02T20:00; else by the rule" },
      { name = "event", value = "NAME=TIME", map = true, many = true,
        help = "what has happened, complaint=2024-06-04T10:00" },
      { name = "now", value = "TIME", help = "say what has passed by then" },
      output, rule) },
  { name = "turnout", words = "SUBJECT | FILE",
    help = "turnout by the hour, against earlier elections",
    more = "Only series of the same source are compared. A file has a row for "
      .. "each source and\nhour: source, time, percent (or voters and "
      .. "registered_voters), and if known margin,\nstations, "
      .. "stations_expected, sample, note. Exit status 1: a check fired.",
    options = rows(reported(),
      { name = "earlier", value = "ELECTION,...", list = true,
        help = "elections or files to compare with" },
      { name = "source", value = "NAME", help = "whose series: GIK, CRTA" },
      { name = "at", value = "TIME", check = time_of_day,
        help = "what was known by then, 19:00" },
      { name = "closing", value = "TIME", check = time_of_day,
        help = "of the polling stations; else by the rule" }, output) },
  { name = "incidents", words = "FILE",
    help = "observers' reports, tied to the records of the stations",
    more = "A row for each: category, severity (permitted, check, "
      .. "irregularity, serious,\nannulment, criminal), source (observer, "
      .. "mobile_team, citizen, party), station or\nplace or municipality, "
      .. "and if known id, from, to (2024-06-02T13:00), stations,\nevidence, "
      .. "provision, note. Exit status 1: a report of an irregularity or\n"
      .. "worse, or a station that the results do not have.",
    options = rows(reported(),
      { name = "results", value = "FILE", help = "records of the stations" },
      { name = "by", value = "FIELD", help = "CSV: a row for each",
        choices = { "category", "municipality", "severity", "source",
          "window" } },
      { name = "share", value = "CATEGORY",
        help = "the share of the sample's stations, with its interval" },
      { name = "sample", value = "N", number = true,
        help = "stations that were observed" },
      { name = "effect", value = "DEFF", check = effect,
        help = "design effect of the sample; else 1" },
      { name = "from", value = "TIME", check = time_of_day,
        help = "--share: reports from then on, 07:00" },
      { name = "to", value = "TIME", check = time_of_day,
        help = "--share: reports until then" },
      { name = "source", value = "SOURCE", help = "--share: whose reports",
        choices = { "observer", "mobile_team", "citizen", "party" } },
      contest, encoding, delimiter, { name = "unit", value = "COLUMNS",
        help = "key columns, the widest first", list = true },
      { name = "rule", value = "RULE", help = "else the contest's" },
      { name = "date", value = "DATE", help = "election day, 2024-06-02" },
      output) },
  { name = "disputes", words = "FILE",
    help = "requests, decisions and what is still open, by date",
    more = "A row for each request: dispute, requested, by, body, asks "
      .. "(annul_stations,\nannul_election, correct_record, recount, "
      .. "inspect_material, other), and if known\nwhere, step, ground, "
      .. "decided, decision (upheld, partly_upheld, rejected,\ndismissed, "
      .. "not_competent, withdrawn), remedy, final (yes, no), reference,\n"
      .. "source, note. Times are 2024-06-02 or 2024-06-02T20:00. Exit status "
      .. "1: a dispute\nis open.",
    options = rows(reported(),
      { name = "election", value = "SUBJECT",
        help = "whose rule says which deadlines run" },
      { name = "now", value = "TIME", help = "say what has passed by then" },
      { name = "rule", value = "RULE", help = "else the election's" },
      { name = "date", value = "DATE", help = "election day, 2024-06-02" },
      output) },
  { name = "margins", words = "SUBJECT",
    help = "the last seats, and the fewest votes that change something",
    more = "Votes are switched from list to list, added by voters who come or "
      .. "removed with\nvoters who stay away; each answer has a way to do it. "
      .. "Exit status 1 where the\nseats are undecided.",
    options = rows(reported(),
      { name = "coalition", value = "LIST,LIST", list = true, many = true,
        help = "what makes or breaks the majority of these lists together" },
      { name = "list", value = "KEY", many = true,
        help = "these lists, and not those that are near something" },
      { name = "by", value = "HOW", help = "only votes",
        choices = { "switched", "added", "removed" } },
      { name = "thresholds", value = "HOW", choices = { "free", "fixed",
        "both" }, help = "lists may cross the threshold, or are held" },
      { name = "last", value = "N", number = true,
        help = "of the last seats so many, else 5" },
      { name = "majority", value = "N", number = true,
        help = "seats of one; else by the rule, or more than half" },
      output, rule, reading) },
  { name = "annul", words = "FILE PLACE ...",
    help = "the result without stations, and what a repeat there could do",
    more = "PLACE is any unambiguous end of a station's key path, Sjenica/57. "
      .. "Exit status 1\nwhere a seat moves, could move at the repeat, or is "
      .. "undecided without them.",
    options = rows(reported(),
      { name = "findings", value = "CODE", many = true,
        help = "the stations that this check fires on" },
      { name = "revote", help = "bound a repeat by all registered voters" },
      { name = "registered", value = "N", number = true,
        help = "how many may vote again, if the records do not say" },
      { name = "coalition", value = "LIST,LIST", list = true, many = true,
        help = "bound the seats of these lists together" },
      { name = "turnout", value = "NUM/DEN", check = ratios.read,
        help = "ballots at the repeat to those before, for the estimate" },
      { name = "seed", value = "N", number = true, help = "of the estimate" },
      { name = "draws", value = "N", number = true, help = "of the estimate" },
      { name = "fewest", value = "WHAT",
        help = "instead the fewest stations: any, majority, LIST, LIST=gain" },
      { name = "materiality",
        help = "instead a row for each check: its ballots and a seat's" },
      { name = "after", value = "FILE",
        help = "instead what the repeat in this file changed" },
      exclude, output, rule, reading) },
  { name = "scenario", words = "SUBJECT",
    help = "the result with other votes, lists or rules",
    more = "All that is said is one scenario; --file holds an array of them. "
      .. "Exit status 1\nwhere a seat moves, or is undecided.",
    options = rows(reported(),
      { name = "remove", value = "LIST=VOTES", map = true, many = true,
        help = "votes that were not cast" },
      { name = "add", value = "LIST=VOTES", map = true, many = true,
        help = "votes cast besides" },
      { name = "switch", value = "FROM,TO,VOTES", list = true, many = true,
        help = "votes cast for another list" },
      { name = "turnout", value = "NUM/DEN", check = ratios.read,
        help = "as many voters as this part of those who came" },
      { name = "threshold", value = "NUM/DEN", check = ratios.read_or_none,
        help = "another threshold, or none" },
      { name = "factor", value = "NUM/DEN", check = ratios.read_or_none,
        help = "another factor of minority lists, or none" },
      { name = "minority", value = "LIST=yes", map = true, many = true,
        help = "a list of a national minority, or =no" },
      { name = "join", value = "LIST,LIST", list = true, many = true,
        help = "lists as one" },
      { name = "split", value = "LIST=PART:VOTES,...", map = true, many = true,
        help = "a list in parts" },
      { name = "other-rule", value = "RULE", help = "another rule" },
      { name = "edition", value = "DATE",
        help = "the edition of the rule in force that day" },
      { name = "other-seats", value = "N", number = true,
        help = "another number of seats" },
      { name = "file", value = "FILE",
        help = "scenarios as an array, in Lua or JSON" },
      { name = "scan", value = "remove=LIST", map = true,
        help = "every number of votes that changes something; also add=LIST, "
          .. "switch=FROM,TO" },
      { name = "most", value = "N", number = true,
        help = "votes that the scan goes up to" },
      { name = "block", value = "LIST,LIST", list = true, many = true,
        help = "add up the seats of these lists" },
      exclude, output, rule, reading) },
  { name = "coalitions", words = "SUBJECT",
    help = "minimal winning coalitions, and who is needed",
    more = "Exit status 1 where the seats are undecided or nobody can govern.",
    options = rows(reported(), exclude,
      { name = "order", value = "LIST,LIST,...", list = true,
        help = "the lists from one wing to the other" },
      { name = "majority", value = "N", number = true,
        help = "seats needed; else by the rule, or more than half" },
      output, rule, reading) },
  { name = "elections", words = "",
    help = "the embedded elections",
    more = "Partial counts of some of them can be reported too: "
      .. "urna elections --partial.",
    options = rows(formats("text", "csv", "json"),
      { name = "country", value = "CODE", help = "only of this country" },
      { name = "body", value = "BODY", help = "only of this body" },
      { name = "partial", help = "the partial counts instead" }) },
  { name = "rules", words = "", help = "the rules and their editions",
    options = rows(formats("text", "csv", "json"),
      { name = "country", value = "CODE", help = "only of this country" }) },
  { name = "init", words = "FILE",
    help = "write a contest file beside a CSV, to be checked by you",
    options = rows(encoding, delimiter) },
}
