--- Reads records into results. Each format is one file under urna/readers and
--- one line here.
local readers = {}

local FORMATS = {
  csv = "urna.readers.csv",
}

--- Read polling-station records: wide CSV (a row for each station, a column
--- for each list) or long (a row for each station and list), plain or .gz.
--- Several files of one contest, each with the same headings in the same order,
--- are read as one: units keep their own file and line, and a unit or a total
--- is sought in all of them.
--- Fails: raises for a subject or an option of the wrong type.
---@param subject string|table a path, { path, path ... }, "-" for standard
--- input, { text = ... } or { reader = function() return block end }
---@param options table? contest (path or table; else found beside the data, of
--- several files beside the first),
--- profile, encoding ("utf-8", "cp1250", "cp1251", "iso-8859-2"), delimiter,
--- thousands (the mark), unit (key columns), bad ("refuse" or "keep"),
--- total_rows ("refuse", "verify" or "keep")
---@return urna.Results?
---@return urna.Error? err with all bad rows up to 100 in `items`; "no_records"
--- for a file of headings only
function readers.read(subject, options)
  if options ~= nil and type(options) ~= "table" then
    error("read takes a table of options", 2)
  end
  local results, err = require(FORMATS.csv).read(subject, options or {})
  return results, err
end

return readers
