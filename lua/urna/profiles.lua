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

-- Names made for machines have "_" where people put a space.
local function fold(heading)
  return places.fold((heading:gsub("_", " ")))
end

-- What a heading means, by its folded form.
local function index(profile)
  local found = {}
  local function add(headings, meaning)
    for _, heading in ipairs(headings) do
      found[fold(heading)] = meaning
    end
  end
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

-- For each level of the key the heading that the profile likes best; the
-- others that could be it are ignored.
local function choose_keys(profile, headings)
  local by_folded, chosen, spare = {}, {}, {}
  for _, heading in ipairs(headings) do
    by_folded[fold(heading)] = heading
  end
  for _, known in ipairs(profile.keys) do
    local found
    for _, name in ipairs(known) do
      local heading = by_folded[fold(name)]
      if heading and found then spare[heading] = true end
      found = found or heading
    end
    chosen[#chosen + 1] = found
  end
  return chosen, spare
end

local function as_set(texts)
  local set = {}
  for _, text in ipairs(texts) do set[text] = true end
  return set
end

--- What the headings of a file mean by a profile.
---@param profile table
---@param headings string[]
---@return table draft { keys, columns, lists, ignored_columns }: a contest's
--- columns
---@return string[] unmapped headings that mean nothing to it
function profiles.apply(profile, headings)
  local meanings, unmapped = index(profile), {}
  local keys, spare = choose_keys(profile, headings)
  local is_key = as_set(keys)
  local draft = { keys = keys, columns = {}, lists = {},
    ignored_columns = {} }
  for _, heading in ipairs(headings) do
    local meaning = meanings[fold(heading)]
    local column = meaning and (meaning.field or meaning.long)
    if column and not draft.columns[column] then
      draft.columns[column] = heading
    elseif (meaning or spare[heading]) and not is_key[heading] then
      draft.ignored_columns[#draft.ignored_columns + 1] = heading
    elseif is_list(profile, heading) then
      draft.lists[#draft.lists + 1] = list_of(heading, #draft.lists + 1)
    elseif not is_key[heading] then
      unmapped[#unmapped + 1] = heading
    end
  end
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
