/*
** openers.h - each file of the binding sets its functions into the module
** table on the top of the stack; core.c calls them all.
*/
#ifndef URNA_LUA_OPENERS_H
#define URNA_LUA_OPENERS_H

#include <lua.h>

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#endif

void urna_open_ratio(lua_State *L);
void urna_open_divisor(lua_State *L);
void urna_open_source(lua_State *L);
void urna_open_table(lua_State *L);
void urna_open_json(lua_State *L);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
