/* see check.h */
#include "lua/check.h"

#include <stdlib.h>
#include <string.h>

#if LUA_VERSION_NUM == 501
#define lua_rawlen lua_objlen
#endif

static int is_count(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TNUMBER) return 0;
  lua_Number x = lua_tonumber(L, index);
  return x >= 0 && x <= (lua_Number)URNA_COUNT_MAX
         && x == (lua_Number)(urna_count)x;
}

urna_count urna_check_count(lua_State *L, int index, const char *what) {
  if (!is_count(L, index))
    luaL_error(L, "%s must be a whole number from 0 to 2^53 - 1, got %s", what,
               lua_isnumber(L, index) ? lua_tostring(L, index)
                                      : luaL_typename(L, index));
  return (urna_count)lua_tonumber(L, index);
}

urna_count urna_check_field(lua_State *L, int index, const char *name,
                            urna_count otherwise) {
  lua_getfield(L, index, name);
  urna_count value =
      lua_isnil(L, -1) ? otherwise : urna_check_count(L, -1, name);
  lua_pop(L, 1);
  return value;
}

urna_count urna_check_element(lua_State *L, int index, size_t i,
                              const char *name) {
  lua_rawgeti(L, index, (int)i);
  if (!is_count(L, -1))
    luaL_error(L, "%s[%d] must be a whole number from 0 to 2^53 - 1, got %s",
               name, (int)i,
               lua_isnumber(L, -1) ? lua_tostring(L, -1)
                                   : luaL_typename(L, -1));
  urna_count value = (urna_count)lua_tonumber(L, -1);
  lua_pop(L, 1);
  return value;
}

void urna_push_digits(lua_State *L, const char *digits) {
  size_t length = strlen(digits);
  int exact =
      length < 16 || (length == 16 && strcmp(digits, "9007199254740991") <= 0);
  if (!exact)
    lua_pushstring(L, digits);
  else
    lua_pushinteger(L, (lua_Integer)strtoll(digits, NULL, 10));
}

size_t urna_length(lua_State *L, int index) {
  return lua_rawlen(L, index);
}

void urna_register(lua_State *L, const luaL_Reg *functions) {
  for (; functions->name; functions++) {
    lua_pushcfunction(L, functions->func);
    lua_setfield(L, -2, functions->name);
  }
}
