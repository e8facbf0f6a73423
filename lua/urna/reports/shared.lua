--- What tables and sections of a report have in common.
local shared = {}

--- Some members of a table.
---@param from table
---@param names string[]
---@return table
function shared.some(from, names)
  local found = {}
  for _, name in ipairs(names) do found[name] = from[name] end
  return found
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

--- A change that may not be known.
---@return string "+3", "−3", "±0" or "–"
function shared.signed(page, value)
  return value and page.locale:signed(value) or "–"
end

return shared
