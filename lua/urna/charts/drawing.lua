local display = require "urna.charts.display"
local template = require "urna.template"

--- What all charts in SVG are drawn with: text stays text, nothing runs, every
--- coordinate is a whole number, and ids are made from the content, so that the
--- same data give the same bytes on every host.
local drawing = {}

--- How wide every chart is; its own units, scaled to the page.
drawing.WIDE = 2000

local FONT = "font-family=\"system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', "
  .. "sans-serif\""

--- A coordinate.
---@param number number
---@return string
function drawing.whole(number)
  return ("%d"):format(math.floor(number + 0.5))
end

local whole = drawing.whole

local function escape(text)
  return template.escape(text, "html")
end

--- A text at a place.
---@param anchor string "start", "middle" or "end"
---@param more string? further attributes
---@return string
function drawing.text(x, y, size, anchor, text, more)
  return ("<text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\"%s>"
    .. "%s</text>"):format(whole(x), whole(y), whole(size), anchor,
    more and " " .. more or "", escape(text))
end

--- A line.
---@param more string? further attributes, instead of a thin grey stroke
---@return string
function drawing.line(x1, y1, x2, y2, more)
  return ("<path d=\"M%s %sL%s %s\" %s/>"):format(whole(x1), whole(y1),
    whole(x2), whole(y2), more or "stroke=\"#767676\" stroke-width=\"3\"")
end

--- A rectangle.
---@param fill string
---@param more string? further attributes
---@return string
function drawing.box(x, y, width, height, fill, more)
  return ("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"%s/>")
    :format(whole(x), whole(y), whole(math.max(width, 2)), whole(height), fill,
      more and " " .. more or "")
end

--- How wide a text is, about.
---@return number
function drawing.width(text, size)
  return display.width(text) * size * 0.6
end

--- The greatest size up to one given at which a text fits a room.
---@return integer
function drawing.fitted(text, size, room)
  return math.min(size, math.floor(room / (display.width(text) * 0.6)))
end

-- A checksum of the content (33 * h + byte, below 2^32), not a secret.
local function identity(text)
  local hash = 5381
  for i = 1, #text do hash = (hash * 33 + text:byte(i)) % 4294967296 end
  return ("%08x"):format(hash)
end

--- The whole chart, named by its title and description; "@ID@" in the body
--- becomes its own id.
---@param kind string a letter or a word, the beginning of the id
---@param height number
---@param title string
---@param description string what it shows, for those who cannot see it
---@param body string[]
---@return string svg
function drawing.document(kind, height, title, description, body)
  local id = ("urna-%s-%s"):format(kind,
    identity(title .. description .. table.concat(body)))
  local head = ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d "
    .. "%d\" role=\"img\" aria-labelledby=\"%s-t %s-d\" %s fill=\"#1a1a1a\">")
    :format(drawing.WIDE, height, id, id, FONT)
  return table.concat({ head,
    ("<title id=\"%s-t\">%s</title>"):format(id, escape(title)),
    ("<desc id=\"%s-d\">%s</desc>"):format(id, escape(description)),
    (table.concat(body, "\n"):gsub("@ID@", id)), "</svg>", "" }, "\n")
end

return drawing
