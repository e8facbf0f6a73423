/* See convert.h. */
#include "lua/convert.h"

#include <limits.h>
#include <string.h>

#include "lua/check.h"

void urna_check_options(lua_State *L, int index, const char *const *known) {
  luaL_checktype(L, index, LUA_TTABLE);
  lua_pushnil(L);
  while (lua_next(L, index)) {
    const char *const *name = known;
    if (lua_type(L, -2) != LUA_TSTRING)
      luaL_error(L, "an option has a name, not a %s", luaL_typename(L, -2));
    while (*name && strcmp(*name, lua_tostring(L, -2)) != 0) name++;
    if (!*name) luaL_error(L, "there is no option '%s'", lua_tostring(L, -2));
    lua_pop(L, 1);
  }
}

static size_t number_at(lua_State *L, int index, size_t i, const char *name,
                        size_t most, size_t base) {
  urna_count number = urna_check_element(L, index, i, name);
  if (number < (urna_count)base || (uint64_t)number > most)
    luaL_error(L, "%s[%d] must be a number from %d to %d", name, (int)i,
               (int)base, (int)most);
  return (size_t)number - base;
}

size_t *urna_check_numbers(lua_State *L, int index, const char *name,
                           size_t most, size_t base, size_t *count) {
  if (lua_type(L, index) != LUA_TTABLE)
    luaL_error(L, "%s must be an array of numbers, not a %s", name,
               luaL_typename(L, index));
  if (index < 0) index += lua_gettop(L) + 1;
  size_t n = urna_length(L, index);
  if (n > INT_MAX || n > SIZE_MAX / sizeof(size_t) - 1)
    luaL_error(L, "%s has too many elements", name);
  size_t *numbers = lua_newuserdata(L, (n + 1) * sizeof *numbers);
  for (size_t i = 0; i < n; i++)
    numbers[i] = number_at(L, index, i + 1, name, most, base);
  *count = n;
  return numbers;
}

char urna_check_delimiter(lua_State *L, int index) {
  size_t length;
  if (lua_isnoneornil(L, index)) return 0;
  const char *mark = lua_type(L, index) == LUA_TSTRING
                         ? lua_tolstring(L, index, &length)
                         : NULL;
  if (!mark || length != 1 || !strchr(",;\t|", *mark))
    luaL_error(L, "a delimiter is a comma, a semicolon, a tab or a bar");
  return *mark;
}

void urna_push_array(lua_State *L, size_t n) {
  if (n > INT_MAX) luaL_error(L, "too many elements for a table");
  lua_createtable(L, (int)n, 0);
}

void urna_set_string(lua_State *L, const char *name, const char *value) {
  if (!value) return;
  lua_pushstring(L, value);
  lua_setfield(L, -2, name);
}

void urna_set_size(lua_State *L, const char *name, size_t value) {
  if (value == 0) return;
  urna_push_integer(L, value);
  lua_setfield(L, -2, name);
}

void urna_push_error(lua_State *L, const urna_error *error) {
  lua_createtable(L, 0, 7);
  urna_set_string(L, "code", error->code);
  urna_set_string(L, "message",
                  error->system ? strerror(error->system) : error->message);
  urna_set_string(L, "expected", error->expected);
  urna_set_size(L, "line", error->line);
  urna_set_size(L, "column", error->column);
  urna_set_size(L, "index", error->index);
  if (error->text_length > 0) {
    lua_pushlstring(L, error->text, error->text_length);
    lua_setfield(L, -2, "text");
  }
}

static void push_cells(lua_State *L, const urna_fault *fault) {
  urna_push_array(L, fault->cell_count);
  for (size_t i = 0; i < fault->cell_count; i++) {
    lua_pushlstring(L, fault->cells[i].start, fault->cells[i].length);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

void urna_push_fault(lua_State *L, const urna_fault *fault) {
  urna_push_error(L, &fault->error);
  urna_set_string(L, "reason", fault->reason);
  urna_set_size(L, "row_line", fault->row_line);
  urna_set_size(L, "first_line", fault->first_line);
  urna_set_size(L, "list", fault->list);
  if (!fault->cells) return;
  push_cells(L, fault);
  lua_setfield(L, -2, "cells");
}

void urna_push_faults(lua_State *L, const urna_faults *faults) {
  urna_push_array(L, faults->kept);
  for (size_t i = 0; i < faults->kept; i++) {
    urna_push_fault(L, &faults->items[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  urna_push_integer(L, faults->count);
}

int urna_fail(lua_State *L, urna_status status, const urna_error *error) {
  if (status == URNA_NO_MEMORY) return luaL_error(L, "not enough memory");
  if (status == URNA_BAD_CALL) return luaL_error(L, "%s", error->message);
  lua_pushnil(L);
  urna_push_error(L, error);
  return 2;
}

static void set_function(lua_State *L, const char *name, lua_CFunction f) {
  if (!f) return;
  lua_pushcfunction(L, f);
  lua_setfield(L, -2, name);
}

void urna_make_class(lua_State *L, const char *name, const luaL_Reg *methods,
                     lua_CFunction to_string, lua_CFunction length) {
  luaL_newmetatable(L, name);
  lua_newtable(L);
  urna_register(L, methods);
  lua_getfield(L, -1, "close");
  lua_pushvalue(L, -1);
  lua_setfield(L, -4, "__gc");
  lua_setfield(L, -3, "__close");
  lua_setfield(L, -2, "__index");
  set_function(L, "__tostring", to_string);
  set_function(L, "__len", length);
  urna_set_string(L, "__name", name);
  urna_set_string(L, "__metatable", name);
  lua_pop(L, 1);
}

void urna_set_class(lua_State *L, const char *name) {
  luaL_getmetatable(L, name);
  lua_setmetatable(L, -2);
}
