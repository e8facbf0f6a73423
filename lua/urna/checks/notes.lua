local locales = require "urna.locale"

--- What is said of a record, or of a run: the name of a form with its values,
--- so that a report says it in its own language. Forms are words of the
--- language: locale/<language>/check.lua.
---
--- A value is a text, a count, or { percent = millionths }, { z = hundredths },
--- { list = key }, { field = name }, { measure = name }, { all = { values } }.
--- Where several things are said of one record, its note is an array of notes.
local notes = {}

--- Millionths as a percentage, cut to hundredths as on paper.
---@param millionths integer
---@return string "59.00", "-3.20"
function notes.percent(millionths)
  local sign = millionths < 0 and "-" or ""
  local hundredths = math.floor((math.abs(millionths) + 50) / 100)
  return ("%s%d.%02d"):format(sign, math.floor(hundredths / 100),
    hundredths % 100)
end

--- Hundredths as a number: "-4.03".
---@param z integer
---@return string
function notes.z(z)
  return ("%s%d.%02d"):format(z < 0 and "-" or "",
    math.floor(math.abs(z) / 100), math.abs(z) % 100)
end

local say_value

local SPOKEN = {
  percent = function(value, tongue) return tongue.percent(value) end,
  z = function(value, tongue) return tongue.z(value) end,
  list = function(value, tongue) return tongue.list(value) end,
  field = function(value, tongue) return tongue.field(value) end,
  measure = function(value, tongue) return tongue.measure(value) end,
  all = function(values, tongue)
    local texts = {}
    for i, value in ipairs(values) do texts[i] = say_value(value, tongue) end
    return table.concat(texts, ", ")
  end,
}

function say_value(value, tongue)
  if type(value) == "number" then return tongue.count(value) end
  if type(value) ~= "table" then return value end
  if value.form then return notes.say(value, tongue) end
  local kind, inner = next(value)
  return SPOKEN[kind](inner, tongue)
end

--- A note in a language.
---@param note table|string|nil
---@param tongue table { forms, locale, count, percent, z, list, field,
--- measure }: the last six are functions that give texts
---@return string? text
function notes.say(note, tongue)
  if type(note) ~= "table" then return note end
  if not note.form then
    local texts = {}
    for i, one in ipairs(note) do texts[i] = notes.say(one, tongue) end
    return table.concat(texts, "; ")
  end
  local values = {}
  for name, value in pairs(note) do
    if name ~= "form" then values[name] = say_value(value, tongue) end
  end
  return tongue.locale:say(tongue.forms[note.form], values)
end

local plain

-- The command line's own: English, numbers without marks, fields by name.
local function plain_tongue()
  if plain then return plain end
  local english = locales.get("en")
  local words = english:part("check")
  local function same(text) return text end
  plain = { forms = words.notes, locale = english, z = notes.z, list = same,
    field = same,
    count = function(count) return ("%d"):format(count) end,
    percent = function(value) return notes.percent(value) .. " %" end,
    measure = function(name) return words.measures[name] end }
  return plain
end

--- A note in plain English, as the brief text and the tables have it.
---@param note table|string|nil
---@return string?
function notes.text(note)
  return notes.say(note, plain_tongue())
end

return notes
