/* ratio.c - binds core/ratio.h. */
#include "core/ratio.h"

#include <lauxlib.h>
#include <stdio.h>

#include "lua/check.h"
#include "lua/openers.h"

static urna_ratio check_ratio(lua_State *L, int at) {
  urna_ratio ratio = {urna_check_count(L, at, "a numerator"),
                      urna_check_count(L, at + 1, "a denominator")};
  if (ratio.den == 0) luaL_error(L, "a denominator is 0");
  return ratio;
}

/* ratio_compare(a, b, c, d): -1, 0 or 1 as a/b is to c/d. */
static int compare(lua_State *L) {
  lua_pushinteger(L, urna_ratio_cmp(check_ratio(L, 1), check_ratio(L, 3)));
  return 1;
}

/* share_up(num, den, total): the least count that is num/den of total. */
static int share_up(lua_State *L) {
  urna_count least, total = urna_check_count(L, 3, "a total");
  if (urna_ratio_of_up(check_ratio(L, 1), total, &least) != URNA_OK
      || least > URNA_COUNT_MAX)
    return luaL_error(L, "the share of the total is beyond 2^53 - 1");
  lua_pushinteger(L, (lua_Integer)least);
  return 1;
}

/* decimal(num, den, decimals, shift): num * 10^shift / den as text, rounded
** half up; a percentage has shift 2. */
static int decimal(lua_State *L) {
  int decimals = (int)urna_check_count(L, 3, "decimals");
  int shift = (int)urna_check_count(L, 4, "the shift");
  int64_t rounded;
  if (urna_ratio_round(check_ratio(L, 1), decimals + shift, &rounded)
      != URNA_OK)
    return luaL_error(L, "the ratio is beyond what can be written");
  char digits[32], text[40];
  int length = snprintf(digits, sizeof digits, "%0*lld", decimals + 1,
                        (long long)rounded);
  int whole = length - decimals;
  snprintf(text, sizeof text, decimals ? "%.*s.%s" : "%.*s%s", whole, digits,
           digits + whole);
  lua_pushstring(L, text);
  return 1;
}

/* reduce(num, den): both, in lowest terms. */
static int reduce(lua_State *L) {
  urna_ratio ratio = urna_ratio_reduce(check_ratio(L, 1));
  lua_pushinteger(L, (lua_Integer)ratio.num);
  lua_pushinteger(L, (lua_Integer)ratio.den);
  return 2;
}

static const luaL_Reg functions[] = {{"ratio_compare", compare},
                                     {"share_up", share_up},
                                     {"decimal", decimal},
                                     {"reduce", reduce},
                                     {NULL, NULL}};

void urna_open_ratio(lua_State *L) {
  urna_register(L, functions);
}
