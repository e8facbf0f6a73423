--- A temporary folder for specs, and the tools that fill it.
local folder = {}

local GENERATOR = "../shared/tools/gen_tally.py"

--- Make one; remove it with folder.remove.
---@return string path
function folder.make()
  local path = os.tmpname()
  os.remove(path)
  assert(folder.run("mkdir %s", path))
  return path
end

---@param path string? nothing happens without
function folder.remove(path)
  if path then folder.run("rm -rf %s", path) end
end

--- Run a command of the shell, its words put in with %s.
---@return boolean done
function folder.run(command, ...)
  local status = os.execute(command:format(...))
  return status == true or status == 0
end

---@param path string
---@param text string
---@return string path
function folder.write(path, text)
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  file:close()
  return path
end

---@param path string
---@return string
function folder.read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

--- Is there such a program?
---@param program string
---@return boolean
function folder.has(program)
  return folder.run("command -v %s >/dev/null 2>&1", program)
end

--- A file packed beside itself, the file itself kept.
---@param path string
---@param packing "gz"|"zst"
---@return string packed path of it
function folder.pack(path, packing)
  local packed = path .. "." .. packing
  assert(folder.run(packing == "gz" and "gzip -1 -c %s >%s"
    or "zstd -q -1 -c %s >%s", path, packed))
  return packed
end

--- Why nothing can be generated; nil if it can.
---@return string?
function folder.lacks_generator()
  local file = io.open(GENERATOR)
  if not file then return "skipped: no " .. GENERATOR end
  file:close()
  if not folder.has("python3") then return "skipped: no python3" end
end

--- Run the generator of tally inputs into a folder.
---@param path string
---@param arguments string
---@return string log what it printed
function folder.generate(path, arguments)
  local log = path .. "/log"
  assert(folder.run("python3 %s %s -o %s >%s", GENERATOR, arguments, path,
    log), arguments)
  return folder.read(log)
end

return folder
