/* margin.c - binds core/margin.h. */
#include "core/margin.h"

#include <limits.h>
#include <string.h>

#include "lua/convert.h"
#include "lua/check.h"
#include "lua/openers.h"

/* A question, with all it points to in scratch userdata left on the stack. */
typedef struct call {
  urna_margin q;
  urna_mover *lists;
  urna_aim *aims;
  unsigned char *members;
  urna_count *after;
} call;

static int32_t small(lua_State *L, urna_count value, const char *what) {
  if (value > INT32_MAX) luaL_error(L, "%s is beyond 2^31 - 1", what);
  return (int32_t)value;
}

static int option(lua_State *L, const char *name, const char *const *names) {
  lua_getfield(L, 1, name);
  int found = luaL_checkoption(L, -1, names[0], names);
  lua_pop(L, 1);
  return found;
}

static bool flag(lua_State *L, const char *name) {
  lua_getfield(L, 1, name);
  bool is_set = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return is_set;
}

/* Set one thing of every list from the array 'name' of the table at 1, which
** may lack. */
static void read_array(lua_State *L, const call *c, const char *name,
                       void (*set)(lua_State *, urna_mover *, urna_count)) {
  lua_getfield(L, 1, name);
  int at = lua_gettop(L);
  if (!lua_isnil(L, at)) {
    luaL_checktype(L, at, LUA_TTABLE);
    for (size_t i = 0; i < c->q.n; i++)
      set(L, &c->lists[i], urna_check_element(L, at, i + 1, name));
  }
  lua_pop(L, 1);
}

static void set_votes(lua_State *L, urna_mover *m, urna_count value) {
  (void)L;
  m->votes = value;
}

static void set_share_num(lua_State *L, urna_mover *m, urna_count value) {
  (void)L;
  m->share.num = value;
}

static void set_share_den(lua_State *L, urna_mover *m, urna_count value) {
  (void)L;
  m->share.den = value;
}

/* A weight of 0 says that the list takes no part. */
static urna_standing standing_of(urna_count weight) {
  return (urna_standing){weight > 0, weight > 0 ? weight : 1};
}

static void set_below(lua_State *L, urna_mover *m, urna_count value) {
  (void)L;
  m->below = standing_of(value);
}

static void set_alone(lua_State *L, urna_mover *m, urna_count value) {
  (void)L;
  m->alone = standing_of(value);
}

static void set_above(lua_State *L, urna_mover *m, urna_count value) {
  (void)L;
  m->above = standing_of(value);
}

static void set_most(lua_State *L, urna_mover *m, urna_count value) {
  m->most = small(L, value, "most");
}

static void set_held(lua_State *L, urna_mover *m, urna_count value) {
  m->held = small(L, value, "held");
}

static void read_lists(lua_State *L, call *c) {
  for (size_t i = 0; i < c->q.n; i++)
    c->lists[i] = (urna_mover){.share = {0, 1},
                               .below = {true, 1},
                               .above = {true, 1},
                               .alone = {true, 1},
                               .most = INT32_MAX};
  read_array(L, c, "votes", set_votes);
  read_array(L, c, "share_num", set_share_num);
  read_array(L, c, "share_den", set_share_den);
  read_array(L, c, "below", set_below);
  read_array(L, c, "above", set_above);
  read_array(L, c, "alone", set_alone);
  read_array(L, c, "most", set_most);
  read_array(L, c, "held", set_held);
}

/* The array of numbers of lists at 'at' as marks. */
static void read_members(lua_State *L, int at, size_t n,
                         unsigned char *members) {
  luaL_checktype(L, at, LUA_TTABLE);
  memset(members, 0, n);
  for (size_t i = 1; i <= urna_length(L, at); i++) {
    urna_count number = urna_check_element(L, at, i, "members");
    if (number < 1 || (size_t)number > n)
      luaL_error(L, "members[%d] is no number of a list", (int)i);
    members[number - 1] = 1;
  }
}

static void read_aim(lua_State *L, const call *c, size_t i) {
  unsigned char *members = c->members + i * c->q.n;
  int at = lua_gettop(L);
  luaL_checktype(L, at, LUA_TTABLE);
  lua_getfield(L, at, "members");
  read_members(L, at + 1, c->q.n, members);
  lua_getfield(L, at, "at_most");
  c->aims[i] = (urna_aim){
      .members = members,
      .seats = small(L, urna_check_field(L, at, "seats", 0), "seats"),
      .at_most = lua_toboolean(L, -1)};
  lua_pop(L, 2);
}

static size_t length_of(lua_State *L, const char *name) {
  lua_getfield(L, 1, name);
  luaL_checktype(L, -1, LUA_TTABLE);
  size_t length = urna_length(L, -1);
  lua_pop(L, 1);
  return length;
}

static void make_room(lua_State *L, call *c) {
  size_t n = c->q.n, aims = c->q.aim_count;
  if (n > INT_MAX / 1024 || aims > INT_MAX / 1024 / (n + 1))
    luaL_error(L, "there are too many lists");
  c->lists = lua_newuserdata(L, (n + 1) * sizeof *c->lists);
  c->aims = lua_newuserdata(L, (aims + 1) * sizeof *c->aims);
  c->members = lua_newuserdata(L, aims * n + 1);
  c->after = lua_newuserdata(L, (n + 1) * sizeof *c->after);
  c->q.lists = c->lists;
  c->q.aims = c->aims;
}

static void read_aims(lua_State *L, const call *c) {
  lua_getfield(L, 1, "aims");
  int at = lua_gettop(L);
  for (size_t i = 0; i < c->q.aim_count; i++) {
    lua_rawgeti(L, at, (int)i + 1);
    read_aim(L, c, i);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static const char *const ways[] = {"switched", "added", "removed", NULL};
static const char *const roundings[] = {"exact", "ceiling", "beyond", NULL};

/* Leaves scratch and the sequence on the stack. */
static call check_call(lua_State *L) {
  call c = {.q = {.most = URNA_COUNT_MAX}};
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_getfield(L, 1, "sequence"); /* begins with the urna_sequence */
  if (!lua_isnil(L, 2)) c.q.d = luaL_checkudata(L, 2, "urna.sequence");
  c.q.quota_more = small(L, urna_check_field(L, 1, "more", 0), "more");
  c.q.quota_rounding = (urna_rounding_up)option(L, "rounding", roundings);
  c.q.more_votes = flag(L, "more_votes");
  c.q.seats = small(L, urna_check_field(L, 1, "seats", 0), "seats");
  c.q.way = (urna_margin_way)option(L, "way", ways);
  c.q.base = urna_check_field(L, 1, "base", 0);
  c.q.base_moves = flag(L, "base_moves");
  c.q.all_if_none = flag(L, "all_if_none");
  c.q.n = length_of(L, "votes");
  c.q.aim_count = length_of(L, "aims");
  make_room(L, &c);
  read_lists(L, &c);
  read_aims(L, &c);
  return c;
}

/* Sets answer->votes to -1 and returns false where the search is given up. */
static bool find(lua_State *L, const call *c, void *scratch,
                 urna_margin_answer *answer) {
  urna_status status = urna_margin_find(&c->q, scratch, answer);
  if (status == URNA_BAD_INPUT)
    luaL_error(L, "votes, a weight, a share, the base or the seats of an aim "
                  "are out of bounds");
  if (status == URNA_OVERFLOW) answer->votes = -1;
  return status == URNA_OK;
}

static void push_counts(lua_State *L, const urna_count *counts, size_t n) {
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    urna_push_integer(L, counts[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

static void push_number(lua_State *L, urna_count value) {
  if (value < 0)
    lua_pushnil(L);
  else
    urna_push_integer(L, value);
}

/*
** margin{ ... }, see core.meta.lua: the fewest ballots or nil, the number of
** the aim, votes by list after a way to do it, the fewest with which a tie
** makes it possible or nil, choices looked at; and where the search was given
** up, below which number none do it.
*/
static int margin(lua_State *L) {
  call c = check_call(L);
  size_t size = urna_margin_scratch(&c.q);
  if (size == 0) return luaL_error(L, "there are too many lists and seats");
  void *scratch = lua_newuserdata(L, size);
  urna_margin_answer answer = {.after = c.after};
  bool is_settled = find(L, &c, scratch, &answer);
  urna_count votes = answer.votes, excluded = answer.excluded;
  int64_t looks = answer.looks;
  push_number(L, votes);
  push_number(L, votes < 0 ? -1 : (urna_count)answer.aim + 1);
  if (votes < 0)
    lua_pushnil(L);
  else
    push_counts(L, c.after, c.q.n);
  if (votes > 0) c.q.most = votes - 1;
  c.q.possible = true;
  answer.votes = -1;
  if (votes != 0 && (!find(L, &c, scratch, &answer) && is_settled)) {
    is_settled = false;
    excluded = answer.excluded;
  }
  push_number(L, answer.votes);
  urna_push_integer(L, looks + answer.looks);
  push_number(L, is_settled ? -1 : excluded);
  return 6;
}

static const luaL_Reg functions[] = {{"margin", margin}, {NULL, NULL}};

void urna_open_margin(lua_State *L) {
  urna_register(L, functions);
}
