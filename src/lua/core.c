/* core.c - the module urna.core: every opener of the binding, in one table. */
#include <cjson/cJSON.h>

#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

URNA_EXPORT int luaopen_urna_core(lua_State *L);

int luaopen_urna_core(lua_State *L) {
  lua_newtable(L);
  urna_set_string(L, "abi", URNA_ABI);
  urna_set_string(L, "cjson", cJSON_Version());
  urna_open_source(L);
  urna_open_table(L);
  urna_open_json(L);
  urna_open_ratio(L);
  urna_open_divisor(L);
  urna_open_biproportional(L);
  urna_open_quota(L);
  urna_open_terminal(L);
  urna_open_tape(L);
  urna_open_tally(L);
  urna_open_tallied(L);
  urna_open_ballots(L);
  urna_open_ranked(L);
  urna_open_records(L);
  urna_open_orders(L);
  urna_open_memory(L);
  urna_open_formula(L);
  urna_open_lookalike(L);
  urna_open_pairwise(L);
  urna_open_continuing(L);
  urna_open_rational(L);
  urna_open_margin(L);
  urna_open_power(L);
  urna_open_approvals(L);
  urna_open_stv(L);
  return 1;
}
