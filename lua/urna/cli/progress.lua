local native = require "urna.native"

--- How far a long reading is, for a person at a terminal: one line on standard
--- error, drawn again at most ten times a second and wiped off at the end.
---
--- It is plain ASCII: nothing has to be known of the locale, and a narrow line
--- of "#" and "-" reads as well as one of blocks.
local progress = {}

local PAUSE = 0.1 -- seconds between two drawings
local COLUMNS = 80 -- where the terminal does not say
local BAR_LEAST, BAR_MOST = 10, 40
local GAP = "  "

local UNITS = { "B", "kB", "MB", "GB", "TB", "PB" }

-- Three digits, and no thousand of one unit where there is the next.
local function amount(bytes)
  local unit, number = 1, bytes
  while number >= 999.5 and unit < #UNITS do
    unit, number = unit + 1, number / 1000
  end
  local form = (unit == 1 or number >= 99.95) and "%.0f %s"
    or number >= 9.995 and "%.1f %s" or "%.2f %s"
  return form:format(number, UNITS[unit])
end

-- Whole seconds, rounded up: what is said to be over in 0 s is over.
local function clock(seconds)
  local left = math.ceil(seconds)
  local hours = math.floor(left / 3600)
  local minutes = math.floor(left / 60) % 60
  if hours == 0 then return ("%d:%02d"):format(minutes, left % 60) end
  return ("%d:%02d:%02d"):format(hours, minutes, left % 60)
end

-- Parts of the line, what can be done without last.
local function parts_of(done, total, seconds)
  local parts = {}
  if total then
    parts[1] = ("%3d%%"):format(math.floor(done * 100 / total))
    parts[2] = ("%s of %s"):format(amount(done), amount(total))
  else
    parts[1] = amount(done)
  end
  if seconds <= 0 or done == 0 then return parts end
  parts[#parts + 1] = amount(done / seconds) .. "/s"
  if total then
    parts[#parts + 1] = clock((total - done) * seconds / done) .. " left"
  end
  return parts
end

local function bar(done, total, room)
  if not total or room < BAR_LEAST + 2 then return "" end
  local size = math.min(room - 2, BAR_MOST)
  local full = math.floor(done * size / total)
  return ("[%s%s]"):format(("#"):rep(full), ("-"):rep(size - full))
end

--- What is shown of a moment, in less columns than there are, so that the line
--- never breaks.
---@param done integer bytes
---@param total integer? bytes; nil where nobody knows, as of a pipe
---@param seconds number since the beginning
---@param columns integer of the terminal
---@return string line ASCII
function progress.line(done, total, seconds, columns)
  if total == 0 then total = nil end
  -- a file may have grown since its length was asked for
  if total then done = math.min(done, total) end
  local parts = parts_of(done, total, seconds)
  while #parts > 1 and #table.concat(parts, GAP) >= columns do
    parts[#parts] = nil
  end
  local text = table.concat(parts, GAP)
  if #text >= columns then return "" end -- half a number would be another
  local drawn = bar(done, total, columns - 1 - #text - #GAP)
  return drawn == "" and text or drawn .. GAP .. text
end

---@class urna.Progress
local Progress = {}
Progress.__index = Progress

-- The line in place of the one before, of which nothing may remain.
local function draw(self, line)
  local rest = math.max(self.length - #line, 0)
  self.stream:write("\r", line, (" "):rep(rest), ("\b"):rep(rest))
  if self.stream.flush then self.stream:flush() end
  self.length = #line
end

--- Tell how far it is; draws if the last drawing is a tenth of a second ago.
---@param done integer bytes
---@param total integer? bytes
---@param seconds number since the beginning
function Progress:update(done, total, seconds)
  if not self.stream or seconds - self.drawn_at < PAUSE then return end
  self.drawn_at = seconds
  draw(self, progress.line(done, total, seconds, self.columns() or COLUMNS))
end

--- Wipe the line off. Harmless where nothing was drawn, and twice.
function Progress:finish()
  if not self.stream or self.length == 0 then return end
  draw(self, "")
  self.stream:write("\r")
end

--- A progress that is drawn on a stream.
---@param stream table? with a method write; nil: one that stays silent
---@param columns (fun(): integer?)? of the terminal, which may change
---@return urna.Progress
function progress.new(stream, columns)
  return setmetatable({ stream = stream, drawn_at = 0, length = 0,
    columns = columns or function() end }, Progress)
end

--- A progress on standard error, silent where that is no terminal.
---@param io_ table streams of the command line
---@return urna.Progress
function progress.of(io_)
  if io_ ~= io or not native.is_terminal(2) then return progress.new() end
  return progress.new(io_.stderr, function()
    return native.terminal_width(2)
  end)
end

--- A function for the option `progress` of a tally, which counts the time.
---@param shown urna.Progress
---@return fun(done: integer, total: integer?)
function progress.teller(shown)
  local start = native.seconds()
  return function(done, total)
    shown:update(done, total, native.seconds() - start)
  end
end

return progress
