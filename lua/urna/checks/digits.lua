--- Last digits. A count that is a part of a whole, and whose spread by chance
--- is four papers or more, ends in 0 or 5 in one case of five: the binomial
--- distribution modulo 5 is even to 3 parts in a million there. Where the
--- spread is less, digits are not even by themselves.
--- Source: Beber & Scacco, Political Analysis 20(2), 2012, for the idea; the
--- spread in place of a least count is ours.
local digits = {}

local VARIANCE = 16 -- of four papers
local LEAST = 100 -- counts of a group
local LIMIT = 400 -- hundredths of z

-- Hundredths of z, of more round ones than a fifth: the variance is 4 n / 25.
local function z_of(round, counts)
  if counts < LEAST then return 0 end
  return math.floor(100 * (5 * round - counts) / math.sqrt(4 * counts))
end

-- The municipality of a unit.
local function place_of(job, unit)
  local row, parts = job.kernel.rows and job.kernel.rows[unit] or unit, {}
  for i = 1, #job.kernel.keys - 1 do
    parts[i] = job.kernel.table:texts(job.kernel.keys[i], { row })[1]
  end
  return table.concat(parts, "/")
end

local function add(job, places, measure, key, round, counts)
  local z = z_of(round, counts)
  if z <= LIMIT then return end
  places[#places + 1] = { key = key, file = job.results.source.file,
    note = { form = "round", name = { measure = measure.name },
      round = round, counts = counts, z = { z = z } } }
end

-- What a part is of: where a ballot has one vote, valid ballots are as good as
-- the sum of all lists, and need no adding.
local function whole_of(job, measure)
  local is_one = not job.results.contest.votes_per_ballot
  local is_lists = measure.whole == "lists" and is_one
  return is_lists and job:part "valid_ballots" or job:part(measure.whole)
end

-- Of one measure the whole, and each municipality; how many counts there are.
local function look(job, measure, places)
  local peers, all, all_round = job:peers(), 0, 0
  local counts, round = peers:ends(job.kernel.table, job:part(measure.part),
    whole_of(job, measure), VARIANCE)
  for group = 1, #counts do
    all, all_round = all + counts[group], all_round + round[group]
  end
  add(job, places, measure, "", all_round, all)
  local firsts
  for group = 1, #counts > 1 and #counts or 0 do
    if z_of(round[group], counts[group]) > LIMIT then
      firsts = firsts or peers:firsts()
      add(job, places, measure, place_of(job, firsts[group]), round[group],
        counts[group])
    end
  end
  return all
end

--- W10: more counts that end in 0 or 5 than chance leaves, in the whole or in
--- one municipality.
---@param job urna.checks.Job
---@param check table `measures`
---@return table answer
function digits.round(job, check)
  local places, missing, most = {}, {}, 0
  for _, measure in ipairs(check.measures) do
    local lacks = not job:part(measure.part) and measure.part
      or not job:part(measure.whole) and measure.whole
    if lacks then
      missing[#missing + 1] = lacks
    else
      most = math.max(most, look(job, measure, places))
    end
  end
  missing = #missing > 0 and missing or nil
  if most >= LEAST then
    return { units = {}, places = places, unknown = 0, is_partly = true,
      missing = missing }
  end
  return { units = {}, unknown = job.units, missing = missing,
    note = { form = "too_few_digits", least = LEAST } }
end

return digits
