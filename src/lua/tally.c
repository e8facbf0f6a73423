/* tally.c - binds io/crew.h: texts that are only counted. */
#include <stdlib.h>
#include <string.h>

#include "io/crew.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/formula.h"
#include "lua/openers.h"
#include "lua/seed.h"
#include "lua/tallied.h"
#include "lua/tape.h"
#include "lua/teller.h"

#define CHUNK       ((size_t)4 << 20)
#define THREADS_MAX 256

/* Where things stand on the stack. */
enum { TAPE = 1, OPTIONS = 2, TALLIED = 3 };

/* ---- the plan ---- */

static urna_role check_role(lua_State *L, size_t i) {
  static const char *const roles[] = {"skip", "key", "filter", "sum", NULL};
  lua_rawgeti(L, -1, (int)i);
  const char *role = lua_tostring(L, -1);
  int found = 0;
  while (role && roles[found] && strcmp(roles[found], role) != 0) found++;
  if (!role || !roles[found])
    luaL_error(L, "roles[%d] is none of skip, key, filter, sum", (int)i);
  lua_pop(L, 1);
  return found == 3 ? URNA_SUM : found == 0 ? URNA_SKIP : URNA_KEY;
}

static int is_filter_only(lua_State *L, size_t i) {
  lua_rawgeti(L, -1, (int)i);
  int is = strcmp(lua_tostring(L, -1), "filter") == 0;
  lua_pop(L, 1);
  return is;
}

static void read_roles(lua_State *L, urna_tallied *self) {
  lua_getfield(L, OPTIONS, "roles");
  luaL_checktype(L, -1, LUA_TTABLE);
  size_t count = urna_length(L, -1);
  self->columns = calloc(count + 1, sizeof *self->columns);
  self->filters = calloc(count + 1, sizeof *self->filters);
  if (!self->columns || !self->filters) luaL_error(L, "not enough memory");
  for (size_t i = 0; i < count; i++) {
    self->columns[i].role = check_role(L, i + 1);
    self->columns[i].is_group = !is_filter_only(L, i + 1);
  }
  self->plan.columns = self->columns;
  self->plan.column_count = count;
  lua_pop(L, 1);
}

/* where = { [column] = { "name", ... } }: measured first, then copied, for the
** tally may go on with another text later. */
typedef struct measure {
  size_t names, bytes;
} measure;

static measure measure_where(lua_State *L, size_t columns) {
  measure all = {0, 0};
  for (size_t i = 1; i <= columns; i++) {
    lua_rawgeti(L, -1, (int)i);
    for (size_t k = 1; lua_istable(L, -1) && k <= urna_length(L, -1); k++) {
      lua_rawgeti(L, -1, (int)k);
      if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "where[%d][%d] is not a string", (int)i, (int)k);
      all.names++;
      all.bytes += urna_length(L, -1);
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  }
  return all;
}

static void read_filter(lua_State *L, urna_tallied *self, size_t i,
                        measure *at) {
  urna_filter *filter = &self->filters[i];
  filter->count = urna_length(L, -1);
  filter->names = self->names + at->names;
  filter->lengths = self->lengths + at->names;
  for (size_t k = 1; k <= filter->count; k++, at->names++) {
    size_t length;
    lua_rawgeti(L, -1, (int)k);
    const char *name = lua_tolstring(L, -1, &length);
    self->names[at->names] = memcpy(self->text + at->bytes, name, length);
    self->lengths[at->names] = length;
    at->bytes += length;
    lua_pop(L, 1);
  }
  self->columns[i].filter = filter;
}

static void read_where(lua_State *L, urna_tallied *self) {
  lua_getfield(L, OPTIONS, "where");
  if (!lua_isnil(L, -1)) {
    luaL_checktype(L, -1, LUA_TTABLE);
    size_t columns = self->plan.column_count;
    measure all = measure_where(L, columns), at = {0, 0};
    self->names = calloc(all.names + 1, sizeof *self->names);
    self->lengths = calloc(all.names + 1, sizeof *self->lengths);
    self->text = malloc(all.bytes + 1);
    if (!self->names || !self->lengths || !self->text)
      luaL_error(L, "not enough memory");
    for (size_t i = 0; i < columns; i++) {
      lua_rawgeti(L, -1, (int)i + 1);
      if (lua_istable(L, -1)) read_filter(L, self, i, &at);
      lua_pop(L, 1);
    }
  }
  lua_pop(L, 1);
}

/* An array of columns, from 1, which must have this role; returns how many. */
static uint32_t read_columns(lua_State *L, const urna_tallied *self,
                             const char *name, urna_role role,
                             uint32_t *columns, uint32_t room) {
  lua_getfield(L, OPTIONS, name);
  luaL_checktype(L, -1, LUA_TTABLE);
  size_t count = urna_length(L, -1);
  if (count > room) luaL_error(L, "%s: too many columns", name);
  for (size_t i = 1; i <= count; i++) {
    urna_count column = urna_check_element(L, -1, i, name);
    if (column < 1 || (size_t)column > self->plan.column_count
        || self->columns[column - 1].role != role)
      luaL_error(L, "%s[%d] is not such a column", name, (int)i);
    columns[i - 1] = (uint32_t)column - 1;
  }
  lua_pop(L, 1);
  return (uint32_t)count;
}

/* The checks point into userdata, which has to live as long as the plan. */
static void read_checks(lua_State *L, urna_tallied *self) {
  size_t sums = 0;
  for (size_t i = 0; i < self->plan.column_count; i++)
    sums += self->columns[i].role == URNA_SUM;
  lua_getfield(L, OPTIONS, "checks");
  if (!lua_isnil(L, -1)) {
    self->formulas =
        urna_check_formulas(L, lua_gettop(L), sums, &self->plan.formula_count);
    self->plan.formulas = self->formulas;
    self->formulas_at = luaL_ref(L, LUA_REGISTRYINDEX);
  }
  lua_pop(L, 1);
}

/* units = { column, ... }: what tells a record from others. */
static void read_units(lua_State *L, urna_tallied *self) {
  lua_getfield(L, OPTIONS, "units");
  for (size_t i = 1; lua_istable(L, -1) && i <= urna_length(L, -1); i++) {
    urna_count column = urna_check_element(L, -1, i, "units");
    if (column < 1 || (size_t)column > self->plan.column_count)
      luaL_error(L, "units[%d] is no column", (int)i);
    self->columns[column - 1].is_unit = true;
  }
  lua_getfield(L, OPTIONS, "find_duplicates");
  self->plan.has_units = lua_toboolean(L, -1);
  lua_pop(L, 2);
}

static void read_plan(lua_State *L, urna_tallied *self) {
  read_roles(L, self);
  read_where(L, self);
  uint32_t room = (uint32_t)self->plan.column_count;
  self->sums = calloc(room + 1, sizeof *self->sums);
  if (!self->sums) luaL_error(L, "not enough memory");
  self->by_count =
      read_columns(L, self, "by", URNA_KEY, self->by, URNA_KEYS_MAX);
  self->sum_count = read_columns(L, self, "sums", URNA_SUM, self->sums, room);
  read_checks(L, self);
  read_units(L, self);
  self->plan.counts_records = true;
  self->plan.seed =
      (uint64_t)urna_check_field(L, OPTIONS, "seed", urna_draw_seed());
  self->plan.fault_limit = (size_t)urna_check_field(L, OPTIONS, "limit", 100);
  self->plan.cell_limit =
      (size_t)urna_check_field(L, OPTIONS, "cells", (urna_count)1 << 28);
}

/* Each text has its own. */
static void read_delimiter(lua_State *L, urna_tallied *self) {
  lua_getfield(L, OPTIONS, "delimiter");
  self->plan.delimiter = urna_check_delimiter(L, -1);
  lua_pop(L, 1);
}

static urna_crew read_crew(lua_State *L) {
  urna_crew crew = {.chunk =
                        (size_t)urna_check_field(L, OPTIONS, "chunk", CHUNK)};
  urna_count threads = urna_check_field(L, OPTIONS, "threads", 1);
  if (threads < 1 || threads > THREADS_MAX)
    luaL_error(L, "threads must be 1 to %d", THREADS_MAX);
  if (crew.chunk < 1) luaL_error(L, "a chunk has at least one byte");
  crew.threads = (int)threads;
  lua_getfield(L, OPTIONS, "isa");
  const char *set =
      lua_isnil(L, -1) ? urna_tally_sets()[0] : luaL_checkstring(L, -1);
  crew.scanner = urna_tally_scanner_of(set);
  if (!crew.scanner)
    luaL_error(L, "this machine has no instruction set '%s'", set);
  lua_pop(L, 1);
  return crew;
}

/* ---- one text ---- */

static int fail(lua_State *L, urna_status status, urna_error *error) {
  if (status == URNA_END)
    urna_error_set(error, "cancelled", "the tally was cancelled");
  if (status == URNA_OVERFLOW)
    urna_error_set(error, "sum_overflow", "a sum does not fit 64 bits");
  return urna_fail(L, status, error);
}

/* The records to be counted: those that begin in bytes from .. to - 1. */
static urna_status read_stretch(lua_State *L, const urna_tape *tape,
                                urna_stretch *stretch, urna_error *error) {
  size_t first = (size_t)urna_check_field(L, OPTIONS, "first", 0);
  size_t from = (size_t)urna_check_field(L, OPTIONS, "from", 0);
  stretch->to = (size_t)urna_check_field(L, OPTIONS, "to", URNA_COUNT_MAX);
  stretch->from = first;
  if (from <= first) return URNA_OK;
  if (!tape->is_seekable) luaL_error(L, "what is read in order has no range");
  return urna_crew_align(tape, first, from, &stretch->from, error);
}

static void push_info(lua_State *L, const urna_stretch *stretch, size_t from) {
  lua_createtable(L, 0, 2);
  urna_push_integer(L, from);
  lua_setfield(L, -2, "from");
  urna_push_integer(L, stretch->to);
  lua_setfield(L, -2, "reached");
}

/* What was noted of a text that can be read again gets its lines. */
static urna_status find_lines(const urna_tape *tape, urna_notes *notes,
                              size_t source, urna_error *error) {
  urna_notes_sort(notes);
  if (!tape->is_seekable) return URNA_OK;
  return urna_crew_lines(tape, notes, source, error);
}

static urna_status settle_notes(const urna_tape *tape, urna_tally *tally,
                                urna_error *error) {
  size_t source = tally->plan.source;
  urna_status status = find_lines(tape, &tally->faults, source, error);
  for (size_t i = 0; i < tally->plan.formula_count && status == URNA_OK; i++)
    status = find_lines(tape, &tally->checks[i].failures, source, error);
  return status;
}

static urna_status add_tally(urna_tallied *self, urna_tally *tally) {
  if (self->has_tally) return urna_tally_merge(&self->tally, tally);
  self->tally = *tally;
  self->has_tally = true;
  *tally = (urna_tally){.text = NULL};
  return URNA_OK;
}

/*
** tally(tape, { roles, where, by, sums, delimiter, first, from, to, threads,
** chunk, isa, seed, limit, cells, progress }, tallied): the tallied, or a new
** one of the same plan, with what this text brings, and { from, reached }; or
** nil and a fault.
*/
static int count_tape(lua_State *L) {
  urna_tape *tape = urna_check_tape(L, TAPE);
  luaL_checktype(L, OPTIONS, LUA_TTABLE);
  lua_settop(L, TALLIED);
  urna_error error = {.code = NULL};
  urna_stretch stretch;
  urna_tally tally = {.text = NULL};
  bool is_new = lua_isnil(L, TALLIED);
  if (is_new) {
    urna_new_tallied(L);
    lua_replace(L, TALLIED);
  }
  urna_tallied *self = urna_check_tallied(L, TALLIED);
  if (is_new) read_plan(L, self);
  read_delimiter(L, self);
  urna_crew crew = read_crew(L);
  urna_status status = read_stretch(L, tape, &stretch, &error);
  size_t from = stretch.from;
  urna_teller teller = urna_make_teller(L, OPTIONS, tape);
  crew.progress = urna_teller_tell;
  crew.context = &teller;
  self->plan.source = self->sources++;
  if (status == URNA_OK)
    status =
        urna_crew_tally(&crew, &self->plan, tape, &stretch, &tally, &error);
  if (status == URNA_OK) status = settle_notes(tape, &tally, &error);
  if (status == URNA_OK) status = add_tally(self, &tally);
  urna_tally_free(&tally);
  if (teller.has_raised) return lua_error(L);
  if (status != URNA_OK) return fail(L, status, &error);
  lua_pushvalue(L, TALLIED);
  push_info(L, &stretch, from);
  return 2;
}

/* lines(tape, offsets): the lines, from 1, that these bytes of a tape stand in;
** or nil and a fault. */
static int find_places(lua_State *L) {
  const urna_tape *tape = urna_check_tape(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  if (!tape->is_seekable) return luaL_error(L, "the tape is read only once");
  size_t count = urna_length(L, 2);
  urna_error error = {.code = NULL};
  urna_note *items = lua_newuserdata(L, (count + 1) * sizeof *items);
  memset(items, 0, (count + 1) * sizeof *items);
  for (size_t i = 0; i < count; i++) {
    items[i].offset = (size_t)urna_check_element(L, 2, i + 1, "offsets");
    items[i].sides[0] = (urna_count)i + 1;
  }
  urna_notes notes = {.items = items, .kept = count, .limit = count};
  urna_notes_sort(&notes);
  urna_status status = urna_crew_lines(tape, &notes, 0, &error);
  if (status != URNA_OK) return urna_fail(L, status, &error);
  urna_push_array(L, count);
  for (size_t i = 0; i < count; i++) {
    urna_push_integer(L, items[i].line);
    lua_rawseti(L, -2, (int)items[i].sides[0]);
  }
  return 1;
}

/* instruction_sets(): those of this machine, the fastest first. */
static int instruction_sets(lua_State *L) {
  lua_newtable(L);
  int count = 0;
  for (const char *const *set = urna_tally_sets(); *set; set++) {
    lua_pushstring(L, *set);
    lua_rawseti(L, -2, ++count);
  }
  return 1;
}

static const luaL_Reg functions[] = {{"tally", count_tape},
                                     {"tape_lines", find_places},
                                     {"instruction_sets", instruction_sets},
                                     {NULL, NULL}};

void urna_open_tally(lua_State *L) {
  urna_register(L, functions);
}
