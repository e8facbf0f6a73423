/* lookalike.c - binds core/lookalike.h. */
#include "core/lookalike.h"

#include <stdint.h>
#include <string.h>

#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"
#include "lua/seed.h"

#define CLASS "urna.likenesses"

static int free_likenesses(lua_State *L) {
  urna_likenesses_free(luaL_checkudata(L, 1, CLASS));
  return 0;
}

/* The strings of the array at 1, which keeps them. */
static urna_text *check_names(lua_State *L, size_t n) {
  if (n > SIZE_MAX / sizeof(urna_text) - 1) luaL_error(L, "too many names");
  urna_text *names = lua_newuserdata(L, (n + 1) * sizeof *names);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 1, (int)i + 1);
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "names[%d] must be a string, not a %s", (int)i + 1,
                 luaL_typename(L, -1));
    names[i].start = lua_tolstring(L, -1, &names[i].length);
    lua_pop(L, 1);
  }
  return names;
}

static void push_group(lua_State *L, const urna_lookalikes *group) {
  urna_push_array(L, group->count);
  for (size_t i = 0; i < group->count; i++) {
    const urna_text *name = &group->names[i].name;
    lua_pushlstring(L, name->start, name->length);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* lookalikes(names): { { name, ... }, ... }. */
static int lookalikes(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  size_t n = urna_length(L, 1);
  const urna_text *names = check_names(L, n);
  urna_likenesses *found = lua_newuserdata(L, sizeof *found);
  memset(found, 0, sizeof *found);
  urna_set_class(L, CLASS);
  uint64_t seed = (uint64_t)urna_draw_seed();
  urna_status status = urna_lookalike_find(names, n, seed, found);
  if (status != URNA_OK) return urna_fail(L, status, NULL);
  urna_push_array(L, found->group_count);
  for (size_t i = 0; i < found->group_count; i++) {
    push_group(L, &found->groups[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  return 1;
}

static const luaL_Reg scratch[] = {{"close", free_likenesses}, {NULL, NULL}};

static const luaL_Reg functions[] = {{"lookalikes", lookalikes}, {NULL, NULL}};

void urna_open_lookalike(lua_State *L) {
  urna_make_class(L, CLASS, scratch, NULL, NULL);
  urna_register(L, functions);
}
