local display = {}

--- Text in columns of a terminal: how wide it is, and how it is padded and
--- broken. Source: Unicode 15, EastAsianWidth.txt and general category Mn.

local CHARACTER = "[%z\1-\127\194-\244][\128-\191]*"

local COMBINING = { { 0x300, 0x36F }, { 0x483, 0x489 }, { 0x591, 0x5BD },
  { 0x610, 0x61A }, { 0x64B, 0x65F }, { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF },
  { 0x200B, 0x200F }, { 0x2028, 0x202E }, { 0x2060, 0x206F },
  { 0x20D0, 0x20FF }, { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F },
  { 0xFEFF, 0xFEFF } }
local WIDE = { { 0x1100, 0x115F }, { 0x2E80, 0x303E }, { 0x3041, 0x33FF },
  { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF }, { 0xA000, 0xA4CF },
  { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F },
  { 0xFF00, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1F64F },
  { 0x1F900, 0x1F9FF }, { 0x20000, 0x3FFFD } }

local function within(code, ranges)
  for _, range in ipairs(ranges) do
    if code < range[1] then return false end
    if code <= range[2] then return true end
  end
  return false
end

local function code_of(char)
  local a, b, c, d = char:byte(1, 4)
  if d then
    return (a % 8) * 262144 + (b % 64) * 4096 + (c % 64) * 64 + d % 64
  end
  if c then return (a % 16) * 4096 + (b % 64) * 64 + c % 64 end
  return b and (a % 32) * 64 + b % 64 or a
end

local function width_of(char)
  if #char == 1 then return char:find("%c") and 0 or 1 end
  local code = code_of(char)
  if within(code, COMBINING) then return 0 end
  return within(code, WIDE) and 2 or 1
end

--- The columns that a text takes.
---@param text string UTF-8
---@return integer
function display.width(text)
  if not text:find("[\128-\255%c]") then return #text end
  local width = 0
  for char in text:gmatch(CHARACTER) do width = width + width_of(char) end
  return width
end

--- Pad a text to a width.
---@param text string
---@param width integer
---@param align string? "left" (default), "right" or "centre"
---@return string
function display.pad(text, width, align)
  local gap = width - display.width(text)
  if gap <= 0 then return text end
  if align == "right" then return (" "):rep(gap) .. text end
  if align ~= "centre" then return text .. (" "):rep(gap) end
  local left = math.floor(gap / 2)
  return (" "):rep(left) .. text .. (" "):rep(gap - left)
end

--- Break a text into lines between words. A word that is longer than a line
--- stays whole: a broken address could not be copied.
---@param text string
---@param width integer
---@return string[] at least one
function display.wrap(text, width)
  local lines, line = {}, nil
  for word in text:gmatch("%S+") do
    local longer = line and line .. " " .. word or word
    if line and display.width(longer) > width then
      lines[#lines + 1], line = line, word
    else
      line = longer
    end
  end
  lines[#lines + 1] = line or ""
  return lines
end

--- A text in a colour of the terminal.
---@param text string
---@param colour string "#rrggbb"
---@param wanted boolean? whether colour is asked for
---@return string the text as it is where it is not, or where it is empty
function display.painted(text, colour, wanted)
  if not wanted or text == "" then return text end
  local red, green, blue = colour:match("^#(%x%x)(%x%x)(%x%x)$")
  return ("\27[38;2;%d;%d;%dm%s\27[0m"):format(tonumber(red, 16),
    tonumber(green, 16), tonumber(blue, 16), text)
end

return display
