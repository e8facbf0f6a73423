-- generate.lua - results of elections that never were, to time tallies with.
--
--   luajit bench/generate.lua KIND ROWS FILE
--
-- KIND is "station" (rows by station, parties always in the same order),
-- "votes" (the same, parties of a station by falling votes), "shuffled" (the
-- same rows in any order; holds them in memory, 8 or 16 bytes each), "wide"
-- (a row for each station, 25 columns, CRLF) or "ranked" (a row for each
-- ballot, 20 ranks). The same arguments give the same bytes on every Lua.
--
-- The totals are added up here while the rows are drawn, each a file of CSV
-- without headings, sorted bytewise: FILE.expect; for the long ones
-- FILE.party.expect, by party alone; for the wide one FILE.total.expect, by
-- column, and FILE.failed.expect, the few stations whose valid ballots are not
-- the sum of their lists, with both; for the ranked one FILE.ranks.expect, the
-- papers by rank and candidate. What is printed: rows, bytes, groups, and the
-- percentage of rows that hold a quoted name.

local PARTIES, LISTS, FAILED = 50, 18, 25
local CANDIDATES, RANKS, CARDS = 105, 20, 400
local LEVELS = 4096 -- of votes: a row draws one of so many

local state = 20241

-- Lehmer's generator; every product stays below 2^53, exact in any Lua.
-- Source: Park, Miller and Stockmeyer, CACM 36(7), 1993, pp. 108-110.
local function draw()
  state = state * 48271 % 2147483647
  return state
end

local function below(n) -- 0 to n - 1
  return math.floor(draw() / 2147483647 * n)
end

local function level() -- 1 to LEVELS
  return math.floor(draw() / 524288) + 1
end

-- Heavy-tailed: half of them below 5, the greatest near 1,600.
local function votes_by_level()
  local votes = {}
  for i = 1, LEVELS do
    votes[i] = math.floor(4 / (i / LEVELS + 0.0022) - 3.9)
  end
  return votes
end

local function split(text)
  local words = {}
  for word in text:gmatch("%S+") do words[#words + 1] = word end
  return words
end

local SYLLABLES = split [[ ba bor bra če do du đa gra go jo kla ko le lje lu mi
  mo na ne no pa po ra re ru sla so šu te to va ve vi vo za zna ži ]]

local CYRILLIC = split [[ Београд Ниш Краљево Київ Львів Бургас Битољ Казань ]]

local function word()
  local parts = {}
  for i = 1, 3 + below(3) do parts[i] = SYLLABLES[1 + below(#SYLLABLES)] end
  -- a capital only where it is one byte
  return (table.concat(parts):gsub("^%l", string.upper))
end

local MUNICIPALITIES = {
  [7] = function(name) return name .. ", grad" end,
  [13] = function(name) return name .. " \"Stari\" trg" end,
  [19] = function(name)
    return CYRILLIC[1 + below(#CYRILLIC)] .. " " .. name
  end,
  [23] = function(name)
    return CYRILLIC[1 + below(#CYRILLIC)] .. "-" .. CYRILLIC[1 + below(4)]
      .. " (" .. name .. ")"
  end,
}

local PARTY_NAMES = {
  [5] = function(name) return "Lista \"" .. name .. "\"" end,
  [11] = function() return CYRILLIC[1 + below(#CYRILLIC)] end,
  [17] = function(name) return name .. ", koalicija" end,
}

-- 'count' different names, those whose place modulo 'every' is in 'shapes'
-- shaped by it.
local function names(count, every, shapes, short)
  local found, seen = {}, {}
  while #found < count do
    local place, name = #found % every, word()
    if shapes[place] then
      name = shapes[place](name)
    elseif short and place % 3 == 0 then
      name = name:gsub("[^%a]", ""):sub(1, 3):upper()
    end
    if not seen[name] then
      seen[name] = true
      found[#found + 1] = name
    end
  end
  return found
end

-- RFC 4180, only where it is needed.
local function quote(name)
  if not name:find("[\",\r\n]") then return name end
  return "\"" .. name:gsub("\"", "\"\"") .. "\""
end

local function quoted(list)
  local cells, count = {}, 0
  for i, name in ipairs(list) do
    cells[i] = quote(name)
    if cells[i] ~= name then count = count + 1 end
  end
  return cells, count / #list
end

-- A file that is written in large pieces.
local function writer(path)
  local file, pieces, count, bytes = assert(io.open(path, "wb")), {}, 0, 0
  local function flush()
    local text = table.concat(pieces, "", 1, count)
    bytes, count = bytes + #text, 0
    assert(file:write(text))
  end
  local function write(piece)
    count = count + 1
    pieces[count] = piece
    if count == 16384 then flush() end
  end
  local function close()
    flush()
    assert(file:close())
    return bytes
  end
  return write, close
end

local function write_expected(path, lines)
  table.sort(lines)
  local file = assert(io.open(path, "wb"))
  assert(file:write(table.concat(lines)))
  assert(file:close())
end

local function zeros(count)
  local list = {}
  for i = 1, count do list[i] = 0 end
  return list
end

-- What a party's row can end with, by level, and the votes in it.
local function row_ends(parties)
  local votes, ends, counts = votes_by_level(), {}, {}
  for j, party in ipairs(parties) do
    ends[j], counts[j] = {}, {}
    for i = 1, LEVELS do
      counts[j][i] = math.floor(votes[i] / (1 + math.floor((j - 1) / 6)))
      ends[j][i] = (",%s,%d\n"):format(party, counts[j][i])
    end
  end
  return ends, counts
end

-- The parties of a station by falling votes: the last of an ascending sort
-- comes first, and of equals the one that stands first.
local function by_votes(order, levels, counts)
  for j = 1, PARTIES do
    order[j] = counts[j][levels[j]] * 64 + 63 - j
  end
  table.sort(order)
  for i = 1, PARTIES / 2 do
    local k = PARTIES + 1 - i
    order[i], order[k] = 63 - order[k] % 64, 63 - order[i] % 64
  end
end

local function shuffle(list)
  for i = #list, 2, -1 do
    local k = 1 + below(i)
    list[i], list[k] = list[k], list[i]
  end
end

-- Writes the rows of stations, one after the other; returns the totals.
local function long_rows(long, write, kind)
  local levels, order, rows = zeros(PARTIES), zeros(PARTIES), {}
  for j = 1, PARTIES do order[j] = j end
  for station = 0, long.stations - 1 do
    local place = long.place(station)
    local sums, prefix = long.sums[place], long.prefix(station)
    for j = 1, PARTIES do
      local i = level()
      levels[j], sums[j] = i, sums[j] + long.counts[j][i]
    end
    if kind == "votes" then by_votes(order, levels, long.counts) end
    for k = 1, PARTIES do
      local j = order[k]
      if kind == "shuffled" then
        rows[#rows + 1] = (station * PARTIES + j - 1) * LEVELS + levels[j] - 1
      else
        write(prefix)
        write(long.ends[j][levels[j]])
      end
    end
  end
  return rows
end

local function write_shuffled(long, write, rows)
  shuffle(rows)
  for k = 1, #rows do
    local i = rows[k] % LEVELS
    local row = (rows[k] - i) / LEVELS
    local j = row % PARTIES
    write(long.prefix((row - j) / PARTIES))
    write(long.ends[j + 1][i + 1])
  end
end

local function write_long_expected(path, long, municipalities, parties)
  local lines, totals, by_party = {}, zeros(PARTIES), {}
  for i, municipality in ipairs(municipalities) do
    for j, party in ipairs(parties) do
      local sum = long.sums[i][j]
      totals[j] = totals[j] + sum
      lines[#lines + 1] = ("%s,%s,%d\n"):format(municipality, party, sum)
    end
  end
  for j, party in ipairs(parties) do
    by_party[j] = ("%s,%d\n"):format(party, totals[j])
  end
  write_expected(path .. ".expect", lines)
  write_expected(path .. ".party.expect", by_party)
end

local function generate_long(kind, count, path)
  local stations = math.ceil(count / PARTIES)
  local places = math.min(4000, math.ceil(stations / 5))
  local municipalities, quoted_places =
    quoted(names(places, 40, MUNICIPALITIES))
  local parties, quoted_parties = quoted(names(PARTIES, 25, PARTY_NAMES, true))
  local long = { stations = stations, sums = {} }
  function long.place(station)
    return 1 + math.floor(station * places / stations)
  end
  function long.prefix(station)
    return ("S%07d,"):format(station) .. municipalities[long.place(station)]
  end
  for i = 1, places do long.sums[i] = zeros(PARTIES) end
  long.ends, long.counts = row_ends(parties)
  local write, close = writer(path)
  write("station,municipality,party,votes\n")
  local rows = long_rows(long, write, kind)
  if kind == "shuffled" then write_shuffled(long, write, rows) end
  write_long_expected(path, long, municipalities, parties)
  return stations * PARTIES, close(), places * PARTIES,
    1 - (1 - quoted_places) * (1 - quoted_parties)
end

local WIDE = { "registered_voters", "ballots_received", "ballots_in_box",
  "valid_ballots", "invalid_ballots" }

local function wide_headings()
  local headings = { "municipality", "station" }
  for _, name in ipairs(WIDE) do headings[#headings + 1] = name end
  for j = 1, LISTS do headings[#headings + 1] = ("list_%d"):format(j) end
  return table.concat(headings, ",") .. "\r\n"
end

-- The counts of a station: voters and ballots, then the lists.
local function draw_station(counts, votes)
  local valid = 0
  for j = 1, LISTS do
    local list = math.floor((votes[level()] + 3) * 12 / j)
    counts[#WIDE + j], valid = list, valid + list
  end
  local invalid = below(30)
  counts[3], counts[4], counts[5] = valid + invalid, valid, invalid
  counts[2] = counts[3] + below(3)
  counts[1] = counts[2] + below(1500)
end

-- Stations whose valid ballots are told wrong, and by how much.
local function draw_errors(count)
  local errors = {}
  for _ = 1, math.min(FAILED, count) do errors[below(count)] = 1 + below(7) end
  return errors
end

local function write_wide_rows(wide, write, count)
  local errors, cells, counts = draw_errors(count), {}, {}
  local votes = votes_by_level()
  for i = 0, 9999 do cells[i] = (",%d"):format(i) end
  for station = 0, count - 1 do
    local place = 1 + math.floor(station * #wide.sums / count)
    local sum = wide.sums[place]
    draw_station(counts, votes)
    if errors[station] then
      local valid = counts[4]
      counts[4] = valid + errors[station]
      wide.failed[#wide.failed + 1] = ("%07d,%d,%d\n"):format(station,
        counts[4], valid)
    end
    write(("%s,%07d"):format(wide.municipalities[place], station))
    for i = 1, wide.width do
      local n = counts[i]
      sum[i] = sum[i] + n
      write(cells[n] or (",%d"):format(n))
    end
    write("\r\n")
  end
end

local function write_wide_expected(path, wide)
  local lines, columns, totals = {}, {}, zeros(wide.width)
  for i, sums in ipairs(wide.sums) do
    local line = { wide.municipalities[i] }
    for k, sum in ipairs(sums) do
      line[k + 1], totals[k] = ("%d"):format(sum), totals[k] + sum
    end
    lines[i] = table.concat(line, ",") .. "\n"
  end
  for k, total in ipairs(totals) do
    local name = WIDE[k] or ("list_%d"):format(k - #WIDE)
    columns[k] = ("%s,%d\n"):format(name, total)
  end
  write_expected(path .. ".expect", lines)
  write_expected(path .. ".total.expect", columns)
  write_expected(path .. ".failed.expect", wide.failed)
end

local function generate_wide(_, count, path)
  local wide = { width = #WIDE + LISTS, sums = {}, failed = {} }
  local places = math.min(1200, count)
  local quoted_places
  wide.municipalities, quoted_places =
    quoted(names(places, 40, MUNICIPALITIES))
  for i = 1, places do wide.sums[i] = zeros(wide.width) end
  local write, close = writer(path)
  write(wide_headings())
  write_wide_rows(wide, write, count)
  write_wide_expected(path, wide)
  return count, close(), places, quoted_places
end

-- Candidates by slot, the popular in many: the i-th in 1 / i^0.9 of all.
local function popularity()
  local weights, total, sum, slots = {}, 0, 0, {}
  for i = 1, CANDIDATES do
    weights[i] = math.floor(1000000 / i ^ 0.9)
    total = total + weights[i]
  end
  for i = 1, CANDIDATES do
    sum = sum + weights[i]
    while #slots < math.floor(sum / total * 4096 + 0.5) do
      slots[#slots + 1] = i
    end
  end
  return slots
end

-- 'count' different candidates, in the order of preference.
local function draw_ranking(slots, count)
  local seen, ranking = {}, {}
  while #ranking < count do
    local candidate = slots[level()]
    if not seen[candidate] then
      seen[candidate] = true
      ranking[#ranking + 1] = candidate
    end
  end
  return ranking
end

-- How-to-vote cards, and which is handed out, the first most often.
local function draw_cards(slots)
  local cards, handed_out = {}, {}
  for i = 1, CARDS do
    cards[i] = draw_ranking(slots, 6 + below(15))
    for _ = 1, math.max(1, math.floor(900 / i)) do
      handed_out[#handed_out + 1] = i
    end
  end
  return cards, handed_out
end

-- A paper: its ranking, and how many of it count. Six in ten copy a card, a
-- quarter of these in part; two in ten name one candidate; the rest choose
-- from 2 to 20 by themselves.
local function drawer(slots)
  local cards, handed_out = draw_cards(slots)
  local plumpers = {}
  for i = 1, CANDIDATES do plumpers[i] = { i } end
  return function()
    local way = below(256)
    if way < 150 then
      local card = cards[handed_out[1 + below(#handed_out)]]
      return card, below(4) == 0 and 1 + below(#card) or #card
    elseif way < 200 then
      return plumpers[slots[level()]], 1
    end
    local ranking = draw_ranking(slots, 2 + below(19))
    return ranking, #ranking
  end
end

local function ranked_headings()
  local headings = { "ballot" }
  for i = 1, RANKS do headings[i + 1] = ("rank%d"):format(i) end
  return table.concat(headings, ",") .. "\n"
end

local function write_ranked_expected(path, ids, papers)
  local firsts, lines = {}, {}
  for rank = 1, RANKS do
    for i, id in ipairs(ids) do
      local count = papers[rank][i]
      if count > 0 then
        lines[#lines + 1] = ("%d,%s,%d\n"):format(rank, id, count)
        if rank == 1 then
          firsts[#firsts + 1] = ("%s,%d\n"):format(id, count)
        end
      end
    end
  end
  write_expected(path .. ".expect", firsts)
  write_expected(path .. ".ranks.expect", lines)
  return #firsts
end

local function generate_ranked(_, count, path)
  local ids, papers, empty = {}, {}, {}
  for i = 1, CANDIDATES do ids[i] = ("%d"):format(219893 + 7 * i) end
  for rank = 1, RANKS do papers[rank] = zeros(CANDIDATES) end
  for rank = 0, RANKS do empty[rank] = (","):rep(RANKS - rank) .. "\n" end
  local next_paper = drawer(popularity())
  local write, close = writer(path)
  write(ranked_headings())
  for ballot = 0, count - 1 do
    local ranking, length = next_paper()
    write(("%d"):format(ballot))
    for rank = 1, length do
      local candidate, counts = ranking[rank], papers[rank]
      counts[candidate] = counts[candidate] + 1
      write(",")
      write(ids[candidate])
    end
    write(empty[length])
  end
  return count, close(), write_ranked_expected(path, ids, papers), 0
end

local GENERATE = { station = generate_long, votes = generate_long,
  shuffled = generate_long, wide = generate_wide, ranked = generate_ranked }

local kind, count, path = arg[1], tonumber(arg[2]), arg[3]
if not GENERATE[kind] or not count or count < 1 or not path then
  io.stderr:write("usage: generate.lua station|votes|shuffled|wide|ranked ROWS"
    .. " FILE\n")
  os.exit(2)
end
local rows, bytes, groups, share = GENERATE[kind](kind, count, path)
print(("%d\t%d\t%d\t%.1f"):format(rows, bytes, groups, 100 * share))
