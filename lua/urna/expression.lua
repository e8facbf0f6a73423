local errors = require "urna.errors"

--- The one grammar of arithmetic over a record's fields:
---   comparison = sum [ ("=" | "~=" | "<" | "<=" | ">" | ">=") sum ]
---   sum        = product { ("+" | "-") product }
---   product    = factor { "*" factor }
---   factor     = integer | name | "sum(lists)" | "(" sum ")"
--- There is no division: everything stays whole.
local expression = {}

local EXACT = 9007199254740991
local LISTS = "sum(lists)" -- the name under which values hold that sum

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

function Parser:name(name)
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
    local operation = CALCULATE[self:take()]
    left = combine(left, operation, self[operand](self))
  end
  return left
end

function Parser:product()
  return self:chain("factor", { ["*"] = true })
end

function Parser:sum()
  return self:chain("product", { ["+"] = true, ["-"] = true })
end

function Parser:comparison()
  local left = self:sum()
  if not self:peek() then return { left = left } end
  local compare = COMPARE[self:peek()]
  if not compare then self:fail("a comparison") end
  local operator = self:take()
  local right = self:sum()
  if self:peek() then self:fail("the end") end
  return { left = left, right = right, compare = compare,
    operator = operator }
end

--- Compile a comparison of fields.
---@param text string "ballots_in_box <= voters_signed"
---@return table? compiled { text, names, operator, left, right, compare };
--- left and right take a table of values by name and give a number, or nil
--- where a field they need is not known
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

expression.LISTS = LISTS

return expression
