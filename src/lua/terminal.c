#include "io/terminal.h"

#include "io/clock.h"
#include "lua/check.h"
#include "lua/openers.h"

/* is_terminal(descriptor): whether a person reads or types there. */
static int is_terminal(lua_State *L) {
  urna_count descriptor = urna_check_count(L, 1, "a descriptor");
  lua_pushboolean(L, descriptor <= 2 && urna_terminal_is((int)descriptor));
  return 1;
}

/* terminal_width(descriptor): its columns; nil where nobody can tell. */
static int terminal_width(lua_State *L) {
  urna_count descriptor = urna_check_count(L, 1, "a descriptor");
  int columns = descriptor <= 2 ? urna_terminal_columns((int)descriptor) : 0;
  if (columns <= 0) return 0;
  lua_pushinteger(L, columns);
  return 1;
}

/* seconds(): from some moment in the past, never going back. */
static int seconds(lua_State *L) {
  lua_pushnumber(L, urna_clock_seconds());
  return 1;
}

static const luaL_Reg functions[] = {{"is_terminal", is_terminal},
                                     {"terminal_width", terminal_width},
                                     {"seconds", seconds},
                                     {NULL, NULL}};

void urna_open_terminal(lua_State *L) {
  urna_register(L, functions);
}
