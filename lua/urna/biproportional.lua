local errors = require "urna.errors"
local grid = require "urna.biproportional.grid"
local lots = require "urna.biproportional.lots"
local native = require "urna.native"
local strongest = require "urna.biproportional.strongest"
local sums = require "urna.biproportional.sums"

--- Seats of districts and lists at once: the districts have theirs, the lists
--- get theirs from all votes, and every cell is votes / (its district's
--- divisor * its list's divisor), rounded.
--- Source: Balinski & Demange, Mathematical Programming 45, 1989, pp. 193-210;
--- Pukelsheim, Proportional Representation, 2nd ed., 2017, ch. 14 and 15.
local biproportional = {}

local OPTIONS = { "districts", "voters", "lists", "seats", "weighting",
  "rounding", "winner_takes_one", "quorum", "lots", "solutions" }
local TYPES = { districts = "table", voters = "table", lists = "table",
  seats = "number", weighting = "string", rounding = "string",
  winner_takes_one = "boolean", quorum = "table",
  solutions = "number" }
local ROUNDINGS = { standard = { first = 1, step = 2 },
  down = { first = 1, step = 1 } }
local SOLUTIONS, SOLUTIONS_MAX = 1000, 1000000

-- ---- no solution ----

-- Seats that the lists of a cut have for sure in districts outside of it.
local function sure_seats(count, cut)
  local in_cut, of_cut, sure = {}, {}, 0
  for _, i in ipairs(cut.districts) do in_cut[i] = true end
  for _, j in ipairs(cut.lists) do of_cut[j] = true end
  for _, cell in ipairs(count.least) do
    local i, j = grid.place(count, cell)
    if of_cut[j] and not in_cut[i] then sure = sure + 1 end
  end
  return sure
end

local function pick(keys, places, seats)
  local picked, sum = {}, 0
  for n, i in ipairs(places) do picked[n], sum = keys[i], sum + seats[i] end
  return picked, sum
end

local function explain(districts, needed, lists, there, sure)
  local words = {}
  if #districts > 0 then
    words[1] = ("the districts %s have %d seats and %s"):format(
      grid.quoted(districts), needed, #lists == 0 and "no votes"
      or ("votes for the lists %s alone"):format(grid.quoted(lists)))
  end
  if sure > 0 then
    words[#words + 1] = ("the lists %s are the strongest in %d %sdistricts, "
      .. "with a seat in each"):format(grid.quoted(lists), sure,
      #districts > 0 and "other " or "")
  end
  if #lists > 0 then
    words[#words + 1] = ("these lists have %d seats"):format(there)
  end
  return table.concat(words, "; ")
end

-- Why no table has these sums, in words and as data.
local function infeasible(count, cut)
  local districts, needed = pick(count.districts, cut.districts,
    count.district_seats)
  local lists, there = pick(count.lists, cut.lists, count.list_seats)
  local sure = sure_seats(count, cut)
  return errors.new("infeasible", { districts = districts, lists = lists,
    district_seats = needed, list_seats = there, sure_seats = sure,
    message = "no table has these sums: "
      .. explain(districts, needed, lists, there, sure) })
end

-- ---- a solution ----

-- Nil and an error, false where a lot is wanting, or what the core found.
local function solve(count, most)
  local call = { votes = count.cells, districts = count.district_seats,
    lists = count.list_seats, first = count.rounding.first,
    step = count.rounding.step, least = count.least, solutions = most }
  while true do
    local found, cut = native.biproportional(call)
    if not found then return nil, infeasible(count, cut) end
    local again = strongest.serve(count, found.seats)
    if again == nil then return false end
    if not again then return found end
  end
end

local function cell_keys(count, cells)
  local keys = {}
  for n, cell in ipairs(cells) do
    local i, j = grid.place(count, cell)
    keys[n] = { count.districts[i], count.lists[j] }
  end
  return keys
end

local function add_cells(seats, keys)
  for _, key in ipairs(keys) do
    local row = seats[key[1]]
    row[key[2]] = row[key[2]] + 1
  end
  return seats
end

local function check_sum(number, what, key, held, due)
  if held == due then return end
  grid.refuse("lots[%d] gives %s %s %d seats, but it has %d", number, what,
    grid.quote(key), held, due)
end

-- A lot has to give every district and every list what it is due.
local function check_sums(count, seats)
  local number, by_list = count.lots.used, {}
  for i, district in ipairs(count.districts) do
    local sum = 0
    for j, list in ipairs(count.lists) do
      local held = seats[district][list] or 0
      sum, by_list[j] = sum + held, (by_list[j] or 0) + held
    end
    check_sum(number, "district", district, sum, count.district_seats[i])
  end
  for j, list in ipairs(count.lists) do
    check_sum(number, "list", list, by_list[j], count.list_seats[j])
  end
end

local function solutions_of(count, found)
  local tables = {}
  for n, cells in ipairs(found.solutions) do
    tables[n] = add_cells(grid.by_cell(count, found.seats),
      cell_keys(count, cells))
  end
  return tables
end

-- The seats, whole or certain, and the solutions of an open tie.
local function settle(count, found)
  local seats = grid.by_cell(count, found.seats)
  if not found.tied then return seats end
  local lot = lots.draw(count, { stage = "biproportional",
    certain = grid.by_cell(count, found.seats),
    tied = cell_keys(count, found.tied), left = #found.solutions[1],
    solutions = #found.solutions, is_complete = found.is_complete })
  if not lot then return seats, solutions_of(count, found) end
  check_sums(count, add_cells(seats, lot))
  return seats
end

-- Divisors by key; a district or a list without seats has none.
local function ratios(keys, divisors)
  local map = {}
  for i, key in ipairs(keys) do map[key] = divisors[i] or nil end
  return map
end

-- ---- the verb ----

-- Without seats: a tie stops the count before any cell is certain of one.
local function answer(count, seats)
  lots.check_used(count)
  local list_seats = {}
  for j = 1, #count.lists do
    list_seats[j] = count.list_seats and count.list_seats[j] or 0
  end
  return { seats = seats or grid.by_cell(count),
    districts = grid.by_key(count.districts, count.district_seats),
    upper = grid.by_key(count.lists, list_seats),
    voter_numbers = count.voter_numbers, qualified = count.qualified,
    shared_first = strongest.shared(count), ties = count.ties,
    drawn = count.drawn }
end

local function read(votes, options)
  local rounding = options.rounding or "standard"
  local most = options.solutions or SOLUTIONS
  grid.check_word("rounding", rounding, ROUNDINGS)
  if not grid.is_count(most) or most == 0 or most > SOLUTIONS_MAX then
    grid.refuse("solutions must be a whole number from 1 to %d, got %s",
      SOLUTIONS_MAX, tostring(most))
  end
  local count = grid.read(votes)
  count.rounding, count.most = ROUNDINGS[rounding], most
  count.lots = lots.new(options.lots)
  count.ties, count.drawn, count.least, count.shared = {}, {}, {}, {}
  return count
end

local function allocate(votes, options)
  local count = read(votes, options)
  local is_whole
  count.district_seats, is_whole = sums.districts(count, options)
  if not is_whole then return answer(count) end
  count.list_seats, is_whole = sums.lists(count, options)
  if not count.list_seats then
    return nil, errors.new("no_list", {
      message = "no list that takes part has votes" })
  end
  if not is_whole then return answer(count) end
  if options.winner_takes_one then strongest.guarantee(count) end
  local found, err = solve(count, count.most)
  if not found then return found == false and answer(count) or nil, err end
  local seats, solutions = settle(count, found)
  local result = answer(count, seats)
  result.solutions = solutions
  result.divisors = {
    districts = ratios(count.districts, found.district_divisors),
    lists = ratios(count.lists, found.list_divisors) }
  return result
end

--- Allocate seats both ways. `votes[district][list]` are counts; districts
--- and lists have texts as keys or are arrays, and the result is keyed alike. A
--- list that does not stand in a district is nil there.
---
--- Options: `districts`, seats by district, or `voters`, by which they are
--- computed from `seats`, the house. `lists`, seats by list; without it the
--- upper apportionment from the sums of votes, weighted by `weighting`: "none",
--- "exact" (votes / seats of the district) or "rounded" (the same, in each
--- district to the nearest whole number, half up). `rounding` at every stage:
--- "standard" (Sainte-Lague) or "down" (d'Hondt). `quorum` = { district =
--- { share = { 5, 100 } }, of one district at least, total = { share =
--- { 3, 100 }, of = "votes" or "voter_numbers" }, need = "any" or "all" of the
--- two }. `winner_takes_one`: the strongest list of a district has a seat
--- there, if it has any. `lots`, an array of draws. `solutions`, how many of
--- them are given with a tie at most (1,000).
---
--- The result: `seats[district][list]`, what is certain where there is a tie;
--- `districts` and `upper`, the sums; `voter_numbers`, { num, den } by list,
--- and `qualified` lists, where they were computed; `divisors.districts` and
--- `divisors.lists`, { num, den }: votes / (district's * list's), rounded, is
--- every cell; `ties` and `drawn`, of stage "districts", "upper",
--- "winner_takes_one" (with the district) or "biproportional", whose keys are
--- { district, list }; with the last `solutions`, tables like `seats`;
--- `shared_first` = { { district, tied } }, districts with more equally strong
--- lists than seats, of whom one has a seat.
---
--- Fails: raises for a caller's mistake, naming the key; nil and an error
--- "infeasible", with the districts and lists that prove it, or "no_list".
--- Source: see above; Zurich, Gesetz uber die politischen Rechte (LS 161),
--- §§ 102 to 104; Grisons, Gesetz uber die Wahl des Grossen Rates, art. 28.
---@param votes table<any, table<any, integer>>
---@param options table
---@return table? result
---@return urna.Error? err
function biproportional.run(votes, options)
  errors.check_options("biproportional", options, OPTIONS, 2)
  errors.check_types("biproportional", options, TYPES, 2)
  local done, result, err = pcall(allocate, votes, options)
  if done then return result, err end
  if type(result) == "table" and result.refused then
    error("biproportional: " .. result.refused, 2)
  end
  error(result, 0)
end

return biproportional
