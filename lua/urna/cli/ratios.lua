--- Ratios as they are typed: 5/100.
local ratios = {}

local MOST = 1000000

--- A ratio.
---@param text string
---@return integer[]? ratio { num, den }
---@return string? expected
function ratios.read(text)
  local num, den = text:match("^(%d+)/(%d+)$")
  num, den = tonumber(num), tonumber(den)
  if num and den > 0 and num <= MOST and den <= MOST then
    return { num, den }
  end
  return nil, "a ratio such as 3/100"
end

--- A ratio, or "none".
---@param text string
---@return integer[]|string|nil
---@return string? expected
function ratios.read_or_none(text)
  if text == "none" then return text end
  local ratio, expected = ratios.read(text)
  return ratio, expected and expected .. ", or none"
end

return ratios
