local hemicycle = require "urna.charts.hemicycle"

-- The smallest squared distance of any two points, by cells of that width.
local function touches(points, width)
  local cells = {}
  for _, point in ipairs(points) do
    local column, row = math.floor(point.x / width), math.floor(point.y / width)
    for c = column - 1, column + 1 do
      for r = row - 1, row + 1 do
        for _, other in ipairs(cells[c * 100003 + r] or {}) do
          local x, y = point.x - other.x, point.y - other.y
          if x * x + y * y < width * width then return true end
        end
      end
    end
    local own = column * 100003 + row
    cells[own] = cells[own] or {}
    table.insert(cells[own], point)
  end
  return false
end

describe("the seats of an assembly", function()
  it("never overlap, for 1 to 1000 of them", function()
    for seats = 1, 1000 do
      local points, half = hemicycle.points(seats)
      assert.equal(seats, #points)
      -- a seat is drawn with 0.84 of half the distance kept
      assert.is_false(touches(points, 2 * half * 0.84), seats)
    end
  end)

  it("stay inside the half-circle", function()
    for _, seats in ipairs { 1, 2, 10, 11, 61, 110, 250, 631, 1000 } do
      local points, half = hemicycle.points(seats)
      for _, point in ipairs(points) do
        local far = math.sqrt(point.x * point.x + point.y * point.y)
        assert.is_true(far + half < 1 + 1e-9)
        assert.is_true(point.y > -1e-9)
      end
    end
  end)

  it("up to ten make one row, eleven do not", function()
    for seats = 1, 10 do
      for _, point in ipairs(hemicycle.points(seats)) do
        assert.equal(1, point.row)
      end
    end
    local rows = {}
    for _, point in ipairs(hemicycle.points(11)) do rows[point.row] = true end
    assert.is_true(rows[2])
  end)

  it("go from left to right by angle, so that lists are wedges", function()
    local points = hemicycle.points(110)
    hemicycle.deal(points, { 64, 21, 14, 10, 1 })
    local last, counts = 0, {}
    for i, point in ipairs(points) do
      assert.is_true(point.wedge >= last)
      last = point.wedge
      counts[last] = (counts[last] or 0) + 1
      assert.is_true(i == 1 or points[i - 1].angle >= point.angle - 1e-6)
    end
    assert.same({ 64, 21, 14, 10, 1 }, counts)
  end)

  it("that nobody has stand in the middle of the inner row", function()
    local points = hemicycle.points(110)
    hemicycle.deal(points, { 60, 47 })
    for _, point in ipairs(points) do
      if point.wedge == 0 then
        assert.equal(1, point.row)
        assert.is_true(math.abs(point.angle - math.pi / 2) < 0.5)
      end
    end
  end)
end)

describe("the signs of a terminal", function()
  it("have a cell each, for 1 to 480 seats", function()
    for seats = 1, 480 do
      local points, radius = hemicycle.cells(seats)
      local taken = {}
      assert.equal(seats, #points)
      for _, point in ipairs(points) do
        local cell = ("%d %d"):format(point.x, point.y)
        assert.is_nil(taken[cell])
        taken[cell] = true
        assert.is_true(point.x >= -radius and point.x <= radius)
      end
    end
  end)
end)
