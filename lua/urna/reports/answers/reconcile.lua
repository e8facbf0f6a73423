local differences = require "urna.reports.answers.reconcile.differences"
local effect = require "urna.reports.answers.reconcile.effect"
local pages = require "urna.reports.page"
local shared = require "urna.reports.shared"
local sources = require "urna.reports.answers.reconcile.sources"

--- Sources of one election compared, as a section of the report.
local reconcile = { arrays = { ambiguous = true, as = true, candidates = true,
  crossing = true, first = true, gaps = true, keys = true, lists = true,
  matches = true, matrix = true, moved = true, names = true, only = true,
  other = true, rows = true, seats = true, sources = true, stations = true,
  totals = true, uncompared = true, unmatched_lists = true } }

local DATA = { "ambiguous", "contest", "effect", "gaps", "is_total", "matched",
  "matches", "matrix", "names", "only", "rows", "seats", "sources", "stations",
  "tolerance", "totals", "uncompared", "unmatched_lists" }

--- A page of its own has the contest and the lists of the first source.
---@param answer urna.Reconciled
---@return table
function reconcile.outcome(answer)
  return answer.outcomes[1]
end

--- What goes into JSON.
---@param answer urna.Reconciled
---@return table
function reconcile.data(answer)
  return shared.some(answer, DATA)
end

---@class urna.ReconcileView what each part of the section needs
---@field page urna.Page the report's
---@field locale urna.Locale
---@field words table of the section
---@field answer urna.Reconciled
---@field of table<string, urna.Page> of each source, for its lists' labels
---@field first urna.Page of the first source

local function view_of(page, answer, words)
  local view = { page = page, locale = page.locale, answer = answer,
    words = words, of = {} }
  for k, name in ipairs(answer.names) do
    view.of[name] = pages.new(answer.outcomes[k], { locale = page.locale })
  end
  view.first = view.of[answer.names[1]]
  return view
end

--- The section.
---@param page urna.Page
---@param answer urna.Reconciled
---@param words table
---@return table
function reconcile.draw(page, answer, words)
  local view = view_of(page, answer, words)
  local found = { title = words.title }
  for _, name in ipairs { "say", "tables", "notes", "items" } do
    found[name] = {}
    for _, part in ipairs { sources, differences, effect } do
      for _, item in ipairs(part[name] and part[name](view) or {}) do
        table.insert(found[name], item)
      end
    end
  end
  return found
end

return reconcile
