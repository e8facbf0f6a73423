--- Allocations collected from official results, textbooks and other
--- programs' tests, each with its source. Absent outside the workplace.
local vectors = { path = "../shared/data/seats.json" }

--- All of them, in the file's order; nil where the file is absent.
---@return table[]?
function vectors.all()
  local file = io.open(vectors.path, "rb")
  if not file then return nil end
  local text = file:read("*a")
  file:close()
  return assert(require("dkjson").decode(text))
end

--- One by its name.
---@param id string
---@return table?
function vectors.find(id)
  for _, case in ipairs(vectors.all() or {}) do
    if case.id == id then return case end
  end
end

--- Sums of a table of tables: by the outer keys, and by the inner ones.
---@param map table<string, table<string, integer>>
---@return table<string, integer> outer
---@return table<string, integer> inner
function vectors.sums(map)
  local outer, inner = {}, {}
  for key, row in pairs(map) do
    for name, count in pairs(row) do
      outer[key] = (outer[key] or 0) + count
      inner[name] = (inner[name] or 0) + count
    end
  end
  return outer, inner
end

return vectors
