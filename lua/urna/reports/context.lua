local charts = require "urna.charts"
local figures = require "urna.reports.figures"
local layout = require "urna.reports.layout"
local model = require "urna.charts.model"
local sections = require "urna.reports.sections"
local sentences = require "urna.reports.sentences"
local tables = require "urna.reports.tables"
local template = require "urna.template"

--- The names that a template sees: outcome, results, checks, compare, words,
--- format, charts. Names that have no value here are false, so that
--- `% if compare then` can ask for them.
local context = {}

local function iterate(list, i)
  i = i + 1
  if list[i] ~= nil then return i, list[i] end
end

local function each(list)
  if type(list) ~= "table" then
    error("format.each needs a list, not " .. type(list), 0)
  end
  return iterate, list, 0
end

local function known(names, name, what)
  if not names[name] then
    error(("there is no %s %q"):format(what, tostring(name)), 0)
  end
  return names[name]
end

local function or_dash(value)
  if value == nil or value == false or value == "" then return "–" end
  return value
end

-- An address as a link, only if it is one of the web.
local function linked(text)
  local out, from = {}, 1
  for first, address, after in text:gmatch("()(https?://[^%s<>\"']+)()") do
    local plain = template.escape(text:sub(from, first - 1), "html")
    local shown = template.escape(address, "html")
    out[#out + 1] = ("%s<a href=\"%s\">%s</a>"):format(plain, shown, shown)
    from = after
  end
  out[#out + 1] = template.escape(text:sub(from), "html")
  return template.raw(table.concat(out))
end

local function number_format(format, locale)
  function format.number(count) return locale:number(count) end
  function format.signed(count) return locale:signed(count) end
  function format.percent(text) return locale:percent(text) end
  function format.date(day) return locale:date(day) end
  function format.count(count, noun) return locale:count(count, noun) end
  function format.plural(count, noun) return locale:plural(count, noun) end
  function format.interval(min, max) return locale:interval(min, max) end
  function format.join(items) return locale:join(items) end
  function format.name(thing) return locale:name(thing) end
  function format.say(text, values) return locale:say(text, values) end
  function format.quotient(pair)
    local text = figures.quotient(pair)
    return text == figures.INFINITE and text or locale:number(text)
  end
end

local function page_format(format, page, parts)
  function format.label(list) return page:label(list) end
  function format.votes(list) return page:votes(list) end
  function format.share(list) return page:percent(list) end
  function format.seats(list) return page:seats(list) end
  function format.sign(list)
    return model.sign(model.mark(page.outcome, list))
  end
  function format.field(name) return or_dash((page:field(name))) end
  function format.base()
    local _, phrase = page:base()
    return phrase
  end
  function format.title() return page:title() end
  function format.sections() return parts end
  function format.sentences(name)
    return known(sentences, name, "paragraph")(page, tables.coalitions_shown)
  end
end

-- A block in a template ends where its own line does.
local function block(text)
  return template.raw((text:gsub("\n$", "")))
end

-- Tables have names; those of answers are there as they are drawn, and the data
-- of their charts under the charts' names.
local function finder(page, parts)
  local charted = {}
  for _, part in ipairs(parts) do
    if part.drawing then charted[part.chart] = part.drawing.table end
  end
  return function(name)
    if type(name) == "table" then return name end
    return charted[name] or known(tables, name, "table")(page)
  end
end

local function layout_format(format, page, parts, options)
  local kind, width, find = options.kind, options.width, finder(page, parts)
  local function draw(name)
    local found = find(name)
    if not found then return template.raw("") end
    return block(layout.table(found, kind, width))
  end
  format.table = draw
  function format.caption(name)
    local found = find(name)
    return found and found.caption or ""
  end
  function format.has(name) return tables[name](page) ~= nil end
  function format.wrap(text, first, margin)
    return template.raw(layout.wrap(text, width, first, margin))
  end
  function format.underline(text, char)
    return template.raw(layout.underline(text, char, width))
  end
  function format.link(text)
    return kind == "html" and linked(text) or text
  end
  function format.raw(text) return template.raw(text) end
end

local function format_of(page, parts, options)
  local format = { each = each, or_dash = or_dash,
    language = page.locale.lang }
  number_format(format, page.locale)
  page_format(format, page, parts)
  layout_format(format, page, parts, options)
  return format
end

local function charts_of(page, parts, options)
  local form = options.kind == "html" and "svg" or "text"
  local same = page.compare and page.compare.same_base
  local settings = { locale = page.locale, colour = options.colour,
    width = options.width, compare = same and page.compare.outcome or nil }
  local found = {}
  local function add(name, draw)
    found[name] = function()
      local drawn = draw()
      -- nothing in a drawing may end the block of code it stands in
      if options.kind == "md" then drawn = drawn:gsub("`", "'") end
      return block(drawn)
    end
  end
  for _, name in ipairs { "hemicycle", "bars" } do
    add(name, function() return charts[form][name](page.outcome, settings) end)
  end
  for _, part in ipairs(parts) do
    if part.drawing then
      add(part.chart, function() return part.drawing[form](settings) end)
    end
  end
  return found
end

local function copy(words)
  local found = {}
  for key, value in pairs(words) do found[key] = value end
  return found
end

--- All that a template sees.
---@param page urna.Page
---@param options { kind: string, width: integer, colour: boolean? } kind is
--- "text", "md", "html" or "csv"
---@return table
function context.new(page, options)
  local parts = sections.of(page)
  return { outcome = page.outcome, results = page.results or false,
    checks = page.checks or false, compare = page.compare or false,
    words = copy(page.locale.words), format = format_of(page, parts, options),
    charts = charts_of(page, parts, options) }
end

return context
