/* continuing.c - binds core/continuing.h. */
#include "core/continuing.h"

#include <string.h>

#include "lua/ballots.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define CLASS "urna.continuing"

typedef struct box {
  urna_continuing continuing;
  int ballots_at; /* in the registry, so that they live as long */
} box;

/* Ballots that were added to since have moved. */
static urna_continuing *check(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  urna_continuing *c = &self->continuing;
  if (!c->ballots) luaL_error(L, "the count is closed");
  lua_rawgeti(L, LUA_REGISTRYINDEX, self->ballots_at);
  const urna_ballots *ballots = urna_check_ballots(L, -1);
  lua_pop(L, 1);
  if (ballots->count != c->count || ballots->candidates.name_count != c->names)
    luaL_error(L, "the ballots have changed");
  return c;
}

static int close_continuing(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  urna_continuing_free(&self->continuing);
  luaL_unref(L, LUA_REGISTRYINDEX, self->ballots_at);
  self->ballots_at = LUA_NOREF;
  return 0;
}

static uint32_t check_candidate(lua_State *L, size_t names) {
  urna_count number = urna_check_count(L, -1, "a candidate's number");
  if (number < 1 || (uint64_t)number > names)
    luaL_error(L, "there is no candidate %d", (int)number);
  return (uint32_t)(number - 1);
}

/* continuing(ballots, candidates): the numbers of those who stand. */
static int new_continuing(lua_State *L) {
  const urna_ballots *ballots = urna_check_ballots(L, 1);
  size_t names = ballots->candidates.name_count;
  luaL_checktype(L, 2, LUA_TTABLE);
  unsigned char *is_out = lua_newuserdata(L, names + 1);
  memset(is_out, 1, names + 1);
  for (size_t i = 1; i <= urna_length(L, 2); i++) {
    lua_rawgeti(L, 2, (int)i);
    is_out[check_candidate(L, names)] = 0;
    lua_pop(L, 1);
  }
  box *self = lua_newuserdata(L, sizeof *self);
  memset(self, 0, sizeof *self);
  self->ballots_at = LUA_NOREF;
  urna_set_class(L, CLASS);
  lua_pushvalue(L, 1);
  self->ballots_at = luaL_ref(L, LUA_REGISTRYINDEX);
  urna_status status = urna_continuing_init(&self->continuing, ballots, is_out);
  return status == URNA_OK ? 1 : urna_fail(L, status, NULL);
}

/* continuing:exclude(number). */
static int exclude(lua_State *L) {
  urna_continuing *c = check(L);
  lua_settop(L, 2);
  uint32_t candidate = check_candidate(L, c->names);
  if (c->is_out[candidate])
    return luaL_error(L, "candidate %d does not stand", (int)candidate + 1);
  urna_continuing_exclude(c, candidate);
  return 0;
}

static void push_counts(lua_State *L, const urna_count *counts, size_t n) {
  urna_push_array(L, n);
  for (size_t i = 0; i < n; i++) {
    urna_push_integer(L, counts[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* What candidates share: an array of { size, papers, all }. */
static void push_shared(lua_State *L, const urna_continuing *c) {
  urna_count *papers = lua_newuserdata(L, (c->names + 1) * sizeof *papers);
  size_t size = urna_continuing_next_size(c, 0);
  lua_newtable(L);
  for (int i = 1; size > 0; i++) {
    urna_count all = urna_continuing_shared(c, size, papers);
    lua_createtable(L, 0, 3);
    urna_set_size(L, "size", size);
    push_counts(L, papers, c->names);
    lua_setfield(L, -2, "papers");
    urna_push_integer(L, all);
    lua_setfield(L, -2, "all");
    lua_rawseti(L, -2, i);
    size = urna_continuing_next_size(c, size);
  }
  lua_remove(L, -2); /* the scratch */
}

/* continuing:tallies(): papers by candidate, what is shared, exhausted. */
static int tallies(lua_State *L) {
  const urna_continuing *c = check(L);
  push_counts(L, c->papers, c->names);
  push_shared(L, c);
  urna_push_integer(L, c->exhausted);
  return 3;
}

static const luaL_Reg methods[] = {{"close", close_continuing},
                                   {"exclude", exclude},
                                   {"tallies", tallies},
                                   {NULL, NULL}};

static const luaL_Reg functions[] = {{"continuing", new_continuing},
                                     {NULL, NULL}};

void urna_open_continuing(lua_State *L) {
  urna_make_class(L, CLASS, methods, NULL, NULL);
  urna_register(L, functions);
}
