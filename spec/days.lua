--- Days of voting made up for specs of turnout by the hour.
local days = {}

--- A day of one source, X; the end is of 1,000 registered voters.
---@param name string
---@param date string
---@param points { [1]: string, [2]: number }[] { "10:00", 10 } in percent
---@param final integer? who had signed in the end
---@return table as urna.turnout takes it
function days.of(name, date, points, final)
  local rows = {}
  for i, point in ipairs(points) do
    rows[i] = { time = point[1], percent = point[2] }
  end
  return { name = name, date = date, turnout = { { source = "X",
    points = rows } }, fields = { voters_signed = final,
    registered_voters = final and 1000 } }
end

return days
