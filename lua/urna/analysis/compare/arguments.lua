local errors = require "urna.errors"
local links = require "urna.analysis.links"

--- What urna.compare is asked: its options, and the links that they say.
local arguments = {}

--- What shares can be of, the usual ones first.
arguments.BASES = { "ballots_in_box", "valid_ballots", "valid_votes",
  "voters_signed", "list_votes", "registered_voters" }

local OPTIONS = { "base", "beyond", "least", "links", "lists", "units" }

local TYPES = { base = "string", beyond = "number", least = "number",
  links = "string or table", lists = "table", units = "table" }

--- Check the options.
--- Fails: raises for one that is unknown, of the wrong type, or none.
---@param options table
function arguments.check(options)
  errors.check_options("compare", options, OPTIONS, 3)
  errors.check_types("compare", options, TYPES, 3)
  local is_base = options.base == nil
  for _, name in ipairs(arguments.BASES) do
    is_base = is_base or name == options.base
  end
  if not is_base then
    local near = errors.nearest(options.base, arguments.BASES)
    error(("compare: base must be one of %s, not %q%s"):format(
      table.concat(arguments.BASES, ", "), options.base,
      near and (": did you mean %q?"):format(near) or ""), 3)
  end
  local least = options.least
  if least and (least < 3 or least % 1 ~= 0) then
    error("compare: least must be a whole number of stations from 3", 3)
  end
  if options.beyond and options.beyond <= 0 then
    error("compare: beyond must be above 0", 3)
  end
end

local function append(to, from)
  for _, item in ipairs(from or {}) do to[#to + 1] = item end
end

--- Links of the option, of a file, and those said by themselves.
---@param options table
---@return { lists: table[], units: table[] }?
---@return urna.Error? err "bad_links", or of reading the file
function arguments.links(options)
  local found = { lists = {}, units = {} }
  for _, given in ipairs { options.links or {}, { lists = options.lists,
    units = options.units } } do
    local value, err = links.load(given)
    if not value then return nil, err end
    append(found.lists, value.lists)
    append(found.units, value.units)
  end
  return found
end

return arguments
