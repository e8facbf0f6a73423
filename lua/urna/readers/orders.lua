local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local native = require "urna.native"

--- Reads ballots of PrefLib's types and of BLT, each file whole. Both name
--- their candidates, so several files are one only if these are the same.
local orders = {}

local MOST = "9007199254740991" -- 2^53 - 1, exact in every Lua

-- What the core says of a flaw, as one sentence.
local function sentence(fault)
  local words = { fault.message }
  if fault.text then words[1] = ("%q: %s"):format(fault.text, words[1]) end
  if fault.expected then
    words[#words + 1] = ("expected is %s"):format(fault.expected)
  end
  if fault.code == "overflow" then
    words[#words + 1] = ("up to %s papers are counted"):format(MOST)
  end
  return table.concat(words, "; ")
end

-- Flaws of the bytes are told as everywhere, others by the reader's own words.
local function refuse(part, fault)
  if fault.code == "bad_text" or not fault.message or not fault.line then
    return nil, faults.error(fault, part.file)
  end
  return nil, errors.new(fault.code, { file = part.file, line = fault.line,
    column = fault.column, text = fault.text, message = sentence(fault) })
end

local function read_preflib(job, part)
  local store, about = native.preflib_ballots { tape = part.tape,
    type = part.form, progress = part.tell }
  if not store then return refuse(part, about) end
  local asked = job.options.form
  if asked and about.type and about.type ~= asked then
    return nil, errors.new("forms_differ", { file = part.file,
      text = about.type, message = ("the file says that it is %s, not %s")
        :format(about.type, asked) })
  end
  about.form = about.type or part.form
  return store, about
end

local function read_blt(_, part)
  local store, about = native.blt_ballots { tape = part.tape,
    progress = part.tell }
  if not store then return refuse(part, about) end
  about.form = "blt"
  return store, about
end

local READ = { preflib = read_preflib, blt = read_blt }

-- The first thing in which a file is not one with the first.
local function difference(job, store, about)
  local wanted, found = job.store:candidates(), store:candidates()
  for i = 1, math.max(#wanted, #found) do
    local one, other = wanted[i] or {}, found[i] or {}
    if one.name ~= other.name or one.kind ~= other.kind then
      return ("candidate %d is not that of %s"):format(i, job.parts[1].file)
    end
  end
  if about.seats ~= job.about.seats then
    return ("%d seats, where %s has %d"):format(about.seats,
      job.parts[1].file, job.about.seats)
  end
end

local function join(job, part, store, about)
  if not job.store then
    job.store, job.about = store, about
    return job
  end
  local differs = difference(job, store, about)
  if differs then
    return nil, errors.new("contests_differ", { file = part.file,
      message = differs .. "; files that are read as one are of one contest" })
  end
  local done, fault = job.store:append(store)
  if not done then return nil, faults.error(fault, part.file) end
  return job
end

--- Read one part into the job's store: its first sets job.about, { form, seats,
--- title, source, comment }.
---@param job table { parts, options, store }
---@param part table { tape, file, form, family, tell }
---@return table? info { from, reached } in bytes
---@return urna.Error?
function orders.read(job, part)
  local store, about = READ[part.family](job, part)
  if not store then return nil, about end
  local done, err = join(job, part, store, about)
  if not done then return nil, err end
  return { from = 0, reached = about.reached }
end

return orders
