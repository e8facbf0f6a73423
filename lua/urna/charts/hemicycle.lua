local hemicycle = {}

--- Where the seats of an assembly stand in a half-circle.
---
--- Rows are concentric, the inner one at half the radius of the whole, and
--- each takes its share of the seats. With r rows a seat is 1/(4r - 2) thick,
--- so that r rows fill the ring from 1/2 to 1. Up to ten seats make one row.
--- Source: the geometry of Parliament diagrams (parliamentarch).

local PI, ONE_ROW = math.pi, 10

local function capacity(rows)
  local half, all, each = 1 / (4 * rows - 2), 0, {}
  for row = 1, rows do
    local radius = 0.5 + 2 * (row - 1) * half
    -- a hair is added: 10.999999 seats are 11 on every host
    each[row] = math.floor(PI * radius / (2 * half) + 1e-9)
    all = all + each[row]
  end
  return all, each, half
end

local function fewest_rows(seats)
  local rows = 1
  while capacity(rows) < seats do rows = rows + 1 end
  return rows
end

local function place(points, row, radius, angle)
  points[#points + 1] = { row = row, angle = angle,
    x = radius * math.cos(angle), y = radius * math.sin(angle),
    order = math.floor((PI - angle) * 1000000 + 0.5) }
end

local function one_row(seats)
  local half = math.min(math.sin(PI / (2 * seats)) / 1.16, 0.14)
  local points = {}
  for i = 1, seats do
    place(points, 1, 1 - half, PI - (i - 0.5) * PI / seats)
  end
  return points, half
end

local function fill_row(points, row, radius, count, half)
  if count == 1 then return place(points, row, radius, PI / 2) end
  local margin = math.asin(half / radius)
  for i = 1, count do
    place(points, row, radius,
      PI - margin - (i - 1) * (PI - 2 * margin) / (count - 1))
  end
end

-- Rounding the running total gives each row its share, never more than fits.
local function many_rows(seats)
  local all, each, half = capacity(fewest_rows(seats))
  local points, room, given = {}, 0, 0
  for row, most in ipairs(each) do
    room = room + most
    local upto = math.floor(room * seats / all + 0.5)
    fill_row(points, row, 0.5 + 2 * (row - 1) * half, upto - given, half)
    given = upto
  end
  return points, half
end

local function by_angle(a, b)
  if a.order ~= b.order then return a.order < b.order end
  return a.row < b.row
end

--- The points of an assembly, from left to right by angle.
---@param seats integer 1 to 1000
---@return table[] points { x, y, row, angle }; x -1..1, y 0..1
---@return number half half the distance kept between two seats
function hemicycle.points(seats)
  if seats < 1 then return {}, 0 end
  local points, half = (seats <= ONE_ROW and one_row or many_rows)(seats)
  table.sort(points, by_angle)
  return points, half
end

local function by_middle(a, b)
  if a.row ~= b.row then return a.row < b.row end
  local far, near = math.abs(a.angle - PI / 2), math.abs(b.angle - PI / 2)
  if math.abs(far - near) > 1e-6 then return far < near end
  return a.order < b.order
end

-- Seats that nobody has stand in the middle of the inner rows.
local function vacate(points, vacant)
  local inner = {}
  for i, point in ipairs(points) do inner[i] = point end
  table.sort(inner, by_middle)
  for i = 1, vacant do inner[i].wedge = 0 end
end

--- Give points to wedges, from left to right; sets each point's `wedge`.
---@param points table[] from left to right, { row, angle, order }
---@param wedges integer[] seats of each; what is left over is vacant
function hemicycle.deal(points, wedges)
  local taken = 0
  for _, count in ipairs(wedges) do taken = taken + count end
  vacate(points, #points - taken)
  local wedge, left = 0, 0
  for _, point in ipairs(points) do
    if not point.wedge then
      while left == 0 do
        wedge = wedge + 1
        left = wedges[wedge]
      end
      point.wedge, left = wedge, left - 1
    end
  end
end

-- Signs of a terminal stand on every second column, so that a line is as far
-- from the next as a sign is from its neighbour.
local function lattice(radius)
  local points = {}
  for y = 0, math.floor(radius / 2) do
    for x = 1, radius, 2 do
      local far = x * x + 4 * y * y
      if far <= radius * radius then
        points[#points + 1] = { x = x, y = y, far = far }
        points[#points + 1] = { x = -x, y = y, far = far }
      end
    end
  end
  return points
end

local HOLLOW = 0.2 -- of the area, so nearly half of the radius

local function by_distance(a, b)
  if a.far ~= b.far then return a.far > b.far end
  if a.y ~= b.y then return a.y < b.y end
  return a.x < b.x
end

--- The places of signs in a terminal, from left to right by angle.
---@param seats integer
---@return table[] points { x, y, row, angle }; x columns from the middle, y
--- lines from the bottom
---@return integer radius in columns
function hemicycle.cells(seats)
  local points, radius = {}, 1
  if seats <= ONE_ROW then
    for i = 1, seats do
      points[i] = { x = 4 * i - 2 * seats - 2, y = 0, row = 1, order = i,
        angle = PI - (i - 0.5) * PI / seats }
    end
    return points, 2 * seats
  end
  repeat
    radius = radius + 1
    points = lattice(radius)
  until #points * (1 - HOLLOW) >= seats
  table.sort(points, by_distance)
  for i = #points, seats + 1, -1 do points[i] = nil end
  for _, point in ipairs(points) do
    -- the bottom line stands a little above the ground
    local y = point.y * 2 + 1
    point.angle = math.acos(point.x / math.sqrt(point.x * point.x + y * y))
    point.row = math.floor(math.sqrt(point.far) / 2)
    point.order = math.floor((PI - point.angle) * 1000000 + 0.5)
  end
  table.sort(points, by_angle)
  return points, radius
end

--- The angle that parts the first `count` of the points from the rest.
---@return number from pi (left) to 0
function hemicycle.border(points, count)
  if count < 1 then return PI end
  if count >= #points then return 0 end
  return (points[count].angle + points[count + 1].angle) / 2
end

return hemicycle
