--- Days and times of the data as a reader reads them.
local moments = {}

--- A day or a time, with its offset from UTC where one is said.
---@param page urna.Page
---@param text string "2024-06-02", "2024-06-02T20:00", "2024-06-02T20:00Z"
---@param known string? the offset that is said elsewhere, and not again
---@return string "2 June 2024, 20:00 (UTC+02:00)"
function moments.text(page, text, known)
  local zone = moments.zone(text)
  if zone == "" or zone == known then return page.locale:time(text) end
  return ("%s (UTC%s)"):format(page.locale:time(text), moments.offset(zone))
end

--- The offset from UTC behind a time.
---@param text string
---@return string "+02:00", "Z" or ""
function moments.zone(text)
  return text:match("T%d%d:%d%d(.*)$") or ""
end

--- An offset as it is printed behind "UTC".
---@param zone string "+02:00" or "Z"
---@return string "+02:00", "−05:00" or ""
function moments.offset(zone)
  return zone == "Z" and "" or (zone:gsub("^%-", "−"))
end

--- A stretch of time; one day stands only once.
---@param page urna.Page
---@param from string?
---@param to string?
---@return string "2 June 2024, 09:00–12:30", "–" where it is not known
function moments.stretch(page, from, to)
  if not from then return "–" end
  if not to or to == from then return moments.text(page, from) end
  local hour = to:match("T(%d%d:%d%d)$")
  local same_day = from:sub(1, 10) == to:sub(1, 10)
  return moments.text(page, from) .. "–"
    .. (same_day and hour or moments.text(page, to))
end

return moments
