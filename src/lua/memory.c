/*
** memory.c - a limit to what a call may take, for code that a stranger wrote.
**
** An instruction hook cannot see one long string being made; the allocator
** sees every byte. It is the same for all coroutines of a state, so a limit
** holds for whatever runs until the call is over. A limit within a limit
** goes through both.
*/
#include "lua/check.h"
#include "lua/openers.h"

typedef struct limit {
  lua_Alloc allocate; /* the allocator that was there, with its 'owner' */
  void *owner;
  urna_count left;    /* bytes; may grow, for older memory may be freed */
} limit;

/* For memory that is new, Lua puts the kind of object where the old size
** would stand. Giving back never fails. */
static void *allocate_within(void *within, void *old, size_t old_size,
                             size_t size) {
  limit *own = within;
  urna_count had = old ? (urna_count)old_size : 0;
  urna_count more = (urna_count)size - had;
  void *found;
  if (more > 0 && more > own->left) return NULL;
  found = own->allocate(own->owner, old, old_size, size);
  if (found || size == 0) own->left -= more;
  return found;
}

/*
** within_memory(bytes, f, ...): call f as pcall does; Lua's "not enough
** memory" is raised inside rather than hold that many bytes more than before.
** Returns what pcall returns.
*/
static int within_memory(lua_State *L) {
  urna_count bytes = urna_check_count(L, 1, "a number of bytes");
  limit *own;
  int status;
  luaL_checktype(L, 2, LUA_TFUNCTION);
  own = lua_newuserdata(L, sizeof *own);
  lua_replace(L, 1); /* keeps it alive */
  own->allocate = lua_getallocf(L, &own->owner);
  own->left = bytes;
  lua_setallocf(L, allocate_within, own);
  status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0);
  lua_setallocf(L, own->allocate, own->owner);
  luaL_checkstack(L, 1, NULL);
  lua_pushboolean(L, status == 0);
  lua_insert(L, 2);
  return lua_gettop(L) - 1;
}

static const luaL_Reg functions[] = {{"within_memory", within_memory},
                                     {NULL, NULL}};

void urna_open_memory(lua_State *L) {
  urna_register(L, functions);
}
