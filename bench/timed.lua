--- Seconds of CPU time for a call: the first one, or the mean of a fifth of a
--- second where it is shorter.
---@param run fun(): any
---@return number seconds
---@return any found by the first call
---@return number first seconds of the first call
return function(run)
  local start = os.clock()
  local found = run()
  local first = os.clock() - start
  local calls = math.floor(0.2 / math.max(first, 1e-7))
  if calls <= 1 then return first, found, first end
  start = os.clock()
  for _ = 1, calls do run() end
  return (os.clock() - start) / calls, found, first
end
