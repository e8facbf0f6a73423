local listing = require "urna.analysis.listing"

describe("listing", function()
  it("has one of a thing in the singular", function()
    assert.same({ "1 hour", "0 hours", "72 hours" }, {
      listing.plural(1, "hour"), listing.plural(0, "hour"),
      listing.plural(72, "hour") })
  end)

  it("says what changes, and not what stays", function()
    local rows = { { list = "A", seats = 2 }, { list = "B", seats = 0 },
      { list = "C" }, { list = "D", seats = -12 } }
    assert.equal("A +2, D -12", listing.changes(rows, "seats"))
    assert.equal("", listing.changes({ rows[2] }, "seats"))
  end)

  it("has names as words", function()
    assert.equal("ballots in box", listing.spaced("ballots_in_box"))
  end)
end)
