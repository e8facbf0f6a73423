local model = require "urna.charts.model"
local words = require "urna.charts.words"

--- The paragraphs of a report, each an array of sentences as plain text.
local sentences = {}

local function list_of(items)
  local found = {}
  for i = 1, items.n do
    if items[i] and items[i] ~= "" then found[#found + 1] = items[i] end
  end
  return found
end

local function some(...)
  return list_of { n = select("#", ...), ... }
end

local function leader_by_votes(page, list)
  local share = list.share and list.share.percent
    and page:say("leads_share", { percent = page:percent(list),
      base = page.locale.of[list.share.base] or "" }) or ""
  if not list.votes then
    return page:say("leads_percent", { list = page:label(list),
      percent = page:percent(list),
      base = page.locale.of[list.share.base] or "" })
  end
  local interval = list.votes_min and list.votes_max
  return page:say("leads", { list = page:label(list), share = share,
    votes = interval and page:votes(list) .. " "
      .. page.locale:plural(list.votes_max, "vote")
      or page.locale:count(list.votes, "vote") })
end

local function majority_sentence(page, leaders)
  local outcome, locale = page.outcome, page.locale
  local majority = outcome.majority
  local needed = majority and majority.needed
  local seats, keys = leaders[1].seats, {}
  for i, list in ipairs(leaders) do keys[i] = list.key end
  local values = { list = page:label(leaders[1]), lists = page:labels(keys),
    seats = locale:number(seats), total = locale:count(outcome.seats, "seat"),
    needed = needed and locale:number(needed) }
  if not needed then return page:say("holds", values) end
  if #leaders > 1 then return page:say("level", values) end
  if seats >= needed then return page:say("majority", values) end
  values.short = locale:number(needed - seats)
  return page:say("short", values)
end

local function who(page)
  local leaders, measure = page:leaders()
  if #leaders == 0 then return page:say("no_leader") end
  if measure == "seats" then return majority_sentence(page, leaders) end
  return leader_by_votes(page, leaders[1])
end

local function open_sentence(page, item)
  local translated = page.locale.open[item.code]
  if not translated then return item.message end
  return page.locale:say(translated, { lists = page:labels(item.lists or {}) })
end

local function decision(page)
  local outcome = page.outcome
  if outcome.decision == "lots_required" then return page:say("lots") end
  if outcome.decision ~= "undecided" then return nil end
  return page:say("undecided")
end

local function units(page)
  local found = page.outcome.units or {}
  local locale = page.locale
  if found.reported and found.expected then
    return page:say("reported", { reported = locale:number(found.reported),
      expected = locale:number(found.expected) })
  elseif found.reported then
    return page:say("reported_only",
      { reported = locale:count(found.reported, "unit") })
  elseif found.expected then
    return page:say("expected_only",
      { expected = locale:count(found.expected, "unit") })
  end
end

local FINISHED = { final = true, overall = true, summary = true }

local function status(page)
  local name = page.outcome.count_status or "unstated"
  if FINISHED[name] and page:is_incomplete() then
    return page:say("not_final")
  end
  return page:say("status", { status = page.locale.status[name] or name })
end

local function kept_out(page)
  local found = page.outcome.units or {}
  if (found.bad or 0) == 0 then return nil end
  local all = found.reported and found.reported + found.bad
    or found.expected or found.bad
  return page:say("kept_out", { bad = page.locale:number(found.bad),
    all = page.locale:count(all, "record") })
end

--- Who leads, with a majority or how many short; what is open; what the
--- count is worth.
function sentences.headline(page)
  local contest = page.outcome.contest or {}
  return some(decision(page), who(page), status(page), units(page),
    kept_out(page),
    contest.as_of and page:say("as_of", { time = contest.as_of }))
end

--- What is open, where something is.
function sentences.open(page)
  local rows = {}
  for i, item in ipairs(page.outcome.open or {}) do
    rows[i] = open_sentence(page, item)
    if item.article then
      rows[i] = ("%s (%s %s)"):format(rows[i],
        page.locale.words.art, item.article)
    end
  end
  return rows
end

local function claim_source(page, claim)
  return claim.source
    and page:say("claim_source", { source = claim.source }) or ""
end

-- Where nothing can be computed the published seats are all there is.
local function unchecked(page, found)
  local texts = {}
  for _, list in ipairs(page.outcome.lists) do
    local seats = found.seats[list.key]
    if seats and seats > 0 then
      texts[#texts + 1] = ("%s %s"):format(page:label(list.key),
        page.locale:number(seats))
    end
  end
  return page:say("claim_unchecked", { source = claim_source(page, found),
    seats = table.concat(texts, ", ") })
end

-- The published table of seats beside what the law gives.
local function claim(page)
  local found, locale = page.outcome.claim, page.locale
  if not found then return end
  if found.is_checked == false then return unchecked(page, found) end
  local source, differences = claim_source(page, found), {}
  for _, row in ipairs(found.differences) do
    differences[#differences + 1] = row.seats and page:say("claim_difference",
      { list = page:label(row.list), claimed = locale:number(row.claimed),
        seats = locale:number(row.seats) }) or nil
  end
  if found.adds_up and #differences == 0 then
    return page.outcome.decision == "decided"
      and page:say("claim_agrees", { source = source }) or nil
  end
  local sum = not found.adds_up and page:say("claim_sum", { source = source,
    sum = locale:number(found.sum),
    seats = locale:number(page.outcome.seats) }) or nil
  local differs = #differences > 0 and page:say("claim_differs",
    { source = sum and "" or source,
      differences = locale:join(differences) }) or nil
  return sum or differs, sum and differs
end

--- What was published, and how it was compared with the earlier election.
function sentences.result(page)
  local found = page.compare
  local first, second = claim(page)
  return some(first, second,
    found and page:say("change_by_key",
      { contest = page.locale:name(found.contest) }),
    found and not found.same_base and page:say("other_bases",
      { base = page.locale.of[found.base] or "" }))
end

local function subject_of(page, mark)
  if mark.what == "votes" then return page:label(mark.list) end
  if mark.what == "shares" then return page.locale.words.percent end
  return page.locale.fields[mark.field] or mark.field
end

local function interval_of(page, mark)
  if not mark.min or not mark.max then return "" end
  local list = page.by_key[mark.list]
  local value = list and list.votes or page:value(mark.field)
  if not value then
    return page.locale:interval(mark.min, mark.max) .. ", "
  end
  return page:say("mark_interval", { value = page.locale:number(value),
    min = page.locale:number(mark.min), max = page.locale:number(mark.max) })
end

local function mark_sentence(page, mark, what)
  return page:say("mark", { sign = model.sign(mark.mark), what = what,
    mark = page.locale.mark[mark.mark] or mark.mark,
    interval = interval_of(page, mark),
    why = mark.why and "; " .. mark.why or "" })
end

-- Marks that say the same share a line.
local function mark_sentences(page)
  local rows, at = {}, {}
  for _, mark in ipairs(page.outcome.marks or {}) do
    local same = not mark.min and (mark.mark or "") .. "\n" .. (mark.why or "")
    local row = same and at[same]
    if row then
      row.what[#row.what + 1] = subject_of(page, mark)
    else
      row = { mark = mark, what = { subject_of(page, mark) } }
      rows[#rows + 1] = row
      if same then at[same] = row end
    end
  end
  for i, row in ipairs(rows) do
    rows[i] = mark_sentence(page, row.mark, table.concat(row.what, ", "))
  end
  return rows
end

--- The legend: what the signs mean, and why other lists are one row.
function sentences.notes(page)
  local rows = mark_sentences(page)
  for _, list in ipairs(page.outcome.lists) do
    if list.minority then
      table.insert(rows, 1, page:say("minority"))
      break
    end
  end
  for _, list in ipairs(page.outcome.lists) do
    if list.others and list.why then
      local how_many = list.lists
        and (" (%s)"):format(page.locale:count(list.lists, "list")) or ""
      rows[#rows + 1] = page:label(list) .. how_many .. ": " .. list.why
    end
  end
  return rows
end

--- Turnout with its base, and the warning of the three denominators.
function sentences.turnout(page)
  local turnout, locale = page.outcome.turnout, page.locale
  local _, phrase = page:base()
  local _, sign = page:field("voters_signed")
  return some(turnout and page:say("turnout", {
    percent = locale:percent(turnout.percent) .. sign,
    base = locale.of[turnout.base] or "",
    num = page:field("voters_signed") or locale:number(turnout.num),
    den = locale:number(turnout.den) }),
    phrase ~= "" and page:say("denominators", { base = phrase }))
end

local function first_threshold(page)
  for _, list in ipairs(page.outcome.lists) do
    if list.threshold then return list.threshold end
  end
end

local function needed_text(page, threshold)
  if threshold.needed then
    return page.locale:count(threshold.needed, "vote")
  end
  if threshold.needed_min and threshold.needed_max then
    return page.locale:interval(threshold.needed_min, threshold.needed_max)
      .. " " .. page.locale:plural(threshold.needed_max, "vote")
  end
end

--- The threshold: its share, its base and the votes it takes.
function sentences.threshold(page)
  local threshold = first_threshold(page)
  if not threshold then return {} end
  local name = threshold.base or page.outcome.base and page.outcome.base.name
  local phrase = page.locale.of[name] or name or ""
  local percent = threshold.share
    and page.locale:percent(words.ratio(threshold.share))
  local needed = needed_text(page, threshold)
  if not needed then
    return some(percent and page:say("threshold_share",
      { percent = percent, base = phrase }),
      not page:value(name) and threshold.result == "unknown"
        and page:say("threshold_open", { base = phrase }))
  end
  local total = page:field(name)
  return some(page:say(percent and "threshold" or "threshold_bare", {
    percent = percent, base = phrase, needed = needed,
    total = total and (" (%s)"):format(total) or "" }))
end

--- How to read the last seats.
function sentences.last_seats(page)
  local in_percent = page.outcome.quotient_unit == "percent"
  return some(#(page.outcome.steps or {}) > 0 and page:say("last_seats"),
    in_percent and page:say("drawn_from"))
end

function sentences.next_in_line(page)
  return some(#(page.outcome.next_in_line or {}) > 0
    and page:say("next_in_line"))
end

local function exchange(page, list, from)
  if not from then return page:say("gain", { list = page:label(list) }) end
  return page:say("exchange", { list = page:label(list),
    from = page:label(from) })
end

local function moves(page, found)
  local locale, texts = page.locale, {}
  if found.added then
    texts[1] = page:say("fewest_added",
      { votes = locale:count(found.added, "vote"),
        to = page:label(found.added_to or found.list),
        exchange = exchange(page, found.list, found.seat_from) })
  end
  if found.switched and found.switched_from then
    local list = found.switched_list or found.switched_to
    texts[#texts + 1] = page:say("fewest_switched",
      { votes = locale:count(found.switched, "vote"),
        from = page:label(found.switched_from),
        to = page:label(found.switched_to or list),
        exchange = exchange(page, list,
          found.switched_seat_from) })
  end
  return texts
end

--- The fewest votes that change any seat.
function sentences.closeness(page)
  local found = page.outcome.fewest_votes
  local texts = found and moves(page, found) or {}
  return some(#texts > 0 and page:say("fewest",
    { moves = table.concat(texts, "; ") }),
    #texts > 0 and page:say("closeness"))
end

local function excluded_pairs(page, excluded)
  local pairs_ = {}
  for i, pair in ipairs(excluded) do pairs_[i] = page:labels(pair) end
  return table.concat(pairs_, "; ")
end

--- The majority and how many coalitions reach it.
function sentences.majority(page, shown)
  local majority, locale = page.outcome.majority, page.locale
  if not majority then return {} end
  local found = majority.coalitions or {}
  local count = found.count or #(found.shown or {})
  local none = count == 0 or count == "0"
  return some(page:say("majority_needed", {
    needed = locale:number(majority.needed),
    total = locale:count(page.outcome.seats, "seat") }),
    none and page:say("no_majority") or page:say("coalitions_count",
      { count = locale:number(count) }),
    not none and tonumber(count) > shown and page:say("coalitions_shown",
      { shown = locale:number(math.min(shown, #(found.shown or {}))) }),
    majority.excluded and #majority.excluded > 0
      and page:say("coalitions_excluded",
        { pairs = excluded_pairs(page, majority.excluded) }))
end

--- What the checks are of.
function sentences.checks(page)
  if not page.checks then return some(page:say("no_records")) end
  return some(page:say("checks"))
end

local KEPT_OUT_SHOWN = 10

--- The records kept out, the first of them with their errors.
function sentences.kept_out(page)
  local bad, rows = page.results and page.results.bad or {}, {}
  for i = 1, math.min(#bad, KEPT_OUT_SHOWN) do
    rows[i] = tostring(bad[i])
  end
  if #bad > KEPT_OUT_SHOWN then
    rows[#rows + 1] = page.locale:count(#bad - KEPT_OUT_SHOWN, "more")
  end
  return rows
end

--- The rule, its edition and its articles.
function sentences.law(page)
  local rule, locale = page.outcome.rule, page.locale
  if not rule then return {} end
  local articles = rule.articles or {}
  local id = rule.id or rule.name or ""
  local edition = rule.edition
  local rows = some(edition and page:say("law", { id = id,
    date = edition:find("^%d%d%d%d%-%d%d%-%d%d$") and locale:date(edition)
      or edition }) or id, rule.source,
    #articles > 0 and page:say("articles",
      { articles = table.concat(articles, ", ") }),
    rule.note and page:say("note", { note = rule.note }))
  for _, remark in ipairs(page.outcome.remarks or {}) do
    rows[#rows + 1] = page:say("note", { note = remark.message })
  end
  return rows
end

function sentences.sources(page)
  local rows = {}
  for i, source in ipairs(page.outcome.sources or {}) do rows[i] = source end
  return rows
end

-- One line for a file; for several one each, and one for all of them.
local function hashes(page, found)
  if not found.sha256 then return { page:say("sha_none") } end
  local rows = {}
  for i, file in ipairs(found.files or { found }) do
    rows[i] = page:say("sha", { sha256 = file.sha256, file = file.file or "" })
  end
  if found.files then
    rows[#rows + 1] = page:say("sha_all", { sha256 = found.sha256 })
  end
  return rows
end

--- What this report was made of.
function sentences.fingerprint(page)
  local found = page.outcome.fingerprint or {}
  local rows = hashes(page, found)
  if found.version then
    rows[#rows + 1] = page:say("version", { version = found.version })
  end
  return rows
end

return sentences
