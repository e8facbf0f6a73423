/*
** formula.h - programs of lua/urna/expression.lua as formulas of
** core/formula.h.
*/
#ifndef URNA_LUA_FORMULA_H
#define URNA_LUA_FORMULA_H

#include <lua.h>

#include "core/formula.h"

URNA_BEGIN

/*
** The array at 'index' of programs as 'expression.program' gives them, for
** records of 'field_count' fields; field 1 of Lua is field 0 here. They are
** in userdata that is left on the stack, and point into it alone: they live
** as long as it does. Raises for a program that is none.
*/
urna_formula *urna_check_formulas(lua_State *L, int index, size_t field_count,
                                  size_t *count);

URNA_FINISH

#endif
