local day = require "urna.charts.hours.day"
local svg = require "urna.charts.hours.svg"
local text = require "urna.charts.hours.text"

--- Turnout by the hour: one election as a line, earlier ones of the same source
--- as thinner dashed lines, each with its name at its end. An hour that is not
--- known is a gap. What the end may be is hatched and says that it is an
--- estimate; it never looks like a count.
return { model = day.of, svg = svg.draw, text = text.draw }
