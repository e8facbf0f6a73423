local errors = require "urna.errors"

--- Files written whole or not at all.
local files = {}

local function failed(path, reason)
  return nil, errors.new("cannot_write", { file = path,
    message = tostring(reason) })
end

--- Write to a temporary name beside the path, then rename.
---@param path string
---@param text string
---@return true?
---@return urna.Error? err "cannot_write"; what was at the path is untouched
function files.write(path, text)
  local temporary = path .. ".part"
  local file, reason = io.open(temporary, "wb")
  if not file then return failed(path, reason) end
  local written, trouble = file:write(text)
  local closed, late = file:close()
  if not (written and closed) then
    os.remove(temporary)
    return failed(path, trouble or late)
  end
  local renamed
  renamed, reason = os.rename(temporary, path)
  if renamed then return true end
  os.remove(temporary)
  return failed(path, reason)
end

return files
