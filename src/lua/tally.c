/* tally.c - binds io/mapping.h and io/crew.h: texts that are only counted. */
#define _DEFAULT_SOURCE /* getentropy */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/count.h"
#include "core/groups.h"
#include "core/table.h"
#include "io/crew.h"
#include "io/source.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define CLASS   "urna.mapping"
#define SCRATCH "urna.tallying"

#define CHUNK       ((size_t)4 << 20)
#define THREADS_MAX 256

static urna_mapping *check_mapping(lua_State *L, int index) {
  urna_mapping *self = luaL_checkudata(L, index, CLASS);
  if (!self->base) luaL_error(L, "the mapping is closed");
  return self;
}

/* mapped(path): an object; nil if the path has to be read as a source; nil and
** a fault if it cannot be read. */
static int map_path(lua_State *L) {
  size_t length;
  urna_error error = {.code = NULL};
  const char *path = luaL_checklstring(L, 1, &length);
  urna_mapping *self = lua_newuserdata(L, sizeof *self);
  *self = (urna_mapping){.descriptor = -1};
  urna_set_class(L, CLASS);
  if (strlen(path) != length || strcmp(path, "-") == 0) return 0;
  urna_status status = urna_mapping_open(self, path, &error);
  if (status == URNA_OK) return 1;
  if (status == URNA_END) return 0;
  return urna_fail(L, status, &error);
}

/* mapped_source(source): an object with a copy of its text. */
static int map_source(lua_State *L) {
  const urna_source *source = urna_check_source(L, 1);
  urna_mapping *self = lua_newuserdata(L, sizeof *self);
  *self = (urna_mapping){.descriptor = -1};
  urna_set_class(L, CLASS);
  urna_status status = urna_mapping_copy(self, source->text, source->size);
  return status == URNA_OK ? 1 : urna_fail(L, status, NULL);
}

static int close_mapping(lua_State *L) {
  urna_mapping *self = luaL_checkudata(L, 1, CLASS);
  if (self->base) urna_mapping_close(self);
  return 0;
}

static int to_string(lua_State *L) {
  const urna_mapping *self = luaL_checkudata(L, 1, CLASS);
  lua_pushstring(L, self->base ? "urna.mapping" : "urna.mapping (closed)");
  return 1;
}

static int size(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check_mapping(L, 1)->size);
  return 1;
}

/* ---- one tally: all that it owns, in userdata that outlives a raise ---- */

typedef struct tallying {
  urna_tally tally;
  urna_groups groups;
  urna_tally_plan plan;
  urna_tally_column *columns;
  urna_filter *filters;
  const char **names; /* of all filters; the strings stay on Lua's side */
  size_t *lengths;
} tallying;

static int free_tallying(lua_State *L) {
  tallying *self = luaL_checkudata(L, 1, SCRATCH);
  urna_groups_free(&self->groups);
  urna_tally_free(&self->tally);
  free(self->columns);
  free(self->filters);
  free((void *)self->names);
  free(self->lengths);
  memset(self, 0, sizeof *self);
  return 0;
}

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

static void read_roles(lua_State *L, tallying *self) {
  lua_getfield(L, 2, "roles");
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

/* where = { [column] = { "name", ... } }: counted first, then taken. */
static size_t count_names(lua_State *L, size_t columns) {
  size_t count = 0;
  for (size_t i = 1; i <= columns; i++) {
    lua_rawgeti(L, -1, (int)i);
    if (lua_istable(L, -1)) count += urna_length(L, -1);
    lua_pop(L, 1);
  }
  return count;
}

static void read_filter(lua_State *L, tallying *self, size_t i, size_t *at) {
  urna_filter *filter = &self->filters[i];
  filter->count = urna_length(L, -1);
  filter->names = self->names + *at;
  filter->lengths = self->lengths + *at;
  for (size_t k = 1; k <= filter->count; k++, (*at)++) {
    lua_rawgeti(L, -1, (int)k);
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "where[%d][%d] is not a string", (int)i + 1, (int)k);
    self->names[*at] = lua_tolstring(L, -1, &self->lengths[*at]);
    lua_pop(L, 1);
  }
  self->columns[i].filter = filter;
}

static void read_where(lua_State *L, tallying *self) {
  lua_getfield(L, 2, "where");
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    return;
  }
  luaL_checktype(L, -1, LUA_TTABLE);
  size_t columns = self->plan.column_count, at = 0;
  size_t count = count_names(L, columns);
  self->names = calloc(count + 1, sizeof *self->names);
  self->lengths = calloc(count + 1, sizeof *self->lengths);
  if (!self->names || !self->lengths) luaL_error(L, "not enough memory");
  for (size_t i = 0; i < columns; i++) {
    lua_rawgeti(L, -1, (int)i + 1);
    if (lua_istable(L, -1)) read_filter(L, self, i, &at);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* Names come from outside, so what orders them must not be known there. The
** result does not depend on it. */
static urna_count draw_seed(void) {
  uint64_t seed = 0;
  if (getentropy(&seed, sizeof seed) != 0)
    seed = (uint64_t)time(NULL) ^ (uint64_t)(uintptr_t)&seed;
  return (urna_count)(seed >> 11);
}

static void read_plan(lua_State *L, tallying *self) {
  read_roles(L, self);
  read_where(L, self);
  lua_getfield(L, 2, "delimiter");
  self->plan.delimiter = urna_check_delimiter(L, -1);
  lua_getfield(L, 2, "count");
  self->plan.counts_records = lua_toboolean(L, -1);
  lua_pop(L, 2);
  self->plan.seed = (uint64_t)urna_check_field(L, 2, "seed", draw_seed());
  self->plan.fault_limit = (size_t)urna_check_field(L, 2, "limit", 100);
  self->plan.cell_limit =
      (size_t)urna_check_field(L, 2, "cells", (urna_count)1 << 28);
}

static urna_crew read_crew(lua_State *L) {
  urna_crew crew = {.chunk = (size_t)urna_check_field(L, 2, "chunk", CHUNK)};
  urna_count threads = urna_check_field(L, 2, "threads", 1);
  if (threads < 1 || threads > THREADS_MAX)
    luaL_error(L, "threads must be 1 to %d", THREADS_MAX);
  if (crew.chunk < 1) luaL_error(L, "a chunk has at least one byte");
  crew.threads = (int)threads;
  lua_getfield(L, 2, "isa");
  const char *set =
      lua_isnil(L, -1) ? urna_tally_sets()[0] : luaL_checkstring(L, -1);
  crew.scanner = urna_tally_scanner_of(set);
  if (!crew.scanner)
    luaL_error(L, "this machine has no instruction set '%s'", set);
  lua_pop(L, 1);
  return crew;
}

/* ---- the result: columns of groups ---- */

static void push_digits(lua_State *L, urna_count count) {
  char digits[URNA_COUNT_DIGITS];
  urna_count_write(count, digits);
  urna_push_digits(L, digits);
}

static void push_name(lua_State *L, const urna_names *names, uint32_t number) {
  const urna_name *name = &names->names[number];
  lua_pushlstring(L, (const char *)names->text + name->offset, name->length);
}

/* keys[k][g]: the names of the groups, by key that makes groups. */
static void push_keys(lua_State *L, const tallying *self) {
  lua_newtable(L);
  int count = 0;
  for (uint32_t key = 0; key < self->tally.key_count; key++) {
    const urna_groups *groups = &self->groups;
    if (groups->count > 0 && groups->items[0].names[key] == URNA_NO_NAME)
      continue;
    urna_push_array(L, groups->count);
    for (size_t g = 0; g < groups->count; g++) {
      push_name(L, &self->tally.names[key], groups->items[g].names[key]);
      lua_rawseti(L, -2, (int)g + 1);
    }
    lua_rawseti(L, -2, ++count);
  }
}

/* One number of every cell, or what of it is missing. */
static void push_cells(lua_State *L, const urna_groups *groups, uint32_t i,
                       int is_missing) {
  urna_push_array(L, groups->count);
  for (size_t g = 0; g < groups->count; g++) {
    const urna_group *group = &groups->items[g];
    const urna_count *from = is_missing ? group->missing : group->cell;
    push_digits(L, from ? from[i] : 0);
    lua_rawseti(L, -2, (int)g + 1);
  }
}

static void push_sums(lua_State *L, const tallying *self, int is_missing) {
  lua_newtable(L);
  for (uint32_t i = 0; i < self->tally.sum_count; i++) {
    push_cells(L, &self->groups, i, is_missing);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

static size_t lines_before(const urna_mapping *mapping, size_t offset) {
  size_t lines = 1;
  const char *at = mapping->text, *end = mapping->text + offset;
  while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
    lines++;
    if (++at >= end) break;
  }
  return lines;
}

static int by_offset(const void *a, const void *b) {
  const urna_tally_fault *x = a, *y = b;
  return (x->offset > y->offset) - (x->offset < y->offset);
}

/* The kept faults in the order of the text; their lines are of the record. */
static void push_tally_faults(lua_State *L, tallying *self,
                              const urna_mapping *mapping) {
  urna_tally *tally = &self->tally;
  size_t kept = tally->fault_count < self->plan.fault_limit
                    ? tally->fault_count
                    : self->plan.fault_limit;
  if (kept > 1) qsort(tally->faults, kept, sizeof *tally->faults, by_offset);
  urna_push_array(L, kept);
  for (size_t i = 0; i < kept; i++) {
    urna_error error = tally->faults[i].error;
    size_t line = lines_before(mapping, tally->faults[i].offset);
    error.line = line + (error.line > 0 ? error.line - 1 : 0);
    urna_push_error(L, &error);
    urna_set_size(L, "row_line", line);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

static void push_result(lua_State *L, tallying *self,
                        const urna_mapping *mapping) {
  lua_newtable(L);
  push_keys(L, self);
  lua_setfield(L, -2, "keys");
  push_sums(L, self, 0);
  lua_setfield(L, -2, "sums");
  push_sums(L, self, 1);
  lua_setfield(L, -2, "missing");
  if (self->plan.counts_records) {
    push_cells(L, &self->groups, self->tally.sum_count, 0);
    lua_setfield(L, -2, "counts");
  }
  push_digits(L, (urna_count)self->tally.records);
  lua_setfield(L, -2, "records");
  push_digits(L, (urna_count)self->groups.count);
  lua_setfield(L, -2, "groups");
  push_digits(L, (urna_count)self->tally.fault_count);
  lua_setfield(L, -2, "fault_count");
  push_tally_faults(L, self, mapping);
  lua_setfield(L, -2, "faults");
}

/* Where the first record begins: behind the headings. */
static size_t first_record(const urna_mapping *mapping, char delimiter) {
  urna_csv csv;
  urna_csv_init(&csv, mapping->text, mapping->size, delimiter);
  urna_csv_next(&csv);
  size_t first = (size_t)(csv.at - mapping->text);
  urna_csv_free(&csv);
  return first;
}

/* Where the records to be counted begin and end: all of them, or those that
** begin in the bytes from .. to - 1 of the text. */
static void read_range(lua_State *L, const urna_mapping *mapping, size_t first,
                       size_t *from, size_t *to) {
  urna_count most = (urna_count)mapping->size;
  *from = urna_tally_align(mapping->text, mapping->size, first,
                           (size_t)urna_check_field(L, 2, "from", 0));
  *to = (size_t)urna_check_field(L, 2, "to", most);
}

/*
** mapping:tally{ roles, where, delimiter, count, threads, chunk, isa, seed,
** limit, cells, from, to }: { keys, sums, missing, counts, records, groups,
** faults, fault_count, first, from, reached }, or nil and a fault.
*/
static int tally(lua_State *L) {
  const urna_mapping *mapping = check_mapping(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  urna_error error = {.code = NULL};
  size_t first, from, to, reached = 0;
  tallying *self = lua_newuserdata(L, sizeof *self);
  memset(self, 0, sizeof *self);
  urna_set_class(L, SCRATCH);
  read_plan(L, self);
  urna_crew crew = read_crew(L);
  first = first_record(mapping, self->plan.delimiter);
  read_range(L, mapping, first, &from, &to);
  urna_status status = urna_crew_tally(&crew, &self->plan, mapping, from, to,
                                       &self->tally, &reached, &error);
  if (status == URNA_OK) status = urna_groups_init(&self->groups, &self->tally);
  if (status == URNA_NO_MEMORY && self->plan.is_flat) {
    urna_error_set(&error, "too_many_groups",
                   "there are more groups than memory, or `cells`, allows");
    status = URNA_BAD_INPUT;
  }
  if (status == URNA_OVERFLOW) {
    urna_error_set(&error, "sum_overflow", "a sum does not fit 64 bits");
    status = URNA_BAD_INPUT;
  }
  if (status != URNA_OK) return urna_fail(L, status, &error);
  push_result(L, self, mapping);
  urna_set_size(L, "first", first);
  urna_set_size(L, "from", from);
  urna_set_size(L, "reached", reached);
  return 1;
}

/* mapping:headings(delimiter): headings, delimiter; or nil and a fault. */
static int headings(lua_State *L) {
  const urna_mapping *mapping = check_mapping(L, 1);
  char delimiter = urna_check_delimiter(L, 2);
  if (!delimiter) delimiter = urna_csv_delimiter(mapping->text, mapping->size);
  urna_error error = {.code = NULL};
  urna_csv csv;
  urna_csv_init(&csv, mapping->text, mapping->size, delimiter);
  urna_status status = urna_table_headings(&csv, &error);
  if (status != URNA_OK) {
    urna_csv_free(&csv);
    return urna_fail(L, status, &error);
  }
  size_t count = csv.count;
  urna_field *fields = lua_newuserdata(L, (count + 1) * sizeof *fields);
  memcpy(fields, csv.fields, count * sizeof *fields);
  urna_csv_free(&csv);
  urna_push_array(L, count);
  for (size_t i = 0; i < count; i++) {
    char *plain = lua_newuserdata(L, fields[i].length + 1);
    lua_pushlstring(L, plain, urna_csv_unquote(&fields[i], plain));
    lua_rawseti(L, -3, (int)i + 1);
    lua_pop(L, 1);
  }
  lua_pushlstring(L, &delimiter, 1);
  return 2;
}

/* mapping:bytes(from, count): a piece of the text, to tell it by. */
static int bytes(lua_State *L) {
  const urna_mapping *mapping = check_mapping(L, 1);
  size_t from = (size_t)urna_check_count(L, 2, "from");
  size_t count = (size_t)urna_check_count(L, 3, "count");
  if (from > mapping->size) from = mapping->size;
  if (count > mapping->size - from) count = mapping->size - from;
  lua_pushlstring(L, mapping->text + from, count);
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

static const luaL_Reg methods[] = {
    {"bytes", bytes}, {"close", close_mapping}, {"headings", headings},
    {"size", size},   {"tally", tally},         {NULL, NULL}};

static const luaL_Reg scratch[] = {{"close", free_tallying}, {NULL, NULL}};

static const luaL_Reg functions[] = {{"mapped", map_path},
                                     {"mapped_source", map_source},
                                     {"instruction_sets", instruction_sets},
                                     {NULL, NULL}};

void urna_open_tally(lua_State *L) {
  urna_make_class(L, CLASS, methods, to_string, size);
  urna_make_class(L, SCRATCH, scratch, NULL, NULL);
  urna_register(L, functions);
}
