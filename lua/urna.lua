--- urna: the ballot box for Lua. A table of verbs; each loads its module when
--- it is first used, so requiring this is cheap and changes nothing.
local urna = { _VERSION = require "urna.version" }

-- verb -> the module it is in and the function there
local VERBS = {
  allocate = { "urna.allocate", "run" },
  allocate_batch = { "urna.allocate", "batch" },
  apportion = { "urna.seats.apportion", "run" },
  axioms = { "urna.analysis.axioms", "run" },
  biproportional = { "urna.biproportional", "run" },
  check = { "urna.checks", "run" },
  contest = { "urna.contest", "load" },
  deadlines = { "urna.analysis.deadlines", "run" },
  count = { "urna.count", "run" },
  election = { "urna.subject", "election" },
  elections = { "urna.elections", "list" },
  explain = { "urna.explain", "run" },
  indices = { "urna.analysis.indices", "of" },
  init = { "urna.draft", "write" },
  merge = { "urna.merging", "merge" },
  power = { "urna.analysis.power", "find" },
  read = { "urna.readers", "read" },
  report = { "urna.report", "run" },
  rule = { "urna.rules", "find" },
  rules = { "urna.rules", "list" },
  tally = { "urna.tally", "run" },
}

return setmetatable(urna, {
  __index = function(self, verb)
    local place = VERBS[verb]
    if not place then return nil end
    local found = require(place[1])[place[2]]
    rawset(self, verb, found)
    return found
  end,
})
