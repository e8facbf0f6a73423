/* orders.c - binds core/preflib.h and core/blt.h: ballots of files that are
** read whole, and the beginning of a text, which tells what it is. */
#include <string.h>

#include "core/blt.h"
#include "core/preflib.h"
#include "io/intake.h"
#include "lua/ballots.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"
#include "lua/tape.h"
#include "lua/teller.h"

#define CLASS "urna.orders"

/* Where things stand on the stack. */
enum { OPTIONS = 1, BALLOTS = 2, SCRATCH = 3 };

static int free_bytes(lua_State *L) {
  urna_bytes_free(luaL_checkudata(L, 1, CLASS));
  return 0;
}

static void push_bytes(lua_State *L) {
  urna_bytes *bytes = lua_newuserdata(L, sizeof *bytes);
  urna_bytes_init(bytes);
  urna_set_class(L, CLASS);
}

/* The tape's whole text, which the scratch on the stack owns. */
static urna_status read_text(lua_State *L, urna_text *text, urna_error *error) {
  lua_getfield(L, OPTIONS, "tape");
  urna_tape *tape = urna_check_tape(L, -1);
  urna_teller teller = urna_make_teller(L, OPTIONS, tape);
  urna_intake intake = {.progress = urna_teller_tell, .context = &teller};
  urna_status status = urna_intake_whole(
      &intake, tape, luaL_checkudata(L, SCRATCH, CLASS), text, error);
  if (teller.has_raised) lua_error(L);
  if (status == URNA_END)
    urna_error_set(error, "cancelled", "the reading was cancelled");
  return status;
}

static void begin(lua_State *L, const char *const *known) {
  urna_check_options(L, OPTIONS, known);
  lua_settop(L, OPTIONS);
  urna_push_ballots(L);
  push_bytes(L);
}

static void set_text(lua_State *L, const char *name, const char *text,
                     size_t length) {
  if (length == 0) return;
  lua_pushlstring(L, text, length);
  lua_setfield(L, -2, name);
}

static void set_reached(lua_State *L, urna_text text) {
  urna_push_integer(L, text.length);
  lua_setfield(L, -2, "reached");
}

/* ---- PrefLib ---- */

static const char *const TYPES[] = {[URNA_PREFLIB_UNSAID] = NULL,
                                    [URNA_PREFLIB_SOC] = "soc",
                                    [URNA_PREFLIB_SOI] = "soi",
                                    [URNA_PREFLIB_TOC] = "toc",
                                    [URNA_PREFLIB_TOI] = "toi"};

static urna_preflib_type check_type(lua_State *L) {
  lua_getfield(L, OPTIONS, "type");
  if (lua_isnil(L, -1)) return URNA_PREFLIB_UNSAID;
  size_t length;
  const char *word = luaL_checklstring(L, -1, &length);
  urna_preflib_type type = urna_preflib_type_of(word, length);
  if (type == URNA_PREFLIB_UNSAID)
    luaL_error(L, "a type is soc, soi, toc or toi, not '%s'", word);
  return type;
}

/* preflib_ballots{ tape, type, progress }: ballots, { type, title, reached };
** or nil and a fault. */
static int preflib_ballots(lua_State *L) {
  static const char *const known[] = {"tape", "type", "progress", NULL};
  urna_preflib file;
  urna_text text;
  urna_error error = {.code = NULL};
  begin(L, known);
  urna_preflib_type type = check_type(L);
  urna_status status = read_text(L, &text, &error);
  if (status == URNA_OK)
    status = urna_preflib_read(text.start, text.length, type, &file,
                               urna_check_ballots(L, BALLOTS), &error);
  if (status != URNA_OK) return urna_fail(L, status, &error);
  lua_pushvalue(L, BALLOTS);
  lua_createtable(L, 0, 3);
  urna_set_string(L, "type", TYPES[file.type]);
  set_text(L, "title", file.title.start, file.title.length);
  set_reached(L, text);
  return 2;
}

/* ---- BLT ---- */

/* A text of the file, its quotes undone. */
static void set_quoted(lua_State *L, const char *name, urna_text text) {
  if (text.length == 0) return;
  char *plain = lua_newuserdata(L, text.length);
  size_t length = urna_blt_unquote(text, plain);
  lua_pushlstring(L, plain, length);
  lua_setfield(L, -3, name);
  lua_pop(L, 1);
}

/* blt_ballots{ tape, progress }: ballots, { seats, title, source, comment,
** reached }; or nil and a fault. */
static int blt_ballots(lua_State *L) {
  static const char *const known[] = {"tape", "progress", NULL};
  urna_blt file;
  urna_text text;
  urna_error error = {.code = NULL};
  begin(L, known);
  urna_status status = read_text(L, &text, &error);
  if (status == URNA_OK)
    status = urna_blt_read(text.start, text.length, &file,
                           urna_check_ballots(L, BALLOTS), &error);
  if (status != URNA_OK) return urna_fail(L, status, &error);
  lua_pushvalue(L, BALLOTS);
  lua_createtable(L, 0, 5);
  lua_pushinteger(L, file.seats);
  lua_setfield(L, -2, "seats");
  set_quoted(L, "title", file.title);
  set_quoted(L, "source", file.source);
  set_quoted(L, "comment", file.comment);
  set_reached(L, text);
  return 2;
}

/* ---- what a text is ---- */

/* tape_beginning(tape, most): its first bytes, which stay to be read; or nil
** and a fault. */
static int beginning(lua_State *L) {
  urna_tape *tape = urna_check_tape(L, 1);
  size_t most = (size_t)urna_check_count(L, 2, "a number of bytes");
  urna_error error = {.code = NULL};
  urna_status status = urna_tape_head(tape, most, &error);
  if (status != URNA_OK) return urna_fail(L, status, &error);
  size_t begun = tape->is_seekable ? 0 : tape->given;
  size_t held = tape->held.size - begun;
  lua_pushlstring(L, held > 0 ? tape->held.data + begun : "",
                  held < most ? held : most);
  return 1;
}

static const luaL_Reg methods[] = {{"close", free_bytes}, {NULL, NULL}};

static const luaL_Reg functions[] = {{"blt_ballots", blt_ballots},
                                     {"preflib_ballots", preflib_ballots},
                                     {"tape_beginning", beginning},
                                     {NULL, NULL}};

void urna_open_orders(lua_State *L) {
  urna_make_class(L, CLASS, methods, NULL, NULL);
  urna_register(L, functions);
}
