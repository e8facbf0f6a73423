/* tallied.c - binds core/groups.h and core/sheet.h: what a tally has found. */
#include "lua/tallied.h"

#include <stdlib.h>
#include <string.h>

#include "core/count.h"
#include "core/sheet.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define CLASS "urna.tallied"
#define SHEET "urna.sheet"

urna_tallied *urna_new_tallied(lua_State *L) {
  urna_tallied *self = lua_newuserdata(L, sizeof *self);
  memset(self, 0, sizeof *self);
  urna_set_class(L, CLASS);
  return self;
}

urna_tallied *urna_check_tallied(lua_State *L, int index) {
  return luaL_checkudata(L, index, CLASS);
}

static int free_tallied(lua_State *L) {
  urna_tallied *self = urna_check_tallied(L, 1);
  urna_groups_free(&self->groups);
  if (self->has_tally) urna_tally_free(&self->tally);
  free(self->columns);
  free(self->filters);
  free((void *)self->names);
  free(self->lengths);
  free(self->text);
  free(self->sums);
  if (self->formulas) luaL_unref(L, LUA_REGISTRYINDEX, self->formulas_at);
  memset(self, 0, sizeof *self);
  return 0;
}

static urna_tallied *check_full(lua_State *L) {
  urna_tallied *self = urna_check_tallied(L, 1);
  if (!self->has_tally) luaL_error(L, "the tally is closed");
  return self;
}

/* The groups, put in order when they are first asked for. */
static const urna_groups *groups_of(lua_State *L, urna_tallied *self) {
  if (self->has_groups) return &self->groups;
  uint32_t by[URNA_KEYS_MAX];
  for (uint32_t i = 0; i < self->by_count; i++)
    by[i] = self->tally.key_of[self->by[i]];
  urna_status status =
      urna_groups_init(&self->groups, &self->tally, by, self->by_count);
  if (status == URNA_OVERFLOW) luaL_error(L, "too many names to be ordered");
  if (status != URNA_OK) luaL_error(L, "not enough memory");
  self->has_groups = true;
  return &self->groups;
}

static void push_digits(lua_State *L, urna_count count) {
  char digits[URNA_COUNT_DIGITS];
  if (count <= URNA_COUNT_MAX) {
    lua_pushinteger(L, (lua_Integer)count);
    return;
  }
  urna_count_write(count, digits);
  urna_push_digits(L, digits);
}

/* ---- numbers of the whole ---- */

/* records(): how many were read, and how many of them were refused. */
static int records(lua_State *L) {
  const urna_tallied *self = check_full(L);
  push_digits(L, (urna_count)self->tally.records);
  push_digits(L, (urna_count)self->tally.faults.count);
  return 2;
}

static int count(lua_State *L) {
  push_digits(L, (urna_count)groups_of(L, check_full(L))->count);
  return 1;
}

static uint32_t check_sum(lua_State *L, const urna_tallied *self, int index) {
  urna_count i = urna_check_count(L, index, "a sum");
  if (i < 1 || i > self->sum_count) luaL_error(L, "there is no such sum");
  return self->tally.sum_of[self->sums[i - 1]];
}

/* total(i): of the sum's column over all groups, in digits. */
static int total(lua_State *L) {
  urna_tallied *self = check_full(L);
  const urna_groups *groups = groups_of(L, self);
  uint32_t sum = check_sum(L, self, 2);
  char digits[URNA_TOTAL_DIGITS];
  urna_groups_total(groups, sum, digits);
  lua_pushstring(L, digits);
  return 1;
}

/* ---- refused records ---- */

static void push_note(lua_State *L, const urna_note *note) {
  urna_error error = note->error;
  error.line = note->line + (error.line > 0 ? error.line - 1 : 0);
  urna_push_error(L, &error);
  urna_set_size(L, "row_line", note->line);
  urna_set_size(L, "source", note->source + 1);
}

/* faults(): those that are kept, in the order of the texts. */
static int faults(lua_State *L) {
  urna_tallied *self = check_full(L);
  urna_notes *notes = &self->tally.faults;
  urna_notes_sort(notes);
  urna_push_array(L, notes->kept);
  for (size_t i = 0; i < notes->kept; i++) {
    push_note(L, &notes->items[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  return 1;
}

/* ---- checks and duplicates ---- */

/* The fields of a unit's key as an array. */
static void push_unit(lua_State *L, const unsigned char *key, size_t length) {
  const unsigned char *at = key, *end = key + length;
  const char *text;
  size_t size;
  lua_newtable(L);
  for (int i = 1; length > 0 && urna_unit_key_next(&at, end, &text, &size);
       i++) {
    lua_pushlstring(L, text, size);
    lua_rawseti(L, -2, i);
  }
}

static void push_side(lua_State *L, const char *name, urna_count side) {
  char digits[URNA_COUNT_DIGITS];
  urna_count_write(side, digits);
  if (side >= -URNA_COUNT_MAX && side <= URNA_COUNT_MAX)
    lua_pushinteger(L, (lua_Integer)side);
  else
    lua_pushstring(L, digits);
  lua_setfield(L, -2, name);
}

static void push_failure(lua_State *L, const urna_note *note) {
  lua_createtable(L, 0, 5);
  push_unit(L, note->key, note->key_length);
  lua_setfield(L, -2, "keys");
  urna_set_size(L, "line", note->line);
  urna_set_size(L, "source", note->source + 1);
  push_side(L, "left", note->sides[0]);
  push_side(L, "right", note->sides[1]);
}

static void set_digits(lua_State *L, const char *name, uint64_t count) {
  push_digits(L, (urna_count)count);
  lua_setfield(L, -2, name);
}

static void push_check(lua_State *L, urna_tally_check *check) {
  urna_notes_sort(&check->failures);
  lua_createtable(L, 0, 4);
  set_digits(L, "failed", check->failures.count);
  set_digits(L, "unknown", check->unknown);
  set_digits(L, "beyond", check->beyond);
  urna_push_array(L, check->failures.kept);
  for (size_t i = 0; i < check->failures.kept; i++) {
    push_failure(L, &check->failures.items[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  lua_setfield(L, -2, "records");
}

/* checks(): what each check has found, in their order. */
static int checks(lua_State *L) {
  urna_tallied *self = check_full(L);
  urna_push_array(L, self->plan.formula_count);
  for (size_t i = 0; i < self->plan.formula_count; i++) {
    push_check(L, &self->tally.checks[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  return 1;
}

#define PLACE_MASK ((UINT64_C(1) << URNA_PLACE_BITS) - 1)

static void push_place(lua_State *L, const char *source, const char *place,
                       uint64_t where) {
  urna_set_size(L, source, (size_t)(where >> URNA_PLACE_BITS) + 1);
  set_digits(L, place, where & PLACE_MASK);
}

/* duplicates(): how many records have a unit that came before, and those that
** are kept; places are offsets, or lines of what is read in order. */
static int duplicates(lua_State *L) {
  urna_tallied *self = check_full(L);
  urna_units *units = &self->tally.units;
  if (!self->is_reported) urna_units_report(units);
  self->is_reported = true;
  push_digits(L, (urna_count)units->duplicate_count);
  urna_push_array(L, units->duplicate_kept);
  for (size_t i = 0; i < units->duplicate_kept; i++) {
    const urna_duplicate *one = &units->duplicates[i];
    size_t length;
    const unsigned char *key = urna_units_key(units, one->unit, &length);
    lua_createtable(L, 0, 5);
    push_unit(L, key, length);
    lua_setfield(L, -2, "keys");
    push_place(L, "source", "place", one->offset);
    push_place(L, "first_source", "first_place", one->first);
    lua_rawseti(L, -2, (int)i + 1);
  }
  return 2;
}

/* ---- names ---- */

static void push_all(lua_State *L, const urna_names *names) {
  urna_push_array(L, names->name_count);
  for (uint32_t n = 0; n < names->name_count; n++) {
    const urna_name *name = &names->names[n];
    lua_pushlstring(L, (const char *)names->text + name->offset, name->length);
    lua_rawseti(L, -2, (int)n + 1);
  }
}

/* names(column): all that stand in a key column, from 1, in the order they
** were met. */
static int names(lua_State *L) {
  const urna_tallied *self = check_full(L);
  urna_count column = urna_check_count(L, 2, "a column");
  if (column < 1 || (size_t)column > self->plan.column_count
      || self->columns[column - 1].role != URNA_KEY)
    return luaL_error(L, "there is no such key column");
  push_all(L, &self->tally.names[self->tally.key_of[column - 1]]);
  return 1;
}

/* ---- groups as tables ---- */

/* All names of each key as strings, made once: an array of arrays. */
static void push_names(lua_State *L, const urna_groups *groups) {
  urna_push_array(L, groups->by_count);
  for (uint32_t i = 0; i < groups->by_count; i++) {
    push_all(L, &groups->tally->names[groups->by[i]]);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* Where things stand on the stack while groups are made. */
enum { SELF = 1, SUM_NAMES = 2, NOTHING = 3, NAMES = 4, GROUPS = 5 };

static void push_keys(lua_State *L, const urna_groups *groups,
                      const urna_group *group) {
  lua_createtable(L, (int)groups->by_count, 0);
  for (uint32_t i = 0; i < groups->by_count; i++) {
    lua_rawgeti(L, NAMES, (int)i + 1);
    lua_rawgeti(L, -1, (int)group->names[i] + 1);
    lua_rawseti(L, -3, (int)i + 1);
    lua_pop(L, 1);
  }
}

/* The keys at the top as one text. */
static void push_path(lua_State *L, uint32_t count) {
  int keys = lua_gettop(L);
  if (count == 0) lua_pushliteral(L, "");
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) lua_pushliteral(L, "/");
    lua_rawgeti(L, keys, (int)i + 1);
  }
  if (count > 1) lua_concat(L, 2 * (int)count - 1);
}

/* A table of some numbers by the name of their sum; none: the one and only
** empty table, at NOTHING. */
typedef int wanted(const urna_group *group, uint32_t sum, uint32_t records);

static int is_exact(const urna_group *group, uint32_t sum, uint32_t records) {
  bool is_known = !group->missing || group->missing[sum] < group->cell[records];
  return is_known && group->cell[sum] <= URNA_COUNT_MAX;
}

static int is_beyond(const urna_group *group, uint32_t sum, uint32_t records) {
  (void)records;
  return group->cell[sum] > URNA_COUNT_MAX;
}

static int is_missing(const urna_group *group, uint32_t sum, uint32_t records) {
  (void)records;
  return group->missing && group->missing[sum] > 0;
}

static void push_numbers(lua_State *L, const urna_tallied *self,
                         const urna_group *group, wanted *is_wanted,
                         bool is_shared) {
  const urna_count *from =
      is_wanted == is_missing ? group->missing : group->cell;
  bool has_any = !is_shared;
  if (has_any) lua_createtable(L, 0, (int)self->sum_count);
  for (uint32_t i = 0; i < self->sum_count; i++) {
    uint32_t sum = self->tally.sum_of[self->sums[i]];
    if (!is_wanted(group, sum, self->tally.sum_count)) continue;
    if (!has_any) lua_newtable(L);
    has_any = true;
    lua_rawgeti(L, SUM_NAMES, (int)i + 1);
    push_digits(L, from[sum]);
    lua_rawset(L, -3);
  }
  if (!has_any) lua_pushvalue(L, NOTHING);
}

static void push_group(lua_State *L, const urna_tallied *self,
                       const urna_group *group) {
  lua_createtable(L, 0, 6);
  push_keys(L, &self->groups, group);
  push_path(L, self->by_count);
  lua_setfield(L, -3, "key");
  lua_setfield(L, -2, "keys");
  push_digits(L, group->cell[self->tally.sum_count]);
  lua_setfield(L, -2, "records");
  push_numbers(L, self, group, is_exact, false);
  lua_setfield(L, -2, "fields");
  push_numbers(L, self, group, is_missing, true);
  lua_setfield(L, -2, "missing");
  push_numbers(L, self, group, is_beyond, true);
  lua_setfield(L, -2, "beyond");
}

/* groups(names): an array of groups; 'names' are those of the sums. */
static int groups(lua_State *L) {
  urna_tallied *self = check_full(L);
  luaL_checktype(L, SUM_NAMES, LUA_TTABLE);
  const urna_groups *found = groups_of(L, self);
  lua_settop(L, SUM_NAMES);
  luaL_checkstack(L, 2 * URNA_KEYS_MAX + 16, "groups");
  lua_newtable(L);
  push_names(L, found);
  urna_push_array(L, found->count);
  for (size_t g = 0; g < found->count; g++) {
    push_group(L, self, &found->items[g]);
    lua_rawseti(L, GROUPS, (int)g + 1);
  }
  return 1;
}

/* ---- groups as text ---- */

static int free_sheet(lua_State *L) {
  urna_sheet_free(luaL_checkudata(L, 1, SHEET));
  return 0;
}

#define LINES 16384 /* of a piece */

/* csv(write, counts): gives the text of all groups to a function, piece by
** piece; with the number of records at the end of each line, if asked. */
static int csv(lua_State *L) {
  urna_tallied *self = check_full(L);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  const urna_groups *found = groups_of(L, self);
  uint32_t *sums = lua_newuserdata(L, (self->sum_count + 1) * sizeof *sums);
  for (uint32_t i = 0; i < self->sum_count; i++)
    sums[i] = self->tally.sum_of[self->sums[i]];
  sums[self->sum_count] = self->tally.sum_count;
  uint32_t sum_count = self->sum_count + (lua_toboolean(L, 3) ? 1 : 0);
  urna_sheet *sheet = lua_newuserdata(L, sizeof *sheet);
  memset(sheet, 0, sizeof *sheet);
  urna_set_class(L, SHEET);
  urna_status status = urna_sheet_init(sheet, found, sums, sum_count);
  for (size_t g = 0; g < found->count && status == URNA_OK; g += LINES) {
    size_t to = found->count - g < LINES ? found->count : g + LINES;
    status = urna_sheet_write(sheet, g, to);
    if (status != URNA_OK) break;
    lua_pushvalue(L, 2);
    lua_pushlstring(L, sheet->text, sheet->size);
    lua_call(L, 1, 0);
  }
  return status == URNA_OK ? 0 : luaL_error(L, "not enough memory");
}

static const luaL_Reg methods[] = {{"checks", checks},
                                   {"close", free_tallied},
                                   {"count", count},
                                   {"csv", csv},
                                   {"duplicates", duplicates},
                                   {"faults", faults},
                                   {"groups", groups},
                                   {"names", names},
                                   {"records", records},
                                   {"total", total},
                                   {NULL, NULL}};

static const luaL_Reg sheet_methods[] = {{"close", free_sheet}, {NULL, NULL}};

void urna_open_tallied(lua_State *L) {
  urna_make_class(L, CLASS, methods, NULL, count);
  urna_make_class(L, SHEET, sheet_methods, NULL, NULL);
}
