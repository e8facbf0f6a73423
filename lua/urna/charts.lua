--- Drawings of an outcome: charts.svg for pages, charts.text for terminals
--- and Markdown. Both are made of the outcome alone and are the same bytes on
--- every host.
local charts = {
  svg = require "urna.charts.svg",
  text = require "urna.charts.text",
}

return charts
