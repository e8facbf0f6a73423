local compat = require "urna.compat"
local errors = require "urna.errors"
local sandbox = require "urna.sandbox"

--- Text with holes. A line whose first sign is `%` is a statement of Lua
--- (`%%` gives a line that begins with one); `{{ x }}` prints x escaped for
--- the format, `{{{ x }}}` as it is. Nothing that is missing prints silently.
--- Every line of a template becomes one line of Lua, so that Lua's own
--- messages carry the right line.
local template = {}

---@class urna.Template
local Template = {}
Template.__index = Template

local Raw = {}

local HTML = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
  ["\""] = "&quot;", ["'"] = "&#39;" }

-- Control characters, and the marks that turn the direction of writing, would
-- let a name rewrite the terminal line it stands in.
local function printable(text)
  text = text:gsub("[\r\n\t]+", " "):gsub("%c", "")
  text = text:gsub("\194[\128-\159]", "")
  return (text:gsub("\226\128[\170-\174]", "")
    :gsub("\226\129[\166-\169]", ""))
end

local function escape_html(text)
  return (printable(text):gsub("[&<>\"']", HTML))
end

local function escape_words(text)
  return (text:gsub("[\\`*_%[%]<>|#~&]", "\\%0"))
end

-- An address stays whole: a backslash inside it would break the link.
local function escape_md(text, at_start)
  text = printable(text)
  local out, from = {}, 1
  for first, after in text:gmatch("()https?://[^%s<>|`]+()") do
    out[#out + 1] = escape_words(text:sub(from, first - 1))
    out[#out + 1] = text:sub(first, after - 1)
    from = after
  end
  out[#out + 1] = escape_words(text:sub(from))
  text = table.concat(out)
  if not at_start then return text end
  text = text:gsub("^%s+", ""):gsub("^[-+=]", "\\%0")
  return (text:gsub("^(%d+)([.)])", "%1\\%2"))
end

local function escape_csv(text)
  if not text:find("[\",\r\n]") then return text end
  return "\"" .. text:gsub("\"", "\"\"") .. "\""
end

local ESCAPES = { html = escape_html, md = escape_md, csv = escape_csv,
  text = printable }

--- Mark a text as already written in the format: it passes unescaped.
---@param text string
---@return table
function template.raw(text)
  return setmetatable({ text = text }, Raw)
end

---@return string? text what `template.raw` was given, nil for all else
function template.unwrap(value)
  return getmetatable(value) == Raw and value.text or nil
end

--- Escape a text for a format.
---@param text string
---@param format string "html", "md", "csv" or "text"
---@param at_start boolean? whether it opens a line (matters in md)
---@return string
function template.escape(text, format, at_start)
  return ESCAPES[format](text, at_start)
end

local function plain(value, source)
  local kind = type(value)
  if kind == "string" then return value end
  if kind == "number" and value % 1 == 0 then return ("%d"):format(value) end
  if kind == "nil" then
    error(("%s is nil: nothing to print (format.or_dash prints a dash)")
      :format(source), 0)
  end
  error(("%s is a %s, not a text; see format"):format(source,
    kind == "number" and "fraction" or kind), 0)
end

-- A sink collects what is printed and knows whether a line has just begun.
local function new_sink(format)
  local pieces, at_start = {}, true
  local sink = { pieces = pieces }
  function sink.out(text)
    pieces[#pieces + 1] = text
    at_start = text:find("\n[ \t]*$") ~= nil
      or at_start and not text:find("[^ \t]")
  end
  function sink.value(value, source)
    local text = template.unwrap(value)
    sink.out(text or template.escape(plain(value, source), format, at_start))
  end
  function sink.raw(value, source)
    sink.out(template.unwrap(value) or plain(value, source))
  end
  return sink
end

local function quoted(text)
  return (("%q"):format(text):gsub("\\\n", "\\n"))
end

local function compiles(source)
  return compat.load("return " .. source, "x", {})
    and compat.load("return (" .. source .. ")", "x", {})
end

-- The `}}` that ends an expression is the first after which it is one: a table
-- inside may end in `}}` too.
local function close_of(text, from, mark)
  local first, last = text:find(mark, from, true)
  local nearest = first
  while first do
    if compiles(text:sub(from, first - 1)) then return first, last end
    first, last = text:find(mark, first + 1, true)
  end
  return nil, nearest
end

local function not_an_expression(text, from, stop, line)
  if not stop then return nil, line, "{{ is not closed" end
  local source = text:sub(from, stop - 1)
  local _, message = compat.load("return " .. source, "x", {})
  message = message and message:match(":%d+: (.*)$")
  return nil, line, ("{{%s}} is not an expression%s"):format(source,
    message and ": " .. message or "")
end

local function count_lines(text)
  return select(2, text:gsub("\n", ""))
end

-- One hole, which begins at `first`, as a call; its lines stay lines.
local function translate_hole(text, first, line)
  local raw = text:sub(first, first + 2) == "{{{"
  local from = first + (raw and 3 or 2)
  local stop, last = close_of(text, from, raw and "}}}" or "}}")
  if not stop then return not_an_expression(text, from, last, line) end
  local source = text:sub(from, stop - 1)
  local name = source:gsub("%s+", " "):match("^ ?(.-) ?$")
  local call = (" %s((%s), %s)"):format(raw and "_raw" or "_value", source,
    quoted(name))
  return call, last + 1, line + count_lines(source)
end

local function translate_text(text, from, line, code)
  while true do
    local hole, stop = text:find("{{", from, true), text:find("\n", from, true)
    if hole and not (stop and stop < hole) then
      code[#code + 1] = " _out(" .. quoted(text:sub(from, hole - 1)) .. ")"
      local call, after, what = translate_hole(text, hole, line)
      if not call then return nil, after, what end
      code[#code + 1], from, line = call, after, what
    else
      stop = stop or #text
      code[#code + 1] = " _out(" .. quoted(text:sub(from, stop)) .. ")\n"
      return stop + 1, line + 1
    end
  end
end

-- The Lua of a template; or nil, the line and what is wrong there.
local function translate(text)
  local code = { "local _out, _value, _raw = ..." }
  local from, line = 1, 1
  while from <= #text do
    local blank, marks, rest, after =
      text:match("^([ \t]*)(%%+)([^\n]*)\n?()", from)
    if marks == "%" then
      code[#code + 1] = " " .. rest .. "\n"
      from, line = after, line + 1
    else
      if marks then
        code[#code + 1] = " _out(" .. quoted(blank .. "%") .. ")"
        from = from + #blank + 2
      end
      local what
      from, line, what = translate_text(text, from, line, code)
      if not from then return nil, line, what end
    end
  end
  return table.concat(code)
end

local function strict_names(bound)
  return setmetatable({}, {
    __index = function(_, name)
      local value = bound.context and bound.context[name]
      if value == nil then
        error(("there is no %q here"):format(tostring(name)), 0)
      end
      return value
    end,
    __newindex = function(_, name)
      error(("make %q with local"):format(tostring(name)), 0)
    end,
  })
end

--- Compile a template.
---@param text string
---@param options { name: string?, format: string? } its name in messages;
--- format "text" (default), "md", "html" or "csv" says how to escape
---@return urna.Template?
---@return urna.Error? err "template_syntax", with file and line
function template.compile(text, options)
  options = options or {}
  local name, format = options.name or "template", options.format or "text"
  if not ESCAPES[format] then
    error(("unknown format %q"):format(tostring(format)), 2)
  end
  local code, line, what = translate((text:gsub("\r\n", "\n")))
  if not code then
    return nil, errors.new("template_syntax",
      { file = name, line = line, message = what })
  end
  local bound = {}
  local chunk, err = sandbox.load(code, name, strict_names(bound))
  if not chunk then
    err.code = "template_syntax"
    return nil, err
  end
  return setmetatable({ name = name, format = format, chunk = chunk,
    bound = bound }, Template)
end

-- The line of the template that is being run, however deep the error arose.
local function current_line(name)
  for level = 3, 200 do
    local frame = debug.getinfo(level, "Sl")
    if not frame then return nil end
    if frame.source == "=" .. name then return frame.currentline end
  end
end

local function explain(self)
  return function(message)
    if errors.is(message) then return message end
    local what = tostring(message)
    return errors.new("template_failed", { file = self.name,
      line = current_line(self.name),
      message = what:match("^[^\n]-:%d+: (.*)$") or what })
  end
end

--- Fill the holes.
---@param context table all the names that the template can see
---@param options { budget: integer? }? instructions it may run
---@return string?
---@return urna.Error? err "template_failed", with file and line
function Template:render(context, options)
  local sink = new_sink(self.format)
  self.bound.context = context
  local ok, err = sandbox.run(function()
    return xpcall(function()
      self.chunk(sink.out, sink.value, sink.raw)
    end, explain(self))
  end, { name = self.name, budget = options and options.budget or 20000000 })
  self.bound.context = nil
  if not ok then
    -- Lua calls no handler where memory ends.
    return nil, errors.is(err) and err or explain(self)(err)
  end
  return table.concat(sink.pieces)
end

return template
