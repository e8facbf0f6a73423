/*
** teller.h - tells a function of Lua how far a reading is.
*/
#ifndef URNA_LUA_TELLER_H
#define URNA_LUA_TELLER_H

#include <lua.h>

#include "io/tape.h"

URNA_BEGIN

/* What the function raises stays on the top of the stack until all that the
** reading owns is released. */
typedef struct urna_teller {
  lua_State *L;
  const urna_tape *tape;
  int function; /* where it stands; 0: nobody is told */
  bool has_raised;
} urna_teller;

/* One for the field 'progress' of the options at 'index', which is left on the
** stack; may be nil. Raises. */
urna_teller urna_make_teller(lua_State *L, int index, const urna_tape *tape);

/* An urna_progress of a teller: its function is told of 'done' bytes, and of
** how many, where that is known. False: it gives up, or has raised. */
bool urna_teller_tell(void *teller, size_t done);

URNA_FINISH

#endif
