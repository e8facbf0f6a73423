local errors = require "urna.errors"

--- The one grammar of arithmetic over a record's fields:
---   comparison = sum [ ("=" | "~=" | "<" | "<=" | ">" | ">=") sum ]
---   sum        = product { ("+" | "-") product }
---   product    = factor { "*" factor }
---   factor     = integer | name | "sum(lists)" | "(" sum ")"
--- There is no division: everything stays whole.
---
--- One parse gives it twice: as closures over values by name, and as steps in
--- postfix, from which `program` makes what the core runs over columns.
local expression = {}

local EXACT = 9007199254740991
local LISTS = "sum(lists)" -- the name under which values hold that sum
local DEPTH = 64 -- numbers held at once: URNA_FORMULA_DEPTH of the core

local COMPARE = {
  ["="] = function(a, b) return a == b end,
  ["~="] = function(a, b) return a ~= b end,
  ["<"] = function(a, b) return a < b end,
  ["<="] = function(a, b) return a <= b end,
  [">"] = function(a, b) return a > b end,
  [">="] = function(a, b) return a >= b end,
}

local CALCULATE = {
  ["+"] = function(a, b) return a + b end,
  ["-"] = function(a, b) return a - b end,
  ["*"] = function(a, b) return a * b end,
}

local TOKENS = { "^sum%s*%(%s*lists%s*%)", "^[%a_][%w_]*", "^%d+",
  "^[<>~]=", "^[=<>%+%-%*%(%)]" }

local function tokens_of(text)
  local found, at = {}, 1
  while true do
    at = text:find("%S", at)
    if not at then return found end
    local token
    for _, pattern in ipairs(TOKENS) do
      token = token or text:match(pattern, at)
    end
    if not token then return nil, at end
    found[#found + 1] = { text = token, at = at }
    at = at + #token
  end
end

local Parser = {}
Parser.__index = Parser

function Parser:peek()
  return self.tokens[self.next] and self.tokens[self.next].text
end

function Parser:take()
  self.next = self.next + 1
  return self.tokens[self.next - 1].text
end

function Parser:fail(expected)
  local token = self.tokens[self.next]
  error({ at = token and token.at or #self.text + 1, expected = expected }, 0)
end

-- A step is a number to push, { name = field to push } or an operator's sign.
function Parser:emit(step)
  self.steps[#self.steps + 1] = step
end

function Parser:name(name)
  self:emit { name = name }
  if not self.known[name] then
    self.known[name] = true
    self.names[#self.names + 1] = name
  end
  return function(values) return values[name] end
end

function Parser:factor()
  local token = self:peek()
  if not token then self:fail("a field, a number or a bracket") end
  if token:find("^sum%s*%(") then
    self:take()
    return self:name(LISTS)
  elseif token:find("^[%a_]") then
    return self:name(self:take())
  elseif token:find("^%d") then
    local number = tonumber(token)
    if number > EXACT then self:fail("a number up to 2^53 - 1") end
    self:take()
    self:emit(number)
    return function() return number end
  elseif token == "(" then
    self:take()
    local inner = self:sum()
    if self:peek() ~= ")" then self:fail("a closing bracket") end
    self:take()
    return inner
  end
  self:fail("a field, a number or a bracket")
end

-- Not known if a part is not; exact, or an error.
local function combine(left, operation, right)
  return function(values)
    local a, b = left(values), right(values)
    if not a or not b then return nil end
    local result = operation(a, b)
    if result > EXACT or result < -EXACT then
      error(errors.new("beyond_exact",
        { message = "a result beyond 2^53 - 1" }), 0)
    end
    return result
  end
end

function Parser:chain(operand, operators)
  local left = self[operand](self)
  while self:peek() and operators[self:peek()] do
    local sign = self:take()
    left = combine(left, CALCULATE[sign], self[operand](self))
    self:emit(sign)
  end
  return left
end

function Parser:product()
  return self:chain("factor", { ["*"] = true })
end

function Parser:sum()
  return self:chain("product", { ["+"] = true, ["-"] = true })
end

function Parser:side()
  self.steps = {}
  return self:sum(), self.steps
end

function Parser:comparison()
  local left, left_steps = self:side()
  if not self:peek() then return { left = left } end
  local compare = COMPARE[self:peek()]
  if not compare then self:fail("a comparison") end
  local operator = self:take()
  local right, right_steps = self:side()
  if self:peek() then self:fail("the end") end
  return { left = left, right = right, compare = compare,
    operator = operator, steps = { left_steps, right_steps } }
end

--- Compile a comparison of fields.
---@param text string "ballots_in_box <= voters_signed"
---@return table? compiled { text, names, operator, left, right, compare };
--- left and right take a table of values by name and give a number, or nil
--- where a field they need is not known; steps are for `program`
---@return urna.Error? err "bad_expression", with the column
function expression.compile(text)
  local tokens, at = tokens_of(text)
  local parser = setmetatable({ text = text, tokens = tokens, next = 1,
    names = {}, known = {} }, Parser)
  local done, found = tokens ~= nil, { at = at, expected = "a field, a number "
    .. "or one of = ~= < <= > >= + - * ( )" }
  if done then done, found = pcall(parser.comparison, parser) end
  if done then
    found.text, found.names = text, parser.names
    return found
  end
  if type(found) ~= "table" then error(found, 0) end
  return nil, errors.new("bad_expression", { text = text, column = found.at,
    message = ("%q: %s is expected at column %d"):format(text, found.expected,
      found.at) })
end

-- How many numbers a side holds at once, at most.
local function depth_of(steps)
  local depth, most = 0, 0
  for _, step in ipairs(steps) do
    depth = depth + (CALCULATE[step] and -1 or 1)
    most = math.max(most, depth)
  end
  return most
end

-- A side with field numbers in place of names; nil and a name without one.
local function numbered(steps, index_of_name, list_indices)
  local side = {}
  for i, step in ipairs(steps) do
    if type(step) ~= "table" then
      side[i] = step
    elseif step.name == LISTS then
      side[i] = list_indices
    else
      side[i] = { index_of_name[step.name] }
    end
    if not side[i] or type(side[i]) == "table" and #side[i] == 0 then
      return nil, step.name
    end
  end
  return side
end

--- A compiled comparison as the core runs it, over records whose fields have
--- numbers from 1: { operator = "=", left = side, right = side }. A side is
--- an array in postfix of
---   5             push this number
---   { 3 }         push field 3
---   { 4, 5, 6 }   push the sum of these fields
---   "+" "-" "*"   put the top two together
--- It shares `list_indices`, which must not be changed as long as it is used.
---@param compiled table of `compile`, with a comparison
---@param index_of_name table<string, integer> number of each field
---@param list_indices integer[]? numbers of the fields that sum(lists) means
---@return table? program
---@return urna.Error? err "missing_heading", with the name that has no field;
--- "bad_expression": it compares nothing, or is nested too deep
function expression.program(compiled, index_of_name, list_indices)
  local text, sides = compiled.text, {}
  local function refuse(code, message, field)
    return nil, errors.new(code, { text = text, field = field,
      message = ("%q: %s"):format(text, message) })
  end
  if not compiled.steps then
    return refuse("bad_expression", "it compares nothing")
  end
  for i, steps in ipairs(compiled.steps) do
    local side, name = numbered(steps, index_of_name, list_indices)
    if not side then
      return refuse("missing_heading", "there is no such column", name)
    elseif depth_of(steps) > DEPTH then
      return refuse("bad_expression", "it is nested too deep")
    end
    sides[i] = side
  end
  return { operator = compiled.operator, left = sides[1], right = sides[2] }
end

expression.LISTS = LISTS

return expression
