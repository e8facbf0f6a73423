/*
** check.h - numbers across the border: taken only if they are exact, given
** only if they stay exact on every Lua.
*/
#ifndef URNA_LUA_CHECK_H
#define URNA_LUA_CHECK_H

#include <lauxlib.h>
#include <lua.h>

#include "core/status.h"

URNA_BEGIN

/* The value at 'index' as a count in 0 .. 2^53 - 1; raises, naming 'what'. */
urna_count urna_check_count(lua_State *L, int index, const char *what);

/* As above, of the field 'name' of the table at 'index'; 'otherwise' if the
** field is nil. */
urna_count urna_check_field(lua_State *L, int index, const char *name,
                            urna_count otherwise);

/* Element 'i' of the table at 'index', which is called 'name'; raises. */
urna_count urna_check_element(lua_State *L, int index, size_t i,
                              const char *name);

/* Push digits as a number up to 2^53 - 1, else as the string they are. */
void urna_push_digits(lua_State *L, const char *digits);

/* Set functions into the table on the top; luaL_setfuncs is missing in 5.1
** and luaL_register in 5.2. */
void urna_register(lua_State *L, const luaL_Reg *functions);

/* lua_rawlen and lua_objlen are one thing under two names. */
size_t urna_length(lua_State *L, int index);

URNA_FINISH

#endif
