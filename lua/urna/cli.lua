local errors = require "urna.errors"
local options = require "urna.cli.options"
local verbs = require "urna.cli.verbs"
local version = require "urna.version"

--- The command line. Exit status: 0 done, 1 findings or undecided, 2 bad
--- input, 3 usage.
local cli = {}

local DONE, BAD_INPUT, USAGE = 0, 2, 3

local function overview()
  local lines = { "usage: urna VERB SUBJECT [options]", "",
    "A subject is an embedded election (belgrade-2024), a file of records,",
    "several files of one contest, or - for standard input.", "" }
  for _, verb in ipairs(verbs) do
    lines[#lines + 1] = ("  %-10s %s"):format(verb.name, verb.help)
  end
  lines[#lines + 1] = ""
  lines[#lines + 1] = "urna VERB --help says more; urna --version."
  lines[#lines + 1] = "Exit status: 0 done, 1 findings or undecided, "
    .. "2 bad input, 3 usage."
  return table.concat(lines, "\n") .. "\n"
end

local function verb_help(verb)
  local more = verb.more and verb.more .. "\n\n" or ""
  return ("usage: urna %s %s [options]\n\n%s\n\n%s%s\n"):format(verb.name,
    verb.words, verb.help, more, options.help(verb.options))
end

local function find_verb(name)
  local names = {}
  for i, verb in ipairs(verbs) do
    if verb.name == name then return verb end
    names[i] = verb.name
  end
  local near = errors.nearest(name, names)
  return nil, ("there is no verb %q%s"):format(name,
    near and ("; did you mean %q?"):format(near) or "")
end

local function usage(io_, message)
  io_.stderr:write("urna: ", message, "\nurna --help says more.\n")
  return USAGE
end

local function fail(io_, err, form)
  if form == "json" and errors.is(err) then
    local json = require "urna.writers.json"
    io_.stderr:write(json.encode(err, { arrays = { items = true } }), "\n")
  else
    io_.stderr:write("urna: ", tostring(err), "\n")
  end
  return BAD_INPUT
end

-- A mistake in what was asked for is raised as a text with the place it was
-- found at in urna, which says nothing to the person who asked.
local function asked_wrongly(err)
  return (tostring(err):gsub("^[^:\n]*%.lua:%d+: ", ""))
end

local function run(verb, args, io_)
  local found, words = options.parse(verb.options, args)
  if not found then return usage(io_, words) end
  if found.help then
    io_.stdout:write(verb_help(verb))
    return DONE
  end
  local act = require "urna.cli.acts"[verb.name]
  local done, status, err = pcall(act, words, found, io_)
  if not done then
    if errors.is(status) then return fail(io_, status, found.errors) end
    return usage(io_, asked_wrongly(status))
  end
  if status then return status end
  return fail(io_, err, found.errors)
end

--- Run the command line.
---@param args string[]
---@param io_ { stdout: file*, stderr: file* }? for tests; else the process's
---@return integer status for os.exit
function cli.main(args, io_)
  io_ = io_ or io
  local name = args[1]
  if not name then
    io_.stderr:write(overview())
    return USAGE
  end
  if name == "--help" or name == "-h" or name == "help" then
    io_.stdout:write(overview())
    return DONE
  end
  if name == "--version" then
    local core = require "urna.native"
    io_.stdout:write(("urna %s (%s, core for Lua %s)\n"):format(version,
      require "urna.compat".version(), core.abi))
    return DONE
  end
  local verb, message = find_verb(name)
  if not verb then return usage(io_, message) end
  local rest = {}
  for i = 2, #args do rest[i - 1] = args[i] end
  return run(verb, rest, io_)
end

return cli
