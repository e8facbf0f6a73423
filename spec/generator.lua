--- A linear congruential generator (Park & Miller, CACM 31(10), 1988, p.
--- 1192): the same numbers on every Lua, none of them beyond 2^53.
---@param seed integer from 1
---@return fun(least: integer, most: integer): integer draw
return function(seed)
  local state = seed
  return function(least, most)
    state = state * 16807 % 2147483647
    return least + state % (most - least + 1)
  end
end
