--- Lots that were drawn, handed back in the order in which ties are met.
local draws = {}

---@class urna.count.Draws
---@field lots string[][]
---@field used integer

---@param lots string[][]?
---@return urna.count.Draws
function draws.of(lots)
  return { lots = lots or {}, used = 0 }
end

local function quoted(names)
  local words = {}
  for i, name in ipairs(names) do words[i] = ("%q"):format(name) end
  return table.concat(words, ", ")
end

local function fault(number, what, tie)
  return ("lots[%d]: %s; %d of %s is to be drawn"):format(number, what,
    tie.left, quoted(tie.tied))
end

--- What was drawn in this tie.
---@param self urna.count.Draws
---@param tie { tied: string[], left: integer }
---@return string[]? names nil if no lot is left, or with a message
---@return string? message what is wrong with it
function draws.take(self, tie)
  local number = self.used + 1
  local draw = self.lots[number]
  if draw == nil then return nil end
  if type(draw) ~= "table" then
    return nil, fault(number, "a draw is an array of names, not a "
      .. type(draw), tie)
  end
  local is_tied, is_drawn = {}, {}
  for _, name in ipairs(tie.tied) do is_tied[name] = true end
  for _, name in ipairs(draw) do
    if not is_tied[name] then
      return nil, fault(number, ("%q is not tied"):format(tostring(name)), tie)
    end
    if is_drawn[name] then
      return nil, fault(number, ("%q is drawn twice"):format(name), tie)
    end
    is_drawn[name] = true
  end
  if #draw ~= tie.left then
    return nil, fault(number, ("%d are drawn"):format(#draw), tie)
  end
  self.used = number
  return draw
end

--- Lots for which there was no tie.
---@param self urna.count.Draws
---@return string? message
function draws.left_over(self)
  if self.used == #self.lots then return nil end
  local draw = self.lots[self.used + 1]
  return ("lots[%d]: there is no tie left for it%s"):format(self.used + 1,
    type(draw) == "table" and ", it names " .. quoted(draw) or "")
end

return draws
