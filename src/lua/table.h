/*
** table.h - the columns of a table of Lua, for other files of the binding.
*/
#ifndef URNA_LUA_TABLE_H
#define URNA_LUA_TABLE_H

#include "core/rows.h"
#include "lua/lcompat.h"

URNA_BEGIN

/* The table at 'index', open; raises. It lives as long as it is there. */
const urna_table *urna_check_table(lua_State *L, int index);

/*
** The array of columns of that kind at 'index', called 'name'; the numbers
** are in scratch that is left on the stack. Raises.
*/
urna_columns urna_check_columns(lua_State *L, int index, const char *name,
                                const urna_table *table, urna_kind kind);

/* The selection at 'index', all rows for nil; may leave scratch. Raises. */
urna_rows urna_check_rows(lua_State *L, int index, const urna_table *table);

URNA_FINISH

#endif
