local entries = require "urna.readers.entries"

local FORM = { name = "notes", columns = {
  { name = "what", kind = entries.text, required = true },
  { name = "kind", kind = entries.one_of { "light", "heavy" } },
  { name = "count", kind = entries.count },
  { name = "share", kind = entries.decimal },
  { name = "open", kind = entries.yes_no },
}, check = function(row)
  if row.count == 13 then return "count", "must not be 13" end
end }

local function faults(text)
  local found, err = entries.read({ text = text }, FORM)
  assert.is_nil(found)
  local lines = {}
  for i, item in ipairs(err.items or { err }) do
    lines[i] = ("%s %d:%s %s"):format(item.code, item.line,
      item.column and ("%d"):format(item.column) or "-",
      tostring(item.field))
  end
  return lines
end

describe("entries of a form", function()
  it("are read from CSV, with their place and outer spaces off", function()
    assert.same({ { what = "a", count = 7, open = true, share = { 99, 10 },
      file = "(text)", line = 2 }, { what = "b\nc", kind = "heavy",
      file = "(text)", line = 3 } }, entries.read({ text =
      "count;what;share;open;kind\n7; a ;9.9;yes;\n;\"b\nc\";;;heavy\n" },
      FORM))
  end)

  it("are the same from tables", function()
    assert.same({ { what = "a", count = 7, share = { 375, 10 },
      open = false } }, entries.read({ { what = "a", count = 7, share = 37.5,
      open = false } }, FORM))
  end)

  it("may be none", function()
    assert.same({}, entries.read({ text = "what\n" }, FORM))
    assert.same({}, entries.read({}, FORM))
  end)

  it("are refused with all faults at their places", function()
    -- a cell is told by where it begins: ",1.5" at 2, "a,13" at 3, and behind
    -- a line end in a cell "d\",4,middle" at 6
    assert.same({ "missing_value 2:1 what", "bad_value 2:2 count",
      "bad_value 3:3 count", "ragged_row 4:1 nil", "bad_value 6:6 kind" },
      faults("what,count,kind\n,1.5,\na,13,\nb\n\"c\nd\",4,middle\n"))
  end)

  it("are refused for headings that the form has not, or twice", function()
    assert.same({ "unknown_heading 1:6 cout" }, faults("what,cout\n"))
    assert.same({ "repeated_heading 1:6 what" }, faults("what,what\n"))
    assert.same({ "missing_heading 1:- what" }, faults("count\n"))
  end)

  it("name the field of a table and what it may have meant", function()
    local _, err = entries.read({ { what = "a", kind = "hevy" }, { open =
      "maybe" } }, FORM)
    assert.equal("notes[1].kind: notes are refused, with 3 faults\n"
      .. "  notes[1].kind: \"hevy\" must be one of light, heavy (did you mean "
      .. "heavy?)\n  notes[2].what: is missing\n"
      .. "  notes[2].open: \"maybe\" must be yes or no", tostring(err))
  end)

  it("stop at a hundred faults and count on", function()
    local rows = { "what,count" }
    for i = 1, 150 do rows[i + 1] = "a,x" end
    local _, err = entries.read({ text = table.concat(rows, "\n") .. "\n" },
      FORM)
    assert.same({ 100, 150, true }, { #err.items, err.count, err.truncated })
  end)
end)
