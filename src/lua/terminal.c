/* terminal.c - binds io/terminal.h. */
#include "io/terminal.h"

#include "lua/check.h"
#include "lua/openers.h"

/* is_terminal(descriptor): whether a person reads or types there. */
static int is_terminal(lua_State *L) {
  urna_count descriptor = urna_check_count(L, 1, "a descriptor");
  lua_pushboolean(L, descriptor <= 2 && urna_terminal_is((int)descriptor));
  return 1;
}

static const luaL_Reg functions[] = {{"is_terminal", is_terminal},
                                     {NULL, NULL}};

void urna_open_terminal(lua_State *L) {
  urna_register(L, functions);
}
