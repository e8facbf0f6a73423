--- What a difference of two numbers looks like: slips of the pen.
local hints = {}

-- Two numbers of equal length: in how many places their digits differ, and the
-- first and last such place.
local function digit_gaps(a, b)
  local count, first, last = 0, nil, nil
  for i = 1, #a do
    if a:byte(i) ~= b:byte(i) then
      count, first, last = count + 1, first or i, i
    end
  end
  return count, first, last
end

--- What the difference is compatible with.
---@param a integer
---@param b integer
---@return "tenfold"|"digits_swapped"|"one_digit"|nil
function hints.of(a, b)
  if a > 0 and b > 0 and (a == 10 * b or b == 10 * a) then
    return "tenfold"
  end
  local x, y = ("%d"):format(a), ("%d"):format(b)
  if #x ~= #y or #x < 2 then return nil end
  local count, first, last = digit_gaps(x, y)
  local is_swap = count == 2 and last == first + 1
    and x:byte(first) == y:byte(last) and x:byte(last) == y:byte(first)
  if is_swap then return "digits_swapped" end
  if count == 1 then return "one_digit" end
end

return hints
