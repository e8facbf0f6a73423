--- urna: the ballot box for Lua. A table of verbs; each loads its module when
--- it is first used, so requiring this is cheap and changes nothing.
local urna = { _VERSION = require "urna.version" }

-- verb -> the module it is in and the function there; without one the module
local VERBS = {
  allocate = { "urna.allocate", "run" },
  allocate_batch = { "urna.allocate", "batch" },
  annul = { "urna.analysis.annul", "run" },
  apportion = { "urna.seats.apportion", "run" },
  axioms = { "urna.analysis.axioms", "run" },
  biproportional = { "urna.biproportional", "run" },
  check = { "urna.checks", "run" },
  coalitions = { "urna.analysis.coalitions", "run" },
  compare = { "urna.analysis.compare", "run" },
  contest = { "urna.contest", "load" },
  count = { "urna.count", "run" },
  deadlines = { "urna.analysis.deadlines", "run" },
  disputes = { "urna.analysis.disputes", "run" },
  election = { "urna.subject", "election" },
  elections = { "urna.elections", "list" },
  explain = { "urna.explain", "run" },
  fewest_stations = { "urna.analysis.fewest_stations", "run" },
  incidents = { "urna.analysis.incidents", "run" },
  indices = { "urna.analysis.indices", "of" },
  init = { "urna.draft", "write" },
  levelling = { "urna.levelling" },
  margin = { "urna.analysis.margin", "run" },
  margins = { "urna.analysis.margins", "run" },
  materiality = { "urna.analysis.materiality", "run" },
  merge = { "urna.merging", "merge" },
  power = { "urna.analysis.power", "find" },
  read = { "urna.readers", "read" },
  reconcile = { "urna.analysis.reconcile", "run" },
  report = { "urna.report", "run" },
  rerun = { "urna.analysis.rerun", "run" },
  rule = { "urna.rules", "find" },
  rules = { "urna.rules", "list" },
  scan = { "urna.analysis.scenarios", "scan" },
  scenarios = { "urna.analysis.scenarios", "run" },
  tally = { "urna.tally", "run" },
  turnout = { "urna.analysis.turnout", "run" },
}

return setmetatable(urna, {
  __index = function(self, verb)
    local place = VERBS[verb]
    if not place then return nil end
    local module = require(place[1])
    local found = place[2] and module[place[2]] or module
    rawset(self, verb, found)
    return found
  end,
})
