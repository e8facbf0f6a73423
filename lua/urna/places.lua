--- Names of places and headings, matched across Cyrillic, Latin and bare
--- ASCII, case and outer spaces: "Чукарица", "Čukarica" and "CUKARICA" are one.
local places = {}

-- What each letter beyond ASCII is folded to. Both dj and đ are "dj", for
-- that is how it is typed without the letter.
local LETTERS = {
  { "а", "a" }, { "б", "b" }, { "в", "v" }, { "г", "g" }, { "д", "d" },
  { "ђ", "dj" }, { "е", "e" }, { "ж", "z" }, { "з", "z" }, { "и", "i" },
  { "ј", "j" }, { "к", "k" }, { "л", "l" }, { "љ", "lj" }, { "м", "m" },
  { "н", "n" }, { "њ", "nj" }, { "о", "o" }, { "п", "p" }, { "р", "r" },
  { "с", "s" }, { "т", "t" }, { "ћ", "c" }, { "у", "u" }, { "ф", "f" },
  { "х", "h" }, { "ц", "c" }, { "ч", "c" }, { "џ", "dz" }, { "ш", "s" },
  { "А", "a" }, { "Б", "b" }, { "В", "v" }, { "Г", "g" }, { "Д", "d" },
  { "Ђ", "dj" }, { "Е", "e" }, { "Ж", "z" }, { "З", "z" }, { "И", "i" },
  { "Ј", "j" }, { "К", "k" }, { "Л", "l" }, { "Љ", "lj" }, { "М", "m" },
  { "Н", "n" }, { "Њ", "nj" }, { "О", "o" }, { "П", "p" }, { "Р", "r" },
  { "С", "s" }, { "Т", "t" }, { "Ћ", "c" }, { "У", "u" }, { "Ф", "f" },
  { "Х", "h" }, { "Ц", "c" }, { "Ч", "c" }, { "Џ", "dz" }, { "Ш", "s" },
  { "č", "c" }, { "ć", "c" }, { "š", "s" }, { "ž", "z" }, { "đ", "dj" },
  { "Č", "c" }, { "Ć", "c" }, { "Š", "s" }, { "Ž", "z" }, { "Đ", "dj" },
  { "ǉ", "lj" }, { "ǌ", "nj" }, { "ǆ", "dz" },
  { "ǈ", "lj" }, { "ǋ", "nj" }, { "ǅ", "dz" },
  { "Ǉ", "lj" }, { "Ǌ", "nj" }, { "Ǆ", "dz" },
  -- of the neighbours, so far as words of totals and names of towns have them
  { "ѓ", "gj" }, { "Ѓ", "gj" }, { "ќ", "kj" }, { "Ќ", "kj" }, { "ѕ", "dz" },
  { "Ѕ", "dz" }, { "й", "j" }, { "Й", "j" }, { "щ", "st" }, { "Щ", "st" },
  { "á", "a" }, { "Á", "a" }, { "é", "e" }, { "É", "e" }, { "í", "i" },
  { "Í", "i" }, { "ó", "o" }, { "Ó", "o" }, { "ö", "o" }, { "Ö", "o" },
  { "ő", "o" }, { "Ő", "o" }, { "ú", "u" }, { "Ú", "u" }, { "ü", "u" },
  { "Ü", "u" }, { "ű", "u" }, { "Ű", "u" }, { "ë", "e" }, { "Ë", "e" },
  { "ç", "c" }, { "Ç", "c" }, { "ł", "l" }, { "Ł", "l" },
  { "\204\140", "" }, -- a combining caron, as in decomposed text
  { "\204\129", "" }, -- a combining acute
  { "\194\160", " " }, -- a space that does not break
}

local FOLDED = {}
for _, pair in ipairs(LETTERS) do FOLDED[pair[1]] = pair[2] end

--- A name as it is compared: lower-case ASCII where the letters are known,
--- outer spaces off, inner ones single.
---@param text string UTF-8
---@return string
function places.fold(text)
  local plain = text:gsub("[\194-\244][\128-\191]*", FOLDED):lower()
  return (plain:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

--- Whether a folded place is a key path or a suffix of it that begins at a
--- border of its parts.
---@param path string folded, parts joined by "/"
---@param place string folded
---@return boolean
function places.ends_with(path, place)
  if path == place then return true end
  local from = #path - #place
  return from > 0 and path:sub(from, from) == "/"
    and path:sub(from + 1) == place
end

-- What the key of a row of sums says, in the languages at hand. Not "sum": a
-- village may be called Šum.
local TOTAL_WORDS = "total, totals, grand total, ukupno, укупно, svega, "
  .. "sveukupno, zbir, вкупно, shuma, gjithsej, összesen, razem, "
  .. "ogółem, celkem, spolu, skupaj, общо, всего, итого, gesamt, insgesamt, "
  .. "summe, totale, toplam"

local TOTALS = {}
for word in TOTAL_WORDS:gmatch("[^,]+") do TOTALS[places.fold(word)] = true end

--- Whether a key says that its row is a total: "Укупно", "TOTAL:".
---@param key string
---@return boolean
function places.is_total(key)
  return TOTALS[(places.fold(key):gsub("[%s:%.%-]+$", ""))] or false
end

return places
