--- Polling stations where sources differ: who has more and who fewer votes, and
--- what that is compatible with.
local stations = {}

-- One list's votes less and as many more of another: they may have been
-- entered for the wrong one, wholly where the two changed places.
local function transfer_of(job, station, gains, loses, changed)
  if changed ~= 2 or not gains or not loses
    or gains.votes ~= loses.votes then
    return nil
  end
  local first = job.figures[1]
  local a = first.of[gains.list][station.unit]
  local b = first.of[loses.list][station.unit]
  return { from = loses.list, to = gains.list, votes = gains.votes,
    is_exchange = b - a == gains.votes or nil }
end

-- Who has more and who has fewer votes at a station by another source.
local function station_row(job, station, k)
  local choice, gains, loses, changed = station.by[k], nil, nil, 0
  local lists = job.figures[1].lists
  for i, list in ipairs(lists) do
    local delta = choice.votes[i]
    if delta then
      changed = changed + 1
      if delta > 0 and (not gains or delta > gains.votes) then
        gains = { list = list.key, votes = delta }
      elseif delta < 0 and (not loses or -delta > loses.votes) then
        loses = { list = list.key, votes = -delta }
      end
    end
  end
  return { key = station.key, source = choice.source,
    figures = station.figures, gains = gains, loses = loses,
    transfer = transfer_of(job, station, gains, loses, changed) }
end

--- A row for each station and each source that differs there.
---@param job table
---@return table[] { key, source, figures, gains, loses, transfer }
function stations.rows(job)
  local rows = {}
  for _, station in ipairs(job.stations) do
    for k = 2, job.count do
      if station.by[k] then
        rows[#rows + 1] = station_row(job, station, k)
      end
    end
  end
  return rows
end

-- Records without all votes are in no sum, so they can be in no mix.
local function reported(job, unit)
  for _, list in ipairs(job.figures[1].lists) do
    if job.figures[1].of[list.key][unit] == nil then return false end
  end
  return true
end

--- The stations that can be in a mix, each with the choices of its sources.
---@param job table
---@return table[] see mix.judge
function stations.for_mix(job)
  local found = {}
  for _, station in ipairs(job.stations) do
    if reported(job, station.unit) then
      station.choices = {}
      for k = 2, job.count do
        station.choices[#station.choices + 1] = station.by[k]
      end
      found[#found + 1] = station
    end
  end
  return found
end

return stations
