/* power.c - binds core/power.h. */
#include "core/power.h"

#include <string.h>

#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define CLASS "urna.powers"

static urna_powers *push_powers(lua_State *L) {
  urna_powers *powers = lua_newuserdata(L, sizeof *powers);
  memset(powers, 0, sizeof *powers);
  urna_set_class(L, CLASS);
  return powers;
}

static int powers_close(lua_State *L) {
  urna_powers_free(luaL_checkudata(L, 1, CLASS));
  return 0;
}

static void push_natural(lua_State *L, const urna_natural *n) {
  char *digits = lua_newuserdata(L, urna_natural_room(n));
  if (urna_natural_digits(n, digits) != URNA_OK)
    luaL_error(L, "not enough memory");
  urna_push_digits(L, digits);
  lua_remove(L, -2);
}

static void set_natural(lua_State *L, const char *name, const urna_natural *n) {
  push_natural(L, n);
  lua_setfield(L, -2, name);
}

static void set_share(lua_State *L, const char *name, const urna_rational *r) {
  lua_createtable(L, 0, 2);
  set_natural(L, "num", &r->num);
  set_natural(L, "den", &r->den);
  lua_setfield(L, -2, name);
}

static void push_list(lua_State *L, const urna_power *list) {
  lua_createtable(L, 0, 3 + URNA_POWER_INDICES);
  set_natural(L, "swings", &list->swings);
  set_natural(L, "minimal", &list->minimal);
  set_share(L, "absolute_banzhaf", &list->absolute);
  set_share(L, "banzhaf", &list->share[URNA_BANZHAF]);
  set_share(L, "shapley_shubik", &list->share[URNA_SHAPLEY_SHUBIK]);
  set_share(L, "deegan_packel", &list->share[URNA_DEEGAN_PACKEL]);
  set_share(L, "holler", &list->share[URNA_HOLLER]);
  set_share(L, "johnston", &list->share[URNA_JOHNSTON]);
}

static void push_all(lua_State *L, const urna_powers *powers) {
  lua_createtable(L, 0, 4);
  set_natural(L, "winning", &powers->winning);
  set_natural(L, "minimal", &powers->minimal);
  set_natural(L, "vulnerable", &powers->vulnerable);
  urna_push_array(L, powers->n);
  for (size_t i = 0; i < powers->n; i++) {
    push_list(L, &powers->lists[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  lua_setfield(L, -2, "lists");
}

/* The array at 1, in scratch userdata that it leaves on the stack. */
static int64_t *check_seats(lua_State *L, size_t *n) {
  luaL_checktype(L, 1, LUA_TTABLE);
  *n = urna_length(L, 1);
  if (*n < 1 || *n > URNA_POWER_LISTS)
    luaL_error(L, "a game is of 1 to %d lists, not of %d", URNA_POWER_LISTS,
               (int)*n);
  int64_t *seats = lua_newuserdata(L, *n * sizeof *seats);
  for (size_t i = 0; i < *n; i++)
    seats[i] = urna_check_element(L, 1, i + 1, "seats");
  return seats;
}

/* power(seats, quota): what each list can do, and how many coalitions of each
** kind there are. */
static int power(lua_State *L) {
  size_t n;
  int64_t *seats = check_seats(L, &n);
  urna_count quota = urna_check_count(L, 2, "the quota");
  urna_powers *powers = push_powers(L);
  urna_status status = urna_power_find(n, seats, quota, powers);
  if (status == URNA_BAD_INPUT)
    return luaL_error(L, "the quota must be from 1 to the sum of the seats");
  if (status == URNA_OVERFLOW)
    return luaL_error(L,
                      "%d lists with so many seats would take more than "
                      "96 MB; 100 lists may have some 40,000 seats, 20 "
                      "lists some 190,000 (divided by what they have in "
                      "common)",
                      (int)n);
  if (status != URNA_OK) return luaL_error(L, "not enough memory");
  push_all(L, powers);
  urna_powers_free(powers);
  return 1;
}

static const luaL_Reg methods[] = {{"close", powers_close}, {NULL, NULL}};

static const luaL_Reg functions[] = {{"power", power}, {NULL, NULL}};

void urna_open_power(lua_State *L) {
  urna_make_class(L, CLASS, methods, NULL, NULL);
  urna_register(L, functions);
}
