local findings = require "urna.reports.findings"
local model = require "urna.charts.model"
local tables = require "urna.reports.tables"
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
    votes = page:votes(list) .. " " .. page.locale:plural(
      interval and list.votes_max or list.votes, "vote") })
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
  local base = page.outcome.base and page.outcome.base.name
  return page.locale:say(translated, { lists = page:labels(item.lists or {}),
    base = page.locale.fields[base] or base or "" })
end

local function decision(page)
  local outcome = page.outcome
  if outcome.decision == "lots_required" then return page:say("lots") end
  if outcome.decision ~= "undecided" then return nil end
  return page:say("undecided")
end

-- The lots that gave seats.
local function drawn(page)
  local texts = {}
  for i, lot in ipairs(page.outcome.lots or {}) do
    texts[i] = page:say("by_lot", { tied = page:labels(lot.tied),
      drawn = page:labels(lot.drawn) })
  end
  return #texts > 0 and table.concat(texts, " ") or nil
end

local function shares(page, found)
  local texts = {}
  for i, share in ipairs(found or {}) do
    texts[i] = page.locale:percent(words.ratio(share))
  end
  return page.locale:join(texts)
end

--- That a result is not by the law, and what was changed; nil where it is.
---@param page urna.Page
---@return string?
function sentences.changed(page)
  local changed = (page.outcome.rule or {}).changed
  if not changed then return nil end
  local name = not changed.thresholds and "threshold_removed"
    or not changed.instead_of and "threshold_added" or "threshold_changed"
  return page:say(name, { threshold = shares(page, changed.thresholds),
    law = shares(page, changed.instead_of) })
end

-- What is not known under another threshold is said where the seats are.
local function left_out(page)
  for _, remark in ipairs(page.outcome.remarks or {}) do
    if remark.code == "others_left_out" then
      return page.locale:text(remark.message)
    end
  end
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

local function status(page)
  local name = page:status()
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
  if page.is_alone then return {} end
  local contest = page.outcome.contest or {}
  return some(sentences.changed(page), left_out(page), decision(page),
    who(page), drawn(page), status(page), units(page), kept_out(page),
    contest.as_of and page:say("as_of",
      { time = page.locale:time(contest.as_of) }))
end

--- What is open, where something is.
function sentences.open(page)
  local rows = {}
  for i, item in ipairs(page.outcome.open or {}) do
    rows[i] = open_sentence(page, item)
    if item.article then
      rows[i] = ("%s (%s %s)"):format(rows[i],
        page.locale.words.art, (page:article(item.article)))
    end
  end
  return rows
end

local function claim_source(page, claim)
  return claim.source and page:say("claim_source",
    { source = page.locale:text(claim.source) }) or ""
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
  local form = page.outcome.rule.changed and "claim_difference_changed"
    or "claim_difference"
  for _, row in ipairs(found.differences) do
    differences[#differences + 1] = row.seats and page:say(form,
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

-- Lists that are no more: without them the changes do not add up.
local function gone_sentence(page, found)
  local texts = {}
  for i, list in ipairs(found.gone) do
    local percent = model.percent(found.outcome, list, page.locale)
    texts[i] = page:say("gone_list", { list = page:label(list),
      seats = list.seats and page.locale:count(list.seats, "seat") or "–",
      percent = percent and ", " .. percent or "" })
  end
  return page:say("gone", { contest = page.locale:name(found.contest),
    lists = table.concat(texts, "; ") })
end

--- What was published, and how it was compared with the earlier election.
function sentences.result(page)
  local found = page.compare
  local first, second = claim(page)
  return some(first, second,
    found and page:say("change_by_key",
      { contest = page.locale:name(found.contest) }),
    found and #found.gone > 0 and gone_sentence(page, found),
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
    why = mark.why and "; " .. page.locale:text(mark.why) or "" })
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

-- A base that is not known lies between the votes counted, which were all in
-- the box, and the signatures.
local function base_note(page)
  local base = page.outcome.base or {}
  if not base.min or not base.max then return nil end
  for _, mark in ipairs(page.outcome.marks or {}) do
    if mark.what == "field" and mark.field == base.name then return nil end
  end
  return page:say("base_bounds", { sign = model.sign("estimate"),
    what = page.locale.fields[base.name] or base.name,
    interval = page.locale:interval(base.min, base.max) })
end

-- Signs at differences that only the earlier figures have.
local function earlier_notes(page, rows)
  local compare, seen = page.compare, {}
  for _, list in ipairs(compare and compare.outcome.lists or {}) do
    local mark = model.percent_mark(compare.outcome, list)
    local is_shown = not list.others
      and (compare.same_base or not page.by_key[list.key])
    if list.share and mark and not seen[mark] and is_shown then
      seen[mark] = true
      rows[#rows + 1] = page:say("earlier_mark", { sign = model.sign(mark),
        contest = page.locale:name(compare.contest),
        mark = page.locale.mark[mark] or mark })
    end
  end
end

-- Percentages of a marked base have its sign.
local function percent_note(page)
  for _, list in ipairs(page.outcome.lists) do
    local mark = model.percent_mark(page.outcome, list)
    if mark and mark ~= model.mark(page.outcome, list) then
      return page:say("percent_mark", { sign = model.sign(mark),
        base = page.locale.of[list.share.base] or "" })
    end
  end
end

--- The legend: what the signs mean, and why other lists are one row.
function sentences.notes(page)
  local rows = mark_sentences(page)
  rows[#rows + 1] = base_note(page)
  rows[#rows + 1] = percent_note(page)
  earlier_notes(page, rows)
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
      rows[#rows + 1] = page:label(list) .. how_many .. ": "
        .. page.locale:text(list.why)
    end
  end
  return rows
end

--- Turnout with its base, and the warning of the three denominators.
function sentences.turnout(page)
  local turnout, locale = page.outcome.turnout, page.locale
  local _, phrase = page:base()
  local _, sign = page:field("voters_signed")
  local registered, other = page:field("registered_voters")
  return some(turnout and page:say("turnout", {
    percent = locale:percent(turnout.percent)
      .. (sign ~= "" and sign or other),
    base = locale.of[turnout.base] or "",
    num = page:field("voters_signed") or locale:number(turnout.num),
    den = registered or locale:number(turnout.den) }),
    phrase ~= "" and page:say("denominators", { base = phrase }))
end

local function first_threshold(page)
  for _, list in ipairs(page.outcome.lists) do
    if list.threshold then return list.threshold end
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
  local needed = model.needed(page.outcome, threshold, page.locale, "vote")
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

-- What rests on votes that are no counts says so.
local function rests_on(page)
  local signs = page:all_signs()
  return signs ~= "" and page:say("rests_on", { signs = signs }) or nil
end

--- How to read the last seats.
function sentences.last_seats(page)
  local in_percent = page.outcome.quotient_unit == "percent"
  return some(#(page.outcome.steps or {}) > 0 and page:say("last_seats"),
    in_percent and page:say("drawn_from"))
end

function sentences.next_in_line(page)
  local is_there = #(page.outcome.next_in_line or {}) > 0
  return some(is_there and page:say("next_in_line"),
    is_there and rests_on(page))
end

local function exchange(page, list, from)
  if not from then return page:say("gain", { list = page:label(list) }) end
  return page:say("exchange", { list = page:label(list),
    from = page:label(from) })
end

local function votes_of(page, votes, ...)
  return page.locale:number(votes) .. page:signs(...) .. " "
    .. page.locale:plural(votes, "vote")
end

local function moves(page, found)
  local texts = {}
  if found.added then
    texts[1] = page:say("fewest_added",
      { votes = votes_of(page, found.added, found.added_to or found.list,
          found.seat_from),
        to = page:label(found.added_to or found.list),
        exchange = exchange(page, found.list, found.seat_from) })
  end
  if found.switched and found.switched_from then
    local list = found.switched_list or found.switched_to
    texts[#texts + 1] = page:say("fewest_switched",
      { votes = votes_of(page, found.switched, found.switched_from, list),
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
    #texts > 0 and page:say("closeness"), #texts > 0 and rests_on(page))
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
  local agrees = page.outcome.claim and page.outcome.claim.adds_up
    and #page.outcome.claim.differences == 0
  return some(page:say("majority_needed", {
    needed = locale:number(majority.needed),
    total = locale:count(page.outcome.seats, "seat") }),
    none and page:say("no_majority") or page:say("coalitions_count",
      { count = locale:number(count) }),
    not none and tonumber(count) > shown and page:say("coalitions_shown",
      { shown = locale:number(math.min(shown, #(found.shown or {}))) }),
    majority.excluded and #majority.excluded > 0
      and page:say("coalitions_excluded",
        { pairs = excluded_pairs(page, majority.excluded) }),
    not agrees and rests_on(page))
end

local function unmapped(page)
  local names = page.results and page.results.unmapped or {}
  return #names > 0 and page:say("unmapped",
    { columns = table.concat(names, ", ") }) or nil
end

--- What the checks are of, and columns of the file that nothing was made of.
function sentences.checks(page)
  return some(page:say(page.checks and "checks" or "no_records"),
    unmapped(page))
end

--- The records that a serious check fired on, the first of each by name.
function sentences.fired(page)
  local rows = {}
  for _, row in ipairs(findings.fired(page.checks)) do
    local text = page:say("fired", { code = row.code,
      units = table.concat(row.units, ", ") })
    if row.count > #row.units then
      text = text .. " " .. page.locale:count(row.count - #row.units, "more")
    end
    rows[#rows + 1] = text
  end
  return rows
end

-- How articles are known, for those that are not just read.
local function known_articles(page, articles)
  local rows, seen = {}, {}
  for i = 1, articles.n do
    local shown, known, bare = page:article(articles[i])
    if known and not seen[shown] then
      seen[shown] = true
      rows[#rows + 1] = page:say("article_known", { article = shown,
        bare = bare, how = page.locale.article[known] })
    end
  end
  return rows
end

--- How the article of the threshold is known.
function sentences.threshold_notes(page)
  local threshold = first_threshold(page) or {}
  return known_articles(page, { threshold.article, n = 1 })
end

--- How the articles of the last seats are known.
function sentences.last_seats_notes(page)
  local articles = { n = 0 }
  for i, step in ipairs(tables.last_steps(page)) do
    articles[i], articles.n = step.article, i
  end
  return known_articles(page, articles)
end

--- How the articles on what follows from the faults that were found are known.
---@param page urna.Page
---@param checks table? findings
---@return string[]
function sentences.fired_articles(page, checks)
  local articles = { n = 0 }
  for _, row in ipairs(checks and checks.rows or {}) do
    local n = articles.n + 1
    articles[n], articles.n = row.result == "FIRED" and row.article or nil, n
  end
  return known_articles(page, articles)
end

--- The same of the page's checks.
function sentences.checks_notes(page)
  return sentences.fired_articles(page, page.checks)
end

local KEPT_OUT_SHOWN = 10

-- One fault of a record in the language, with its place.
local function fault_text(page, err)
  local form = type(err) == "table" and page.locale.row_error[err.code]
  if not form then return tostring(err) end
  local text = err.text or err.field or ""
  local place = {}
  for _, part in ipairs { err.file or false, err.line or false,
    err.column or false } do
    if part then place[#place + 1] = tostring(part) end
  end
  return ("%s: %s%s"):format(table.concat(place, ":"),
    err.field and err.field .. ": " or "",
    page.locale:say(form, { text = tostring(text) }))
end

--- The records kept out, the first of them with their errors.
function sentences.kept_out(page)
  local bad, rows = page.results and page.results.bad or {}, {}
  for i = 1, math.min(#bad, KEPT_OUT_SHOWN) do
    local items = type(bad[i]) == "table" and bad[i].items or { bad[i] }
    local texts = {}
    for n, item in ipairs(items) do texts[n] = fault_text(page, item) end
    rows[i] = table.concat(texts, "; ")
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
  local articles, bare = rule.articles or {}, {}
  for i, article in ipairs(articles) do bare[i] = (page:article(article)) end
  local id = rule.id or rule.name or ""
  local edition = rule.edition
  local rows = some(sentences.changed(page), edition and page:say("law", {
    id = id, date = edition:find("^%d%d%d%d%-%d%d%-%d%d$")
      and locale:date(edition) or edition }) or id,
    rule.source and locale:text(rule.source),
    #articles > 0 and page:say("articles",
      { articles = table.concat(bare, ", ") }),
    rule.note and page:say("note", { note = locale:text(rule.note) }))
  for _, remark in ipairs(page.outcome.remarks or {}) do
    rows[#rows + 1] = page:say("note", { note = locale:text(remark.message) })
  end
  return rows
end

--- How the articles that were applied are known.
function sentences.law_notes(page)
  local articles, all = (page.outcome.rule or {}).articles or {}, {}
  for i, article in ipairs(articles) do all[i] = article end
  all.n = #articles
  return known_articles(page, all)
end

function sentences.sources(page)
  local rows = {}
  for i, source in ipairs(page.outcome.sources or {}) do
    rows[i] = page.locale:text(source)
  end
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
