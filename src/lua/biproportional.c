/* biproportional.c - binds core/upper.h and core/biproportional.h. */
#include "core/biproportional.h"

#include <stdlib.h>
#include <string.h>

#include "core/upper.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

/* What has to be released, whoever jumps away: see urna_make_class. */
#define SUMS  "urna.sums"
#define TABLE "urna.biproportional"

/* ---- from Lua ---- */

static int32_t seats_field(lua_State *L, const char *name,
                           urna_count otherwise) {
  urna_count value = urna_check_field(L, 1, name, otherwise);
  if (value > INT32_MAX) luaL_error(L, "%s is beyond 2^31 - 1", name);
  return (int32_t)value;
}

static urna_sequence check_sequence(lua_State *L) {
  urna_sequence d = urna_sequence_linear(seats_field(L, "first", 1),
                                         seats_field(L, "step", 2));
  if (d.first < 1 || d.first > 1000 || d.step < 1 || d.step > 1000)
    luaL_error(L, "a divisor sequence starts at 1 .. 1000 in steps of as many");
  return d;
}

/* The array 'name' of the table at 1, on the top of the stack. */
static size_t push_field(lua_State *L, const char *name) {
  lua_getfield(L, 1, name);
  if (lua_type(L, -1) != LUA_TTABLE) luaL_error(L, "%s must be a table", name);
  return urna_length(L, -1);
}

/* These leave scratch userdata on the stack. */
static int32_t *check_seats(lua_State *L, const char *name, size_t *n) {
  *n = push_field(L, name);
  int32_t *seats = lua_newuserdata(L, (*n + 1) * sizeof *seats);
  for (size_t i = 0; i < *n; i++) {
    urna_count value = urna_check_element(L, lua_gettop(L) - 1, i + 1, name);
    if (value > INT32_MAX) luaL_error(L, "%s are beyond 2^31 - 1", name);
    seats[i] = (int32_t)value;
  }
  lua_remove(L, -2);
  return seats;
}

static urna_count *check_votes(lua_State *L, size_t cells) {
  if (push_field(L, "votes") != cells)
    luaL_error(L, "votes must be %d counts", (int)cells);
  urna_count *votes = lua_newuserdata(L, (cells + 1) * sizeof *votes);
  for (size_t i = 0; i < cells; i++)
    votes[i] = urna_check_element(L, lua_gettop(L) - 1, i + 1, "votes");
  lua_remove(L, -2);
  return votes;
}

/* Numbers of cells, marked with 1; NULL for nil. */
static unsigned char *check_least(lua_State *L, size_t cells) {
  lua_getfield(L, 1, "least");
  if (lua_isnil(L, -1)) return NULL;
  size_t n = push_field(L, "least");
  unsigned char *least = lua_newuserdata(L, cells + 1);
  memset(least, 0, cells + 1);
  for (size_t i = 1; i <= n; i++) {
    urna_count cell = urna_check_element(L, lua_gettop(L) - 1, i, "least");
    if (cell < 1 || (uint64_t)cell > cells)
      luaL_error(L, "least[%d] is no cell", (int)i);
    least[cell - 1] = 1;
  }
  return least;
}

/* ---- to Lua ---- */

static void check_memory(lua_State *L, urna_status status) {
  if (status == URNA_NO_MEMORY) luaL_error(L, "not enough memory");
}

static void push_natural(lua_State *L, const urna_natural *n) {
  char few[64], *digits = few;
  size_t room = urna_natural_room(n);
  bool is_long = room > sizeof few;
  if (is_long) digits = lua_newuserdata(L, room);
  check_memory(L, urna_natural_digits(n, digits));
  urna_push_digits(L, digits);
  if (is_long) lua_remove(L, -2);
}

static void push_ratio(lua_State *L, const urna_rational *r) {
  lua_createtable(L, 2, 0);
  push_natural(L, &r->num);
  lua_rawseti(L, -2, 1);
  push_natural(L, &r->den);
  lua_rawseti(L, -2, 2);
}

static void push_row(lua_State *L, const int32_t *seats, size_t n) {
  urna_push_array(L, n);
  for (size_t i = 0; i < n; i++) {
    lua_pushinteger(L, seats[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* ---- upper apportionment ---- */

/* Numbers of any size: those of the lists, what they are over, and one more
** to work with. */
typedef struct sums {
  size_t n;
  urna_natural over, whole;
  urna_rational ratio;
  urna_natural totals[];
} sums;

static sums *push_sums(lua_State *L, size_t n) {
  sums *s = lua_newuserdata(L, sizeof *s + n * sizeof *s->totals);
  memset(s, 0, sizeof *s + n * sizeof *s->totals);
  s->n = n;
  urna_set_class(L, SUMS);
  return s;
}

static int free_sums(lua_State *L) {
  sums *s = luaL_checkudata(L, 1, SUMS);
  for (size_t i = 0; i < s->n; i++) urna_natural_free(&s->totals[i]);
  urna_natural_free(&s->over);
  urna_natural_free(&s->whole);
  urna_rational_free(&s->ratio);
  return 0;
}

static urna_weighing weighing_field(lua_State *L, const char *name) {
  static const char *const words[] = {"none", "exact", "rounded", NULL};
  lua_getfield(L, 1, name);
  urna_weighing found = (urna_weighing)luaL_checkoption(L, -1, "none", words);
  lua_pop(L, 1);
  return found;
}

/* The sums of an election whose table of votes is given; left on the stack
** with what they were made of. */
static sums *check_sums(lua_State *L, const char *weighing, size_t *lists) {
  size_t districts;
  luaL_checktype(L, 1, LUA_TTABLE);
  *lists = (size_t)urna_check_field(L, 1, "lists", 1);
  const int32_t *seats = check_seats(L, "districts", &districts);
  if (*lists > INT32_MAX || districts > INT32_MAX)
    luaL_error(L, "too many districts or lists");
  const urna_count *votes = check_votes(L, districts * *lists);
  sums *s = push_sums(L, *lists);
  check_memory(L, urna_upper_sum(districts, *lists, votes, seats,
                                 weighing_field(L, weighing), s->totals,
                                 &s->over));
  return s;
}

/* The totals as ratios, each { num, den } in lowest terms. */
static void push_totals(lua_State *L, sums *s) {
  urna_push_array(L, s->n);
  for (size_t i = 0; i < s->n; i++) {
    urna_natural num = {0}, den = {0};
    urna_status status = urna_natural_copy(&num, &s->totals[i]);
    if (status == URNA_OK) status = urna_natural_copy(&den, &s->over);
    if (status == URNA_OK)
      status = urna_rational_make(&s->ratio, &num, &den, false);
    urna_natural_free(&num);
    urna_natural_free(&den);
    check_memory(L, status);
    push_ratio(L, &s->ratio);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* upper_quorum{ votes, lists, districts, weighing, num, den }: which lists
** have at least this share of all. */
static int upper_quorum(lua_State *L) {
  size_t lists;
  sums *s = check_sums(L, "weighing", &lists);
  urna_ratio share = {urna_check_field(L, 1, "num", 0),
                      urna_check_field(L, 1, "den", 0)};
  if (share.den == 0) return luaL_error(L, "a share's denominator is 0");
  for (size_t i = 0; i < lists; i++)
    check_memory(L, urna_natural_add(&s->whole, &s->whole, &s->totals[i]));
  urna_push_array(L, lists);
  for (size_t i = 0; i < lists; i++) {
    bool reaches = false;
    check_memory(L,
                 urna_upper_reaches(&s->totals[i], &s->whole, share, &reaches));
    lua_pushboolean(L, reaches);
    lua_rawseti(L, -2, (int)i + 1);
  }
  return 1;
}

static void push_tied(lua_State *L, const unsigned char *tied, size_t n) {
  lua_newtable(L);
  for (size_t i = 0, count = 0; i < n; i++) {
    if (!tied[i]) continue;
    lua_pushinteger(L, (lua_Integer)(i + 1));
    lua_rawseti(L, -2, (int)++count);
  }
}

/*
** upper{ votes, lists, districts, weighing, passed, seats, first, step }: a
** table of the totals, the lists' seats, nil where no list that passed has
** votes, and with a tie what is certain, the tied lists and how many are left.
*/
static int upper(lua_State *L) {
  size_t lists;
  int32_t left;
  sums *s = check_sums(L, "weighing", &lists);
  urna_sequence d = check_sequence(L);
  int32_t seats = seats_field(L, "seats", 0);
  lua_createtable(L, 0, 4);
  int answer = lua_gettop(L);
  push_totals(L, s);
  lua_setfield(L, -2, "totals");
  push_field(L, "passed");
  for (size_t i = 0; i < lists; i++) {
    lua_rawgeti(L, -1, (int)i + 1);
    if (!lua_toboolean(L, -1)) urna_natural_free(&s->totals[i]);
    lua_pop(L, 1);
  }
  int32_t *held = lua_newuserdata(L, (lists + 1) * sizeof *held);
  unsigned char *tied = lua_newuserdata(L, lists + 1);
  memset(held, 0, (lists + 1) * sizeof *held);
  urna_status status =
      urna_upper_award(&d, lists, s->totals, seats, held, tied, &left);
  check_memory(L, status);
  lua_pushvalue(L, answer); /* above the scratch, which is still in use */
  if (status == URNA_BAD_INPUT) return 1;
  push_row(L, held, lists);
  lua_setfield(L, -2, "seats");
  if (status != URNA_TIE) return 1;
  push_tied(L, tied, lists);
  lua_setfield(L, -2, "tied");
  lua_pushinteger(L, left);
  lua_setfield(L, -2, "left");
  return 1;
}

/* ---- both ways ---- */

static int free_table(lua_State *L) {
  urna_biproportional_free(luaL_checkudata(L, 1, TABLE));
  return 0;
}

static urna_biproportional *push_table(lua_State *L) {
  urna_biproportional *b = lua_newuserdata(L, sizeof *b);
  memset(b, 0, sizeof *b);
  urna_set_class(L, TABLE);
  return b;
}

static urna_biproportional *check_table(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  urna_sequence d = check_sequence(L);
  size_t districts, lists;
  const int32_t *district_seats = check_seats(L, "districts", &districts);
  const int32_t *list_seats = check_seats(L, "lists", &lists);
  if (districts + lists > URNA_BIPROPORTIONAL_NODES)
    luaL_error(L, "%d districts and %d lists are more than %d together",
               (int)districts, (int)lists, URNA_BIPROPORTIONAL_NODES);
  const urna_count *votes = check_votes(L, districts * lists);
  const unsigned char *least = check_least(L, districts * lists);
  urna_biproportional *b = push_table(L);
  b->d = d;
  b->districts = districts;
  b->lists = lists;
  b->votes = votes;
  b->district_seats = district_seats;
  b->list_seats = list_seats;
  b->least = least;
  return b;
}

/* Seats by district, each an array by list: what all solutions share. */
static void push_certain(lua_State *L, const urna_biproportional *b) {
  urna_push_array(L, b->districts);
  for (size_t i = 0, cell = 0; i < b->districts; i++) {
    urna_push_array(L, b->lists);
    for (size_t j = 0; j < b->lists; j++, cell++) {
      lua_pushinteger(L, b->seats[cell] - (b->changes[cell] == URNA_DOWN));
      lua_rawseti(L, -2, (int)j + 1);
    }
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* Divisors of 'n' nodes from 'first', false for one without seats. */
static void push_divisors(lua_State *L, const urna_biproportional *b,
                          size_t first, size_t n) {
  urna_push_array(L, n);
  for (size_t i = 0; i < n; i++) {
    if (urna_natural_is_zero(&b->divisors[first + i].den))
      lua_pushboolean(L, 0);
    else
      push_ratio(L, &b->divisors[first + i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* Numbers of cells in the way they may change, URNA_UP, or all of them. */
static void push_cells(lua_State *L, const urna_biproportional *b, bool up) {
  lua_newtable(L);
  for (size_t cell = 0, count = 0; cell < b->districts * b->lists; cell++) {
    if (b->changes[cell] == 0 || (up && b->changes[cell] != URNA_DOWN))
      continue;
    urna_push_integer(L, cell + 1);
    lua_rawseti(L, -2, (int)++count);
  }
}

/* Every solution, up to 'most', as the cells that have the seat more; whether
** these are all of them. */
static bool push_solutions(lua_State *L, urna_biproportional *b,
                           urna_count most) {
  urna_status status = URNA_OK;
  urna_biproportional_first(b);
  lua_newtable(L);
  for (int count = 1; status == URNA_OK && count <= most; count++) {
    push_cells(L, b, true);
    lua_rawseti(L, -2, count);
    status = urna_biproportional_next(b);
  }
  return status == URNA_END;
}

static void push_cut(lua_State *L, const unsigned char *cut, size_t n,
                     const char *name) {
  push_tied(L, cut, n);
  lua_setfield(L, -2, name);
}

static int fail(lua_State *L, const urna_biproportional *b,
                urna_status status) {
  check_memory(L, status);
  if (status != URNA_BAD_INPUT)
    return luaL_error(L,
                      "the seats of the districts and those of the lists "
                      "have not one sum up to %d, or a sure seat is one "
                      "without votes",
                      URNA_BIPROPORTIONAL_SEATS);
  lua_pushnil(L);
  lua_createtable(L, 0, 2);
  push_cut(L, b->cut, b->districts, "districts");
  push_cut(L, b->cut + b->districts, b->lists, "lists");
  return 2;
}

/*
** biproportional{ votes, districts, lists, first, step, least, solutions }:
** a table of seats by district, district_divisors, list_divisors and, with a
** tie, the tied cells, solutions and whether they are complete. Without a
** solution nil and the cut.
*/
static int biproportional(lua_State *L) {
  urna_biproportional *b = check_table(L);
  urna_count most = urna_check_field(L, 1, "solutions", 1000);
  urna_status status = urna_biproportional_solve(b);
  if (status < 0) return fail(L, b, status);
  check_memory(L, urna_biproportional_divide(b));
  lua_createtable(L, 0, 6);
  push_certain(L, b);
  lua_setfield(L, -2, "seats");
  push_divisors(L, b, 0, b->districts);
  lua_setfield(L, -2, "district_divisors");
  push_divisors(L, b, b->districts, b->lists);
  lua_setfield(L, -2, "list_divisors");
  if (status == URNA_TIE) {
    push_cells(L, b, false);
    lua_setfield(L, -2, "tied");
    bool is_complete = push_solutions(L, b, most);
    lua_setfield(L, -2, "solutions");
    lua_pushboolean(L, is_complete);
    lua_setfield(L, -2, "is_complete");
  }
  urna_biproportional_free(b);
  return 1;
}

static const luaL_Reg functions[] = {{"upper", upper},
                                     {"upper_quorum", upper_quorum},
                                     {"biproportional", biproportional},
                                     {NULL, NULL}};

static const luaL_Reg sums_methods[] = {{"close", free_sums}, {NULL, NULL}};
static const luaL_Reg table_methods[] = {{"close", free_table}, {NULL, NULL}};

void urna_open_biproportional(lua_State *L) {
  urna_make_class(L, SUMS, sums_methods, NULL, NULL);
  urna_make_class(L, TABLE, table_methods, NULL, NULL);
  urna_register(L, functions);
}
