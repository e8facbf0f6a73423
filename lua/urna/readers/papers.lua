local errors = require "urna.errors"
local forms = require "urna.readers.forms"
local faults = require "urna.readers.faults"
local inputs = require "urna.tally.inputs"
local native = require "urna.native"
local orders = require "urna.readers.orders"
local ranked = require "urna.readers.ranked"
local sources = require "urna.readers.sources"
local tapes = require "urna.readers.tapes"

--- Ballots of any form from tapes: which form each is, who reads it, and what
--- was read.
local papers = {}

local COMMON = { "encoding", "form", "progress" }

local TYPES = { encoding = "string", form = "string", progress = "function" }

local BEGINNING = 4096 -- bytes by which a text is told

--- Whether options are those of reading ballots, their values of their types.
--- Fails: raises where the verb was called.
---@param verb string as messages call it
---@param options table
---@param level integer as for errors.check_options
---@param more string[]? further options that the verb has
function papers.check(verb, options, level, more)
  local known = {}
  for _, names in ipairs { COMMON, ranked.OPTIONS, more or {} } do
    for _, name in ipairs(names) do known[#known + 1] = name end
  end
  errors.check_options(verb, options, known, level + 1)
  errors.check_types(verb, options, TYPES, level + 1)
  ranked.check(verb, options, level + 1)
  local form = options.form
  local family = form and forms.family(form)
  if form and not family then
    error(("%s: a form is one of %s"):format(verb,
      table.concat(forms.NAMES, ", ")), level + 1)
  end
  if family and family ~= "csv" then
    papers.refuse_columns(verb, options, form, level + 1)
  end
end

--- Refuse what only a CSV has. Fails: raises where the verb was called.
---@param verb string
---@param options table
---@param form string
---@param level integer
function papers.refuse_columns(verb, options, form, level)
  for _, name in ipairs(ranked.OPTIONS) do
    if options[name] ~= nil and name ~= "isa" and name ~= "block" then
      error(("%s: %s is of CSV, and these ballots are %s"):format(verb, name,
        form), level + 1)
    end
  end
end

local function form_of(part, options)
  local form = options.form
    or (options.ranks or options.ranking) and "csv"
    or forms.by_name(part.file)
  if form then return form end
  local head, fault = native.tape_beginning(part.tape, BEGINNING)
  if not head then return nil, faults.error(fault, part.file) end
  return forms.by_beginning(head) or "csv"
end

local function find_forms(job)
  for i, part in ipairs(job.parts) do
    local err
    part.form, err = form_of(part, job.options)
    if not part.form then return nil, err end
    part.family = forms.family(part.form)
    if i > 1 and part.family ~= job.parts[1].family then
      return nil, errors.new("forms_differ", { file = part.file, message =
        ("this is read as %s, but %s as %s; say form = \"...\" (or --form) if "
          .. "they are of one"):format(part.form, job.parts[1].file,
          job.parts[1].form) })
    end
  end
  return job
end

-- What is told of the progress counts all files through.
local function teller(job)
  local progress, total = job.options.progress, 0
  if not progress then return function() end end
  for _, part in ipairs(job.parts) do
    local size = part.tape:size()
    total = size and total and total + size
  end
  return function(before)
    return function(done) return progress(before + done, total) end
  end
end

-- Read one part after the other into one store.
local function read_all(job)
  local read = job.parts[1].family == "csv" and ranked.read or orders.read
  local tell_of, done, seen = teller(job), 0, {}
  job.sources = {}
  for i, part in ipairs(job.parts) do
    part.tell = tell_of(done)
    local info, err = read(job, part)
    if not info then return nil, err end
    part.first = info.from
    local source
    source, err = inputs.source(part, info)
    if not source then return nil, err end
    if seen[source.id] then
      return nil, inputs.repeated(seen[source.id], source)
    end
    seen[source.id], job.sources[i] = source, source
    done = done + info.reached - info.from
  end
  if job.bad_count then return ranked.finish(job) end
  return job
end

--- Read ballots from tapes, one form for all.
--- Fails: raises for an option that the form does not have.
---@param verb string as messages call it
---@param parts table[] { tape, file }
---@param options table see ballots.read
---@param level integer as for errors.check_options
---@return table? found { store, file, form, headings, seats, title, comment,
--- sources }
---@return urna.Error?
function papers.of_parts(verb, parts, options, level)
  local job = { verb = verb, parts = parts, options = options, about = {},
    file = parts[1].file }
  local done, err = find_forms(job)
  if not done then return nil, err end
  local form = parts[1].form
  if parts[1].family ~= "csv" then
    papers.refuse_columns(verb, options, form, level + 1)
  end
  done, err = read_all(job)
  if not done then return nil, err end
  local about = job.about
  return { store = job.store, file = job.file, headings = job.headings,
    form = about.form or form, seats = about.seats, title = about.title,
    source = about.source, comment = about.comment, sources = job.sources }
end

--- Read ballots of a subject, as papers.of_parts.
--- Fails: raises for a subject or an option of the wrong type.
---@param verb string
---@param subject string|table
---@param options table see ballots.read
---@param level integer
---@param more string[]? further options that the verb has
---@return table?
---@return urna.Error?
function papers.read(verb, subject, options, level, more)
  papers.check(verb, options, level + 1, more)
  local job, err = sources.take({}, subject)
  if not job then return nil, err end
  local parts
  parts, err = tapes.open(job.inputs, options.encoding)
  if not parts then return nil, err end
  local found
  found, err = papers.of_parts(verb, parts, options, level + 1)
  tapes.close(parts)
  return found, err
end

return papers
