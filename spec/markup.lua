--- Whether markup is well formed, for specs of reports and drawings.
local markup = {}

local VOID = { meta = true, link = true, br = true, hr = true, img = true }

--- The first fault of a page or a drawing; nil where every element is closed
--- by its own name and no sign stands bare.
---@param text string
---@return string?
function markup.fault(text)
  local open = {}
  local plain = text:gsub("<!doctype html>", ""):gsub("<style>.-</style>", "")
  for close, name, rest in plain:gmatch("<(/?)([%a][%w]*)([^<>]*)>") do
    if close == "/" then
      if table.remove(open) ~= name then return "</" .. name .. ">" end
    elseif not VOID[name] and rest:sub(-1) ~= "/" then
      open[#open + 1] = name
    end
    if rest:gsub("[%w:-]+=\"[^\"]*\"", ""):find("[=\"]") then return rest end
  end
  if #open > 0 then return "<" .. open[#open] .. "> is open" end
  local bare = plain:gsub("</?%a[^<>]*>", "")
  return bare:match("[<>]") or bare:match("&[^%a#][^;]?")
end

return markup
