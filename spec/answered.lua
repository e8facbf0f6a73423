local luassert = require "luassert"
local pages = require "spec.pages"
local urna = require "urna"

--- What specs of the sections of answers ask: the page of one answer alone.
local answered = {}

local FORMATS = { "text", "md", "html" }

--- Fail where a text has not all parts.
---@param text string
---@param ... string
function answered.has(text, ...)
  for _, part in ipairs { ... } do
    luassert.truthy(text:find(part, 1, true),
      ("no %q in:\n%s"):format(part, text))
  end
end

--- Fail where a text has a part.
---@param text string
---@param part string
function answered.has_not(text, part)
  luassert.falsy(text:find(part, 1, true), ("%q is in:\n%s"):format(part,
    text))
end

--- The page of an answer.
---@param answer table
---@param format string?
---@param language string?
---@return string
function answered.page(answer, format, language)
  return assert(urna.report(answer, { format = format or "text",
    language = language or "en" }))
end

--- The same on one line, which sentences are looked for in.
---@return string
function answered.line(answer, format, language)
  return pages.joined(answered.page(answer, format, language))
end

--- Fail where a sentence of any language is not in all forms of its page, and
--- where HTML does not nest.
---@param answer table
---@param said table<string, string[]> sentences by language
function answered.says(answer, said)
  for language, sentences in pairs(said) do
    for _, format in ipairs(FORMATS) do
      local text = answered.line(answer, format, language)
      for _, sentence in ipairs(sentences) do answered.has(text, sentence) end
      if format == "html" then luassert.is_nil(pages.fault(text)) end
    end
  end
end

return answered
