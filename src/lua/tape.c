/* tape.c - binds io/tape.h: inputs that are read block by block. */
#include "lua/tape.h"

#include <stdlib.h>
#include <string.h>

#include "core/table.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define CLASS   "urna.tape"
#define HEADING "urna.tape_headings"

#define BEGINNING ((size_t)1 << 16) /* bytes read for the headings, at first */

typedef struct box {
  urna_tape tape;
  bool is_open;
} box;

urna_tape *urna_check_tape(lua_State *L, int index) {
  box *self = luaL_checkudata(L, index, CLASS);
  if (!self->is_open) luaL_error(L, "the tape is closed");
  return &self->tape;
}

static box *new_box(lua_State *L) {
  box *self = lua_newuserdata(L, sizeof *self);
  memset(self, 0, sizeof *self);
  self->tape.descriptor = -1;
  urna_set_class(L, CLASS);
  return self;
}

/* tape(path): an object, or nil and a fault. A path that holds a NUL names no
** file, not the one before the NUL. */
static int open_path(lua_State *L) {
  size_t length;
  urna_error error = {.code = NULL};
  const char *path = luaL_checklstring(L, 1, &length);
  box *self = new_box(L);
  if (strlen(path) != length) return luaL_error(L, "a path holds no NUL");
  urna_status status = urna_tape_open(&self->tape, path, &error);
  self->is_open = status == URNA_OK;
  return status == URNA_OK ? 1 : urna_fail(L, status, &error);
}

/* tape_of(source): a tape of its text. */
static int open_source(lua_State *L) {
  urna_source *source = urna_check_source(L, 1);
  box *self = new_box(L);
  urna_tape_of(&self->tape, source);
  self->is_open = true;
  return 1;
}

static int close_tape(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  if (self->is_open) urna_tape_close(&self->tape);
  self->is_open = false;
  return 0;
}

static int to_string(lua_State *L) {
  const box *self = luaL_checkudata(L, 1, CLASS);
  lua_pushstring(L, self->is_open ? "urna.tape" : "urna.tape (closed)");
  return 1;
}

/* size(): of the text in bytes; nil where that is known only at the end. */
static int size(lua_State *L) {
  const urna_tape *tape = urna_check_tape(L, 1);
  if (!tape->is_seekable) return 0;
  urna_push_integer(L, tape->size);
  return 1;
}

static int is_seekable(lua_State *L) {
  lua_pushboolean(L, urna_check_tape(L, 1)->is_seekable);
  return 1;
}

static int identity(lua_State *L) {
  char hex[URNA_SHA256_HEX];
  urna_error error = {.code = NULL};
  urna_status status = urna_tape_identity(urna_check_tape(L, 1), hex, &error);
  if (status != URNA_OK) return urna_fail(L, status, &error);
  lua_pushstring(L, hex);
  return 1;
}

/* ---- headings ---- */

typedef struct heading {
  urna_csv csv;
  char *plain; /* one of them, its quotes undone */
} heading;

static int free_heading(lua_State *L) {
  heading *self = luaL_checkudata(L, 1, HEADING);
  urna_csv_free(&self->csv);
  free(self->plain);
  memset(self, 0, sizeof *self);
  return 0;
}

/* Read on until the first record ends in what is there. */
static urna_status read_headings(urna_tape *tape, heading *self,
                                 char *delimiter, urna_error *error) {
  urna_status status = URNA_OK;
  for (size_t wanted = BEGINNING; status == URNA_OK; wanted *= 2) {
    status = urna_tape_head(tape, wanted, error);
    if (status != URNA_OK) break;
    const char *text = tape->held.size ? tape->held.data + tape->given : "";
    size_t held = tape->held.size - tape->given;
    char mark = *delimiter ? *delimiter : urna_csv_delimiter(text, held);
    urna_csv_free(&self->csv);
    urna_csv_init(&self->csv, text, held, mark);
    status = urna_table_headings(&self->csv, error);
    bool is_whole = self->csv.at < self->csv.end || held < wanted;
    if (status != URNA_NO_MEMORY && !is_whole) {
      status = URNA_OK;
      continue;
    }
    *delimiter = mark;
    break;
  }
  return status;
}

static void push_headings(lua_State *L, heading *self) {
  urna_push_array(L, self->csv.count);
  for (size_t i = 0; i < self->csv.count; i++) {
    const urna_field *field = &self->csv.fields[i];
    char *plain = realloc(self->plain, field->length + 1);
    if (!plain) luaL_error(L, "not enough memory");
    self->plain = plain;
    lua_pushlstring(L, plain, urna_csv_unquote(field, plain));
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* tape:headings(delimiter): headings, delimiter, where the first record
** begins; or nil and a fault. */
static int headings(lua_State *L) {
  urna_tape *tape = urna_check_tape(L, 1);
  char delimiter = urna_check_delimiter(L, 2);
  urna_error error = {.code = NULL};
  heading *self = lua_newuserdata(L, sizeof *self);
  memset(self, 0, sizeof *self);
  urna_set_class(L, HEADING);
  urna_status status = read_headings(tape, self, &delimiter, &error);
  if (status != URNA_OK) return urna_fail(L, status, &error);
  push_headings(L, self);
  lua_pushlstring(L, &delimiter, 1);
  const char *text = tape->held.data + tape->given;
  urna_push_integer(L, (size_t)(self->csv.at - text));
  return 3;
}

static const luaL_Reg methods[] = {
    {"close", close_tape},  {"headings", headings},
    {"identity", identity}, {"is_seekable", is_seekable},
    {"size", size},         {NULL, NULL}};

static const luaL_Reg heading_methods[] = {{"close", free_heading},
                                           {NULL, NULL}};

static const luaL_Reg functions[] = {
    {"tape", open_path}, {"tape_of", open_source}, {NULL, NULL}};

void urna_open_tape(lua_State *L) {
  urna_make_class(L, CLASS, methods, to_string, NULL);
  urna_make_class(L, HEADING, heading_methods, NULL, NULL);
  urna_register(L, functions);
}
