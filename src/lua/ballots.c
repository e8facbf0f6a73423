/* see ballots.h */
#include "lua/ballots.h"

#include <string.h>

#include "core/count.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"
#include "lua/seed.h"

#define CLASS "urna.ballots"

static const char *const KINDS[] = {"standing", "write_in", "withdrawn", NULL};

typedef struct box {
  urna_ballots ballots;
  bool is_open;
} box;

urna_ballots *urna_check_ballots(lua_State *L, int index) {
  box *self = luaL_checkudata(L, index, CLASS);
  if (!self->is_open) luaL_error(L, "the ballots are closed");
  return &self->ballots;
}

urna_ballots *urna_push_ballots(lua_State *L) {
  box *self = lua_newuserdata(L, sizeof *self);
  memset(self, 0, sizeof *self);
  urna_set_class(L, CLASS);
  urna_ballots_init(&self->ballots, (uint64_t)urna_draw_seed());
  self->ballots.most = URNA_COUNT_MAX;
  self->is_open = true;
  return &self->ballots;
}

static int close_ballots(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  urna_ballots_free(&self->ballots);
  self->is_open = false;
  return 0;
}

static int to_string(lua_State *L) {
  const box *self = luaL_checkudata(L, 1, CLASS);
  lua_pushstring(L, self->is_open ? "urna.ballots" : "urna.ballots (closed)");
  return 1;
}

int urna_fail_ballots(lua_State *L, urna_status status) {
  urna_error error = {.code = NULL};
  urna_error_set(&error, "too_many_ballots",
                 "there are more than 65520 candidates, 4294967295 marks or "
                 "9007199254740991 papers");
  return urna_fail(L, status, &error);
}

/* ---- what they hold ---- */

static void push_count(lua_State *L, urna_count count) {
  char digits[URNA_COUNT_DIGITS];
  urna_count_write(count, digits);
  urna_push_digits(L, digits);
}

static int count(lua_State *L) {
  urna_push_integer(L, urna_check_ballots(L, 1)->count);
  return 1;
}

static int papers(lua_State *L) {
  push_count(L, urna_check_ballots(L, 1)->papers);
  return 1;
}

static int candidates(lua_State *L) {
  const urna_ballots *ballots = urna_check_ballots(L, 1);
  const urna_names *names = &ballots->candidates;
  urna_push_array(L, names->name_count);
  for (uint32_t i = 0; i < names->name_count; i++) {
    const urna_name *name = &names->names[i];
    lua_createtable(L, 0, 2);
    lua_pushlstring(L, (const char *)names->text + name->offset, name->length);
    lua_setfield(L, -2, "name");
    urna_set_string(L, "kind", KINDS[ballots->kinds[i]]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  return 1;
}

/* The number, from 0, of the ballot at argument 2. */
static size_t check_number(lua_State *L, const urna_ballots *ballots) {
  urna_count number = urna_check_count(L, 2, "the number of a ballot");
  if (number < 1 || (uint64_t)number > ballots->count)
    luaL_error(L, "there is no ballot %d", (int)number);
  return (size_t)number - 1;
}

/* What stands at one rank; returns the marks behind it. */
static const uint16_t *push_rank(lua_State *L, const uint16_t *mark) {
  int n = 0;
  if (*mark == URNA_MARK_SKIP) {
    lua_pushboolean(L, 0);
  } else if (*mark == URNA_MARK_OVERVOTE) {
    lua_newtable(L);
  } else if (*mark != URNA_MARK_OPEN) {
    lua_pushinteger(L, *mark + 1);
  } else {
    lua_newtable(L);
    while (*++mark != URNA_MARK_CLOSE) {
      lua_pushinteger(L, *mark + 1);
      lua_rawseti(L, -2, ++n);
    }
  }
  return mark + 1;
}

static int preferences(lua_State *L) {
  const urna_ballots *ballots = urna_check_ballots(L, 1);
  size_t i = check_number(L, ballots);
  const uint16_t *mark = ballots->marks + ballots->starts[i];
  lua_newtable(L);
  for (int n = 1; *mark != URNA_MARK_END; n++) {
    mark = push_rank(L, mark);
    lua_rawseti(L, -2, n);
  }
  return 1;
}

static int weight(lua_State *L) {
  const urna_ballots *ballots = urna_check_ballots(L, 1);
  push_count(L, urna_ballots_weight(ballots, check_number(L, ballots)));
  return 1;
}

static void set_count(lua_State *L, const char *name, urna_count value) {
  push_count(L, value);
  lua_setfield(L, -2, name);
}

/* Counts by candidate as the field 'name' of the table on the top. */
static void set_counts(lua_State *L, const char *name, const urna_count *counts,
                       size_t n) {
  urna_push_array(L, n);
  for (size_t i = 0; i < n; i++) {
    push_count(L, counts[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  lua_setfield(L, -2, name);
}

/* ballots:firsts(): { of, ballots, skipped, overvoted, empty }. */
static int firsts(lua_State *L) {
  const urna_ballots *ballots = urna_check_ballots(L, 1);
  size_t names = ballots->candidates.name_count;
  urna_firsts found = {.of = NULL};
  found.of = lua_newuserdata(L, (names + 1) * sizeof *found.of);
  found.ballots = lua_newuserdata(L, (names + 1) * sizeof *found.ballots);
  urna_ballots_firsts(ballots, &found);
  lua_createtable(L, 0, 5);
  set_count(L, "skipped", found.skipped);
  set_count(L, "overvoted", found.overvoted);
  set_count(L, "empty", found.empty);
  set_counts(L, "of", found.of, names);
  set_counts(L, "ballots", found.ballots, names);
  return 1;
}

/* ---- what is put into them ---- */

/* ballots:candidate(name, kind): its number, a new one if need be. */
static int candidate(lua_State *L) {
  urna_ballots *ballots = urna_check_ballots(L, 1);
  size_t length;
  luaL_checktype(L, 2, LUA_TSTRING);
  const char *name = lua_tolstring(L, 2, &length);
  if (length == 0) return luaL_error(L, "a candidate has a name");
  int kind = lua_isnoneornil(L, 3) ? -1 : luaL_checkoption(L, 3, NULL, KINDS);
  uint32_t number;
  urna_status status = urna_ballots_candidate(ballots, name, length, &number);
  if (status != URNA_OK) return urna_fail_ballots(L, status);
  if (kind >= 0)
    urna_ballots_set_kind(ballots, number, (urna_candidate_kind)kind);
  lua_pushinteger(L, (lua_Integer)number + 1);
  return 1;
}

/* The candidate at 'index' of the stack, by its number; from 0. */
static uint16_t check_candidate(lua_State *L, const urna_ballots *ballots,
                                int index) {
  urna_count number = urna_check_count(L, index, "a candidate's number");
  if (number < 1 || number > ballots->candidates.name_count)
    luaL_error(L, "there is no candidate %d", (int)number);
  return (uint16_t)(number - 1);
}

/* Several candidates at one rank, the table on the top of the stack. */
static size_t read_group(lua_State *L, const urna_ballots *ballots,
                         uint16_t *marks) {
  size_t n = urna_length(L, -1);
  for (size_t i = 1; i <= n; i++) {
    lua_rawgeti(L, -1, (int)i);
    marks[i] = check_candidate(L, ballots, -1);
    lua_pop(L, 1);
  }
  if (n < 2) {
    marks[0] = n == 1 ? marks[1] : URNA_MARK_OVERVOTE;
    return 1;
  }
  marks[0] = URNA_MARK_OPEN;
  marks[n + 1] = URNA_MARK_CLOSE;
  return n + 2;
}

/* How many marks the ranks at 'index' take at most. */
static size_t count_marks(lua_State *L, int index) {
  size_t ranks = urna_length(L, index), most = 1;
  for (size_t i = 1; i <= ranks; i++) {
    lua_rawgeti(L, index, (int)i);
    most += lua_istable(L, -1) ? urna_length(L, -1) + 2 : 1;
    lua_pop(L, 1);
  }
  return most;
}

/* ballots:add(weight, ranks): each rank a candidate's number, several in a
** table, which is empty where they are not named, or false if it is skipped. */
static int add(lua_State *L) {
  urna_ballots *ballots = urna_check_ballots(L, 1);
  urna_count papers_of = urna_check_count(L, 2, "the weight of a ballot");
  if (papers_of < 1) return luaL_error(L, "a ballot's weight is at least 1");
  luaL_checktype(L, 3, LUA_TTABLE);
  size_t ranks = urna_length(L, 3), n = 0;
  uint16_t *marks = lua_newuserdata(L, count_marks(L, 3) * sizeof *marks);
  for (size_t i = 1; i <= ranks; i++) {
    lua_rawgeti(L, 3, (int)i);
    if (lua_istable(L, -1))
      n += read_group(L, ballots, marks + n);
    else if (lua_isboolean(L, -1) && !lua_toboolean(L, -1))
      marks[n++] = URNA_MARK_SKIP;
    else
      marks[n++] = check_candidate(L, ballots, -1);
    lua_pop(L, 1);
  }
  while (n > 0 && marks[n - 1] == URNA_MARK_SKIP) n--;
  urna_status status = urna_ballots_add(ballots, marks, n, papers_of);
  if (status != URNA_OK) return urna_fail_ballots(L, status);
  lua_pushboolean(L, 1);
  return 1;
}

/* ballots:append(other). */
static int append(lua_State *L) {
  urna_ballots *ballots = urna_check_ballots(L, 1);
  const urna_ballots *other = urna_check_ballots(L, 2);
  if (ballots == other) return luaL_error(L, "these are the same ballots");
  urna_status status = urna_ballots_append(ballots, other);
  if (status != URNA_OK) return urna_fail_ballots(L, status);
  lua_pushboolean(L, 1);
  return 1;
}

/* ballots(): empty ones. */
static int new_ballots(lua_State *L) {
  urna_push_ballots(L);
  return 1;
}

static const luaL_Reg methods[] = {{"add", add},
                                   {"append", append},
                                   {"candidate", candidate},
                                   {"candidates", candidates},
                                   {"close", close_ballots},
                                   {"count", count},
                                   {"firsts", firsts},
                                   {"papers", papers},
                                   {"preferences", preferences},
                                   {"weight", weight},
                                   {NULL, NULL}};

static const luaL_Reg functions[] = {{"ballots", new_ballots}, {NULL, NULL}};

void urna_open_ballots(lua_State *L) {
  urna_make_class(L, CLASS, methods, to_string, count);
  urna_register(L, functions);
}
