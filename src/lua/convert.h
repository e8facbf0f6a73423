/*
** convert.h - what the reading files of the binding share: options, column
** and row numbers, errors as tables, objects with a life.
**
** Numbers are from 1 in Lua and from 0 in C.
*/
#ifndef URNA_LUA_CONVERT_H
#define URNA_LUA_CONVERT_H

#include "core/fault.h"
#include "lua/lcompat.h"

struct urna_source;

URNA_BEGIN

/* The table at 'index' may have these fields, ended by NULL, and no others;
** raises. */
void urna_check_options(lua_State *L, int index, const char *const *known);

/*
** The array at 'index', called 'name', as numbers from 0 to most - 1, in
** scratch userdata that it leaves on the stack. 'base' 0 takes the numbers
** of Lua as they are: 0 to most. Raises.
*/
size_t *urna_check_numbers(lua_State *L, int index, const char *name,
                           size_t most, size_t base, size_t *count);

/* The delimiter at 'index'; 0 for nil. Raises. */
char urna_check_delimiter(lua_State *L, int index);

/* The source at 'index', open; raises. */
struct urna_source *urna_check_source(lua_State *L, int index);

/* A new array with room for 'n' elements; raises where Lua cannot. */
void urna_push_array(lua_State *L, size_t n);

/* Set field 'name' of the table on the top. */
void urna_set_string(lua_State *L, const char *name, const char *value);
void urna_set_size(lua_State *L, const char *name, size_t value);

/* Push an error as a plain table; unknown parts are nil. */
void urna_push_error(lua_State *L, const urna_error *error);

/* The same for the fault of a row. */
void urna_push_fault(lua_State *L, const urna_fault *fault);

/* Push the array of kept faults, then the number of all: two values. */
void urna_push_faults(lua_State *L, const urna_faults *faults);

/*
** What follows a failed call: raises for memory and for a caller's mistake,
** else pushes nil and the error, and returns 2.
*/
int urna_fail(lua_State *L, urna_status status, const urna_error *error);

/* Create the metatable 'name' with these methods, of which "close" is also
** called when the object is collected. */
void urna_make_class(lua_State *L, const char *name, const luaL_Reg *methods,
                     lua_CFunction to_string, lua_CFunction length);

/* Give the userdata on the top its class. */
void urna_set_class(lua_State *L, const char *name);

URNA_FINISH

#endif
