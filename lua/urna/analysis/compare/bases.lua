local arguments = require "urna.analysis.compare.arguments"
local errors = require "urna.errors"
local sides = require "urna.analysis.compare.sides"

--- What shares are of: a total that both elections know.
local bases = {}

--- The first of these fields that both sides know; of bounds only if
--- `is_loose`.
---@param job table
---@param names string[]
---@param is_loose boolean?
---@return string?
function bases.known(job, names, is_loose)
  for _, name in ipairs(names) do
    local a, b = sides.total(job.before, name), sides.total(job.after, name)
    local one, other = a.value, b.value
    if is_loose then one, other = one or a.min, other or b.min end
    if one and other then return name end
  end
end

--- The fields that shares may be of, the rule's first.
---@param job table
---@return string[]
function bases.usual(job)
  local names = {}
  local rule = job.after.outcome and job.after.outcome.base
  if rule then names[1] = rule.name end
  for _, name in ipairs(arguments.BASES) do names[#names + 1] = name end
  return names
end

--- The base that is asked for, or the usual one.
---@param job table
---@param options table
---@return { name: string?, before: table, after: table }?
---@return urna.Error? err "base_unknown"
function bases.of(job, options)
  local name = options.base
  if name and not bases.known(job, { name }, true) then
    return nil, errors.new("base_unknown", { field = name, message =
      ("%s are not known of both elections; %s"):format(
        (name:gsub("_", " ")), job.usual and ("say base = %q"):format(
        job.usual) or "no base is") })
  end
  name = name or job.usual
  return { name = name, before = name and sides.total(job.before, name) or {},
    after = name and sides.total(job.after, name) or {} }
end

return bases
