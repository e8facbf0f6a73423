--- Files of one test, under temporary names: `after_each(scratch.clear)`.
local scratch = {}

local made = {}

--- Write a file.
---@param ending string of its name, as ".csv"
---@param text string
---@return string path
function scratch.write(ending, text)
  local path = scratch.mine(scratch.mine(os.tmpname()) .. ending)
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  file:close()
  return path
end

--- A file that the test writes by other means.
---@param path string
---@return string path
function scratch.mine(path)
  made[#made + 1] = path
  return path
end

--- Remove what the test wrote.
function scratch.clear()
  for i = #made, 1, -1 do
    os.remove(made[i])
    made[i] = nil
  end
end

return scratch
