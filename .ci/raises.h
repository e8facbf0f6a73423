/*
** raises.h - for clang-tidy alone: what Lua's headers do not say, that these
** functions never return.
*/
#include <lua.h>

#include <lauxlib.h>

#define RAISES __attribute__((noreturn))

int luaL_error(lua_State *L, const char *format, ...) RAISES;
int luaL_argerror(lua_State *L, int arg, const char *message) RAISES;
int lua_error(lua_State *L) RAISES;
