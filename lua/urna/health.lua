--- :checkhealth urna.
local compat = require "urna.compat"

local health = {}

-- vim.health.start from 0.10 on, vim.health.report_start from 0.8 on, before
-- that a module of its own.
local function reporter()
  local api = vim.health or require "health"
  return {
    start = api.start or api.report_start,
    ok = api.ok or api.report_ok,
    warn = api.warn or api.report_warn,
    error = api.error or api.report_error,
    info = api.info or api.report_info,
  }
end

local function check_core(report)
  local loaded, core = pcall(require, "urna.native")
  if not loaded then
    local message, detail = tostring(core):match("^(.-)\n(.*)$")
    report.error(message or tostring(core),
      { "run `make nvim` in urna's folder", detail })
    return
  end
  report.ok(("urna.core loads, built for the ABI of Lua %s"):format(core.abi))
  if core.cjson then report.ok("cJSON " .. core.cjson) end
end

local function check_elections(report)
  local ok, elections = pcall(require("urna").elections)
  if ok and elections then
    report.ok(("%d embedded elections (:Urna elections)"):format(#elections))
  else
    report.error("the embedded elections do not load: " .. tostring(elections))
  end
end

--- What :checkhealth urna calls.
function health.check()
  local report = reporter()
  report.start("urna")
  report.info("This Lua is " .. compat.version())
  local loaded, urna = pcall(require, "urna")
  if not loaded then
    report.error("urna does not load: " .. tostring(urna))
    return
  end
  report.ok("urna " .. tostring(urna._VERSION))
  check_core(report)
  check_elections(report)
end

return health
