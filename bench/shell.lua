--- The shell and files, for the other parts of the benchmark.
local shell = {}

function shell.quote(word)
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

function shell.quoted(words)
  local list = {}
  for i, word in ipairs(words) do list[i] = shell.quote(word) end
  return table.concat(list, " ")
end

function shell.succeeds(command)
  local done = os.execute(command)
  return done == true or done == 0
end

function shell.output_of(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read("*a")
  pipe:close()
  return (text:gsub("%s+$", ""))
end

function shell.has(program)
  return shell.succeeds("command -v " .. program .. " >/dev/null 2>&1")
end

function shell.exists(path)
  local file = io.open(path, "rb")
  if file then file:close() end
  return file ~= nil
end

function shell.read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

function shell.write(path, text)
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  assert(file:close())
end

--- A line of the report.
function shell.say(...)
  print(string.format(...))
  io.stdout:flush()
end

--- A line beside the report: how far it is, what was skipped.
function shell.tell(...)
  io.stderr:write(string.format(...), "\n")
end

return shell
