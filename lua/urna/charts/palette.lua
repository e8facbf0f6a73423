local palette = {}

--- Colours of lists. Each of the default ones stands out from white by 3:1
--- or more (WCAG 2.1, success criterion 1.4.11).

palette.default = { "#0b5394", "#b3261e", "#2e7d32", "#8e24aa", "#b45309",
  "#00796b", "#5d4037", "#c2185b", "#455a64", "#5c6bc0", "#827717", "#37474f",
  "#e53935", "#0288d1", "#6d8c00", "#ab47bc", "#a1640a", "#1b5e20", "#880e4f",
  "#4527a0", "#8d6e63", "#00838f", "#bf360c", "#7b7b00" }
palette.vacant = "#767676"
palette.others = "#616161"

local function channel(hex)
  local value = tonumber(hex, 16) / 255
  if value <= 0.03928 then return value / 12.92 end
  return ((value + 0.055) / 1.055) ^ 2.4
end

local function luminance(colour)
  local red, green, blue = colour:match("^#(%x%x)(%x%x)(%x%x)$")
  return 0.2126 * channel(red) + 0.7152 * channel(green)
    + 0.0722 * channel(blue)
end

--- How a colour stands out from white, 1 to 21.
---@param colour string "#rrggbb"
---@return number
function palette.contrast(colour)
  return 1.05 / (luminance(colour) + 0.05)
end

-- Only a plain colour is let into a drawing: it comes from a user's file.
local function own_colour(list)
  local colour = type(list.colour) == "string" and list.colour:lower() or ""
  local short = { colour:match("^#(%x)(%x)(%x)$") }
  if #short == 3 then
    return "#" .. short[1]:rep(2) .. short[2]:rep(2) .. short[3]:rep(2)
  end
  return colour:match("^#%x%x%x%x%x%x$")
end

--- A colour for each list: its own, or one of the default ones that no list
--- has, in their order. Lists with seats choose first, so that no two of them
--- share one while there are enough.
---@param lists table[]
---@return string[] colours "#rrggbb"
function palette.assign(lists)
  local taken, colours, next_free = {}, {}, 1
  for i, list in ipairs(lists) do
    colours[i] = list.others and palette.others or own_colour(list)
    if colours[i] then taken[colours[i]] = true end
  end
  local function free()
    for _ = 1, #palette.default do
      local colour = palette.default[(next_free - 1) % #palette.default + 1]
      next_free = next_free + 1
      if not taken[colour] then return colour end
    end
    return palette.vacant
  end
  for i, list in ipairs(lists) do
    local has_seats = (list.seats or 0) > 0
    colours[i] = colours[i] or has_seats and free() or nil
  end
  for i = 1, #lists do colours[i] = colours[i] or free() end
  return colours
end

return palette
