local errors = require "urna.errors"

--- Divisor methods by name: d(k) = first + step * k, where k is the number of
--- seats a list holds.
--- Source: Balinski & Young, Fair Representation, 2nd ed., 2001, app. A;
--- Pukelsheim, Proportional Representation, 2nd ed., 2017, ch. 4.
local divisors = {}

local METHODS = {
  { name = "dhondt", first = 1, step = 1,
    aliases = { "d'hondt", "jefferson", "hagenbach_bischoff_averages" } },
  { name = "sainte_lague", first = 1, step = 2,
    aliases = { "sainte-lague", "webster" } },
  { name = "danish", first = 1, step = 3, aliases = {} },
  { name = "imperiali", first = 2, step = 1, aliases = {} },
}

--- Every name and alias of a method.
---@return string[]
function divisors.names()
  local known = {}
  for _, method in ipairs(METHODS) do
    known[#known + 1] = method.name
    for _, alias in ipairs(method.aliases) do known[#known + 1] = alias end
  end
  return known
end

--- A method by its name or an alias.
--- Fails: raises for an unknown name, with the nearest known one.
---@param name string
---@return { name: string, first: integer, step: integer }
function divisors.find(name)
  for _, method in ipairs(METHODS) do
    if method.name == name then return method end
    for _, alias in ipairs(method.aliases) do
      if alias == name then return method end
    end
  end
  local known = divisors.names()
  local near = errors.nearest(tostring(name), known)
  error(("no divisor method %q; there is %s%s"):format(tostring(name),
    table.concat(known, ", "),
    near and (": did you mean %q?"):format(near) or ""), 2)
end

return divisors
