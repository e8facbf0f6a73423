local compat = require "urna.compat"
local divisors = require "urna.methods.divisors"

--- What tables and sections of a report have in common.
local shared = {}

--- Some members of a table.
---@param from table
---@param names string[]
---@return table
function shared.some(from, names)
  return compat.some(from, names)
end

--- Add what is in one array to another.
---@param all any[] added to
---@param more any[]
function shared.append(all, more)
  for _, item in ipairs(more) do all[#all + 1] = item end
end

--- A column whose cells stand to the left.
---@param title string
---@param is_wrapped boolean? whether its cells may be broken
---@return table
function shared.left(title, is_wrapped)
  return { title = title, wrap = is_wrapped }
end

--- A column of numbers.
---@param title string
---@return table
function shared.right(title)
  return { title = title, align = "right" }
end

--- The labels of lists.
---@param page urna.Page
---@param keys string[]
---@return string[]
function shared.labels(page, keys)
  local labels = {}
  for i, key in ipairs(keys) do labels[i] = page:label(key) end
  return labels
end

--- A number that may not be known.
---@param page urna.Page
---@param value integer|string|nil
---@return string "–" where it is not
function shared.number(page, value)
  return value and page.locale:number(value) or "–"
end

--- A quotient with its divisor, so that it can be checked by hand, and with the
--- sign of the votes that were divided.
---@param page urna.Page
---@param shown string the quotient as it is printed
---@param divisor integer|table|nil
---@param key string of the list
---@return string "5,980.50† (÷ 10)"
function shared.divided(page, shown, divisor, key)
  shown = shown .. page:signs(key)
  if divisor == nil then return shown end
  return ("%s (÷ %s)"):format(shown, shared.divisor(page, divisor))
end

--- A divisor.
---@param page urna.Page
---@param divisor integer|table
---@return string "10", "1.4", "√6"
function shared.divisor(page, divisor)
  local by = divisors.shown(divisor)
  return by:find("%.") and page.locale:number(by) or by
end

--- A change that may not be known.
---@return string "+3", "−3", "±0" or "–"
function shared.signed(page, value)
  return value and page.locale:signed(value) or "–"
end

return shared
