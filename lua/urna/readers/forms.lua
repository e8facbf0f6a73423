--- The forms that ranked ballots are written in, and how a text is told: by the
--- ending of its name, else by its beginning.
local forms = {}

--- All of them, the four of PrefLib by their types.
forms.NAMES = { "csv", "soc", "soi", "toc", "toi", "blt" }

local FAMILY = { csv = "csv", soc = "preflib", soi = "preflib", toc = "preflib",
  toi = "preflib", blt = "blt" }

--- What reads a form: "csv", "preflib" or "blt"; nil of what is no form.
---@param form string
---@return string?
function forms.family(form)
  return FAMILY[form]
end

--- The form that a file's name ends with, also before .gz and .zst.
---@param name string
---@return string?
function forms.by_name(name)
  name = name:lower():gsub("%.gz$", ""):gsub("%.zst$", "")
  local ending = name:match("%.(%a+)$")
  if ending == "tsv" then return "csv" end
  return FAMILY[ending] and ending
end

-- PrefLib's own lines, "# DATA TYPE: soi"; before 2022 the number of
-- alternatives and then the first of them. What does not say its type may hold
-- anything that toi allows.
local function preflib_type(text)
  local word = ("\n" .. text):match("\n# *DATA TYPE: *(%a+)")
  local form = word and word:lower()
  if forms.family(form or "") == "preflib" then return form end
  local is_new = text:find("^# *%u[%u%d ]*:")
  local is_old = text:find("^%d+[ \t]*\r?\n[ \t]*1[ \t]*,")
  return (is_new or is_old) and "toi" or nil
end

-- "4 2", behind comments and empty lines.
local function is_blt(text)
  for line in text:gmatch("[^\r\n]+") do
    local words = line:gsub("#.*", "")
    if words:find("%S") then return words:find("^%s*%d+%s+%d+%s*$") ~= nil end
  end
  return false
end

--- The form that a text begins as; nil where it is neither PrefLib's nor BLT.
---@param text string its first bytes
---@return string?
function forms.by_beginning(text)
  return preflib_type(text) or is_blt(text) and "blt" or nil
end

return forms
