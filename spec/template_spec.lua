local template = require "urna.template"

local function render(text, context, format)
  local compiled = assert(template.compile(text,
    { name = "night.html", format = format or "text" }))
  return compiled:render(context or {})
end

local function syntax_error(text)
  local compiled, err = template.compile(text, { name = "night.html" })
  assert.is_nil(compiled)
  return tostring(err)
end

local function run_error(text, context)
  local filled, err = render(text, context)
  assert.is_nil(filled)
  return tostring(err)
end

describe("template syntax", function()
  it("a line of Lua leaves no line in the output", function()
    assert.equal("a\nx\nx\nb\n",
      render("a\n% for i = 1, 2 do\nx\n  % end\nb\n"))
  end)

  it("two percent signs give a line that begins with one", function()
    assert.equal("% 5\n  %\n", render("%% {{ n }}\n  %%\n", { n = 5 }))
  end)

  it("an expression may span lines and end in a brace", function()
    assert.equal("7!\n}}\n",
      render("{{ ({ a = { b = 7 } }).a\n  .b }}!\n{{ '}}' }}\n"))
  end)

  it("lines that end in CR LF read as lines that end in LF", function()
    assert.equal("a\n1\n", render("a\r\n% local x = 1\r\n{{ x }}\r\n"))
  end)

  it("braces that close nothing are text", function()
    assert.equal("a { b } }} c", render("a { b } }} c"))
  end)
end)

describe("errors of a template", function()
  it("an open hole names the template and its line", function()
    assert.equal("night.html:3: {{ is not closed",
      syntax_error("a\nb\nc {{ name\nd"))
  end)

  it("a hole that is no expression names its line", function()
    assert.truthy(syntax_error("a\n{{ 1 + }}"):find(
      "^night.html:2: {{ 1 %+ }} is not an expression"))
  end)

  it("a hole cannot smuggle in a second call", function()
    assert.truthy(syntax_error("{{ a) print(b }}"):find("^night.html:1: "))
  end)

  it("a statement with a mistake names its line", function()
    assert.truthy(syntax_error("a\n\n% for do\n"):find("^night.html:3: "))
  end)

  it("an `end` too few is found on the last line", function()
    assert.truthy(syntax_error("% if true then\na\n"):find("^night.html:%d: "))
  end)

  it("a missing name names itself and its line", function()
    assert.equal("night.html:2: there is no \"outcom\" here",
      run_error("a\n{{ outcom.seats }}", { outcome = {} }))
  end)

  it("nil prints nothing silently", function()
    local message = run_error("a\nb\n{{ outcome.sats }}", { outcome = {} })
    assert.truthy(message:find("^night.html:3: outcome.sats is nil"))
  end)

  it("an error deep inside a function names the template's line", function()
    local function deep() error("no such thing") end
    assert.equal("night.html:4: no such thing", run_error(
      "% local x = 1\n\n\n{{ f(x) }}", { f = function() deep() end }))
  end)

  it("lines after a hole of three lines keep their numbers", function()
    assert.truthy(run_error("{{ 1 +\n 1 +\n 1 }}\n{{ nothing }}"):find(
      "^night.html:4: "))
  end)

  it("a table or a fraction is not printed as it happens to look", function()
    assert.truthy(run_error("{{ {} }}"):find("is a table"))
    assert.truthy(run_error("{{ 0.5 }}"):find("is a fraction"))
  end)

  it("an endless loop is stopped and its line named", function()
    local compiled = assert(template.compile("a\n% while true do\n% end\n",
      { name = "night.html" }))
    local filled, err = compiled:render({}, { budget = 100000 })
    assert.is_nil(filled)
    assert.truthy(tostring(err):find("^night.html:[23]: stopped after"))
  end)
end)

describe("what a template sees", function()
  it("is its context and nothing else", function()
    for _, name in ipairs { "os", "io", "pairs", "require", "string",
      "getmetatable", "_G", "print", "pcall" } do
      assert.truthy(run_error("{{ " .. name .. " }}"):find("there is no"))
    end
  end)

  it("is not changed by an assignment", function()
    assert.truthy(run_error("% outcome = 1\n"):find(
      "make \"outcome\" with local"))
  end)

  it("is forgotten when it has been rendered", function()
    local compiled = assert(template.compile("{{ a }}"))
    assert.equal("1", compiled:render { a = "1" })
    assert.is_nil((compiled:render {}))
  end)
end)

describe("escaping", function()
  it("html: no markup from a value", function()
    assert.equal("&lt;b title=&quot;x&quot;&gt;A &amp; &#39;B&#39;",
      render("{{ v }}", { v = "<b title=\"x\">A & 'B'" }, "html"))
  end)

  it("md: no emphasis, cell, link, tag or code from a value", function()
    assert.equal("a \\*b\\* \\_c\\_ \\| \\[d\\](e) \\<f\\> \\`g\\` \\#h",
      render("a {{ v }}", { v = "*b* _c_ | [d](e) <f> `g` #h" }, "md"))
  end)

  it("md: no list or heading from a value that opens a line", function()
    assert.equal("\\- a\n1\\. b\n\\+ c\n\\# d",
      render("{{ a }}\n{{ b }}\n{{ c }}\n{{ d }}",
        { a = "- a", b = "1. b", c = "+ c", d = "# d" }, "md"))
    assert.equal("x - a", render("x {{ a }}", { a = "- a" }, "md"))
  end)

  it("md: an address stays whole", function()
    assert.equal("https://a.rs/x_y_z \\_n\\_", render("{{ v }}",
      { v = "https://a.rs/x_y_z _n_" }, "md"))
  end)

  it("csv: a value is one cell", function()
    assert.equal("\"a,\"\"b\"\"\",c", render("{{ a }},{{ b }}",
      { a = "a,\"b\"", b = "c" }, "csv"))
  end)

  it("text: no control of the terminal from a value", function()
    assert.equal("a[31mb c", render("{{ v }}", { v = "a\27[31mb\nc\7" }))
  end)

  it("text: no turning of the direction of writing", function()
    assert.equal("ab", render("{{ v }}", { v = "a\226\128\174b" }))
  end)

  it("three braces and raw values pass as they are", function()
    assert.equal("<b> <svg>", render("{{{ v }}} {{ r }}",
      { v = "<b>", r = template.raw("<svg>") }, "html"))
  end)

  it("a count prints as a whole number on every Lua", function()
    assert.equal("5", render("{{ n / 2 }}", { n = 10 }))
  end)
end)
