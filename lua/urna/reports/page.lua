local compare = require "urna.reports.compare"
local compat = require "urna.compat"
local model = require "urna.charts.model"
local words = require "urna.charts.words"

--- What every part of one report needs: the outcome with its lists by key,
--- the locale, and how a figure of it is printed.
local page = {}

---@class urna.Page
---@field outcome table
---@field locale urna.Locale
---@field compare table? from compare.lists
---@field results urna.Results|table|nil
---@field checks table?
---@field answers table[]? what else was asked, see reports/answers.lua
---@field is_alone boolean? of answers alone, without the outcome's own sections
local Page = {}
Page.__index = Page

---@param outcome table
---@param options table locale, results, checks, compare
---@return urna.Page
function page.new(outcome, options)
  local self = { outcome = outcome, locale = options.locale,
    results = options.results, checks = options.checks, by_key = {},
    answers = options.answers, is_alone = options.is_alone,
    compare = options.compare and compare.lists(outcome, options.compare) }
  for _, list in ipairs(outcome.lists) do self.by_key[list.key] = list end
  return setmetatable(self, Page)
end

--- The label of a list.
---@param list table|string a list of the outcome or a key
---@return string
function Page:label(list)
  local found = type(list) == "table" and list or self.by_key[list]
  if not found then return list end
  return model.label(found, self.locale)
end

---@param keys string[]
---@param is_marked boolean? with the sign of minority lists
---@return string
function Page:labels(keys, is_marked)
  local labels = {}
  for i, key in ipairs(keys) do
    labels[i] = is_marked and self:marked_label(key) or self:label(key)
  end
  return self.locale:join(labels)
end

---@param list table|string a list of the outcome or a key
---@return string "RS (m)"
function Page:marked_label(list)
  local label = self:label(list)
  if type(list) ~= "table" then list = self.by_key[list] or {} end
  if not list.minority then return label end
  return ("%s (%s)"):format(label, self.locale.words.minority_sign)
end

---@return string "8,477–8,533†", "387,326" or "–"
function Page:votes(list)
  return model.votes(self.outcome, list, self.locale)
end

--- A list's percentage, with the sign of what it is made of.
---@return string
function Page:percent(list)
  return model.percent(self.outcome, list, self.locale) or "–"
end

--- The signs of the votes of some lists, each once.
---@param ... string? keys
---@return string "‡†", "" if none is marked
function Page:signs(...)
  local signs = ""
  for i = 1, select("#", ...) do
    local list = self.by_key[(select(i, ...))]
    local sign = list and model.sign(model.mark(self.outcome, list)) or ""
    if not signs:find(sign, 1, true) then signs = signs .. sign end
  end
  return signs
end

--- The signs of all figures that a computed seat or margin may rest on.
---@return string
function Page:all_signs()
  local keys, base = {}, self.outcome.base
  for i, list in ipairs(self.outcome.lists) do
    keys[i] = not list.others and list.key or ""
  end
  local signs = self:signs(compat.unpack(keys))
  local own = model.sign(base and model.field_mark(self.outcome,
    base.name).mark)
  return signs:find(own, 1, true) and signs or signs .. own
end

---@return string
function Page:seats(list)
  if list.seats_min and list.seats_max and list.seats_min < list.seats_max then
    return self.locale:interval(list.seats_min, list.seats_max)
  end
  return list.seats and self.locale:number(list.seats) or "–"
end

--- The base of the percentages that are printed, and its phrase.
---@return string? name "ballots_in_box"
---@return string phrase "of ballots in the box", "" if there is none
function Page:base()
  local name
  for _, list in ipairs(self.outcome.lists) do
    name = name or list.share and list.share.base
  end
  name = name or self.outcome.base and self.outcome.base.name
  return name, name and (self.locale.of[name] or name) or ""
end

--- A total as it is known.
---@return string? "733,935–734,059†", nil if it is not known
---@return string sign its mark's sign
function Page:field(name)
  local mark = model.field_mark(self.outcome, name)
  local sign = model.sign(mark.mark)
  if mark.min and mark.max then
    return self.locale:interval(mark.min, mark.max) .. sign, sign
  end
  local value = self:value(name)
  if value then return self.locale:number(value) .. sign, sign end
  return nil, sign
end

--- A total to compute with.
---@return integer|string|nil
function Page:value(name)
  local base = self.outcome.base or {}
  return (self.outcome.fields or {})[name]
    or base.name == name and base.total or nil
end

--- Who has most seats, or most votes where seats are not given.
---@return table[] lists
---@return string measure "seats" or "votes"
function Page:leaders()
  local function most(measure)
    local best, found = 0, {}
    for _, list in ipairs(self.outcome.lists) do
      local value = not list.others and measure(list) or 0
      if value > best then best, found = value, {} end
      if value == best and value > 0 then found[#found + 1] = list end
    end
    return found
  end
  local found = most(function(list) return list.seats end)
  if #found > 0 then return found, "seats" end
  found = most(function(list) return tonumber(list.votes) end)
  if #found > 0 then return found, "votes" end
  return most(function(list)
    return model.hundredths(list.share and list.share.percent)
  end), "percent"
end

--- Whether records were kept out or have not come.
---@return boolean
function Page:is_incomplete()
  local units = self.outcome.units or {}
  return (units.bad or 0) > 0 or units.reported ~= nil
    and units.expected ~= nil and units.reported < units.expected
end

--- The signs of a difference in points: of both its percentages.
---@param list table
---@param before table the list in the earlier outcome
---@return string
function Page:points_signs(list, before)
  local own = model.sign(model.percent_mark(self.outcome, list))
  local other = model.sign(model.percent_mark(self.compare.outcome, before))
  return own:find(other, 1, true) and own or own .. other
end

--- What the report is of.
---@return string never empty
function Page:title()
  return words.contest_name(self.outcome, self.locale)
end

-- How articles are known stands behind them in words: "82 (recalled)".
local KNOWN = { recalled = "recalled", cited = "cited",
  ["as in the bill"] = "as_in_the_bill" }

--- An article as a cell prints it, and how it is known.
---@param article string? "82 (recalled)"
---@return string "82*", "" if there is none
---@return string? known "recalled", "cited" or "as_in_the_bill"
---@return string? bare "82"
function Page.article(_, article)
  local bare, how = (article or ""):match("^(.-) %(([%a ]+)%)$")
  local known = how and KNOWN[how]
  if not known then return article or "", nil, article end
  return bare .. "*", known, bare
end

local FINISHED = { final = true, overall = true, summary = true }

--- The status of the count: never a finished one where records lack.
---@return string "final", "not_final", "unstated" ...
function Page:status()
  local name = self.outcome.count_status or "unstated"
  return FINISHED[name] and self:is_incomplete() and "not_final" or name
end

--- The sentence of that name with its places filled.
---@return string
function Page:say(name, values)
  return self.locale:say(self.locale.sentences[name], values or {})
end

return page
