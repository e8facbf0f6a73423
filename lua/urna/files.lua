local errors = require "urna.errors"
local native = require "urna.native"

--- Files read whole, and written whole or not at all.
local files = {}

--- Whether there is a file of that name which can be opened.
---@param path string
---@return boolean
function files.exists(path)
  local file = io.open(path, "rb")
  if file then file:close() end
  return file ~= nil
end

--- The bytes of a file.
---@param path string
---@return string?
---@return urna.Error? err "cannot_read"
function files.read(path)
  local file, reason = io.open(path, "rb")
  local text = file and file:read("*a")
  if file then file:close() end
  if text then return text end
  return nil, errors.new("cannot_read", { file = path,
    message = reason or "this is not a file that can be read" })
end

--- The text of a file, unpacked and checked as UTF-8.
---@param path string
---@return string?
---@return urna.Error? err where it cannot be read as text
function files.text(path)
  local source, fault = native.source { path = path }
  if not source then
    return nil, errors.new(fault.code, { file = path, line = fault.line,
      column = fault.column, text = fault.text,
      message = fault.message or "cannot be read as text" })
  end
  local text = source:text()
  source:close()
  return text
end

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
