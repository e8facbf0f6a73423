--- What a repeat would likely give if its voters vote as they did, with another
--- turnout: an estimate, of seeded draws, and no bound.
---
--- Each station's repeat is drawn as a Dirichlet-multinomial around its own
--- ballots: of n ballots before, f n come again, and a list's votes among them
--- vary by n f (1 + f) p (1 - p) - by chance in the repeat, and by the chance
--- that was in the first vote. Only sums over the stations matter for seats, so
--- these are drawn: normal, with the mean and the covariance of the sum,
--- rounded to whole votes.
--- Source: statistics of overdispersed counts: Mosimann, Biometrika 49, 1962,
--- pp. 65-82. Random numbers: L'Ecuyer, Communications of the ACM 31, 1988,
--- pp. 742-774; a normal one is the sum of twelve less six, so that every Lua
--- draws the same.
local likely = {}

local TWELVE = 12

-- Uniform numbers in (0, 1).
local function generator(seed)
  local a, b = seed % 2147483562 + 1, seed % 2147483398 + 1
  return function()
    a = a * 40014 % 2147483563
    b = b * 40692 % 2147483399
    local mixed = (a - b) % 2147483562
    return (mixed > 0 and mixed or 2147483562) / 2147483563
  end
end

local function normal(uniform)
  local sum = -6
  for _ = 1, TWELVE do sum = sum + uniform() end
  return sum
end

-- Mean and covariance of all stations' votes for a turnout as before; the last
-- category are invalid ballots.
local function moments(stations, size)
  local mean, spread = {}, {}
  for i = 1, size do
    mean[i], spread[i] = 0, {}
    for j = 1, size do spread[i][j] = 0 end
  end
  for _, station in ipairs(stations) do
    local ballots = station.ballots
    for i = 1, ballots > 0 and size or 0 do
      local own = station.counts[i]
      mean[i] = mean[i] + own
      local factor = own / (1 + ballots)
      if own > 0 then
        for j = 1, size do
          spread[i][j] = spread[i][j]
            + factor * ((i == j and ballots or 0) - station.counts[j])
        end
      end
    end
  end
  return mean, spread
end

-- Lower triangle L with L L' = spread; what has no spread of its own gets none.
local function triangle(spread, size)
  local lower = {}
  for i = 1, size do
    lower[i] = {}
    for j = 1, i do
      local rest = spread[i][j]
      for k = 1, j - 1 do rest = rest - lower[i][k] * lower[j][k] end
      if i == j then
        lower[i][i] = rest > 1e-9 and math.sqrt(rest) or 0
      else
        lower[i][j] = lower[j][j] > 0 and rest / lower[j][j] or 0
      end
    end
  end
  return lower
end

local function one_draw(self, uniform)
  local from, to = self.turnout.from, self.turnout.to
  local low, high = from[1] / from[2], to[1] / to[2]
  local factor = low + (high - low) * uniform()
  local scale, noise, votes = math.sqrt(factor * (1 + factor)), {}, {}
  for i = 1, self.size do noise[i] = normal(uniform) end
  local cast, most = 0, self.voters
  for i = 1, self.size do
    local sum = 0
    for k = 1, i do sum = sum + self.lower[i][k] * noise[k] end
    local whole = math.floor(factor * self.mean[i] + scale * sum + 0.5)
    votes[i] = math.max(0, math.min(whole, most - cast))
    cast = cast + votes[i]
  end
  return votes, cast
end

-- The seats of one draw; a tied one goes to nobody.
local function seats_of(self, uniform)
  local race, votes, cast = self.race, one_draw(self, uniform)
  local all, valid = {}, 0
  for i, own in ipairs(race.votes) do
    all[i], valid = own + votes[i], valid + votes[i]
  end
  local moves = { valid_votes = valid, valid_ballots = valid,
    registered_voters = self.voters }
  return race:after(all, race.base + (moves[race.base_name] or cast)).lists
end

-- The value below which at most one in twenty lie, and above which.
local function middle_of(counts, draws)
  local values, cut, seen = {}, math.floor(draws / 20), 0
  for seats in pairs(counts) do values[#values + 1] = seats end
  table.sort(values)
  local low, high
  for _, seats in ipairs(values) do
    seen = seen + counts[seats]
    low = low or seen > cut and seats or nil
    high = high or seen >= draws - cut and seats or nil
  end
  return low, high
end

local function row_of(race, i, counts, held, draws)
  local low, high = middle_of(counts, draws)
  local row = { list = race.lists[i].key, low = low, high = high, fewer = 0,
    more = 0 }
  for seats, times in pairs(counts) do
    if seats < held then row.fewer = row.fewer + times end
    if seats > held then row.more = row.more + times end
  end
  return row
end

--- Draw the repeat many times.
---@param race urna.Race without the stations
---@param stations { counts: integer[], ballots: integer }[] counts by list, the
--- last of them invalid ballots
---@param options { voters: integer, draws: integer, seed: integer, turnout: {
--- from: integer[], to: integer[] }, held: integer[] } turnout: ballots at the
--- repeat to ballots before, drawn evenly between two ratios; held: seats that
--- are compared with
---@return { draws: integer, seed: integer, turnout: table, changed: integer,
--- lists: { list: string, low: integer, high: integer, fewer: integer, more:
--- integer }[] } low and high: nine draws in ten lie between; fewer, more:
--- draws in which the list has fewer or more seats than held; changed: in which
--- any has
function likely.of(race, stations, options)
  local size = #race.lists + 1
  local mean, spread = moments(stations, size)
  local self = { race = race, mean = mean, size = size,
    lower = triangle(spread, size), voters = options.voters,
    turnout = options.turnout }
  local uniform, counts, changed = generator(options.seed), {}, 0
  for i in ipairs(race.lists) do counts[i] = {} end
  for _ = 1, options.draws do
    local differs = false
    for i, list in ipairs(seats_of(self, uniform)) do
      counts[i][list.seats] = (counts[i][list.seats] or 0) + 1
      differs = differs or list.seats ~= options.held[i]
    end
    changed = changed + (differs and 1 or 0)
  end
  local found = { draws = options.draws, seed = options.seed,
    turnout = options.turnout, changed = changed, lists = {} }
  for i in ipairs(race.lists) do
    found.lists[i] = row_of(race, i, counts[i], options.held[i], options.draws)
  end
  return found
end

return likely
