/* pairwise.c - binds core/pairwise.h, core/positions.h and core/kemeny.h: what
** the Condorcet and the positional methods need to know of the papers.
**
** Matrices are flat arrays, row by row; candidates have places from 1 in the
** order of the array of their numbers that says who stands. */
#include "core/pairwise.h"

#include "core/count.h"
#include "core/kemeny.h"
#include "core/positions.h"
#include "core/ranking.h"
#include "lua/ballots.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define POSITIONS "urna.positions"

static urna_count *new_counts(lua_State *L, size_t n) {
  return lua_newuserdata(L, (n + 1) * sizeof(urna_count));
}

static void push_counts(lua_State *L, const urna_count *counts, size_t n) {
  urna_push_array(L, n);
  for (size_t i = 0; i < n; i++) {
    urna_push_integer(L, counts[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

static void set_counts(lua_State *L, const char *name, const urna_count *counts,
                       size_t n) {
  push_counts(L, counts, n);
  lua_setfield(L, -2, name);
}

/* The place of each candidate, from the array at 2 of who stands; leaves
** scratch userdata on the stack. */
static uint32_t *check_places(lua_State *L, const urna_ballots *ballots,
                              size_t *n) {
  size_t names = ballots->candidates.name_count;
  luaL_checktype(L, 2, LUA_TTABLE);
  *n = urna_length(L, 2);
  uint32_t *places = lua_newuserdata(L, (names + 1) * sizeof *places);
  for (size_t i = 0; i < names; i++) places[i] = URNA_NO_PLACE;
  for (size_t i = 1; i <= *n; i++) {
    urna_count number = urna_check_element(L, 2, i, "candidates");
    if (number < 1 || (size_t)number > names)
      luaL_error(L, "there is no candidate %d", (int)number);
    if (places[number - 1] != URNA_NO_PLACE)
      luaL_error(L, "candidate %d stands twice", (int)number);
    places[number - 1] = (uint32_t)(i - 1);
  }
  return places;
}

/* pairwise(ballots, candidates): { above, equal, named, valid }. */
static int pairwise(lua_State *L) {
  const urna_ballots *ballots = urna_check_ballots(L, 1);
  urna_pairwise found = {.n = 0};
  const uint32_t *places = check_places(L, ballots, &found.n);
  size_t n = found.n;
  found.above = new_counts(L, n * n);
  found.equal = new_counts(L, n * n);
  found.named = new_counts(L, n);
  urna_status status = urna_pairwise_count(ballots, places, &found);
  if (status != URNA_OK) return urna_fail(L, status, NULL);
  lua_createtable(L, 0, 4);
  set_counts(L, "above", found.above, n * n);
  if (found.has_equals) set_counts(L, "equal", found.equal, n * n);
  set_counts(L, "named", found.named, n);
  urna_push_integer(L, found.valid);
  lua_setfield(L, -2, "valid");
  return 1;
}

/* The matrix at 'index', of n rows, in scratch userdata that it leaves on the
** stack. */
static urna_count *check_matrix(lua_State *L, int index, size_t n) {
  luaL_checktype(L, index, LUA_TTABLE);
  if (urna_length(L, index) != n * n)
    luaL_error(L, "a matrix of %d rows has not %d cells", (int)n,
               (int)urna_length(L, index));
  urna_count *cells = new_counts(L, n * n);
  for (size_t i = 0; i < n * n; i++)
    cells[i] = urna_check_element(L, index, i + 1, "matrix");
  return cells;
}

static size_t check_size(lua_State *L, int index, size_t most) {
  urna_count n = urna_check_count(L, index, "the number of candidates");
  if ((uint64_t)n > most)
    luaL_error(L, "there are at most %d candidates", (int)most);
  return (size_t)n;
}

/* strongest_paths(n, over, by_margin): votes, against. */
static int strongest_paths(lua_State *L) {
  size_t n = check_size(L, 1, URNA_CANDIDATES_MAX);
  const urna_count *over = check_matrix(L, 2, n);
  urna_count *votes = new_counts(L, n * n), *against = new_counts(L, n * n);
  urna_status status =
      urna_pairwise_paths(n, over, lua_toboolean(L, 3), votes, against);
  if (status != URNA_OK) return urna_fail(L, status, NULL);
  push_counts(L, votes, n * n);
  push_counts(L, against, n * n);
  return 2;
}

/* ---- optimal orders ---- */

#define KEMENY "urna.kemeny"

static const urna_kemeny *check_kemeny(lua_State *L) {
  const urna_kemeny *self = luaL_checkudata(L, 1, KEMENY);
  if (!self->best) luaL_error(L, "the orders are closed");
  return self;
}

static int close_kemeny(lua_State *L) {
  urna_kemeny_free(luaL_checkudata(L, 1, KEMENY));
  return 0;
}

/* kemeny(n, over): the optimal orders, as an object. */
static int kemeny(lua_State *L) {
  size_t n = check_size(L, 1, URNA_KEMENY_MOST);
  const urna_count *over = check_matrix(L, 2, n);
  urna_kemeny *self = lua_newuserdata(L, sizeof *self);
  *self = (urna_kemeny){.n = 0};
  urna_set_class(L, KEMENY);
  urna_status status = urna_kemeny_init(self, n, over);
  if (status != URNA_OK) return urna_fail(L, status, NULL);
  return 1;
}

static int score(lua_State *L) {
  char digits[URNA_COUNT_DIGITS];
  urna_count_write(urna_kemeny_score(check_kemeny(L)), digits);
  urna_push_digits(L, digits);
  return 1;
}

/* The places of a set in rising order. */
static void push_set(lua_State *L, uint32_t set) {
  lua_newtable(L);
  for (int i = 0, n = 0; set >> i; i++) {
    if (!(set >> i & 1)) continue;
    lua_pushinteger(L, i + 1);
    lua_rawseti(L, -2, ++n);
  }
}

/* kemeny:tops(seats): the places in some top, the places in all. */
static int tops(lua_State *L) {
  const urna_kemeny *self = check_kemeny(L);
  urna_count seats = urna_check_count(L, 2, "seats");
  uint32_t some, all;
  if ((uint64_t)seats > self->n) return luaL_error(L, "too many seats");
  urna_kemeny_tops(self, (size_t)seats, &some, &all);
  push_set(L, some);
  push_set(L, all);
  return 2;
}

/* kemeny:is_top(places). */
static int is_top(lua_State *L) {
  const urna_kemeny *self = check_kemeny(L);
  uint32_t set = 0;
  luaL_checktype(L, 2, LUA_TTABLE);
  for (size_t i = 1; i <= urna_length(L, 2); i++) {
    urna_count place = urna_check_element(L, 2, i, "places");
    if (place < 1 || (uint64_t)place > self->n)
      return luaL_error(L, "there is no place %d", (int)place);
    set |= UINT32_C(1) << (place - 1);
  }
  lua_pushboolean(L, urna_kemeny_is_top(self, set));
  return 1;
}

/* kemeny:orders(most): arrays of places. */
static int orders(lua_State *L) {
  const urna_kemeny *self = check_kemeny(L);
  urna_count most = urna_check_count(L, 2, "most");
  if (most > 1000) return luaL_error(L, "at most 1000 orders");
  size_t n = self->n;
  unsigned char *found = lua_newuserdata(L, n * (size_t)most + 1);
  size_t count = urna_kemeny_orders(self, (size_t)most, found);
  urna_push_array(L, count);
  for (size_t i = 0; i < count; i++) {
    urna_push_array(L, n);
    for (size_t k = 0; k < n; k++) {
      lua_pushinteger(L, found[i * n + k] + 1);
      lua_rawseti(L, -2, (int)k + 1);
    }
    lua_rawseti(L, -2, (int)i + 1);
  }
  return 1;
}

/* ---- positions ---- */

static int close_positions(lua_State *L) {
  urna_positions_free(luaL_checkudata(L, 1, POSITIONS));
  return 0;
}

static void push_span(lua_State *L, const urna_span *span, size_t n) {
  lua_createtable(L, 0, 3);
  urna_set_size(L, "first", span->first + 1);
  urna_set_size(L, "size", span->size);
  set_counts(L, "papers", span->papers, n);
}

/* positions(ballots, candidates): { alone, ranks, named, naming, spans }. */
static int positions(lua_State *L) {
  const urna_ballots *ballots = urna_check_ballots(L, 1);
  size_t n;
  const uint32_t *places = check_places(L, ballots, &n);
  urna_positions *found = lua_newuserdata(L, sizeof *found);
  *found = (urna_positions){.n = 0};
  urna_set_class(L, POSITIONS); /* frees it wherever a call jumps to */
  urna_status status = urna_positions_init(found, n, ballots, places);
  if (status != URNA_OK) return urna_fail(L, status, NULL);
  lua_createtable(L, 0, 5);
  set_counts(L, "alone", found->alone, n * n);
  set_counts(L, "ranks", found->ranks, n * n);
  set_counts(L, "named", found->named + n, n * n);
  set_counts(L, "naming", found->naming + 1, n);
  urna_push_array(L, found->span_count);
  for (size_t i = 0; i < found->span_count; i++) {
    push_span(L, &found->spans[i], n);
    lua_rawseti(L, -2, (int)i + 1);
  }
  lua_setfield(L, -2, "spans");
  urna_positions_free(found);
  return 1;
}

static const luaL_Reg position_methods[] = {{"close", close_positions},
                                            {NULL, NULL}};

static const luaL_Reg kemeny_methods[] = {
    {"close", close_kemeny}, {"is_top", is_top}, {"orders", orders},
    {"score", score},        {"tops", tops},     {NULL, NULL}};

static const luaL_Reg functions[] = {{"kemeny", kemeny},
                                     {"pairwise", pairwise},
                                     {"positions", positions},
                                     {"strongest_paths", strongest_paths},
                                     {NULL, NULL}};

void urna_open_pairwise(lua_State *L) {
  urna_make_class(L, POSITIONS, position_methods, NULL, NULL);
  urna_make_class(L, KEMENY, kemeny_methods, NULL, NULL);
  urna_register(L, functions);
}
