local native = require "urna.native"

--- Votes that may be parts of papers: whole numbers as long as they suffice,
--- exact ratios where a paper is shared.
local exact = {}

---@alias urna.Exact integer|urna.core.Rational

--- As plain data: a whole number, or { num, den } in lowest terms.
---@param value urna.Exact
---@return integer|string|{ [1]: integer|string, [2]: integer|string }
function exact.plain(value)
  if type(value) == "number" then return value end
  local den = value:den()
  if den == 1 then return value:num() end
  return { value:num(), den }
end

--- The parts of papers that several share, added to whole ones.
---@param whole integer
---@param shares { size: integer, papers: integer[] }[]
---@param index integer of the candidate in their `papers`
---@return urna.Exact an exact ratio where there are shares at all
function exact.with_shares(whole, shares, index)
  if #shares == 0 then return whole end
  local value = native.rational(whole)
  for _, share in ipairs(shares) do
    value = value + native.rational(share.papers[index], share.size)
  end
  return value
end

--- Is twice the value more than `all`?
---@param value urna.Exact
---@param all integer
---@return boolean
function exact.is_majority(value, all)
  if type(value) == "number" then return value > all - value end
  return value * 2 > native.rational(all)
end

return exact
