local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local native = require "urna.native"
local sources = require "urna.readers.sources"

--- Reads ranked ballots from CSV, block by block: a row for each ballot, with a
--- column for each rank, or one column with a list of them. A job is { verb,
--- parts, options, store, ... }; its files have the same headings.
local ranked = {}

-- What stands in a rank's place where it is not a candidate. Sources write
-- these in small letters, capitals, and as a title.
local function spellings(words)
  local all = {}
  for _, word in ipairs(words) do
    local title = word:gsub("^%l", string.upper)
    local titles = title:gsub("%-%l", string.upper)
    all[#all + 1], all[#all + 2] = word, word:upper()
    all[#all + 1] = title
    if titles ~= title then all[#all + 1] = titles end
  end
  return all
end

local WORDS = {
  overvote = spellings { "overvote" },
  skip = spellings { "undervote", "skipped" },
  write_in = spellings { "write-in", "writein", "uwi" },
}

-- Headings of ranks without their spaces, marks and capitals.
local RANKS = { "^rank(%d+)$", "^choice(%d+)$", "^preference(%d+)$",
  "^pref(%d+)$", "^(%d+)[snrt][tdh]choice$", "^(%d+)[snrt][tdh]preference$",
  "^(%d+)[snrt][tdh]rank$" }

--- What can be said of such a CSV.
ranked.OPTIONS = { "block", "candidates", "delimiter", "isa", "overvote",
  "ranking", "ranks", "separator", "skip", "weight", "write_in" }

local TYPES = { block = "number", candidates = "table", delimiter = "string",
  isa = "string", overvote = "string or table", ranking = "string",
  ranks = "table", separator = "string", skip = "string or table",
  weight = "string", write_in = "string or table" }

local MOST = "9007199254740991" -- 2^53 - 1, exact in every Lua

-- Words and names are texts, and a separator is one of a few.
local function check_texts(verb, options, level)
  for _, name in ipairs { "candidates", "overvote", "skip", "write_in" } do
    local given = options[name]
    for _, text in ipairs(type(given) == "table" and given or {}) do
      if type(text) ~= "string" or text == "" then
        error(("%s: %s are texts of one letter or more"):format(verb, name),
          level + 1)
      end
    end
  end
  local separator = options.separator or ","
  if #separator ~= 1 or not (",>| ;"):find(separator, 1, true) then
    error(verb .. ": a separator is one of , > | ; and a space", level + 1)
  end
end

local function check_names(verb, names, level)
  local seen = {}
  for _, name in ipairs(names) do
    if type(name) ~= "string" then
      error(verb .. ": ranks are names of columns", level + 1)
    elseif seen[name] then
      error(("%s: column %q is given twice in ranks"):format(verb, name),
        level + 1)
    end
    seen[name] = true
  end
  if #names == 0 then error(verb .. ": ranks must name a column", level + 1) end
end

--- Whether options of a CSV are of their types.
--- Fails: raises where the verb was called.
---@param verb string as messages call it
---@param options table
---@param level integer as for errors.check_options
function ranked.check(verb, options, level)
  errors.check_types(verb, options, TYPES, level + 1)
  check_texts(verb, options, level + 1)
  if options.ranks then check_names(verb, options.ranks, level + 1) end
  if options.ranks and options.ranking then
    error(verb .. " takes either ranks or ranking", level + 1)
  end
end

local function column_error(job, code, name, message)
  return nil, errors.new(code, { file = job.file, line = 1, field = name,
    text = name, message = message })
end

local function number_headings(job)
  job.number = {}
  for i, heading in ipairs(job.headings) do
    if job.number[heading] then
      return column_error(job, "repeated_heading", heading,
        ("this heading stands in columns %d and %d"):format(
          job.number[heading], i))
    end
    job.number[heading] = i
  end
  return job
end

local function column_of(job, name)
  local column = job.number[name]
  if column then return column end
  local near = errors.nearest(name, job.headings)
  return column_error(job, "missing_heading", name,
    ("the file has no such column; it has %s%s"):format(
      table.concat(job.headings, ", "),
      near and (": did you mean %q?"):format(near) or ""))
end

-- The columns that are called as one of RANKS says, by their rank.
local function family(job, pattern)
  local columns, count, most = {}, 0, 0
  for i, heading in ipairs(job.headings) do
    local rank = tonumber(heading:lower():gsub("[%s_%-]", ""):match(pattern))
    if rank and columns[rank] then
      return column_error(job, "bad_ranks", heading,
        ("columns %d and %d are of one rank"):format(columns[rank], i))
    elseif rank then
      columns[rank], count, most = i, count + 1, math.max(most, rank)
    end
  end
  if count == most then return columns end
  return column_error(job, "bad_ranks", nil, ("there are %d columns of ranks "
    .. "up to %d; say ranks = { ... }"):format(count, most))
end

-- The columns of ranks by their headings, where these say so.
local function find_ranks(job)
  local found = {}
  for _, pattern in ipairs(RANKS) do
    local columns, err = family(job, pattern)
    if not columns then return nil, err end
    if #columns > 0 and #found > 0 then
      return column_error(job, "bad_ranks", job.headings[columns[1]],
        "several groups of columns look like ranks; say ranks = { ... }")
    end
    if #columns > 0 then found = columns end
  end
  if #found > 0 then return found end
  return column_error(job, "no_rank_columns", nil, ("no columns are called "
    .. "rank 1, rank 2 ...; say ranks = { ... }, or ranking = \"...\" for a "
    .. "list in one column; there are %s"):format(
    table.concat(job.headings, ", ")))
end

--- Whether headings have columns of ranks that are found by themselves.
---@param headings string[]
---@return boolean
function ranked.has_ranks(headings)
  return find_ranks { headings = headings } ~= nil
end

local function named_ranks(job, names)
  local columns = {}
  for i, name in ipairs(names) do
    local column, err = column_of(job, name)
    if not column then return nil, err end
    columns[i] = column
  end
  return columns
end

local function plan(job)
  local options = job.options
  local err
  if options.ranking then
    job.list, err = column_of(job, options.ranking)
  elseif options.ranks then
    job.ranks, err = named_ranks(job, options.ranks)
  else
    job.ranks, err = find_ranks(job)
  end
  if err then return nil, err end
  if options.weight then
    job.weight, err = column_of(job, options.weight)
    if not job.weight then return nil, err end
  end
  return job
end

local function words(job, name)
  local given = job.options[name]
  if given == nil then return WORDS[name] end
  return type(given) == "table" and given or { given }
end

local function fault_error(job, part, fault)
  if fault.code == "not_a_count" then fault.text = fault.text or "" end
  if fault.reason == "papers" then
    fault.code = "overflow"
    fault.message = ("with %s papers more there are beyond %s, more than is "
      .. "exact in every Lua"):format(fault.text or "these", MOST)
  end
  if fault.code == "unknown_candidate" then
    local near = errors.nearest(fault.text or "", job.options.candidates)
    fault.message = ("%q is not one of the candidates%s"):format(
      fault.text or "", near and (": did you mean %q?"):format(near) or "")
  end
  local err = faults.error(fault, part.file, job.headings)
  err.row_line, err.offset = fault.row_line, fault.offset
  return err
end

-- The headings, which all parts share; the first one's decide the columns.
local function open_part(job, part)
  local headings, delimiter, first = part.tape:headings(job.options.delimiter)
  if not headings then return nil, faults.error(delimiter, part.file) end
  part.headings, part.delimiter, part.first = headings, delimiter, first
  if job.headings then
    local err = sources.heading_error(job.parts[1], part)
    if err then return nil, err end
    return job
  end
  job.headings, job.items, job.bad_count = headings, {}, 0
  local done, err = number_headings(job)
  if not done then return nil, err end
  return plan(job)
end

local function feed(job, part)
  return native.ranked_ballots { tape = part.tape, first = part.first,
    into = job.store, columns = #job.headings, ranks = job.ranks,
    list = job.list, weight = job.weight, delimiter = part.delimiter,
    separator = job.options.separator, overvote = words(job, "overvote"),
    skip = words(job, "skip"), write_in = words(job, "write_in"),
    candidates = job.options.candidates, block = job.options.block,
    progress = part.tell, isa = job.options.isa or os.getenv("URNA_ISA") }
end

--- Read one part into the job's store. Records that are refused are gathered:
--- see ranked.finish.
---@param job table
---@param part table { tape, file, tell }
---@return table? info { from, reached } in bytes
---@return urna.Error? err of the headings, or of the tape
function ranked.read(job, part)
  local done, err = open_part(job, part)
  if not done then return nil, err end
  local store, report = feed(job, part)
  if not store then
    return nil, faults.error(report, part.file, job.headings)
  elseif report.records == 0 then
    return nil, errors.new("no_records", { file = part.file,
      message = "there are headings only and no records below them" })
  end
  job.store, job.bad_count = store, job.bad_count + report.fault_count
  for _, fault in ipairs(report.faults) do
    if #job.items < 100 then
      job.items[#job.items + 1] = fault_error(job, part, fault)
    end
  end
  return { from = part.first, reached = report.reached }
end

--- All records that were refused, as one error.
---@param job table
---@return table? job where there are none
---@return urna.Error?
function ranked.finish(job)
  if job.bad_count == 0 then return job end
  local first = job.items[1]
  return nil, errors.gather(first.code, job.items, { file = first.file,
    line = first.line, column = first.column, field = first.field,
    text = first.text, count = job.bad_count,
    message = faults.refused(job.bad_count) })
end

return ranked
