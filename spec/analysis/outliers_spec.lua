local outliers = require "urna.analysis.outliers"

-- Units with shares "before/n after/n"; all in one place but those said.
local function units_of(rows)
  local units = {}
  for i, row in ipairs(rows) do
    units[i] = { key = "S" .. i, places = { "", row[4] or "town" },
      before = row[1] and { num = row[1], den = row[3] },
      after = row[2] and { num = row[2], den = row[3] } }
  end
  return units
end

local MEASURE = { { name = "A", kind = "list", share = function(unit)
  return unit.before, unit.after
end } }

-- Changes of 1 1 2 2 2 3 3 4 points: median 2, deviations 1 1 0 0 0 1 1 2.
local function eight()
  return { { 50, 51, 100 }, { 50, 51, 100 }, { 50, 52, 100 }, { 50, 52, 100 },
    { 50, 52, 100 }, { 50, 53, 100 }, { 50, 53, 100 }, { 50, 54, 100 } }
end

local function near(expected, value)
  assert.is_true(math.abs(expected - value) < 1e-4,
    ("%s is not %s"):format(tostring(value), tostring(expected)))
end

describe("stations that stand out", function()
  it("do so by median, MAD and the noise of few ballots", function()
    local rows = eight()
    rows[9] = { 50, 90, 100 }
    local found = outliers.find(units_of(rows), MEASURE)
    -- median of 9 changes 2 points; MAD: 0 0 0 1 1 1 1 2 38: 1 point, so
    -- 1.4826; noise 0.7 * 0.3 * (1/100 + 1/100) = 0.0042;
    -- z = 0.38 / sqrt(0.014826^2 + 0.0042) = 0.38 / 0.0664816 = 5.71587
    assert.equal(1, #found.rows)
    local row = found.rows[1]
    assert.equal("S9", row.key)
    near(5.71587, row.z)
    near(2, row.median_points)
    near(1.4826, row.deviation_points)
    near(6.48074, row.noise_points) -- 100 sqrt(0.0042)
    assert.equal(9, row.peers)
    assert.equal("+40.00", row.change.points)
  end)

  it("do not do so by chance where ballots are few", function()
    local rows = eight()
    rows[9] = { 2, 4, 5 }
    -- 40 points too, but noise 0.6 * 0.4 * (1/5 + 1/5) = 0.096:
    -- z = 0.38 / sqrt(0.00022 + 0.096) = 1.2251
    local found = outliers.find(units_of(rows), MEASURE, { beyond = 1.22 })
    assert.equal(1, #found.rows)
    near(1.2251, found.rows[1].z)
    assert.same({}, outliers.find(units_of(rows), MEASURE).rows)
  end)

  it("have the peers of the innermost place that has enough", function()
    local rows = eight()
    for i = 9, 15 do rows[i] = { 50, 80, 100, "village" } end
    local found = outliers.find(units_of(rows), MEASURE, { beyond = 0.1 })
    local of = {}
    for _, row in ipairs(found.rows) do of[row.key] = row end
    -- 7 in the village are too few: theirs are all 15
    assert.equal(15, of.S9.peers)
    assert.equal("", of.S9.peers_place)
    assert.equal(8, of.S1.peers)
  end)

  it("say what is left out, and why", function()
    local rows = eight()
    rows[9], rows[10] = { nil, 4, 5 }, { 0, 0, 0 }
    local found = outliers.find(units_of(rows), MEASURE)
    local about = found.measures[1]
    assert.equal(8, about.n)
    assert.same({ missing = 1, nobody = 1 }, about.excluded)
    near(8 * 6.334e-5, about.by_chance)
    found = outliers.find(units_of({ rows[1], rows[2] }), MEASURE)
    assert.same({ few_peers = 2 }, found.measures[1].excluded)
    local still = {}
    for i = 1, 8 do still[i] = { 0, 0, 100 } end
    assert.same({ no_spread = 8 },
      outliers.find(units_of(still), MEASURE).measures[1].excluded)
  end)

  it("are as many by chance as the normal distribution says", function()
    -- tables: P(|Z| > 1.959964) = 0.05, P(|Z| > 4) = 6.3342e-5
    near(0.05, outliers.chance(1.959964))
    assert.is_true(math.abs(outliers.chance(4) / 6.3342e-5 - 1) < 1e-4)
    near(1, outliers.chance(0))
  end)
end)
