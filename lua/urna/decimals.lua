--- Sums of decimal texts, for what is beyond the numbers of Lua.
local decimals = {}

local LIMB = 1000000000 -- nine digits; a million texts still add exactly

--- The sum of whole numbers up to 27 digits, given and returned as texts.
---@param texts string[] at most a million
---@return string
function decimals.add(texts)
  local limbs = { 0, 0, 0, 0 }
  for _, text in ipairs(texts) do
    for i = 1, 3 do
      local last = #text - 9 * (i - 1)
      local part = last > 0 and text:sub(math.max(last - 8, 1), last)
      limbs[i] = limbs[i] + (part and tonumber(part) or 0)
    end
  end
  local digits = ""
  for i = 1, 4 do
    limbs[i + 1] = (limbs[i + 1] or 0) + math.floor(limbs[i] / LIMB)
    digits = ("%09d"):format(limbs[i] % LIMB) .. digits
  end
  return (digits:gsub("^0+(%d)", "%1"))
end

return decimals
