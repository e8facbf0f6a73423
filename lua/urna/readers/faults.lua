local errors = require "urna.errors"

--- Faults of the scanner as errors that say what was expected.
local faults = {}

local NOT_A_COUNT = {
  decimal = "a decimal number; a count is whole",
  sign = "a number with a sign; a count has none",
  space = "a number with a space in or around it",
  thousands = "a number with thousands marks that are not declared or stand "
    .. "in the wrong place; say thousands = \".\" (or --thousands) if they are "
    .. "meant",
  overflow = "a number beyond 9223372036854775807",
  weight = "no weight; a ballot stands for one paper or more",
  not_a_number = "not a count: digits are expected, or nothing where it is "
    .. "not reported",
}

local MESSAGES = {
  ragged_row = function(fault) return fault.text end,
  not_a_count = function(fault)
    return ("%q is %s"):format(fault.text or "", NOT_A_COUNT[fault.reason])
  end,
  bad_text = function(fault)
    if not fault.expected and fault.message then return fault.message end
    if fault.text == "00" or fault.text == "UTF-16 byte order mark" then
      return "this is UTF-16 or no text at all; save it as CSV in UTF-8"
    end
    if fault.text and fault.text:find("^UTF%-8 ") then
      return ("the text is UTF-8, though %s was said; say encoding = "
        .. "\"utf-8\" (or --encoding), or nothing"):format(fault.expected)
    end
    return ("%s is not valid %s; if the text is in another encoding, say "
      .. "encoding = \"cp1250\" for Latin or \"cp1251\" for Cyrillic (or "
      .. "--encoding)"):format(fault.text or "a byte",
      fault.expected or "utf-8")
  end,
  bad_gzip = function()
    return "the gzip data are damaged or end too early"
  end,
  bad_zstd = function()
    return "the zstd data are damaged or end too early"
  end,
  no_headings = function() return "there is no row of headings" end,
}

local function message_of(fault)
  local make = MESSAGES[fault.code]
  return make and make(fault) or fault.message or fault.code
end

--- One fault of the scanner as an error.
---@param fault table as urna.core gives it
---@param file string
---@param headings string[]? by column, to name the field
---@return urna.Error
function faults.error(fault, file, headings)
  return errors.new(fault.code, { file = file, line = fault.line,
    column = fault.column, text = fault.text, reason = fault.reason,
    field = fault.index and headings and headings[fault.index],
    path = fault.path, message = message_of(fault) })
end

--- What is said of all of them together.
---@param count integer of records
---@return string
function faults.refused(count)
  return count == 1 and "a record is refused"
    or ("%d records are refused"):format(count)
end

return faults
