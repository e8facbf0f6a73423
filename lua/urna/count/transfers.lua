local errors = require "urna.errors"
local gregory = require "urna.count.stv.gregory"
local lots = require "urna.lots"
local meek = require "urna.count.stv.meek"
local rule_of = require "urna.count.stv.rule"
local supplementary = require "urna.count.stv.supplementary"

--- The family of the transferable vote: its rules as data, and what counts by
--- them. What a field means stands in urna.count.stv.rule.
local transfers = {}

transfers.rules = {
  -- ---- papers at a value ----
  stv = { method = "gregory", title = "Single transferable vote, exact",
    law = "no law: weighted inclusive Gregory with the whole Droop quota" },
  wigm = { method = "gregory", title = "Weighted inclusive Gregory, exact",
    quota = "hagenbach_bischoff",
    law = "no law: J. Lundell, Droop, rule wigm" },
  wigm_prf = { method = "gregory", title = "Reference WIGM rule",
    quota = "droop_decimal", decimals = 4, rounding = "product_first",
    law = "no law: Proportional Representation Foundation, Reference WIGM "
      .. "Rule" },
  wigm_prf_batch = { method = "gregory",
    title = "Reference WIGM rule, sure losers together",
    quota = "droop_decimal", decimals = 4, rounding = "product_first",
    exclusion = "sure_losers_first", last_papers = "kept_of_sure_losers",
    law = "no law: as wigm_prf, with its optional step B.2" },
  -- 46 quota, 47 election, 48 transfer value of 5 decimals, 49 largest surplus
  -- first, 50 exclusion, 49 and 51 ties by the last stage that differs, then
  -- by lot, 52 last vacancies
  scotland = { method = "gregory", title = "Scottish local elections",
    decimals = 5, ties = { "backward" }, skips_exhaust = 1,
    law = "SSI 2007/42, schedule 1, rules 45 to 52; as SSI 2011/399 has them" },
  -- 167.20 threshold, surplus fraction and transfer value of 4 decimals,
  -- mathematically impossible to be elected (as Droop reads it: who could
  -- still come level is not); 167.70 (1) c batch before surpluses, d surpluses,
  -- who has a quota is a continuing candidate until then, e exclusion, f last
  -- seats, which c and d go past; (2) more than one skipped rank, an overvote,
  -- a duplicate
  minneapolis = { method = "gregory", title = "Minneapolis, several seats",
    decimals = 4, rounding = "product_first", pending_receive = true,
    exclusion = "sure_losers_first", last = "after_surpluses",
    last_papers = "kept_of_one", skips_exhaust = 2, repeats = "exhaust",
    law = "Minneapolis Code of Ordinances, title 8.5, 167.20 and 167.70, of "
      .. "2009-10-02" },
  -- (8) quota, (9) and (10) one transfer value for all papers, fractions of
  -- votes disregarded, (13) and (14) exclusion, value by value, (17) the last
  -- vacancy, (18) as many as vacancies, (20) to (23) order of surpluses
  australian_senate = { method = "gregory", title = "Australian Senate",
    value = "unweighted", credit = "whole", surplus_order = "elected",
    exclusion_steps = "by_value", last = "after_surpluses",
    last_of_two = true, ties = { "backward" },
    law = "Commonwealth Electoral Act 1918, s. 273, without bulk exclusion" },
  -- 120 quota, 121 surplus of the sub-parcel last received, 122 exclusion, 123
  -- transfers, 124 last vacancies; ties: 121 and 122, original votes, then the
  -- first count that differs
  irish = { method = "gregory", title = "Dáil Éireann", papers = "last_parcel",
    value = "whole", defer = true, exclusion = "sure_losers", early = true,
    ties = { "forward" }, skips_exhaust = 1,
    law = "Electoral Act 1992 (Ireland), ss. 118 to 124, s. 124 as amended in "
      .. "2001; candidates' expenses (a quarter of the quota) not regarded" },

  -- ---- keep factors ----
  meek = { method = "meek", title = "Meek", decimals = 9, omega = 6,
    quota = "droop_decimal", keeping = "down", exclusion = "sure_losers",
    law = "no law: Hill, Wichmann & Woodall, Algorithm 123, 1987, with sure "
      .. "losers excluded together" },
  meek_prf = { method = "meek", title = "Reference Meek rule", decimals = 9,
    omega = 6, quota = "droop_decimal", keeping = "up",
    law = "no law: Proportional Representation Foundation, Reference Meek "
      .. "Rule" },
  warren = { method = "meek", title = "Warren", decimals = 9, omega = 6,
    quota = "droop_decimal", keeping = "equally", exclusion = "sure_losers",
    law = "no law: C. H. E. Warren, Voting matters 1, 1994" },

  -- ---- one seat ----
  irv = { method = "gregory", title = "Instant runoff", one_seat = true,
    quota_of = "continuing",
    law = "no law: more than half of the votes that continue" },
  maine = { method = "gregory", title = "Instant runoff, RCTab's Maine rules",
    one_seat = true, quota_of = "continuing", exclusion = "sure_losers",
    skips_exhaust = 2, ties = { "last_listed" }, write_ins = "first",
    law = "RCTab, 2015_portland_mayor: Maine Rules" },
  minneapolis_irv = { method = "gregory", one_seat = true,
    title = "Instant runoff, RCTab's Minneapolis rules",
    quota_of = "continuing", exclusion = "sure_losers", overvotes = "skip",
    skips_exhaust = 2, write_ins = "first",
    law = "RCTab, 2017_minneapolis_mayor: Minneapolis Rules" },
  supplementary_vote = { method = "supplementary", one_seat = true,
    title = "Supplementary vote", choices = 2,
    law = "Local Government Act 2000 (United Kingdom), schedule 2" },
  contingent_vote = { method = "supplementary", one_seat = true,
    title = "Contingent vote", law = "no law: as many choices as are made" },
}

transfers.aliases = {
  alternative_vote = "irv", instant_runoff = "irv", mpls = "minneapolis",
  ["meek-prf"] = "meek_prf", weighted_inclusive_gregory = "wigm",
  scottish_stv = "scotland", dail = "irish", senate = "australian_senate",
  contingent = "contingent_vote",
}

local METHODS = { gregory = gregory, meek = meek,
  supplementary = supplementary }
transfers.methods = METHODS
local OPTIONS = { "seats", "lots", "precision", "withdrawn", "write_ins" }

local function is_whole(value, least)
  return type(value) == "number" and value % 1 == 0 and value >= least
end

-- The decimals of a count may be said beside its rule.
local function with_precision(given, precision, level)
  if precision == nil then return given end
  if not is_whole(precision, 0) or precision > 30 then
    error(("count: precision must be a whole number from 0 to 30, not %s")
      :format(tostring(precision)), level + 1)
  end
  local made = {}
  for key, value in pairs(given) do made[key] = value end
  made.decimals = precision
  if given.method == "meek" then
    made.omega = (precision * 2 - precision * 2 % 3) / 3
  end
  return made
end

local function standing(ballots, withdrawn)
  local out, count = {}, 0
  for _, name in ipairs(withdrawn or {}) do out[name] = true end
  for _, candidate in ipairs(ballots:candidates()) do
    local name = candidate.name
    if candidate.kind ~= "withdrawn" and not out[name] then
      count = count + 1
    end
  end
  return count
end

local function check_names(ballots, options, key, level)
  local known, names = {}, {}
  for i, candidate in ipairs(ballots:candidates()) do
    known[candidate.name], names[i] = true, candidate.name
  end
  for _, name in ipairs(options[key] or {}) do
    if not known[name] then
      local near = errors.nearest(tostring(name), names)
      error(("count: %s: %q is no candidate%s"):format(key, tostring(name),
        near and (": did you mean %q?"):format(near) or ""), level + 1)
    end
  end
end

local function seats_of(ballots, rule, options, level)
  local seats = options.seats or rule.one_seat and 1 or ballots.seats
  if seats == nil then
    error("count: seats must be said: the ballots do not say how many",
      level + 1)
  end
  if not is_whole(seats, 1) then
    error(("count: seats must be a whole number from 1, not %s"):format(
      type(seats) == "string" and ("%q"):format(seats) or tostring(seats)),
      level + 1)
  end
  if rule.one_seat and seats ~= 1 then
    error(("count: the rule %q fills one seat, not %d"):format(rule.name,
      seats), level + 1)
  end
  local candidates = standing(ballots, options.withdrawn)
  if seats > candidates then
    error(("count: seats is %d, but %d candidate%s"):format(seats, candidates,
      candidates == 1 and " stands" or "s stand"), level + 1)
  end
  return seats
end

local function check(ballots, options, level)
  errors.check_options("count", options, OPTIONS, level + 1)
  errors.check_types("count", options, { withdrawn = "table",
    write_ins = "table" }, level + 1)
  check_names(ballots, options, "withdrawn", level + 1)
  check_names(ballots, options, "write_ins", level + 1)
end

--- Count ballots by a rule of this family.
--- Fails: raises for a rule or options that are wrong, and for lots that match
--- no tie; nil and "no_votes" if no paper counts for anybody.
---@param ballots urna.Ballots
---@param rule table a rule of `rules`, or one's own
---@param options { seats: integer?, lots: string[][]?, precision: integer?,
--- withdrawn: string[]?, write_ins: string[]? }
---@return table?
---@return urna.Error?
function transfers.run(ballots, rule, options)
  check(ballots, options, 3)
  local full, why = rule_of.complete(
    with_precision(rule, options.precision, 3), transfers.rules)
  if not full then error("count: " .. why, 3) end
  local draws, wrong = lots.new(options.lots)
  if not draws then error("count: " .. wrong, 3) end
  local seats = seats_of(ballots, full, options, 3)
  local counted = METHODS[full.method].run(ballots, full, { seats = seats,
    lots = draws, withdrawn = options.withdrawn,
    write_ins = options.write_ins })
  if counted.valid == 0 then
    return nil, errors.new("no_votes", { message = ballots:papers() == 0
      and "there are no ballots" or "no paper counts for a candidate" })
  end
  local complaint = counted.draws:complaint()
  if complaint then error("count: " .. complaint, 3) end
  return counted:result({ papers = ballots:papers(), valid = counted.valid,
    invalid = counted.invalid, quota = counted.values:text(counted.quota) })
end

return transfers
