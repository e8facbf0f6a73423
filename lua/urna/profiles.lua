local errors = require "urna.errors"
local places = require "urna.places"

--- Headings of well-known sources, as data: which of them mean which standard
--- field. A profile is one file under urna/profiles and one line here.
local profiles = {}

local PROFILES = {
  ["rs-rik"] = "urna.profiles.rs_rik",
}

local function names()
  local known = {}
  for name in pairs(PROFILES) do known[#known + 1] = name end
  table.sort(known)
  return known
end

--- A profile by its name.
---@param name string "rs-rik"
---@return table? profile
---@return urna.Error? err "unknown_profile", with what there is
function profiles.find(name)
  if PROFILES[name] then return require(PROFILES[name]) end
  return nil, errors.new("unknown_profile", { message =
    ("no profile %q; there is %s"):format(tostring(name),
      table.concat(names(), ", ")) })
end

-- What a heading means, by its folded form.
local function index(profile)
  local found = {}
  local function add(headings, meaning)
    for _, heading in ipairs(headings) do
      found[places.fold(heading)] = meaning
    end
  end
  for i, headings in ipairs(profile.keys) do add(headings, { key = i }) end
  for field, headings in pairs(profile.fields) do
    add(headings, { field = field })
  end
  for column, headings in pairs(profile.long) do
    add(headings, { long = column })
  end
  add(profile.ignored, { ignored = true })
  return found
end

local function is_list(profile, heading)
  local folded = heading:lower()
  for _, pattern in ipairs(profile.list_patterns) do
    if folded:find(pattern) then return true end
  end
  return false
end

local function list_of(heading, count)
  local name = heading:match("^%d+%s*[%.%)]%s*(.+)$")
  return { key = name and ("L%d"):format(count) or heading, column = heading,
    name = name }
end

--- What the headings of a file mean by a profile.
---@param profile table
---@param headings string[]
---@return table draft { keys, columns, lists, ignored_columns }: a contest's
--- columns
---@return string[] unmapped headings that mean nothing to it
function profiles.apply(profile, headings)
  local meanings, keys, unmapped = index(profile), {}, {}
  local draft = { keys = {}, columns = {}, lists = {}, ignored_columns = {} }
  for _, heading in ipairs(headings) do
    local meaning = meanings[places.fold(heading)]
    if not meaning and is_list(profile, heading) then
      draft.lists[#draft.lists + 1] = list_of(heading, #draft.lists + 1)
    elseif not meaning then
      unmapped[#unmapped + 1] = heading
    elseif meaning.key and not keys[meaning.key] then
      keys[meaning.key] = heading
    elseif (meaning.field or meaning.long)
      and not draft.columns[meaning.field or meaning.long] then
      draft.columns[meaning.field or meaning.long] = heading
    else
      draft.ignored_columns[#draft.ignored_columns + 1] = heading
    end
  end
  for i = 1, #profile.keys do draft.keys[#draft.keys + 1] = keys[i] end
  return draft, unmapped
end

--- The first profile that knows at least three fields of these headings.
---@param headings string[]
---@return table? profile
function profiles.guess(headings)
  for _, name in ipairs(names()) do
    local profile, count = require(PROFILES[name]), 0
    for _ in pairs((profiles.apply(profile, headings)).columns) do
      count = count + 1
    end
    if count >= 3 then return profile end
  end
end

return profiles
