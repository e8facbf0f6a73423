-- Run under valgrind: an embedded election, a small CSV, its refusal, and
-- the release of all of it.
local urna = require "urna"

local CONTEST = {
  id = "xx/ci/2024-01-01", name = "CI", date = "2024-01-01",
  rule = "rs/local", seats = 5, keys = { "station" },
  columns = { registered_voters = "registered_voters",
    ballots_in_box = "ballots_in_box" },
  lists = {
    { key = "A", column = "A", name = "List A", minority = false },
    { key = "B", column = "B", name = "List B", minority = false },
  },
}
local HEADINGS = "station,registered_voters,ballots_in_box,A,B\n"

assert(urna.report("belgrade-2024", { format = "json" }))
local text = HEADINGS .. "1,1000,700,400,290\n2,900,600,200,395\n"
local results = assert(urna.read({ text = text }, { contest = CONTEST }))
assert(urna.report(results, { format = "html" }))
local none, err = urna.read({ text = HEADINGS .. "1,1000,700,4.0,\"x\n" },
  { contest = CONTEST })
assert(not none and #tostring(err) > 0)

results, err = nil, nil -- luacheck: ignore 311
collectgarbage()
collectgarbage()
os.exit(true, true)
