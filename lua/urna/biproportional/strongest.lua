local grid = require "urna.biproportional.grid"
local lots = require "urna.biproportional.lots"

--- Winner takes one: the strongest list of a district has a seat there, if it
--- has any at all.
--- Source: Grisons, Gesetz uber die Wahl des Grossen Rates, art. 28;
--- Pukelsheim & Schuhmacher, Aktuelle Juristische Praxis 12/2011, p. 1581 ff.
local strongest = {}

-- The lists with most votes in a district, of all, which have seats.
local function first_of(count, i)
  local before, most, found = (i - 1) * #count.lists, 1, {}
  for j = 1, #count.lists do
    local votes = count.cells[before + j]
    if votes > most then most, found = votes, {} end
    if votes == most and count.list_seats[j] > 0 then found[#found + 1] = j end
  end
  return found
end

local function guarantee(count, i, j)
  count.least[#count.least + 1] = (i - 1) * #count.lists + j
end

-- Where more are equally strong than there are seats, one of them must have a
-- seat, whichever it is.
local function note_shared(count, i, first)
  local tied = {}
  for k, j in ipairs(first) do tied[k] = count.lists[j] end
  count.shared[#count.shared + 1] = { place = i, lists = first,
    district = count.districts[i], tied = tied }
end

--- Give each strongest list its seat for sure.
---@param count table districts, lists, cells, district_seats, list_seats;
--- least, numbers of cells, and shared grow
function strongest.guarantee(count)
  for i, seats in ipairs(count.district_seats) do
    local first = seats > 0 and first_of(count, i) or {}
    if #first > seats then
      note_shared(count, i, first)
    else
      for _, j in ipairs(first) do guarantee(count, i, j) end
    end
  end
end

local function is_served(shared, row)
  for _, j in ipairs(shared.lists) do
    if row[j] > 0 then return true end
  end
  return false
end

--- Equals of whom none is sure of a seat: a lot says who gets one.
---@param count table
---@param rows integer[][] seats that are certain
---@return boolean? again true: a lot has said so, and all seats have to be
--- found again; nil: the lot is wanting
function strongest.serve(count, rows)
  for _, shared in ipairs(count.shared) do
    if not is_served(shared, rows[shared.place]) then
      local lot = lots.draw(count, { stage = "winner_takes_one",
        district = shared.district, certain = grid.by_cell(count),
        tied = shared.tied, left = 1 })
      if not lot then return nil end
      for k, list in ipairs(shared.tied) do
        if list == lot[1] then
          guarantee(count, shared.place, shared.lists[k])
        end
      end
      return true
    end
  end
  return false
end

--- Districts with more equally strong lists than seats, to be told.
---@param count table
---@return { district: any, tied: any[] }[]
function strongest.shared(count)
  local all = {}
  for n, shared in ipairs(count.shared) do
    all[n] = { district = shared.district, tied = shared.tied }
  end
  return all
end

return strongest
