/* see teller.h */
#include "lua/teller.h"

#include "lua/lcompat.h"

urna_teller urna_make_teller(lua_State *L, int index, const urna_tape *tape) {
  urna_teller self = {.L = L, .tape = tape};
  lua_getfield(L, index, "progress");
  if (lua_isnil(L, -1)) return self;
  luaL_checktype(L, -1, LUA_TFUNCTION);
  self.function = lua_gettop(L);
  return self;
}

bool urna_teller_tell(void *teller, size_t done) {
  urna_teller *self = teller;
  lua_State *L = self->L;
  if (!self->function) return true;
  lua_pushvalue(L, self->function);
  urna_push_integer(L, done);
  if (self->tape->is_seekable)
    urna_push_integer(L, self->tape->size);
  else
    lua_pushnil(L);
  self->has_raised = lua_pcall(L, 2, 1, 0) != 0;
  if (self->has_raised) return false;
  bool goes_on = lua_type(L, -1) != LUA_TBOOLEAN || lua_toboolean(L, -1);
  lua_pop(L, 1);
  return goes_on;
}
