--- What specs of reports ask of a page.
local pages = {}

local VOID = { meta = true, br = true, hr = true, img = true, link = true }

--- Where the tags of HTML or SVG do not nest.
---@param html string
---@return string? fault nil if they do
function pages.fault(html)
  local open = {}
  html = html:gsub("<!doctype html>", ""):gsub("<style>.-</style>", "")
  if html:find("&[^%a#]") then return "a bare &" end
  for slash, name, rest in html:gmatch("<(/?)([%a][%w]*)([^<>]*)>") do
    if slash == "/" then
      local last = table.remove(open)
      if last ~= name then
        return ("</%s> ends <%s>"):format(name, tostring(last))
      end
    elseif not VOID[name] and rest:sub(-1) ~= "/" then
      open[#open + 1] = name
    end
    if rest:gsub("[%w:-]+=\"[^\"]*\"", ""):find("[=\"]") then
      return "a bad attribute: " .. rest
    end
  end
  local left = html:gsub("</?%a[^<>]*>", "")
  if left:find("[<>]") then return "a bare < or >" end
  return #open > 0 and ("<%s> is open"):format(open[#open]) or nil
end

--- The words of a text in which Latin letters stand, each once, in order of
--- their first place; in a Cyrillic page these are names and signs.
---@param text string
---@return string all of them, with a space between
function pages.latin(text)
  local found, seen = {}, {}
  for word in text:gmatch("[%w\128-\255]+") do
    if word:find("%a") and not seen[word] then
      found[#found + 1], seen[word] = word, true
    end
  end
  return table.concat(found, " ")
end

--- A text with its lines as one.
---@param text string
---@return string
function pages.joined(text)
  return (text:gsub("%s+", " "))
end

return pages
