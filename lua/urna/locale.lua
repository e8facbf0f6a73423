local errors = require "urna.errors"

--- Words, numbers, dates and names in the languages of the reports. Nothing
--- is taken from the environment: a language is asked for by name. Serbian
--- has one master, in Cyrillic; its Latin is made by a function.
local locale = {}

-- Translations of texts that stand in data, by the English text.
local TEXTS = { ["sr-Cyrl"] = "urna.locale.sr_texts",
  ["sr-Latn"] = "urna.locale.sr_texts" }
local MODULES = { en = "urna.locale.en", ["sr-Cyrl"] = "urna.locale.sr",
  ["sr-Latn"] = "urna.locale.sr" }
local LANGUAGES = { "en", "sr-Cyrl", "sr-Latn" }
-- What only one section of a report says stands in a file of its own:
-- urna.locale.en.annul, urna.locale.sr.annul.
local PARTS = { en = "urna.locale.en.", ["sr-Cyrl"] = "urna.locale.sr.",
  ["sr-Latn"] = "urna.locale.sr." }
local EXACT = 9007199254740991

local LATIN = { ["а"] = "a", ["б"] = "b", ["в"] = "v", ["г"] = "g",
  ["д"] = "d", ["ђ"] = "đ", ["е"] = "e", ["ж"] = "ž", ["з"] = "z",
  ["и"] = "i", ["ј"] = "j", ["к"] = "k", ["л"] = "l", ["љ"] = "lj",
  ["м"] = "m", ["н"] = "n", ["њ"] = "nj", ["о"] = "o", ["п"] = "p",
  ["р"] = "r", ["с"] = "s", ["т"] = "t", ["ћ"] = "ć", ["у"] = "u",
  ["ф"] = "f", ["х"] = "h", ["ц"] = "c", ["ч"] = "č", ["џ"] = "dž",
  ["ш"] = "š" }
local LATIN_CAPITALS = { ["А"] = "A", ["Б"] = "B", ["В"] = "V", ["Г"] = "G",
  ["Д"] = "D", ["Ђ"] = "Đ", ["Е"] = "E", ["Ж"] = "Ž", ["З"] = "Z",
  ["И"] = "I", ["Ј"] = "J", ["К"] = "K", ["Л"] = "L", ["М"] = "M",
  ["Н"] = "N", ["О"] = "O", ["П"] = "P", ["Р"] = "R", ["С"] = "S",
  ["Т"] = "T", ["Ћ"] = "Ć", ["У"] = "U", ["Ф"] = "F", ["Х"] = "H",
  ["Ц"] = "C", ["Ч"] = "Č", ["Ш"] = "Š" }
-- A capital that becomes two letters: LJ in a word of capitals, else Lj.
local DIGRAPHS = { ["Љ"] = { "Lj", "LJ" }, ["Њ"] = { "Nj", "NJ" },
  ["Џ"] = { "Dž", "DŽ" } }
local CHARACTER = "[%z\1-\127\194-\244][\128-\191]*"

local function is_capital(char)
  return char ~= nil and (LATIN_CAPITALS[char] ~= nil
    or DIGRAPHS[char] ~= nil or char:find("^%u$") ~= nil)
end

local function is_small(char)
  return char ~= nil and (LATIN[char] ~= nil or char:find("^%l$") ~= nil)
end

--- Serbian Cyrillic in Latin script. What is not Serbian Cyrillic stays.
---@param text string UTF-8
---@return string
function locale.to_latin(text)
  local chars = {}
  for char in text:gmatch(CHARACTER) do chars[#chars + 1] = char end
  local out = {}
  for i, char in ipairs(chars) do
    local pair = DIGRAPHS[char]
    if pair then
      local among = is_capital(chars[i + 1])
        or not is_small(chars[i + 1]) and is_capital(chars[i - 1])
      out[i] = among and pair[2] or pair[1]
    else
      out[i] = LATIN[char] or LATIN_CAPITALS[char] or char
    end
  end
  return table.concat(out)
end

-- The same table with every text in Latin script.
local function in_latin(value)
  if type(value) == "string" then return locale.to_latin(value) end
  if type(value) ~= "table" then return value end
  local copy = {}
  for key, item in pairs(value) do copy[key] = in_latin(item) end
  return copy
end

-- The digits of a whole number, and its sign.
local function digits_of(count, level)
  local text = type(count) == "string" and count
    or type(count) == "number" and count % 1 == 0
    and math.abs(count) <= EXACT and ("%d"):format(count) or nil
  local minus, digits = (text or ""):match("^(%-?)(%d+)$")
  if not digits then
    error(("%s is not a whole number"):format(type(count) == "number"
      and ("%.17g"):format(count) or ("%q"):format(tostring(count))), level)
  end
  return digits, minus == "-" and "−" or ""
end

local function grouped(digits, mark)
  local head = #digits % 3
  local text = digits:sub(head + 1):gsub("%d%d%d", mark .. "%0")
  if head > 0 then return digits:sub(1, head) .. text end
  return (text:sub(#mark + 1))
end

---@class urna.Locale
local Locale = {}
Locale.__index = Locale

--- A whole number (or a decimal string of any length) with its thousands
--- marked; a string with a point keeps its decimals.
---@param count integer|string 1234567, "1234567", "1234567.89"
---@return string "1,234,567.89"
function Locale:number(count)
  local decimals = ""
  if type(count) == "string" and count:find(".", 1, true) then
    count, decimals = count:match("^(.-)%.(%d+)$")
    decimals = self.decimal .. (decimals or "")
  end
  local digits, sign = digits_of(count, 3)
  return sign .. grouped(digits, self.group) .. decimals
end

--- A change: +3, −3, ±0.
---@param count integer|string as for number; a text may begin with "+"
---@return string
function Locale:signed(count)
  local text = self:number(tostring(count):match("^%+(.*)$") or count)
  if text:sub(1, #"−") == "−" then return text end
  return (text:find("[1-9]") and "+" or "±") .. text
end

--- Two bounds: 8,477–8,533.
---@return string
function Locale:interval(min, max)
  return self:number(min) .. "–" .. self:number(max)
end

--- A percentage that has been worked out already.
---@param text string with a point, "52.77"
---@return string "52.77%"
function Locale:percent(text)
  return (self.percent_form:format(self:number(text)))
end

--- A day: "2 June 2024".
---@param day string "2024-06-02"
---@return string
function Locale:date(day)
  local y, m, d = tostring(day):match("^(%d%d%d%d)-(%d%d)-(%d%d)$")
  local month = self.months[tonumber(m)]
  if not month then
    error(("%q is not a date such as \"2024-06-02\""):format(tostring(day)), 2)
  end
  return self:say(self.date_form, { day = ("%d"):format(d), month = month,
    year = y })
end

--- A time of a day: "2 June 2024, 21:45". A text of another form stays.
---@param text string "2024-06-02 21:45", "2024-06-02T21:45:00" or a day
---@return string
function Locale:time(text)
  local day, rest = text:match("^(%d%d%d%d%-%d%d%-%d%d)(.*)$")
  local clock = rest and rest:match("^[ T](%d%d:%d%d)")
  if not day or not self.months[tonumber(day:sub(6, 7))]
    or rest ~= "" and not clock then
    return text
  end
  if not clock then return self:date(day) end
  return self:say(self.time_form, { date = self:date(day), clock = clock })
end

--- A text of the data (why a figure is marked, a law, a source) in this
--- language; as it is where it has no translation.
---@param text string English
---@return string
function Locale:text(text)
  return self.texts[text] or text
end

--- The form of a noun that goes with a number.
---@param count integer|string
---@param noun string "vote", "seat", "list", "record", "unit", ...
---@return string "votes"
function Locale:plural(count, noun)
  local digits = digits_of(count, 3)
  local forms = self.nouns[noun]
  if not forms then error(("unknown noun %q"):format(tostring(noun)), 2) end
  -- the last digits decide; those of a longer number stay above ten
  local tail = tonumber(digits:sub(-2))
  if #digits > 2 then tail = tail + 100 end
  return forms[self.category(tail)]
end

--- A number with its noun: "5 votes".
---@return string
function Locale:count(count, noun)
  local form = self:plural(count, noun)
  if form:find("%s", 1, true) then
    return (form:format(self:number(count)))
  end
  return self:number(count) .. " " .. form
end

--- "A, B and C".
---@param items string[]
---@return string
function Locale:join(items)
  local last = #items
  if last < 2 then return items[1] or "" end
  return table.concat(items, ", ", 1, last - 1) .. self.last .. items[last]
end

--- A sentence with its places filled.
---@param text string "{list} leads with {seats}."
---@param values table<string, string>
---@return string
function Locale:say(text, values)
  return (text:gsub("{([%w_]+)}", function(name)
    local value = values[name]
    if type(value) ~= "string" then
      error(("no text for {%s} in %q"):format(name, text), 0)
    end
    return value
  end):gsub("%.%.$", "."))
end

--- The name of a list or a contest in this language.
---@param thing table { name, names = { [language] = string }? }
---@return string
function Locale:name(thing)
  local names = thing.names or {}
  if names[self.language] then return names[self.language] end
  if self.language == "sr-Latn" and names["sr-Cyrl"] then
    return locale.to_latin(names["sr-Cyrl"])
  end
  return thing.name or thing.short or thing.key or thing.id or ""
end

--- The short name of a list in this language.
---@param list table { key, short, shorts = { [language] = string }? }
---@return string
function Locale:short(list)
  local shorts = list.shorts or {}
  return shorts[self.language] or list.short or list.key
end

--- The words of one section of a report.
---@param name string "annul", "margins" ...
---@return table<string, any> as its file has them
function Locale:part(name)
  if not self.parts[name] then
    local words = require(PARTS[self.language] .. name)
    self.parts[name] = self.language == "sr-Latn" and in_latin(words) or words
  end
  return self.parts[name]
end

local function texts_of(language)
  local texts = TEXTS[language] and require(TEXTS[language]) or {}
  return language == "sr-Latn" and in_latin(texts) or texts
end

local function build(language)
  local words = require(MODULES[language])
  if language == "sr-Latn" then words = in_latin(words) end
  local made = { texts = texts_of(language), parts = {} }
  for key, value in pairs(words) do made[key] = value end
  made.percent_form, made.date_form = words.percent, words.date
  made.category, made.language, made.lang = words.plural, language, language
  made.percent, made.date, made.plural = nil, nil, nil
  return setmetatable(made, Locale)
end

local made = {}

---@return string[] the languages there are, a copy
function locale.languages()
  local copy = {}
  for i, language in ipairs(LANGUAGES) do copy[i] = language end
  return copy
end

--- The locale of a language.
---@param language string "en", "sr-Cyrl" or "sr-Latn"
---@return urna.Locale?
---@return urna.Error? err "unknown_language"
function locale.get(language)
  if not MODULES[language] then
    local near = errors.nearest(tostring(language), LANGUAGES)
    return nil, errors.new("unknown_language", { text = tostring(language),
      message = ("unknown language %q%s; there are %s"):format(
        tostring(language), near and (" (did you mean %q?)"):format(near)
        or "", table.concat(LANGUAGES, ", ")) })
  end
  made[language] = made[language] or build(language)
  return made[language]
end

return locale
