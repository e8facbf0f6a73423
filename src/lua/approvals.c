/*
** approvals.c - binds core/approvals.h and core/thiele.h.
**
** The classes of all voters are a string of 32-bit numbers: it never changes,
** so many courses of an election may share it, and as a key it tells whether
** two of them have met.
*/
#include "core/approvals.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "core/count.h"
#include "core/thiele.h"
#include "lua/ballots.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define CLASS "urna.approvals"
#define BEST  "urna.thiele"

static const urna_approvals *check_approvals(lua_State *L) {
  const urna_approvals *a = luaL_checkudata(L, 1, CLASS);
  if (!a->starts) luaL_error(L, "the approvals are closed");
  return a;
}

static int release(lua_State *L) {
  urna_approvals_free(luaL_checkudata(L, 1, CLASS));
  return 0;
}

/* approvals(ballots, first_rank): of those candidates that stand. */
static int new_approvals(lua_State *L) {
  const urna_ballots *ballots = urna_check_ballots(L, 1);
  bool first_rank = lua_toboolean(L, 2);
  urna_approvals *a = lua_newuserdata(L, sizeof *a);
  memset(a, 0, sizeof *a);
  urna_set_class(L, CLASS);
  if (urna_approvals_read(a, ballots, first_rank) != URNA_OK)
    return luaL_error(L, "not enough memory");
  return 1;
}

static int count_voters(lua_State *L) {
  urna_push_integer(L, check_approvals(L)->count);
  return 1;
}

static int longest(lua_State *L) {
  urna_push_integer(L, check_approvals(L)->longest);
  return 1;
}

/* ---- classes ---- */

/* Scratch for the classes of all voters; stays on the stack. */
static uint32_t *new_classes(lua_State *L, const urna_approvals *a) {
  return lua_newuserdata(L, (a->count + 1) * sizeof(uint32_t));
}

static int push_classes(lua_State *L, const urna_approvals *a,
                        const uint32_t *classes) {
  lua_pushlstring(L, (const char *)classes, a->count * sizeof *classes);
  return 1;
}

/* approvals:classes(by_size): all voters in class 1, or each in the class of
** the number of candidates that it approves. */
static int classes(lua_State *L) {
  const urna_approvals *a = check_approvals(L);
  bool by_size = lua_toboolean(L, 2);
  uint32_t *found = new_classes(L, a);
  for (size_t i = 0; i < a->count; i++) found[i] = 1;
  if (by_size) urna_approvals_by_size(a, found);
  return push_classes(L, a, found);
}

/* A copy of the classes at 'index', none of them above 'most'. */
static uint32_t *check_classes(lua_State *L, int index, size_t most,
                               const urna_approvals *a) {
  size_t length;
  const char *bytes = luaL_checklstring(L, index, &length);
  if (length != a->count * sizeof(uint32_t))
    luaL_error(L, "these are not the classes of these voters");
  uint32_t *found = new_classes(L, a);
  memcpy(found, bytes, length);
  for (size_t i = 0; i < a->count; i++)
    if (found[i] > most)
      luaL_error(L, "a voter is in class %d of %d", (int)found[i], (int)most);
  return found;
}

/* The array at 'index' as new classes by old one, where class 0 stays as it
** is; NULL for nil. */
static uint32_t *check_map(lua_State *L, int index, const char *name,
                           size_t *count) {
  *count = 0;
  if (lua_isnoneornil(L, index)) return NULL;
  luaL_checktype(L, index, LUA_TTABLE);
  size_t n = urna_length(L, index);
  uint32_t *map = lua_newuserdata(L, (n + 1) * sizeof *map);
  map[0] = 0;
  for (size_t i = 1; i <= n; i++) {
    urna_count class = urna_check_element(L, index, i, name);
    if (class > INT_MAX) luaL_error(L, "there are too many classes");
    map[i] = (uint32_t) class;
  }
  *count = n;
  return map;
}

static uint32_t check_candidate(lua_State *L, int index,
                                const urna_approvals *a) {
  urna_count number = urna_check_count(L, index, "a candidate's number");
  if (number < 1 || number > a->candidates)
    luaL_error(L, "there is no candidate %d", (int)number);
  return (uint32_t)(number - 1);
}

/* approvals:moved(classes, candidate, to, others): the classes when the voters
** of class k >= 1 who approve the candidate are in to[k], the others in
** others[k], or where they were if that is nil. */
static int moved(lua_State *L) {
  const urna_approvals *a = check_approvals(L);
  size_t count, others_count;
  lua_settop(L, 5);
  uint32_t candidate = check_candidate(L, 3, a);
  luaL_checktype(L, 4, LUA_TTABLE);
  uint32_t *to = check_map(L, 4, "to", &count);
  uint32_t *others = check_map(L, 5, "others", &others_count);
  if (others && others_count != count)
    return luaL_error(L, "to and others are not of the same length");
  uint32_t *found = check_classes(L, 2, count, a);
  urna_approvals_move(a, found, candidate, to, others);
  return push_classes(L, a, found);
}

static void push_count(lua_State *L, urna_count count) {
  char digits[URNA_COUNT_DIGITS];
  urna_count_write(count, digits);
  urna_push_digits(L, digits);
}

/* { class, papers, class, papers ... } of those classes that have any. */
static void push_counts(lua_State *L, const urna_count *counts, size_t n) {
  int used = 0;
  lua_newtable(L);
  for (size_t k = 0; k < n; k++) {
    if (counts[k] == 0) continue;
    urna_push_integer(L, k);
    lua_rawseti(L, -2, ++used);
    push_count(L, counts[k]);
    lua_rawseti(L, -2, ++used);
  }
}

/* approvals:count(classes, most): papers by candidate, and of all, each as
** { class, papers, class, papers ... } in ascending order; the greatest class
** is 'most'. */
static int count(lua_State *L) {
  const urna_approvals *a = check_approvals(L);
  size_t most = (size_t)urna_check_count(L, 3, "the number of classes");
  if (most > INT_MAX / (a->candidates + 1))
    return luaL_error(L, "there are too many classes");
  const uint32_t *found = check_classes(L, 2, most, a);
  size_t n = most + 1;
  urna_count *counts =
      lua_newuserdata(L, (a->candidates + 1) * n * sizeof *counts);
  urna_count *all = counts + a->candidates * n;
  urna_approvals_count(a, found, n, counts, all);
  urna_push_array(L, a->candidates);
  for (uint32_t i = 0; i < a->candidates; i++) {
    push_counts(L, counts + i * n, n);
    lua_rawseti(L, -2, (int)i + 1);
  }
  push_counts(L, all, n);
  return 2;
}

/* ---- the best committees ---- */

static int release_best(lua_State *L) {
  urna_thiele_free(luaL_checkudata(L, 1, BEST));
  return 0;
}

/* Field 'name' of the options at 2 as a number up to 'most'. */
static size_t check_number(lua_State *L, const char *name, size_t most) {
  urna_count number = urna_check_field(L, 2, name, 0);
  if ((uint64_t)number > most)
    luaL_error(L, "%s is beyond %d", name, (int)most);
  return (size_t)number;
}

/* By candidate whether it is one of the array 'members' of the options. */
static const bool *check_members(lua_State *L, const urna_approvals *a,
                                 uint32_t seats) {
  bool *is_in = lua_newuserdata(L, a->candidates + 1);
  memset(is_in, 0, a->candidates + 1);
  lua_getfield(L, 2, "members");
  luaL_checktype(L, -1, LUA_TTABLE);
  size_t n = urna_length(L, -1);
  if (n > seats) luaL_error(L, "there are more members than seats");
  for (size_t i = 1; i <= n; i++) {
    lua_rawgeti(L, -1, (int)i);
    is_in[check_candidate(L, -1, a)] = true;
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return is_in;
}

static const uint64_t *new_weights(lua_State *L, const urna_approvals *a,
                                   uint32_t seats, uint64_t *den) {
  uint32_t n = a->longest < seats ? a->longest : seats;
  uint64_t *weights = lua_newuserdata(L, (n + 1) * sizeof *weights);
  return urna_thiele_harmonic(n, weights, den) == URNA_OK ? weights : NULL;
}

static void push_committees(lua_State *L, const urna_thiele_best *best,
                            size_t seats) {
  urna_push_array(L, best->kept);
  for (size_t i = 0; i < best->kept; i++) {
    urna_push_array(L, seats);
    for (size_t k = 0; k < seats; k++) {
      urna_push_integer(L, best->committees[i * seats + k] + 1);
      lua_rawseti(L, -2, (int)k + 1);
    }
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* Set field 'name' to the array of the candidates that are marked. */
static void set_marked(lua_State *L, const char *name, const bool *marks,
                       uint32_t n) {
  int used = 0;
  lua_newtable(L);
  for (uint32_t i = 0; i < n; i++) {
    if (!marks[i]) continue;
    urna_push_integer(L, i + 1);
    lua_rawseti(L, -2, ++used);
  }
  lua_setfield(L, -2, name);
}

static void push_best(lua_State *L, const urna_thiele *thiele,
                      const urna_thiele_best *best, uint64_t den) {
  char digits[24];
  lua_createtable(L, 0, 8);
  push_committees(L, best, thiele->seats);
  lua_setfield(L, -2, "committees");
  urna_set_string(L, "num", best->score);
  snprintf(digits, sizeof digits, "%llu", (unsigned long long)den);
  urna_set_string(L, "den", digits);
  set_marked(L, "certain", best->is_certain, thiele->approvals->candidates);
  set_marked(L, "possible", best->is_possible, thiele->approvals->candidates);
  lua_pushboolean(L, best->is_complete);
  lua_setfield(L, -2, "is_complete");
  lua_pushboolean(L, best->is_proven);
  lua_setfield(L, -2, "is_proven");
  urna_push_integer(L, best->nodes);
  lua_setfield(L, -2, "nodes");
}

/*
** approvals:proportional{ seats, limit, effort, members }: the committees of
** the highest score of proportional approval voting; nil where weights up to
** 1 / seats have no common denominator below 2^64.
*/
static int proportional(lua_State *L) {
  static const char *const known[] = {"seats", "limit", "effort", "members",
                                      NULL};
  const urna_approvals *a = check_approvals(L);
  urna_check_options(L, 2, known);
  lua_settop(L, 2);
  uint64_t den = 1;
  urna_thiele thiele = {.approvals = a};
  thiele.seats = (uint32_t)check_number(L, "seats", a->candidates);
  thiele.limit = check_number(L, "limit", INT_MAX / (thiele.seats + 1));
  thiele.effort = (uint64_t)urna_check_field(L, 2, "effort", 0);
  thiele.is_in = check_members(L, a, thiele.seats);
  thiele.weights = new_weights(L, a, thiele.seats, &den);
  if (!thiele.weights) {
    lua_pushnil(L);
    return 1;
  }
  urna_thiele_best *best = lua_newuserdata(L, sizeof *best);
  memset(best, 0, sizeof *best);
  urna_set_class(L, BEST);
  if (urna_thiele_search(&thiele, best) != URNA_OK)
    return luaL_error(L, "not enough memory");
  push_best(L, &thiele, best, den);
  return 1;
}

static const luaL_Reg methods[] = {
    {"classes", classes},     {"close", release},
    {"count", count},         {"longest", longest},
    {"moved", moved},         {"proportional", proportional},
    {"voters", count_voters}, {NULL, NULL}};

static const luaL_Reg best_methods[] = {{"close", release_best}, {NULL, NULL}};

static const luaL_Reg functions[] = {{"approvals", new_approvals},
                                     {NULL, NULL}};

void urna_open_approvals(lua_State *L) {
  urna_make_class(L, CLASS, methods, NULL, count_voters);
  urna_make_class(L, BEST, best_methods, NULL, NULL);
  urna_register(L, functions);
}
