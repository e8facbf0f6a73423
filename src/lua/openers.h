/*
** openers.h - each file of the binding sets its functions into the module
** table on the top of the stack; core.c calls them all.
*/
#ifndef URNA_LUA_OPENERS_H
#define URNA_LUA_OPENERS_H

#include <lua.h>

#include "core/status.h"

URNA_BEGIN

void urna_open_ratio(lua_State *L);
void urna_open_divisor(lua_State *L);
void urna_open_biproportional(lua_State *L);
void urna_open_quota(lua_State *L);
void urna_open_source(lua_State *L);
void urna_open_table(lua_State *L);
void urna_open_json(lua_State *L);
void urna_open_terminal(lua_State *L);
void urna_open_tally(lua_State *L);
void urna_open_tallied(lua_State *L);
void urna_open_tape(lua_State *L);
void urna_open_ballots(lua_State *L);
void urna_open_ranked(lua_State *L);
void urna_open_records(lua_State *L);
void urna_open_orders(lua_State *L);
void urna_open_memory(lua_State *L);
void urna_open_formula(lua_State *L);
void urna_open_lookalike(lua_State *L);
void urna_open_pairwise(lua_State *L);
void urna_open_continuing(lua_State *L);
void urna_open_rational(lua_State *L);
void urna_open_margin(lua_State *L);
void urna_open_power(lua_State *L);
void urna_open_approvals(lua_State *L);
void urna_open_stv(lua_State *L);

URNA_FINISH

#endif
