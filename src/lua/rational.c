/* rational.c - binds core/rational.h: exact ratios with the usual operators. */
#include "core/rational.h"

#include <string.h>

#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define CLASS "urna.rational"

/* All zero until it has a value, which a collector may meet. */
static urna_rational *push_empty(lua_State *L) {
  urna_rational *r = lua_newuserdata(L, sizeof *r);
  memset(r, 0, sizeof *r);
  urna_set_class(L, CLASS);
  return r;
}

static int done(lua_State *L, urna_status status) {
  if (status == URNA_NO_MEMORY) return luaL_error(L, "not enough memory");
  return 1;
}

/* The digits of a text with or without a minus, or a whole number. */
static bool take_natural(lua_State *L, int at, urna_natural *n,
                         const char *what) {
  if (lua_type(L, at) == LUA_TSTRING) {
    size_t length;
    const char *digits = lua_tolstring(L, at, &length);
    bool is_negative = digits[0] == '-';
    urna_status status =
        urna_natural_parse(n, digits + is_negative, length - is_negative);
    if (status == URNA_BAD_INPUT)
      luaL_error(L, "%s must be a whole number or its digits, got \"%s\"", what,
                 digits);
    done(L, status);
    return is_negative;
  }
  bool is_negative = lua_type(L, at) == LUA_TNUMBER && lua_tonumber(L, at) < 0;
  if (is_negative) {
    lua_pushnumber(L, -lua_tonumber(L, at));
    lua_replace(L, at);
  }
  done(L, urna_natural_set(n, (uint64_t)urna_check_count(L, at, what)));
  return is_negative;
}

/*
** rational(num [, den]): whole numbers or decimal digits. Both parts stand in
** objects until they are one ratio, for any error may jump away.
*/
static int new_rational(lua_State *L) {
  lua_settop(L, 2);
  if (lua_isnil(L, 2)) {
    lua_pushinteger(L, 1);
    lua_replace(L, 2);
  }
  urna_rational *r = push_empty(L), *parts = push_empty(L);
  bool is_negative = take_natural(L, 1, &parts->num, "the numerator");
  if (take_natural(L, 2, &parts->den, "the denominator"))
    return luaL_error(L, "the denominator is negative");
  if (urna_natural_is_zero(&parts->den))
    return luaL_error(L, "the denominator is 0");
  lua_pushvalue(L, 3);
  return done(L, urna_rational_make(r, &parts->num, &parts->den, is_negative));
}

/* The rational at 'at', where a whole number is made one. */
static urna_rational *check_rational(lua_State *L, int at) {
  if (lua_type(L, at) != LUA_TNUMBER) return luaL_checkudata(L, at, CLASS);
  lua_Number x = lua_tonumber(L, at);
  lua_pushnumber(L, x < 0 ? -x : x);
  urna_count size = urna_check_count(L, -1, "an operand");
  urna_rational *r = push_empty(L);
  lua_replace(L, at);
  lua_pop(L, 1);
  done(L, urna_rational_set(r, x < 0 ? -size : size, 1));
  return r;
}

typedef urna_status operation(urna_rational *, const urna_rational *,
                              const urna_rational *);

static int operate(lua_State *L, operation *apply) {
  lua_settop(L, 2);
  const urna_rational *a = check_rational(L, 1), *b = check_rational(L, 2);
  urna_rational *r = push_empty(L);
  return done(L, apply(r, a, b));
}

static int add(lua_State *L) {
  return operate(L, urna_rational_add);
}

static int subtract(lua_State *L) {
  return operate(L, urna_rational_subtract);
}

static int multiply(lua_State *L) {
  return operate(L, urna_rational_multiply);
}

static int divide(lua_State *L) {
  lua_settop(L, 2);
  if (urna_natural_is_zero(&check_rational(L, 2)->num))
    return luaL_error(L, "divided by 0");
  return operate(L, urna_rational_divide);
}

static int negate(lua_State *L) {
  const urna_rational *a = check_rational(L, 1);
  urna_rational *r = push_empty(L);
  done(L, urna_rational_copy(r, a));
  r->is_negative = !a->is_negative && !urna_natural_is_zero(&a->num);
  return 1;
}

static int order_of(lua_State *L) {
  int order = 0;
  done(L,
       urna_rational_cmp(check_rational(L, 1), check_rational(L, 2), &order));
  return order;
}

static int equals(lua_State *L) {
  lua_pushboolean(L, order_of(L) == 0);
  return 1;
}

static int less(lua_State *L) {
  lua_pushboolean(L, order_of(L) < 0);
  return 1;
}

static int less_or_equal(lua_State *L) {
  lua_pushboolean(L, order_of(L) <= 0);
  return 1;
}

/* Its digits, in scratch userdata that stays on the stack. */
static const char *digits_of(lua_State *L, const urna_natural *n) {
  char *digits = lua_newuserdata(L, urna_natural_room(n));
  done(L, urna_natural_digits(n, digits));
  return digits;
}

static int num(lua_State *L) {
  const urna_rational *r = luaL_checkudata(L, 1, CLASS);
  const char *digits = digits_of(L, &r->num);
  if (!r->is_negative) {
    urna_push_digits(L, digits);
  } else if (urna_natural_value(&r->num, URNA_COUNT_MAX) != UINT64_MAX) {
    lua_pushinteger(L,
                    -(lua_Integer)urna_natural_value(&r->num, URNA_COUNT_MAX));
  } else {
    lua_pushfstring(L, "-%s", digits);
  }
  return 1;
}

static int den(lua_State *L) {
  const urna_rational *r = luaL_checkudata(L, 1, CLASS);
  urna_push_digits(L, digits_of(L, &r->den));
  return 1;
}

static int is_zero(lua_State *L) {
  const urna_rational *r = luaL_checkudata(L, 1, CLASS);
  lua_pushboolean(L, urna_natural_is_zero(&r->num));
  return 1;
}

static const urna_rational *check_positive(lua_State *L) {
  const urna_rational *r = luaL_checkudata(L, 1, CLASS);
  if (r->is_negative) luaL_error(L, "a negative ratio is not rounded down");
  return r;
}

static int floor_of(lua_State *L) {
  lua_settop(L, 2);
  const urna_rational *a = check_positive(L);
  urna_count scale = lua_isnil(L, 2) ? 1 : urna_check_count(L, 2, "the scale");
  if (scale == 0) return luaL_error(L, "the scale is 0");
  urna_rational *r = push_empty(L);
  return done(L, urna_rational_floor(r, a, (uint64_t)scale));
}

#define DECIMALS_MAX 15

static void push_point(lua_State *L, const char *digits, size_t decimals) {
  luaL_Buffer text;
  size_t length = strlen(digits);
  size_t zeros = length > decimals ? 0 : decimals + 1 - length;
  size_t whole = length + zeros - decimals;
  luaL_buffinit(L, &text);
  for (size_t i = 0; i < length + zeros; i++) {
    if (i == whole) luaL_addchar(&text, '.');
    luaL_addchar(&text, i < zeros ? '0' : digits[i - zeros]);
  }
  luaL_pushresult(&text);
}

/* decimals(n): as text with n decimals, the rest cut off. */
static int decimals(lua_State *L) {
  const urna_rational *a = check_positive(L);
  urna_count places = urna_check_count(L, 2, "decimals");
  if (places > DECIMALS_MAX)
    return luaL_error(L, "a ratio is written with up to 15 decimals");
  uint64_t scale = 1;
  for (urna_count i = 0; i < places; i++) scale *= 10;
  urna_rational *r = push_empty(L), *by = push_empty(L);
  done(L, urna_rational_set(by, (int64_t)scale, 1));
  done(L, urna_rational_multiply(r, a, by));
  done(L, urna_rational_floor(r, r, 1));
  push_point(L, digits_of(L, &r->num), (size_t)places);
  return 1;
}

static int to_string(lua_State *L) {
  const urna_rational *r = luaL_checkudata(L, 1, CLASS);
  const char *minus = r->is_negative ? "-" : "";
  const char *above = digits_of(L, &r->num), *below = digits_of(L, &r->den);
  if (strcmp(below, "1") == 0)
    lua_pushfstring(L, "%s%s", minus, above);
  else
    lua_pushfstring(L, "%s%s/%s", minus, above, below);
  return 1;
}

static int release(lua_State *L) {
  urna_rational_free(luaL_checkudata(L, 1, CLASS));
  return 0;
}

static const luaL_Reg methods[] = {{"num", num},         {"den", den},
                                   {"floor", floor_of},  {"decimals", decimals},
                                   {"is_zero", is_zero}, {NULL, NULL}};

static const luaL_Reg operators[] = {{"__add", add},
                                     {"__sub", subtract},
                                     {"__mul", multiply},
                                     {"__div", divide},
                                     {"__unm", negate},
                                     {"__eq", equals},
                                     {"__lt", less},
                                     {"__le", less_or_equal},
                                     {"__tostring", to_string},
                                     {"__gc", release},
                                     {NULL, NULL}};

static const luaL_Reg functions[] = {{"rational", new_rational}, {NULL, NULL}};

void urna_open_rational(lua_State *L) {
  if (luaL_newmetatable(L, CLASS)) {
    urna_register(L, operators);
    urna_set_string(L, "__name", CLASS);
    urna_set_string(L, "__metatable", CLASS);
    lua_newtable(L);
    urna_register(L, methods);
    lua_setfield(L, -2, "__index");
  }
  lua_pop(L, 1);
  urna_register(L, functions);
}
