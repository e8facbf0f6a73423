local elections = require "urna.elections"
local errors = require "urna.errors"
local files = require "urna.files"
local readers = require "urna.readers"
local totals = require "urna.totals"

--- What a subject means: an embedded election by its id or alias, a file,
--- several files of one contest, a text, standard input, or results that are
--- there already.
local subject = {}

--- An embedded election as results.
---@param name string id or alias, "belgrade-2024"
---@return urna.Totals?
---@return urna.Error? err "unknown_election", with the nearest names
function subject.election(name)
  if type(name) ~= "string" then
    error("an election is named by its id or alias", 2)
  end
  local election, err = elections.find(name)
  if not election then return nil, err end
  return totals.from_election(election)
end

local function is_results(value)
  return type(value) == "table" and type(value.total) == "function"
end

--- Whether a name is that of a file which can be opened.
---@param path string
---@return boolean
function subject.is_file(path)
  return files.exists(path)
end

-- A name that is no election may be a file; if it is neither, say so once.
local function by_name(name, options)
  local found, err = subject.election(name)
  if found then return found end
  if err.code ~= "unknown_election" then return nil, err end
  if name == "-" or files.exists(name) then
    return readers.read(name, options)
  end
  local looks_like_path = name:find("[/\\%.]")
    and not name:find("^%l%l/[%w%-/]*$")
  if looks_like_path then
    return nil, errors.new("cannot_read",
      { file = name, message = "there is no such file" })
  end
  return nil, err
end

--- Results of a subject.
---@param value string|table id, alias, path, { path, path ... }, "-", { text =
--- ... }, { reader = ... }, or results
---@param options table? as for urna.read, where a file is read
---@return urna.Results|urna.Totals?
---@return urna.Error?
function subject.results(value, options)
  if is_results(value) then return value end
  if type(value) == "string" then return by_name(value, options) end
  return readers.read(value, options)
end

--- Whether a subject is an outcome already.
---@param value any
---@return boolean
function subject.is_outcome(value)
  return type(value) == "table" and value.decision ~= nil
    and value.lists ~= nil
end

return subject
