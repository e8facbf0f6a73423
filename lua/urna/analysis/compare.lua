local apportion = require "urna.seats.apportion"
local compared = require "urna.analysis.compared"
local errors = require "urna.errors"
local figures = require "urna.analysis.figures"
local lineage = require "urna.analysis.lineage"
local links = require "urna.analysis.links"
local outliers = require "urna.analysis.outliers"
local pairing = require "urna.analysis.pairing"
local same = require "urna.analysis.same_election"
local subjects = require "urna.subject"
local swing = require "urna.analysis.swing"

--- Two elections compared: what became of the lists and of the polling
--- stations, the swing of each list, turnout, seats gained and lost, and the
--- stations whose change stands out.
local compare = {}

--- What shares can be of, the usual ones first.
compare.BASES = { "ballots_in_box", "valid_ballots", "valid_votes",
  "voters_signed", "list_votes", "registered_voters" }

local SIZES = { "registered_voters", "voters_signed", "ballots_in_box",
  "valid_ballots" }
local CAME = { "voters_signed", "ballots_in_box" }

local OPTIONS = { "base", "beyond", "least", "links", "lists", "units" }
local TYPES = { base = "string", beyond = "number", least = "number",
  links = "string or table", lists = "table", units = "table" }

-- ---- what is asked ----

local function check(options)
  errors.check_options("compare", options, OPTIONS, 3)
  errors.check_types("compare", options, TYPES, 3)
  local is_base = options.base == nil
  for _, name in ipairs(compare.BASES) do
    is_base = is_base or name == options.base
  end
  if not is_base then
    local near = errors.nearest(options.base, compare.BASES)
    error(("compare: base must be one of %s, not %q%s"):format(
      table.concat(compare.BASES, ", "), options.base,
      near and (": did you mean %q?"):format(near) or ""), 3)
  end
  local least = options.least
  if least and (least < 3 or least % 1 ~= 0) then
    error("compare: least must be a whole number of stations from 3", 3)
  end
  if options.beyond and options.beyond <= 0 then
    error("compare: beyond must be above 0", 3)
  end
end

local function append(to, from)
  for _, item in ipairs(from or {}) do to[#to + 1] = item end
end

-- Links of the option, of a file, and those said by themselves.
local function links_of(options)
  local found = { lists = {}, units = {} }
  for _, given in ipairs { options.links or {}, { lists = options.lists,
    units = options.units } } do
    local value, err = links.load(given)
    if not value then return nil, err end
    append(found.lists, value.lists)
    append(found.units, value.units)
  end
  return found
end

-- ---- the two sides ----

local function reported_units(found)
  local units, known = {}, {}
  for i = 1, #found.units do
    local is_reported = true
    for _, list in ipairs(found.lists) do
      is_reported = is_reported and found.of[list.key][i] ~= nil
    end
    if is_reported then units[#units + 1], known[i] = i, true end
  end
  return units, known
end

local function side_of(value, name)
  local results, err = subjects.results(value)
  if not results then return nil, err end
  local side = { results = results, lists = results.lists, name = name }
  side.group, err = results:total()
  if not side.group then return nil, err end
  if figures.has_records(results) then
    side.figures, err = figures.of(results)
    if not side.figures then return nil, err end
    err = figures.check_keys(side.figures, "the election " .. name)
    if err then return nil, err end
    side.reported, side.is_reported = reported_units(side.figures)
  end
  side.outcome, err = apportion.run(results, { explain = false })
  side.reason = err and tostring(err) or side.outcome.open[1]
    and side.outcome.open[1].message
  return side
end

-- ---- sums ----

local function list_sum(side)
  local sum = 0
  for _, list in ipairs(side.lists) do
    local votes = side.group.votes[list.key]
    if not votes then return nil end
    sum = sum + votes
  end
  return not side.results.others and sum or nil
end

-- A total of a side, with its bounds where it is not known exactly.
local function total(side, name)
  local group = side.group
  if name == "list_votes" then return { value = list_sum(side) } end
  local mark = group.marks and group.marks.fields[name]
  return { value = group.fields[name], mark = mark and mark.mark,
    min = group.low and group.low.fields[name],
    max = group.high and group.high.fields[name] }
end

-- The columns that a name means on one side; nil where it has none.
local function columns(side, name)
  local found = side.figures
  if name == "list_votes" then
    local all = {}
    for i, list in ipairs(side.lists) do all[i] = found.of[list.key] end
    return all
  end
  return found.of[name] and { found.of[name] }
end

local function sum_over(side, name, units)
  local found = columns(side, name)
  return found and swing.sum(found, units)
end

local function columns_of(side, keys)
  local found = {}
  for i, key in ipairs(keys) do found[i] = side.figures.of[key] end
  return found
end

local function votes_over(side, keys, units)
  return swing.sum(columns_of(side, keys), units)
end

local function votes_of(side, keys)
  local sum = 0
  for _, key in ipairs(keys) do
    local votes = side.group.votes[key]
    if not votes then return nil end
    sum = sum + votes
  end
  return sum
end

-- The first of these fields that both sides know; of bounds only if `is_loose`.
local function known_to_both(job, names, is_loose)
  for _, name in ipairs(names) do
    local a, b = total(job.before, name), total(job.after, name)
    local one, other = a.value, b.value
    if is_loose then one, other = one or a.min, other or b.min end
    if one and other then return name end
  end
end

local function bases(job)
  local names = {}
  local rule = job.after.outcome and job.after.outcome.base
  if rule then names[1] = rule.name end
  append(names, compare.BASES)
  return names
end

-- ---- rows ----

-- The least and the greatest change that bounds of the base allow.
local function add_bounds(row, votes, base)
  local a, b = base.before, base.after
  local is_loose = a.min and a.min ~= a.max or b.min and b.min ~= b.max
  if not is_loose or not votes.before or not votes.after then return end
  local function change(one, other)
    return swing.change(swing.share(votes.before, one),
      swing.share(votes.after, other))
  end
  local low, high = change(a.min or a.value, b.max or b.value),
    change(a.max or a.value, b.min or b.value)
  row.points_min, row.points_max = low and low.points, high and high.points
end

local function difference(before, after)
  return before and after and after - before or nil
end

-- Votes and share of a group of lists; nobody on a side has no change.
local function list_row(group, votes, base)
  local before = #group.from > 0 and votes.before or nil
  local after = #group.to > 0 and votes.after or nil
  local share = swing.of({ num = before, den = base.before.value },
    { num = after, den = base.after.value })
  local row = { from = group.from, to = group.to, kind = group.kind,
    by = group.by, note = group.note,
    votes = { before = before, after = after,
      change = difference(before, after) }, share = share }
  add_bounds(row, { before = before, after = after }, base)
  return row
end

local function seats_of(side, keys)
  local outcome = side.outcome
  if not outcome or outcome.decision ~= "decided" then return nil end
  local wanted, sum = {}, 0
  for _, key in ipairs(keys) do wanted[key] = true end
  for _, list in ipairs(outcome.lists) do
    if wanted[list.key] and not list.others then sum = sum + list.seats end
  end
  return sum
end

-- What is recalled or estimated stays marked wherever it is shown.
local function mark_of(side, keys)
  local marks = side.group.marks and side.group.marks.votes or {}
  for _, key in ipairs(keys) do
    if marks[key] then return marks[key].mark end
  end
end

-- Nobody knows whether a list that is not matched had seats under another name.
local function seats_row(job, group)
  local is_known = group.kind ~= "unmatched"
  local a = (is_known or #group.from > 0) and seats_of(job.before, group.from)
  local b = (is_known or #group.to > 0) and seats_of(job.after, group.to)
  return { before = a or nil, after = b or nil,
    change = a and b and b - a or nil }
end

local function list_rows(job)
  local rows = {}
  for n, group in ipairs(job.groups) do
    local row = list_row(group, { before = votes_of(job.before, group.from),
      after = votes_of(job.after, group.to) }, job.base)
    row.seats = seats_row(job, group)
    row.marks = { before = mark_of(job.before, group.from),
      after = mark_of(job.after, group.to) }
    rows[n] = row
  end
  return rows
end

local function turnout_of(job, before, after)
  if not job.came or not job.has_registered then return nil end
  local row = swing.of({ num = before(job.came),
    den = before("registered_voters") }, { num = after(job.came),
    den = after("registered_voters") })
  row.base = job.came
  return row
end

local function total_turnout(job)
  return turnout_of(job, function(name)
    return total(job.before, name).value
  end, function(name) return total(job.after, name).value end)
end

-- A row of a place or of a group of stations: its units on both sides.
local function place_row(job, about)
  local function before(name) return sum_over(job.before, name, about.from) end
  local function after(name) return sum_over(job.after, name, about.to) end
  local base = { before = {}, after = {} }
  if job.base.name then
    base.before.value = before(job.base.name)
    base.after.value = after(job.base.name)
  end
  local row = { level = about.level, key = about.key, keys = about.keys,
    units = { before = #about.from, after = #about.to },
    base = { before = base.before.value, after = base.after.value },
    turnout = turnout_of(job, before, after), lists = {} }
  for n, group in ipairs(job.groups) do
    row.lists[n] = list_row(group, {
      before = votes_over(job.before, group.from, about.from),
      after = votes_over(job.after, group.to, about.to) }, base)
  end
  return row
end

-- ---- places: the outer keys ----

local function remembered_normal()
  local known = {}
  return function(text)
    known[text] = known[text] or pairing.normal(text)
    return known[text]
  end
end

-- The places that a unit is in, from the outside, as keys that compare.
local function placer(aligned)
  local normal = remembered_normal()
  return function(unit, side)
    local keys, texts = {}, {}
    for n = 1, #aligned - 1 do
      local text = unit.path[aligned[n][side]] or ""
      keys[n] = (n > 1 and keys[n - 1] .. "/" or "") .. normal(text)
      texts[n] = (n > 1 and texts[n - 1] .. "/" or "")
        .. text:gsub("^%s+", ""):gsub("%s+$", "")
    end
    return keys, texts
  end
end

local function gather_places(job, side, name, which)
  for _, i in ipairs(side.reported) do
    local keys, texts = job.place_of(side.figures.units[i], which)
    for depth, key in ipairs(keys) do
      local id = depth .. "/" .. key
      local place = job.places[id]
      if not place then
        place = { level = job.levels[depth], depth = depth, from = {},
          to = {}, order = #job.place_order }
        job.places[id] = place
        job.place_order[#job.place_order + 1] = place
      end
      place.key = name == "to" and place[name][1] == nil and texts[depth]
        or place.key or texts[depth]
      table.insert(place[name], i)
    end
  end
end

local function place_rows(job)
  local rows = {}
  table.sort(job.place_order, function(a, b)
    if a.depth ~= b.depth then return a.depth < b.depth end
    return a.order < b.order
  end)
  for n, place in ipairs(job.place_order) do rows[n] = place_row(job, place) end
  return rows
end

-- ---- polling stations ----

local function keys_of(units, numbers)
  local keys = {}
  for n, i in ipairs(numbers) do keys[n] = units[i].key end
  return keys
end

local function group_key(job, group)
  local keys = #group.to > 0 and keys_of(job.after.figures.units, group.to)
    or keys_of(job.before.figures.units, group.from)
  return table.concat(keys, " + ")
end

local function linked_groups(job, items)
  local taken = { left = {}, right = {} }
  local groups, err = links.resolve(items, job.before.figures,
    job.after.figures)
  if not groups then return nil, err end
  for _, group in ipairs(groups) do
    group.by = "link"
    for _, i in ipairs(group.from) do taken.left[i] = true end
    for _, i in ipairs(group.to) do taken.right[i] = true end
    job.units[#job.units + 1] = group
  end
  return taken
end

local NO_LISTS = { left = {}, right = {} }

local function match_units(job, items)
  local taken, err = linked_groups(job, items)
  if not taken then return nil, err end
  job.matched = pairing.match(job.before.figures, job.after.figures, NO_LISTS,
    taken)
  for i = 1, #job.before.figures.units do
    local j = job.matched.right_of[i]
    if j then
      job.units[#job.units + 1] = { from = { i }, to = { j }, kind = "same",
        by = job.matched.how[i] }
    end
  end
  for _, group in ipairs(job.units) do group.key = group_key(job, group) end
  return true
end

-- The sizes of the units of a side.
local function sizes(side, name)
  return name and side.figures.of[name] or {}
end

-- Units without a partner and pairs of equal key, by innermost place.
local function by_innermost(job)
  local found, order = {}, {}
  local function place(unit, which)
    local keys = job.place_of(unit, which)
    local key = keys[#keys] or ""
    if not found[key] then
      found[key] = { before = {}, after = {}, matched = {} }
      order[#order + 1] = found[key]
    end
    return found[key]
  end
  for _, unit in ipairs(job.before.figures.units) do place(unit, "left") end
  for _, row in ipairs(job.matched.left_only) do
    local unit = job.before.figures.units[row.unit]
    table.insert(place(unit, "left").before, row.unit)
  end
  for _, row in ipairs(job.matched.right_only) do
    local unit = job.after.figures.units[row.unit]
    table.insert(place(unit, "right").after, row.unit)
  end
  for i = 1, #job.before.figures.units do
    local j = job.matched.right_of[i]
    if j then
      table.insert(place(job.after.figures.units[j], "right").matched,
        { i, j })
    end
  end
  return order
end

local function propose_units(job)
  local name = known_to_both(job, SIZES)
  local before, after = sizes(job.before, name), sizes(job.after, name)
  local found, jumped = links.propose(by_innermost(job), before, after)
  local rows = {}
  for n, link in ipairs(found) do
    rows[n] = { from = keys_of(job.before.figures.units, link.from),
      to = keys_of(job.after.figures.units, link.to), kind = link.kind,
      by = link.by }
  end
  job.jumped, job.jumped_at = {}, {}
  for n, pair in ipairs(jumped) do
    job.jumped_at[pair[2]] = true
    job.jumped[n] = { key = job.after.figures.units[pair[2]].key, field = name,
      before = before[pair[1]], after = after[pair[2]] }
  end
  return rows
end

local function candidates(rows, figures_)
  if not rows then return nil end
  local found = {}
  for n, row in ipairs(rows) do
    found[n] = { key = figures_.units[row.unit].key, by = row.by }
  end
  return found
end

local function alone(rows, own, other)
  local found = {}
  for n, row in ipairs(rows) do
    local unit = own.units[row.unit]
    found[n] = { key = unit.key, file = unit.source, line = unit.line,
      candidates = candidates(row.candidates, other) }
  end
  return found
end

local function unmatched_units(job)
  local before, after = job.before.figures, job.after.figures
  local ambiguous = {}
  for n, group in ipairs(job.matched.ambiguous) do
    ambiguous[n] = { before = keys_of(before.units, group.left),
      after = keys_of(after.units, group.right), by = group.how }
  end
  return { before = alone(job.matched.left_only, before, after),
    after = alone(job.matched.right_only, after, before),
    ambiguous = ambiguous }
end

-- ---- stations that stand out ----

local function outlier_units(job)
  local units, name = {}, job.base.name
  for _, group in ipairs(job.units) do
    if #group.from > 0 and #group.to > 0 then
      local unit = job.after.figures.units[group.to[1]]
      local places = job.place_of(unit, "right")
      table.insert(places, 1, "")
      local old = job.before.figures.units[group.from[1]]
      units[#units + 1] = { key = group.key, from = group.from,
        to = group.to, places = places, is_linked = group.by == "link",
        base_before = name and sum_over(job.before, name, group.from),
        base_after = name and sum_over(job.after, name, group.to),
        has_jumped = job.jumped_at[group.to[1]],
        files = { before = { file = old.source, line = old.line },
          after = { file = unit.source, line = unit.line } } }
    end
  end
  return units
end

local function pair_of(num, den)
  return num and den and { num = num, den = den } or nil
end

local function field_measure(job, kind, num, den)
  return { name = kind, kind = kind, share = function(unit)
    return pair_of(sum_over(job.before, num, unit.from),
      sum_over(job.before, den, unit.from)),
      pair_of(sum_over(job.after, num, unit.to),
        sum_over(job.after, den, unit.to))
  end }
end

local function list_measure(job, group)
  local before = columns_of(job.before, group.from)
  local after = columns_of(job.after, group.to)
  return { name = compared.group_name(group), kind = "list",
    share = function(unit)
      return pair_of(swing.sum(before, unit.from), unit.base_before),
        pair_of(swing.sum(after, unit.to), unit.base_after)
    end }
end

local function measures(job)
  local found = {}
  if job.came and job.has_registered then
    found[1] = field_measure(job, "turnout", job.came, "registered_voters")
  end
  if known_to_both(job, { "invalid_ballots" })
    and known_to_both(job, { "ballots_in_box" }) then
    found[#found + 1] = field_measure(job, "invalid", "invalid_ballots",
      "ballots_in_box")
  end
  for _, group in ipairs(job.groups) do
    if job.base.name and #group.from > 0 and #group.to > 0 then
      found[#found + 1] = list_measure(job, group)
    end
  end
  return found
end

-- ---- the verb ----

local function about(side)
  local contest, source = side.results.contest, side.results.source or {}
  local others = side.results.others
  return { id = contest.id, name = contest.name, date = contest.date,
    file = source.file, sha256 = source.sha256,
    units = side.figures and #side.figures.units or side.group.expected,
    reported = side.figures and #side.reported or side.group.reported,
    bad = #side.results.bad, decision = side.outcome and side.outcome.decision,
    seats = side.outcome and side.outcome.seats, reason = side.reason,
    others = others and { lists = others.lists, why = others.why } or nil }
end

local function unmatched_lists(job)
  local found = { before = {}, after = {} }
  for _, group in ipairs(job.groups) do
    if group.kind == "unmatched" then
      append(found.before, group.from)
      append(found.after, group.to)
    end
  end
  return found
end

local function share_for_size(job)
  return function(n, key)
    local side = n == 1 and job.before or job.after
    local votes = side.group.votes[key]
    local of = total(side, job.base.name or "list_votes").value
    return votes and of and of > 0 and votes / of or nil
  end
end

local function with_records(job, found, items, options)
  local done, err = match_units(job, items)
  if not done then return nil, err end
  job.place_of = placer(job.matched.aligned)
  for n, pair in ipairs(job.matched.aligned) do
    job.levels[n] = job.after.figures.key_names[pair.right]
  end
  gather_places(job, job.before, "from", "left")
  gather_places(job, job.after, "to", "right")
  found.places = place_rows(job)
  found.proposed.units = propose_units(job)
  found.unmatched.units, found.jumped = unmatched_units(job), job.jumped
  found.matches, found.linked = job.matched.counts, #items
  found.outliers = outliers.find(outlier_units(job), measures(job), options)
  function found.make_units()
    local rows = {}
    for n, group in ipairs(job.units) do
      rows[n] = place_row(job, { level = "unit", key = group.key,
        from = group.from, to = group.to })
      rows[n].kind, rows[n].by = group.kind, group.by
    end
    return rows
  end
  return true
end

local function base_of(job, options)
  local name = options.base
  if name and not known_to_both(job, { name }, true) then
    return nil, errors.new("base_unknown", { field = name, message =
      ("%s are not known of both elections; %s"):format(
        (name:gsub("_", " ")), job.usual and ("say base = %q"):format(
        job.usual) or "no base is") })
  end
  name = name or job.usual
  return { name = name, before = name and total(job.before, name) or {},
    after = name and total(job.after, name) or {} }
end

-- A total says nothing of stations.
local function needs_records(items)
  if #items == 0 then return nil end
  return errors.new("no_records", { message = "links.units need the records "
    .. "of both elections; of one only totals are known" })
end

local function result_of(job, said, options)
  local found = { before = about(job.before), after = about(job.after),
    base = job.base, lists = list_rows(job), turnout = total_turnout(job),
    proposed = { lists = job.proposed, units = {} },
    unmatched = { lists = unmatched_lists(job) }, places = {},
    links = said, has_records = job.has_records }
  if not job.has_records then
    return compared.new(found), needs_records(said.units)
  end
  local done, err = with_records(job, found, said.units, options)
  return compared.new(found), not done and err or nil
end

--- Compare two elections: the one before, then the one after.
--- Fails: raises for an option of the wrong type or that is none.
---@param before string|table a subject
---@param after string|table
---@param options { links: string|table?, lists: table[]?, units: table[]?,
--- base: string?, beyond: number?, least: integer? }? links: which lists and
--- polling stations became which, a file or { lists, units }, see links.lua;
--- lists, units: those alone; base: what shares are of (by itself the rule's,
--- if both elections know it); beyond: the |z| of a station that stands out, 4;
--- least: the fewest stations of a place to be peers, 8
---@return urna.Compared?
---@return urna.Error? err "same_election", "bad_links", "base_unknown",
--- "no_keys", or of the reading
function compare.run(before, after, options)
  errors.check_given(before, after, 2)
  errors.check_given(after, options, 2)
  options = options or {}
  check(options)
  local said, err = links_of(options)
  if not said then return nil, err end
  local job = { units = {}, places = {}, place_order = {}, levels = {} }
  job.before, err = side_of(before, "before")
  if not job.before then return nil, err end
  job.after, err = side_of(after, "after")
  if not job.after then return nil, err end
  err = same.check_two(job.before.results, job.after.results)
  if err then return nil, err end
  job.has_records = job.before.figures ~= nil and job.after.figures ~= nil
  job.usual, job.came = known_to_both(job, bases(job)),
    known_to_both(job, CAME)
  job.has_registered = known_to_both(job, { "registered_voters" }) ~= nil
  job.base, err = base_of(job, options)
  if not job.base then return nil, err end
  job.groups, job.proposed = lineage.groups(job.before.lists, job.after.lists,
    said.lists, share_for_size(job))
  if not job.groups then return nil, job.proposed end
  local found
  found, err = result_of(job, said, { least = options.least,
    beyond = options.beyond })
  if err then return nil, err end
  return found
end

return compare
