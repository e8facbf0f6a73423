local dkjson = require "dkjson"
local reports = require "urna.reports"
local urna = require "urna"

local function has(text, part)
  assert.truthy(text:find(part, 1, true), ("no %q in:\n%s"):format(part, text))
end

describe("an answer", function()
  local outcome = assert(urna.apportion(
    assert(urna.election("belgrade-2023"))))
  local answer = assert(urna.coalitions(outcome))

  it("is a section of the report before the checks, in each language",
    function()
      local said = { en = "A majority is 56 of 110 seats. Minimal winning: 4 "
        .. "coalitions; with",
        ["sr-Latn"] = "Većina je 56 od 110 mandata.",
        ["sr-Cyrl"] = "Већина је 56 од 110 мандата." }
      for language, sentence in pairs(said) do
        for _, format in ipairs { "text", "md", "html" } do
          local text = assert(urna.report(outcome, { answers = { answer },
            format = format, language = language })):gsub("%s+", " ")
          has(text, sentence)
        end
      end
    end)

  it("stands alone where it is the subject", function()
    local text = assert(urna.report(answer, { format = "md" }))
    has(text, "# City Assembly of Belgrade, 17 December 2023\n\n## Coalitions")
    assert.falsy(text:find("Turnout", 1, true))
    has(text, "| SNS and NADA | 56 | 0 |")
  end)

  it("is data in JSON, and a table of its own in CSV", function()
    local decoded = assert(dkjson.decode(assert(urna.report(outcome,
      { answers = { answer }, format = "json" }))))
    assert.equal("coalitions", decoded.answers[1].kind)
    assert.equal(56, decoded.answers[1].answer.needed)
    assert.truthy(decoded.outcome)
    local text = assert(urna.report(outcome, { answers = { answer },
      format = "csv" }))
    has(text, "\n\ncoalition,seats,surplus,connected\nSNS+NADA,56,0,\n")
  end)

  it("given twice has two names", function()
    local text = assert(urna.report(outcome, { answers = { answer, answer },
      format = "html" }))
    has(text, "<h2 id=\"coalitions\">")
    has(text, "<h2 id=\"coalitions-2\">")
  end)

  it("is refused where there is no section for it", function()
    assert.has_error(function()
      reports.render(outcome, { answers = { { kind = "weather" } } })
    end, "answers[1] is none of urna.margins, urna.annul and the like")
    assert.has_error(function()
      urna.report(outcome, { answers = { outcome } })
    end)
  end)
end)
