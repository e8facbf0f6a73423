/*
** tape.h - the object of a tape, for what reads from one.
*/
#ifndef URNA_LUA_TAPE_H
#define URNA_LUA_TAPE_H

#include <lua.h>

#include "io/tape.h"

URNA_BEGIN

/* The open tape at 'index'; raises. */
urna_tape *urna_check_tape(lua_State *L, int index);

URNA_FINISH

#endif
