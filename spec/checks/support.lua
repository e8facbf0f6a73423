-- Records of a typed table, for the specs of the checks.
local urna = require "urna"

local support = {}

--- Results of rows under headings: "p" is the key of a station, "m" and what
--- is in `keys` are keys, capital letters are lists, what begins with "_" is
--- left to `more`, the rest are fields.
---@param headings string "m,p,voters_signed,A,B"
---@param rows string|string[]
---@param more table? into the contest, and keys
function support.read(headings, rows, more)
  local contest = { keys = {}, columns = {}, lists = {} }
  for name in headings:gmatch("[^,]+") do
    if name == "m" or name == "p" then
      contest.keys[#contest.keys + 1] = name
    elseif name:find("^%u") then
      contest.lists[#contest.lists + 1] = { key = name }
    elseif not name:find("^_") then
      contest.columns[name] = name
    end
  end
  local options = {}
  for key, value in pairs(more or {}) do
    if key == "bad" or key == "total_rows" then
      options[key] = value
    else
      contest[key] = value
    end
  end
  options.contest = contest
  if type(rows) == "table" then rows = table.concat(rows, "\n") .. "\n" end
  return assert(urna.read({ text = headings .. "\n" .. rows }, options))
end

--- Findings of the same.
function support.check(headings, rows, more, options)
  return assert(urna.check(support.read(headings, rows, more), options))
end

function support.row(found, code)
  for _, row in ipairs(found.rows) do
    if row.code == code then return row end
  end
  error("no row " .. code)
end

--- "code result count" of a row.
function support.told(found, code)
  local row = support.row(found, code)
  return ("%s %d"):format(row.result, row.count)
end

--- The keys of the units that a check fired on.
function support.keys(found, code)
  local keys = {}
  for i, unit in ipairs(found:units(code)) do keys[i] = unit.key end
  return table.concat(keys, " ")
end

return support
