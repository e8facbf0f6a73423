local pairing = require "urna.analysis.pairing"
local rows = require "urna.analysis.compare.rows"

--- Places: the outer keys of polling stations.
local places = {}

local function remembered_normal()
  local known = {}
  return function(text)
    known[text] = known[text] or pairing.normal(text)
    return known[text]
  end
end

--- The places that a unit is in, from the outside, as keys that compare.
---@param aligned table[] see pairing.align
---@return fun(unit: table, side: "left"|"right"): string[], string[] keys, and
--- as they are written
function places.placer(aligned)
  local normal = remembered_normal()
  return function(unit, side)
    local keys, texts = {}, {}
    for n = 1, #aligned - 1 do
      local text = unit.path[aligned[n][side]] or ""
      keys[n] = (n > 1 and keys[n - 1] .. "/" or "") .. normal(text)
      texts[n] = (n > 1 and texts[n - 1] .. "/" or "")
        .. text:gsub("^%s+", ""):gsub("%s+$", "")
    end
    return keys, texts
  end
end

--- Put the units of a side into their places.
---@param job table
---@param side table
---@param name "from"|"to"
---@param which "left"|"right"
function places.gather(job, side, name, which)
  for _, i in ipairs(side.reported) do
    local keys, texts = job.place_of(side.figures.units[i], which)
    for depth, key in ipairs(keys) do
      local id = depth .. "/" .. key
      local place = job.places[id]
      if not place then
        place = { level = job.levels[depth], depth = depth, from = {},
          to = {}, order = #job.place_order }
        job.places[id] = place
        job.place_order[#job.place_order + 1] = place
      end
      place.key = name == "to" and place[name][1] == nil and texts[depth]
        or place.key or texts[depth]
      table.insert(place[name], i)
    end
  end
end

--- A row for each place, the outermost first.
---@param job table
---@return table[] see urna.Compared
function places.rows(job)
  local found = {}
  table.sort(job.place_order, function(a, b)
    if a.depth ~= b.depth then return a.depth < b.depth end
    return a.order < b.order
  end)
  for n, place in ipairs(job.place_order) do
    found[n] = rows.place(job, place)
  end
  return found
end

return places
