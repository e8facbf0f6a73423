local compare = require "urna.reports.compare"
local model = require "urna.charts.model"

--- What every part of one report needs: the outcome with its lists by key,
--- the locale, and how a figure of it is printed.
local page = {}

---@class urna.Page
---@field outcome table
---@field locale urna.Locale
---@field compare table? from compare.lists
---@field results urna.Results|table|nil
---@field checks table?
local Page = {}
Page.__index = Page

---@param outcome table
---@param options table locale, results, checks, compare
---@return urna.Page
function page.new(outcome, options)
  local self = { outcome = outcome, locale = options.locale,
    results = options.results, checks = options.checks, by_key = {},
    compare = options.compare and compare.lists(outcome, options.compare) }
  for _, list in ipairs(outcome.lists) do self.by_key[list.key] = list end
  return setmetatable(self, Page)
end

--- The label of a list, with the sign of a minority list.
---@param list table|string a list of the outcome or a key
---@return string
function Page:label(list)
  local found = type(list) == "table" and list or self.by_key[list]
  if not found then return list end
  return model.label(found, self.locale)
end

---@return string
function Page:labels(keys)
  local labels = {}
  for i, key in ipairs(keys) do labels[i] = self:label(key) end
  return self.locale:join(labels)
end

---@return string "RS (m)"
function Page:marked_label(list)
  local label = self:label(list)
  if not list.minority then return label end
  return ("%s (%s)"):format(label, self.locale.words.minority_sign)
end

---@return string "8,477–8,533†", "387,326" or "–"
function Page:votes(list)
  return model.votes(self.outcome, list, self.locale)
end

local function has_mark(self, what)
  for _, mark in ipairs(self.outcome.marks or {}) do
    if mark.what == what then return mark.mark end
  end
end

--- A list's percentage, with the sign of the votes or shares it is made of.
---@return string
function Page:percent(list)
  local share = list.share
  if not share or not share.percent then return "–" end
  local mark = model.mark(self.outcome, list) or has_mark(self, "shares")
  return self.locale:percent(share.percent) .. model.sign(mark)
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

-- The mark of a field: its interval and what kind it is.
local function field_mark(self, name)
  for _, mark in ipairs(self.outcome.marks or {}) do
    if mark.what == "field" and mark.field == name then return mark end
  end
  local base = self.outcome.base
  return base and base.name == name and (base.mark or base.min) and base or {}
end

--- A total as it is known.
---@return string? "733,935–734,059†", nil if it is not known
---@return string sign its mark's sign
function Page:field(name)
  local mark = field_mark(self, name)
  local sign = model.sign(mark.mark or mark.min and "estimate" or nil)
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

--- The sentence of that name with its places filled.
---@return string
function Page:say(name, values)
  return self.locale:say(self.locale.sentences[name], values or {})
end

return page
