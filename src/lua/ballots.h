/*
** ballots.h - the object of a store of ballots, for what fills it and what
** counts it.
*/
#ifndef URNA_LUA_BALLOTS_H
#define URNA_LUA_BALLOTS_H

#include <lua.h>

#include "core/ballots.h"

URNA_BEGIN

/* The open ballots at 'index'; raises. */
urna_ballots *urna_check_ballots(lua_State *L, int index);

/* New ballots on the stack, empty; they hold up to URNA_COUNT_MAX papers, so
** that every number of them is exact in Lua. */
urna_ballots *urna_push_ballots(lua_State *L);

/* As urna_fail, of ballots that cannot hold any more. */
int urna_fail_ballots(lua_State *L, urna_status status);

URNA_FINISH

#endif
