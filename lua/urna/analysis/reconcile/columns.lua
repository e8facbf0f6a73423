--- What is compared: a column for each field and list of the first source.
local columns = {}

-- A column with the array of each source, false where it does not have it.
local function column(job, kind, name, key_of)
  local found = { kind = kind, name = name, arrays = {}, others = {} }
  for k = 1, #job.figures do
    local key = key_of(k)
    local side = key and job.figures[k]
    found.arrays[k] = side and side.of[key] or false
    found.others[k] = key
    if key and not found.arrays[k] then found.others[k] = nil end
  end
  return found
end

--- The columns, fields first. A field that another source does not have is
--- noted in the job.
---@param job table
---@return { kind: "field"|"list", name: string, arrays: table, others: table,
--- list: integer? }[]
function columns.of(job)
  local all = {}
  local function add(found)
    for k = 2, #job.figures do
      if not found.arrays[k] and found.kind == "field" then
        job.uncompared[#job.uncompared + 1] = { field = found.name,
          missing = job.names[k] }
      end
    end
    all[#all + 1] = found
  end
  for _, name in ipairs(job.figures[1].fields) do
    add(column(job, "field", name, function() return name end))
  end
  for i, list in ipairs(job.figures[1].lists) do
    local found = column(job, "list", list.key, function(k)
      return k == 1 and list.key or job.lists[k][list.key]
    end)
    found.list = i
    add(found)
  end
  return all
end

return columns
