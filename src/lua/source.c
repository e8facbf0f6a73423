/* source.c - binds io/source.h, the headings of core/table.h, and SHA-256. */
#include "io/source.h"

#include <errno.h>
#include <string.h>

#include "core/count.h"
#include "core/table.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define CLASS   "urna.source"
#define SCANNER "urna.scanner"

typedef struct box {
  urna_source *source; /* NULL once closed */
} box;

urna_source *urna_check_source(lua_State *L, int index) {
  box *self = luaL_checkudata(L, index, CLASS);
  if (!self->source) luaL_error(L, "the source is closed");
  return self->source;
}

/* The string 'name' of the options at 1, or NULL; it stays on the stack. */
static const char *string_option(lua_State *L, const char *name,
                                 size_t *length) {
  lua_getfield(L, 1, name);
  if (lua_isnil(L, -1)) return NULL;
  if (lua_type(L, -1) != LUA_TSTRING)
    luaL_error(L, "%s must be a string, not a %s", name, luaL_typename(L, -1));
  return lua_tolstring(L, -1, length);
}

static urna_encoding check_encoding(lua_State *L) {
  urna_encoding encoding = URNA_UTF_8;
  size_t length;
  const char *name = string_option(L, "encoding", &length);
  if (name && !urna_encoding_find(name, &encoding))
    luaL_error(L,
               "there is no encoding '%s'; there are utf-8, cp1250, "
               "cp1251 and iso-8859-2",
               name);
  return encoding;
}

/* A path that holds a NUL names no file, not the one before the NUL. */
static urna_status read_path(const char *path, size_t length,
                             urna_encoding encoding, urna_source **source,
                             urna_error *error) {
  if (strlen(path) == length)
    return urna_source_read(path, encoding, source, error);
  urna_error_set(error, "cannot_read", NULL);
  error->system = EINVAL;
  return URNA_BAD_INPUT;
}

/* source{ path or text, encoding }: an object, or nil and the fault. */
static int open_source(lua_State *L) {
  static const char *const known[] = {"path", "text", "encoding", NULL};
  size_t path_length = 0, text_length = 0;
  urna_error error = {.code = NULL};
  urna_check_options(L, 1, known);
  const char *path = string_option(L, "path", &path_length);
  const char *text = string_option(L, "text", &text_length);
  urna_encoding encoding = check_encoding(L);
  if (!path == !text)
    return luaL_error(L, "a source has either a path or a text");
  box *self = lua_newuserdata(L, sizeof *self);
  self->source = NULL;
  urna_set_class(L, CLASS);
  urna_status status =
      path ? read_path(path, path_length, encoding, &self->source, &error)
           : urna_source_copy(text, text_length, encoding, &self->source,
                              &error);
  return status == URNA_OK ? 1 : urna_fail(L, status, &error);
}

static int size(lua_State *L) {
  urna_push_integer(L, urna_check_source(L, 1)->size);
  return 1;
}

static int sha256(lua_State *L) {
  char hex[URNA_SHA256_HEX];
  urna_source_sha256(urna_check_source(L, 1), hex);
  lua_pushstring(L, hex);
  return 1;
}

static int text(lua_State *L) {
  urna_source *source = urna_check_source(L, 1);
  lua_pushlstring(L, source->text, source->size);
  return 1;
}

static int close_source(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  urna_source_release(self->source);
  self->source = NULL;
  return 0;
}

static int to_string(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  char digits[URNA_COUNT_DIGITS];
  if (self->source) {
    urna_count_write((urna_count)self->source->size, digits);
    lua_pushfstring(L, CLASS " (%s bytes)", digits);
  } else {
    lua_pushliteral(L, CLASS " (closed)");
  }
  return 1;
}

/* A scanner's fields live outside Lua, so it needs a life of its own. */
static int close_scanner(lua_State *L) {
  urna_csv_free(luaL_checkudata(L, 1, SCANNER));
  return 0;
}

static void push_field(lua_State *L, const urna_field *field) {
  char *copy = lua_newuserdata(L, field->length + 1);
  lua_pushlstring(L, copy, urna_csv_unquote(field, copy));
  lua_remove(L, -2);
}

static void push_headings(lua_State *L, const urna_csv *csv) {
  urna_push_array(L, csv->count);
  for (size_t i = 0; i < csv->count; i++) {
    push_field(L, &csv->fields[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

static void push_places(lua_State *L, const urna_csv *csv) {
  urna_push_array(L, csv->count);
  for (size_t i = 0; i < csv->count; i++) {
    urna_push_integer(L, csv->fields[i].column);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* headings(source, delimiter): the headings, the delimiter, their columns,
** and whether records follow. */
static int headings(lua_State *L) {
  urna_source *source = urna_check_source(L, 1);
  char delimiter = urna_check_delimiter(L, 2);
  urna_error error = {.code = NULL};
  if (!delimiter) delimiter = urna_csv_delimiter(source->text, source->size);
  urna_csv *csv = lua_newuserdata(L, sizeof *csv);
  urna_csv_init(csv, source->text, source->size, delimiter);
  urna_set_class(L, SCANNER);
  urna_status status = urna_table_headings(csv, &error);
  if (status != URNA_OK) return urna_fail(L, status, &error);
  push_headings(L, csv);
  lua_pushlstring(L, &delimiter, 1);
  push_places(L, csv);
  lua_pushboolean(L, urna_table_has_records(csv));
  return 4;
}

/* sha256(string): its digest in hexadecimal. */
static int digest(lua_State *L) {
  size_t length;
  urna_sha256 hash;
  char hex[URNA_SHA256_HEX];
  luaL_checktype(L, 1, LUA_TSTRING);
  const char *bytes = lua_tolstring(L, 1, &length);
  urna_sha256_init(&hash);
  urna_sha256_update(&hash, bytes, length);
  urna_sha256_finish(&hash, hex);
  lua_pushstring(L, hex);
  return 1;
}

/* file_sha256(path): of a file as it is; or nil and a fault. */
static int file_digest(lua_State *L) {
  char hex[URNA_SHA256_HEX];
  urna_error error = {.code = NULL};
  urna_status status = urna_bytes_sha256(luaL_checkstring(L, 1), hex, &error);
  if (status != URNA_OK) return urna_fail(L, status, &error);
  lua_pushstring(L, hex);
  return 1;
}

static const luaL_Reg methods[] = {
    {"size", size},          {"sha256", sha256}, {"text", text},
    {"close", close_source}, {NULL, NULL},
};

static const luaL_Reg scanner_methods[] = {
    {"close", close_scanner},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"source", open_source},      {"headings", headings}, {"sha256", digest},
    {"file_sha256", file_digest}, {NULL, NULL},
};

void urna_open_source(lua_State *L) {
  urna_make_class(L, CLASS, methods, to_string, size);
  urna_make_class(L, SCANNER, scanner_methods, NULL, NULL);
  urna_register(L, functions);
}
