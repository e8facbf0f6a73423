/* json.c - binds io/json.h. */
#include "io/json.h"

#include <cjson/cJSON.h>

#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define CLASS "urna.json"

typedef struct box {
  cJSON *root;
} box;

static int close_tree(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  urna_json_free(self->root);
  self->root = NULL;
  return 0;
}

static void push_value(lua_State *L, const cJSON *value);

static void push_array(lua_State *L, const cJSON *array) {
  const cJSON *item;
  int i = 0;
  lua_createtable(L, cJSON_GetArraySize(array), 0);
  cJSON_ArrayForEach(item, array) {
    push_value(L, item);
    lua_rawseti(L, -2, ++i);
  }
}

static void push_object(lua_State *L, const cJSON *object) {
  const cJSON *member;
  lua_createtable(L, 0, cJSON_GetArraySize(object));
  cJSON_ArrayForEach(member, object) {
    if (cJSON_IsNull(member)) continue;
    lua_pushstring(L, member->string);
    push_value(L, member);
    lua_rawset(L, -3);
  }
}

static void push_number(lua_State *L, double number) {
  if (number == (double)(urna_count)number)
    urna_push_integer(L, (urna_count)number);
  else
    lua_pushnumber(L, number);
}

/* As deep as cJSON's nesting limit, so the C stack is safe. */
static void push_value(lua_State *L, const cJSON *value) {
  luaL_checkstack(L, 4, "JSON is nested too deep");
  if (cJSON_IsObject(value))
    push_object(L, value);
  else if (cJSON_IsArray(value))
    push_array(L, value);
  else if (cJSON_IsString(value))
    lua_pushstring(L, value->valuestring);
  else if (cJSON_IsNumber(value))
    push_number(L, value->valuedouble);
  else
    lua_pushboolean(L, cJSON_IsTrue(value));
}

/* json(text): the value, or nil and the fault. */
static int json(lua_State *L) {
  size_t length;
  urna_error error = {.code = NULL};
  luaL_checktype(L, 1, LUA_TSTRING);
  const char *text = lua_tolstring(L, 1, &length);
  box *self = lua_newuserdata(L, sizeof *self);
  self->root = NULL;
  urna_set_class(L, CLASS);
  urna_status status = urna_json_parse(text, length, &self->root, &error);
  if (status != URNA_OK) return urna_fail(L, status, &error);
  push_value(L, self->root);
  urna_json_free(self->root);
  self->root = NULL;
  return 1;
}

static const luaL_Reg methods[] = {
    {"close", close_tree},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"json", json},
    {NULL, NULL},
};

void urna_open_json(lua_State *L) {
  urna_make_class(L, CLASS, methods, NULL, NULL);
  urna_register(L, functions);
}
