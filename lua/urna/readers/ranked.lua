local errors = require "urna.errors"
local faults = require "urna.readers.faults"
local native = require "urna.native"
local sources = require "urna.readers.sources"

--- Reads ranked ballots from CSV: a row for each ballot, with a column for each
--- rank, or one column with a list of them.
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

local OPTIONS = { "block", "candidates", "delimiter", "encoding", "isa",
  "overvote", "ranking", "ranks", "separator", "skip", "weight", "write_in" }

local TYPES = { block = "number", candidates = "table", delimiter = "string",
  encoding = "string", isa = "string", overvote = "string or table",
  ranking = "string", ranks = "table", separator = "string",
  skip = "string or table", weight = "string", write_in = "string or table" }

-- Words and names are texts, and a separator is one of a few.
local function check_texts(options, level)
  for _, name in ipairs { "candidates", "overvote", "skip", "write_in" } do
    local given = options[name]
    for _, text in ipairs(type(given) == "table" and given or {}) do
      if type(text) ~= "string" or text == "" then
        error(("ballots.read: %s are texts of one letter or more"):format(
          name), level + 1)
      end
    end
  end
  local separator = options.separator or ","
  if #separator ~= 1 or not (",>| ;"):find(separator, 1, true) then
    error("ballots.read: a separator is one of , > | ; and a space",
      level + 1)
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

local function named_ranks(job, names)
  local columns, seen = {}, {}
  for i, name in ipairs(names) do
    if type(name) ~= "string" then error("ranks are names of columns", 5) end
    local column, err = column_of(job, name)
    if not column then return nil, err end
    if seen[column] then
      error(("column %q is given twice in ranks"):format(name), 5)
    end
    columns[i], seen[column] = column, true
  end
  if #columns == 0 then error("ranks must name a column", 5) end
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
  if fault.code == "unknown_candidate" then
    local near = errors.nearest(fault.text or "", job.options.candidates)
    fault.message = ("%q is not one of the candidates%s"):format(
      fault.text or "", near and (": did you mean %q?"):format(near) or "")
  end
  local err = faults.error(fault, part.file, job.headings)
  err.row_line, err.offset = fault.row_line, fault.offset
  return err
end

local function read_part(job, part)
  local store, report = native.ranked_ballots { text = part.source,
    into = job.store, headings = true, columns = #job.headings,
    ranks = job.ranks, list = job.list, weight = job.weight,
    delimiter = part.delimiter, separator = job.options.separator,
    overvote = words(job, "overvote"), skip = words(job, "skip"),
    write_in = words(job, "write_in"), candidates = job.options.candidates,
    block = job.options.block, isa = job.options.isa or os.getenv("URNA_ISA") }
  if not store then return nil, faults.error(report, part.file) end
  job.store, job.bad_count = store, job.bad_count + report.fault_count
  for _, fault in ipairs(report.faults) do
    if #job.items < 100 then
      job.items[#job.items + 1] = fault_error(job, part, fault)
    end
  end
  return job
end

local function refuse(job)
  local first = job.items[1]
  return nil, errors.gather(first.code, job.items, { file = first.file,
    line = first.line, column = first.column, field = first.field,
    text = first.text, count = job.bad_count, message = job.bad_count == 1
      and "a record is refused"
      or ("%d records are refused"):format(job.bad_count) })
end

local function read_parts(job)
  job.items, job.bad_count = {}, 0
  for _, part in ipairs(job.parts) do
    local done, err = read_part(job, part)
    if not done then return nil, err end
  end
  if job.bad_count > 0 then return refuse(job) end
  return job
end

local STAGES = { sources.open, sources.need_records, number_headings, plan,
  read_parts }

--- Read one source, or several files of equal headings as one.
--- Fails: raises for a subject or an option of the wrong type.
---@param subject string|table
---@param options table see ballots.read
---@return table? { store, file, headings }
---@return urna.Error?
function ranked.read(subject, options)
  errors.check_options("ballots.read", options, OPTIONS, 3)
  errors.check_types("ballots.read", options, TYPES, 3)
  check_texts(options, 3)
  if options.ranks and options.ranking then
    error("ballots.read takes either ranks or ranking", 3)
  end
  local job = { options = options, contest = {} }
  local done, err = sources.take(job, subject)
  if not done then return nil, err end
  for _, stage in ipairs(STAGES) do
    done, err = stage(job)
    if not done then return nil, err end
  end
  return { store = job.store, file = job.file, headings = job.headings }
end

return ranked
