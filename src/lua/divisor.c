/* divisor.c - binds core/divisor.h. */
#include "core/divisor.h"

#include <lauxlib.h>
#include <stdint.h>
#include <string.h>

#include "lua/check.h"
#include "lua/openers.h"

/* Arguments of a call, all in scratch userdata, for any call may jump away. */
typedef struct call {
  urna_sequence d;
  size_t n;
  int32_t seats;
  urna_contender *lists;
  unsigned char *tied;
  urna_award *awards; /* NULL unless asked for */
} call;

static int32_t check_seats(lua_State *L, urna_count value, const char *what) {
  if (value > INT32_MAX) luaL_error(L, "%s is beyond 2^31 - 1", what);
  return (int32_t)value;
}

/* Element i of the optional array 'name' of the table at 1. */
static urna_count element(lua_State *L, size_t i, const char *name,
                          urna_count otherwise) {
  lua_getfield(L, 1, name);
  urna_count value = lua_isnil(L, -1)
                         ? otherwise
                         : urna_check_element(L, lua_gettop(L), i, name);
  lua_pop(L, 1);
  return value;
}

static urna_contender contender_at(lua_State *L, size_t i) {
  urna_contender list = {.votes = element(L, i, "votes", 0)};
  list.weight.num = element(L, i, "num", 1);
  list.weight.den = element(L, i, "den", 1);
  list.precedence = element(L, i, "precedence", 0);
  list.held = check_seats(L, element(L, i, "held", 0), "held");
  list.most = check_seats(L, element(L, i, "most", INT32_MAX), "most");
  return list;
}

static urna_sequence check_sequence(lua_State *L) {
  urna_count first = urna_check_field(L, 1, "first", 1);
  urna_count step = urna_check_field(L, 1, "step", 1);
  if (first < 1 || first > 1000 || step < 1 || step > 1000)
    luaL_error(L, "a divisor sequence starts at 1 .. 1000 in steps of as many");
  return (urna_sequence){(int32_t)first, (int32_t)step};
}

/* Leaves two or three scratch userdata on the stack. */
static call check_call(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  call c = {.d = check_sequence(L)};
  c.seats = check_seats(L, urna_check_field(L, 1, "seats", 0), "seats");
  lua_getfield(L, 1, "votes");
  luaL_checktype(L, -1, LUA_TTABLE);
  c.n = urna_length(L, -1);
  lua_pop(L, 1);
  c.lists = lua_newuserdata(L, (c.n + 1) * sizeof *c.lists);
  c.tied = lua_newuserdata(L, c.n + 1);
  lua_getfield(L, 1, "explain");
  int explain = lua_toboolean(L, -1);
  lua_pop(L, 1);
  if (explain)
    c.awards = lua_newuserdata(L, ((size_t)c.seats + 1) * sizeof *c.awards);
  for (size_t i = 0; i < c.n; i++) c.lists[i] = contender_at(L, i + 1);
  return c;
}

static void push_seats(lua_State *L, const call *c) {
  lua_createtable(L, (int)c->n, 0);
  for (size_t i = 0; i < c->n; i++) {
    lua_pushinteger(L, c->lists[i].held);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

static void push_tied(lua_State *L, const call *c) {
  lua_newtable(L);
  for (size_t i = 0, count = 0; i < c->n; i++) {
    if (!c->tied[i]) continue;
    lua_pushinteger(L, (lua_Integer)(i + 1));
    lua_rawseti(L, -2, (int)++count);
  }
}

/* The quotient of list 'i' when it held 'held', as { num, den }. */
static void set_quotient(lua_State *L, const call *c, size_t i, int32_t held,
                         const char *name) {
  char num[URNA_DIGITS], den[URNA_DIGITS];
  urna_divisor_average(&c->d, &c->lists[i], held, num, den);
  lua_createtable(L, 2, 0);
  urna_push_digits(L, num);
  lua_rawseti(L, -2, 1);
  urna_push_digits(L, den);
  lua_rawseti(L, -2, 2);
  lua_setfield(L, -2, name);
}

static void push_award(lua_State *L, const call *c, const urna_award *award) {
  lua_createtable(L, 0, 5);
  lua_pushinteger(L, (lua_Integer)(award->winner + 1));
  lua_setfield(L, -2, "winner");
  set_quotient(L, c, award->winner, award->winner_held, "quotient");
  if (award->rival != SIZE_MAX) {
    lua_pushinteger(L, (lua_Integer)(award->rival + 1));
    lua_setfield(L, -2, "rival");
    set_quotient(L, c, award->rival, award->rival_held, "rival_quotient");
  }
  lua_pushboolean(L, award->by_precedence);
  lua_setfield(L, -2, "by_precedence");
}

static void push_awards(lua_State *L, const call *c, int32_t awarded) {
  lua_createtable(L, awarded, 0);
  for (int32_t i = 0; i < awarded; i++) {
    push_award(L, c, &c->awards[i]);
    lua_rawseti(L, -2, i + 1);
  }
}

/*
** averages{ first, step, seats, votes, num, den, precedence, held, most,
** explain }: seats by list, seats awarded in this call, the tied lists or
** nil, the awards in order or nil.
*/
static int averages(lua_State *L) {
  call c = check_call(L);
  int32_t awarded = 0;
  urna_status status = urna_divisor_award(&c.d, c.n, c.lists, c.seats, c.awards,
                                          &awarded, c.tied);
  if (status == URNA_BAD_INPUT)
    return luaL_error(L, "a weight is not a ratio of numbers from 1 to 2^20, "
                         "or the divisors grow beyond 2^31 - 1");
  push_seats(L, &c);
  lua_pushinteger(L, awarded);
  if (status == URNA_TIE)
    push_tied(L, &c);
  else
    lua_pushnil(L);
  if (c.awards)
    push_awards(L, &c, awarded);
  else
    lua_pushnil(L);
  return 4;
}

/* average(votes, num, den, first, step, held): the quotient in lowest terms,
** numerator and denominator; a string where it is beyond 2^53 - 1. */
static int average(lua_State *L) {
  urna_contender list = {.votes = urna_check_count(L, 1, "votes")};
  list.weight.num = urna_check_count(L, 2, "the weight's numerator");
  list.weight.den = urna_check_count(L, 3, "the weight's denominator");
  urna_sequence d = {check_seats(L, urna_check_count(L, 4, "first"), "first"),
                     check_seats(L, urna_check_count(L, 5, "step"), "step")};
  int32_t held = check_seats(L, urna_check_count(L, 6, "held"), "held");
  if (list.weight.num == 0 || list.weight.num > URNA_WEIGHT_MAX
      || list.weight.den == 0 || list.weight.den > URNA_WEIGHT_MAX
      || d.first == 0)
    return luaL_error(L, "not a weight or not a divisor");
  char num[URNA_DIGITS], den[URNA_DIGITS];
  urna_divisor_average(&d, &list, held, num, den);
  urna_push_digits(L, num);
  urna_push_digits(L, den);
  return 2;
}

static const luaL_Reg functions[] = {
    {"averages", averages}, {"average", average}, {NULL, NULL}};

void urna_open_divisor(lua_State *L) {
  urna_register(L, functions);
}
