local model = require "urna.charts.model"

--- What changed since an earlier outcome. Lists are matched by equal keys.
local compare = {}

-- Hundredths as a signed text: -302 is "-3.02".
local function points_text(hundredths)
  local sign = hundredths < 0 and "-" or ""
  local size = math.abs(hundredths)
  return ("%s%d.%02d"):format(sign, math.floor(size / 100), size % 100)
end

local function percent_of(list)
  return model.hundredths(list.share and list.share.percent)
end

local function base_of(outcome)
  for _, list in ipairs(outcome.lists) do
    if list.share and list.share.base then return list.share.base end
  end
  return outcome.base and outcome.base.name
end

local function change(list, before, same_base)
  if not before then return { is_new = true } end
  local now, then_ = percent_of(list), percent_of(before)
  return { is_new = false, before = before,
    seats = list.seats and before.seats and list.seats - before.seats or nil,
    points = same_base and now and then_ and points_text(now - then_) or nil }
end

local function check_subject(earlier)
  if type(earlier) ~= "table" or type(earlier.lists) ~= "table" then
    error("compare must be an outcome", 4)
  end
end

-- Lists that were there and have none of their key now.
local function gone(outcome, earlier)
  local here, rows = {}, {}
  for _, list in ipairs(outcome.lists) do here[list.key] = true end
  for _, list in ipairs(earlier.lists) do
    if not list.others and not here[list.key] then rows[#rows + 1] = list end
  end
  return rows
end

--- Compare two outcomes, list by list.
---@param outcome table
---@param earlier table
---@return table { contest, outcome, same_base, base, gone = lists of the
--- earlier outcome whose keys are not here, of = { KEY = { is_new,
--- seats = change, points = "+1.23" or "-1.23" as digits, before } } }
function compare.lists(outcome, earlier)
  check_subject(earlier)
  local before, of = {}, {}
  for _, list in ipairs(earlier.lists) do before[list.key] = list end
  local same = base_of(outcome) == base_of(earlier)
  for _, list in ipairs(outcome.lists) do
    if not list.others then
      of[list.key] = change(list, before[list.key], same)
    end
  end
  return { contest = earlier.contest or {}, outcome = earlier, of = of,
    gone = gone(outcome, earlier),
    same_base = same, base = base_of(earlier) }
end

return compare
