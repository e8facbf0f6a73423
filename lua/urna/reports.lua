local answers = require "urna.reports.answers"
local context = require "urna.reports.context"
local data = require "urna.reports.data"
local each = require "urna.reports.each"
local errors = require "urna.errors"
local files = require "urna.files"
local locales = require "urna.locale"
local page = require "urna.reports.page"
local template = require "urna.template"

--- The report of an outcome: a newsroom can print it, a commission can check
--- it by hand. It computes nothing that the outcome does not say.
local reports = {}

local TEMPLATES = { text = "urna.reports.templates.text",
  md = "urna.reports.templates.md", html = "urna.reports.templates.html" }
local FORMATS = { "csv", "html", "json", "md", "text" }
local OPTIONS = { "answers", "checks", "colour", "compare", "format",
  "language", "results", "template", "width" }
local WIDTH = 80

local function one_of(name, names)
  for _, known in ipairs(names) do
    if name == known then return true end
  end
  return false
end

local function check_format(format)
  if one_of(format, FORMATS) then return true end
  local near = errors.nearest(tostring(format), FORMATS)
  return nil, errors.new("unknown_format", { text = tostring(format),
    message = ("unknown format %q%s; there are %s"):format(tostring(format),
      near and (" (did you mean %q?)"):format(near) or "",
      table.concat(FORMATS, ", ")) })
end

-- A template is a text, which has a hole, a statement or a second line, or
-- else a path.
local function user_template(source)
  if source:find("{{", 1, true) or source:find("\n", 1, true)
    or source:find("^%s*%%") then
    return source, "template"
  end
  local text, err = files.read(source)
  if not text then return nil, err end
  return text, source
end

local function template_for(format, source)
  local text, name
  if source then
    text, name = user_template(source)
    if not text then return nil, name end
  else
    text, name = require(TEMPLATES[format]), "reports/" .. format
  end
  return template.compile(text, { name = name, format = format })
end

local function draw(view, format, options)
  local filled, err = template_for(format, options.template)
  if not filled then return nil, err end
  return filled:render(context.new(view, { kind = format,
    width = options.width or WIDTH, colour = options.colour }))
end

local function no_template()
  return nil, errors.new("no_template", { message = "the json form has a "
    .. "fixed shape (doc/report.schema.json) and takes no template" })
end

local function check_answers(list, level)
  for i, answer in ipairs(list or {}) do
    if not answers.is_one(answer) then
      error(("answers[%d] is none of urna.margins, urna.annul and the like")
        :format(i), level + 1)
    end
  end
end

-- A page in one of the formats.
local function rendered(outcome, options, is_alone)
  local format = options.format or "text"
  local ok, err = check_format(format)
  if not ok then return nil, err end
  local locale
  locale, err = locales.get(options.language or "en")
  if not locale then return nil, err end
  local view = page.new(outcome, { locale = locale,
    results = options.results, checks = options.checks,
    compare = options.compare, answers = options.answers,
    is_alone = is_alone })
  if format == "json" then
    if options.template then return no_template() end
    return data.json(view)
  end
  if format == "csv" and not options.template then return data.csv(view) end
  return draw(view, format, options)
end

--- The report of an outcome.
--- Fails: raises for an unknown option, an outcome that is none, and an answer
--- that has no section.
---@param outcome table as urna.apportion gives it
---@param options { format: string?, language: string?, results: table?,
--- checks: table?, compare: table?, answers: table[]?, template: string?,
--- colour: boolean?, width: integer? }? format "text" (default), "md", "html",
--- "json" or "csv"; language "en" (default), "sr-Latn" or "sr-Cyrl"; compare an
--- earlier outcome; answers of urna.margins, urna.annul and the like, each a
--- section; template a path or a text; colour and width for text
---@return string?
---@return urna.Error? err "unknown_format", "unknown_language",
--- "template_syntax", "template_failed", "cannot_read", "no_template"
function reports.render(outcome, options)
  options = options or {}
  errors.check_options("a report", options, OPTIONS, 2)
  if type(outcome) ~= "table" or type(outcome.lists) ~= "table" then
    error("an outcome is expected", 2)
  end
  check_answers(options.answers, 2)
  return rendered(outcome, options, false)
end

--- A page of one answer alone, without the report of its election.
--- Fails: as reports.render.
---@param answer table of urna.margins, urna.annul and the like
---@param options { format: string?, language: string?, template: string?,
--- colour: boolean?, width: integer? }? as of reports.render
---@return string?
---@return urna.Error?
function reports.answer(answer, options)
  options = options or {}
  errors.check_options("a report", options, OPTIONS, 2)
  check_answers({ answer }, 2)
  local own = { answers = { answer } }
  for name, value in pairs(options) do own[name] = value end
  return rendered(answers.outcome(answer), own, true)
end

--- One row per contest: who leads, with how many seats of how many, whether
--- that is a majority, and what is decided. A contest that failed has its
--- error in its row.
---@param rows { key: string, outcome: table?, err: any }[]
---@param options { format: string?, language: string?, width: integer? }?
---@return string?
---@return urna.Error? err "unknown_format" or "unknown_language"
function reports.each(rows, options)
  options = options or {}
  errors.check_options("a report", options, OPTIONS, 2)
  local format = options.format or "text"
  local ok, err = check_format(format)
  if not ok then return nil, err end
  local locale
  locale, err = locales.get(options.language or "en")
  if not locale then return nil, err end
  return each.render(rows, format, locale, options.width or WIDTH)
end

return reports
