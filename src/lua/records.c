/* records.c - binds core/record.h and core/peers.h: what is wrong with the
** records of a table. Units are numbered from 1 in the selection. */
#include <limits.h>
#include <stdbool.h>

#include "core/count.h"
#include "core/formula.h"
#include "core/peers.h"
#include "core/ratio.h"
#include "core/record.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/formula.h"
#include "lua/openers.h"
#include "lua/seed.h"
#include "lua/table.h"

#define CLASS "urna.peers"

/* Room for 'n' things on Lua's stack. */
static void *scratch(lua_State *L, size_t n, size_t size) {
  if (n >= SIZE_MAX / size) luaL_error(L, "not enough memory");
  return lua_newuserdata(L, (n + 1) * size);
}

/* Push the option 'name' of the table at 'index'; its place on the stack. */
static int push_option(lua_State *L, int index, const char *name) {
  lua_getfield(L, index, name);
  return lua_gettop(L);
}

/* Set element 'i' of the array at 'index'. */
static void put(lua_State *L, int index, size_t i, int64_t value) {
  urna_push_integer(L, value);
  lua_rawseti(L, index, (int)i);
}

static int fail_beyond(lua_State *L, size_t line) {
  urna_error error;
  urna_error_set(&error, "beyond_exact", NULL);
  error.line = line;
  return urna_fail(L, URNA_BAD_INPUT, &error);
}

/* ---- formulas ---- */

/* A check that is being run, and the arrays of Lua that it is told in. */
typedef struct check {
  const urna_formula *test, *when; /* 'when' is nullable */
  int units_at, left_at, right_at;
  size_t fired, unknown;
  size_t most; /* of those that are told; all are counted */
} check;

static bool is_exact(urna_count a, urna_count b) {
  return a <= URNA_COUNT_MAX && a >= -URNA_COUNT_MAX && b <= URNA_COUNT_MAX
         && b >= -URNA_COUNT_MAX;
}

/* The verdict over one record, URNA_HOLDS where it does not apply. Sides are
** left alone unless both are known. */
static urna_verdict judge(const check *one, const urna_count *fields,
                          urna_count *left, urna_count *right) {
  urna_count a = 0, b = 0;
  urna_verdict applies = URNA_HOLDS;
  if (one->when) applies = urna_formula_test(one->when, fields, &a, &b);
  if (applies == URNA_BEYOND || !is_exact(a, b)) return URNA_BEYOND;
  urna_verdict verdict = urna_formula_test(one->test, fields, left, right);
  if (verdict == URNA_UNKNOWN || applies == URNA_UNKNOWN) return URNA_UNKNOWN;
  if (verdict == URNA_BEYOND || !is_exact(*left, *right)) return URNA_BEYOND;
  return applies == URNA_FAILS ? URNA_HOLDS : verdict;
}

static void fire(lua_State *L, check *one, size_t unit, urna_count left,
                 urna_count right) {
  if (++one->fired > one->most) return;
  put(L, one->units_at, one->fired, (int64_t)unit);
  put(L, one->left_at, one->fired, left);
  put(L, one->right_at, one->fired, right);
}

/* Push an answer for each check, its arrays to be filled. They stay on the
** stack, three to a check, below the array of answers. */
static check *push_checks(lua_State *L, const urna_formula *tests,
                          const urna_formula *whens, const size_t *when_of,
                          const size_t *most_of, size_t count) {
  check *checks = scratch(L, count, sizeof *checks);
  if (count > 1000) luaL_error(L, "too many checks");
  luaL_checkstack(L, 3 * (int)count + 8, "too many checks");
  for (size_t i = 0; i < count; i++) {
    checks[i] = (check){.test = &tests[i],
                        .when = when_of[i] ? &whens[when_of[i] - 1] : NULL,
                        .most = most_of[i]};
    lua_newtable(L);
    checks[i].units_at = lua_gettop(L);
    lua_newtable(L);
    checks[i].left_at = lua_gettop(L);
    lua_newtable(L);
    checks[i].right_at = lua_gettop(L);
  }
  return checks;
}

static void push_answers(lua_State *L, const check *checks, size_t count) {
  urna_push_array(L, count);
  for (size_t i = 0; i < count; i++) {
    lua_createtable(L, 0, 4);
    lua_pushvalue(L, checks[i].units_at);
    lua_setfield(L, -2, "units");
    lua_pushvalue(L, checks[i].left_at);
    lua_setfield(L, -2, "left");
    lua_pushvalue(L, checks[i].right_at);
    lua_setfield(L, -2, "right");
    urna_push_integer(L, checks[i].unknown);
    lua_setfield(L, -2, "unknown");
    urna_push_integer(L, checks[i].fired);
    lua_setfield(L, -2, "fired");
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* What each function takes: columns of a table, and some of its rows. */
typedef struct asked {
  const urna_table *table;
  urna_columns columns;
  urna_rows rows;
} asked;

/* The table, and in the table of options at 2 the columns and the rows. */
static asked check_asked(lua_State *L, const char *const *known,
                         const char *columns) {
  asked a = {.table = urna_check_table(L, 1)};
  lua_settop(L, 2);
  urna_check_options(L, 2, known);
  a.columns = urna_check_columns(L, push_option(L, 2, columns), columns,
                                 a.table, URNA_KIND_COUNT);
  a.rows = urna_check_rows(L, push_option(L, 2, "rows"), a.table);
  return a;
}

/* records_test(table, { columns, tests, whens, when_of, most_of, rows }): for
** each test the units it fails in, the first ones up to its most, both sides
** there, how many there are and how many are not known.
** nil and "beyond_exact" with the line where a side is beyond 2^53 - 1. */
static int records_test(lua_State *L) {
  static const char *const known[] = {"columns", "tests", "whens", "when_of",
                                      "most_of", "rows",  NULL};
  asked a = check_asked(L, known, "columns");
  size_t count, when_count, of_count, most_count;
  const urna_formula *tests = urna_check_formulas(L, push_option(L, 2, "tests"),
                                                  a.columns.count, &count);
  const urna_formula *whens = urna_check_formulas(L, push_option(L, 2, "whens"),
                                                  a.columns.count, &when_count);
  const size_t *when_of = urna_check_numbers(
      L, push_option(L, 2, "when_of"), "when_of", when_count, 0, &of_count);
  const size_t *most_of = urna_check_numbers(
      L, push_option(L, 2, "most_of"), "most_of", INT_MAX - 1, 0, &most_count);
  if (of_count != count || most_count != count)
    return luaL_error(L, "when_of and most_of have a number for each test");
  urna_count *fields = scratch(L, a.columns.count, sizeof *fields);
  check *checks = push_checks(L, tests, whens, when_of, most_of, count);
  for (size_t i = 0; i < a.rows.count; i++) {
    size_t row = urna_rows_at(a.rows, i);
    urna_record_gather(a.columns, row, fields);
    for (size_t k = 0; k < count; k++) {
      urna_count left = 0, right = 0;
      urna_verdict verdict = judge(&checks[k], fields, &left, &right);
      if (verdict == URNA_BEYOND) return fail_beyond(L, a.table->lines[row]);
      checks[k].unknown += verdict == URNA_UNKNOWN;
      if (verdict == URNA_FAILS) fire(L, &checks[k], i + 1, left, right);
    }
  }
  push_answers(L, checks, count);
  return 1;
}

/* records_state(table, { columns, rows }): the units that are partial, blank
** and zero, three arrays. */
static int records_state(lua_State *L) {
  static const char *const known[] = {"columns", "rows", NULL};
  asked a = check_asked(L, known, "columns");
  size_t counts[URNA_RECORD_ZERO + 1] = {0};
  int before = lua_gettop(L);
  for (int state = URNA_RECORD_PARTIAL; state <= URNA_RECORD_ZERO; state++)
    lua_newtable(L);
  for (size_t i = 0; i < a.rows.count; i++) {
    urna_record_state state =
        urna_record_look(a.columns, urna_rows_at(a.rows, i));
    if (state != URNA_RECORD_GIVEN)
      put(L, before + (int)state, ++counts[state], (int64_t)i + 1);
  }
  return 3;
}

/* records_leaders(table, { lists, num, den, least, rows }): units in which one
** list has num/den of the votes or more, of 'least' votes at least; that list,
** its votes and all; and how many units are not known. */
static int records_leaders(lua_State *L) {
  static const char *const known[] = {"lists", "num",  "den",
                                      "least", "rows", NULL};
  asked a = check_asked(L, known, "lists");
  urna_ratio share = {urna_check_field(L, 2, "num", 1),
                      urna_check_field(L, 2, "den", 1)};
  urna_count least = urna_check_field(L, 2, "least", 1);
  size_t count = 0, unknown = 0;
  int at = lua_gettop(L);
  if (share.den < 1 || least < 1)
    return luaL_error(L, "den and least are 1 or more");
  for (int i = 0; i < 4; i++) lua_newtable(L);
  for (size_t i = 0; i < a.rows.count; i++) {
    urna_record_lead lead;
    if (!urna_record_leader(a.columns, urna_rows_at(a.rows, i), &lead)) {
      unknown++;
      continue;
    }
    if (lead.all < least) continue;
    if (urna_ratio_cmp((urna_ratio){lead.votes, lead.all}, share) < 0) continue;
    if (!is_exact(lead.votes, lead.all))
      return fail_beyond(L, a.table->lines[urna_rows_at(a.rows, i)]);
    put(L, at + 1, ++count, (int64_t)i + 1);
    put(L, at + 2, count, (int64_t)lead.list + 1);
    put(L, at + 3, count, lead.votes);
    put(L, at + 4, count, lead.all);
  }
  urna_push_integer(L, unknown);
  return 5;
}

/* ---- peers ---- */

/* The object owns its numbers and points into no table, only at the rows of
** one: each method is told the table again. */
typedef struct box {
  urna_peers peers;
  size_t row_count; /* of that table */
  size_t numbers[]; /* group, members, rows, starts */
} box;

static const urna_table *check_peers(lua_State *L, box **self, int top) {
  *self = luaL_checkudata(L, 1, CLASS);
  const urna_table *table = urna_check_table(L, 2);
  lua_settop(L, top);
  if (table->row_count != (*self)->row_count)
    luaL_error(L, "the peers are of another table");
  return table;
}

/* peers(table, { keys, rows }): the units by their texts in the key columns. */
static int make_peers(lua_State *L) {
  static const char *const known[] = {"keys", "rows", NULL};
  const urna_table *table = urna_check_table(L, 1);
  lua_settop(L, 2);
  urna_check_options(L, 2, known);
  urna_columns keys = urna_check_columns(L, push_option(L, 2, "keys"), "keys",
                                         table, URNA_KIND_TEXT);
  urna_rows rows = urna_check_rows(L, push_option(L, 2, "rows"), table);
  size_t n = rows.count;
  if (n > SIZE_MAX / sizeof(size_t) / 16)
    return luaL_error(L, "not enough memory");
  size_t *slots = scratch(L, urna_peers_slots(n), sizeof *slots);
  box *self = lua_newuserdata(L, sizeof *self + (4 * n + 1) * sizeof(size_t));
  self->row_count = table->row_count;
  self->peers = (urna_peers){.rows = rows, .seed = (uint64_t)urna_draw_seed()};
  self->peers.group = self->numbers;
  self->peers.members = self->numbers + n;
  size_t *own = self->numbers + 2 * n;
  self->peers.starts = self->numbers + 3 * n;
  for (size_t i = 0; i < n; i++) own[i] = urna_rows_at(rows, i);
  self->peers.rows.at = own;
  urna_peers_group(&self->peers, keys, slots);
  urna_set_class(L, CLASS);
  return 1;
}

/* firsts(): the first unit of each group. */
static int firsts(lua_State *L) {
  const box *self = luaL_checkudata(L, 1, CLASS);
  const urna_peers *peers = &self->peers;
  lua_settop(L, 1);
  urna_push_array(L, peers->group_count);
  for (size_t g = 0; g < peers->group_count; g++)
    put(L, 2, g + 1, (int64_t)peers->members[peers->starts[g]] + 1);
  return 1;
}

static int group_count(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  urna_push_integer(L, self->peers.group_count);
  return 1;
}

/* The sum across a row, URNA_MISSING if it is none. */
static urna_count across(urna_columns columns, size_t row) {
  urna_count sum;
  return urna_rows_across(columns, row, &sum) == URNA_OK ? sum : URNA_MISSING;
}

/* Push the outliers as arrays: units, value, median, z. */
static int push_outliers(lua_State *L, const urna_outlier *found, size_t n) {
  int at = lua_gettop(L);
  for (int i = 0; i < 4; i++) urna_push_array(L, n);
  for (size_t i = 0; i < n; i++) {
    put(L, at + 1, i + 1, (int64_t)found[i].place + 1);
    put(L, at + 2, i + 1, found[i].value);
    put(L, at + 3, i + 1, found[i].median);
    put(L, at + 4, i + 1, found[i].z);
  }
  return 4;
}

static int find_outliers(lua_State *L, const urna_peers *peers,
                         const urna_measure *measures, int64_t limit,
                         size_t least) {
  size_t n = peers->rows.count;
  int64_t *values = scratch(L, n, sizeof *values);
  urna_outlier *found = scratch(L, n, sizeof *found);
  return push_outliers(
      L, found,
      urna_peers_outliers(peers, measures, limit, least, values, found));
}

/* A limit of z in hundredths and the fewest known of a group, from 'index'. */
static void check_limits(lua_State *L, int index, int64_t *limit,
                         size_t *least) {
  *limit = urna_check_count(L, index, "a limit");
  urna_count fewest = urna_check_count(L, index + 1, "the fewest");
  if (*limit > 1000000) luaL_error(L, "a limit is up to 1000000");
  *least = (size_t)fewest;
}

/* outliers(table, parts, wholes, limit, least): units whose share, the sum of
** some columns of that of others, is far from their group's middle. */
static int outliers(lua_State *L) {
  box *self;
  const urna_table *table = check_peers(L, &self, 6);
  int64_t limit;
  size_t least, n = self->peers.rows.count;
  check_limits(L, 5, &limit, &least);
  urna_columns parts =
      urna_check_columns(L, 3, "parts", table, URNA_KIND_COUNT);
  urna_columns wholes =
      urna_check_columns(L, 4, "wholes", table, URNA_KIND_COUNT);
  urna_measure *measures = scratch(L, n, sizeof *measures);
  for (size_t i = 0; i < n; i++) {
    size_t row = urna_rows_at(self->peers.rows, i);
    measures[i] = urna_measure_share(across(parts, row), across(wholes, row));
  }
  return find_outliers(L, &self->peers, measures, limit, least);
}

/* ends(table, parts, wholes, variance): by group how many counts may end in any
** digit, and how many of those end in 0 or 5. */
static int ends(lua_State *L) {
  box *self;
  const urna_table *table = check_peers(L, &self, 5);
  const urna_peers *peers = &self->peers;
  size_t n = peers->rows.count;
  urna_count variance = urna_check_count(L, 5, "the variance");
  urna_columns parts =
      urna_check_columns(L, 3, "parts", table, URNA_KIND_COUNT);
  urna_columns wholes =
      urna_check_columns(L, 4, "wholes", table, URNA_KIND_COUNT);
  urna_count *part = scratch(L, n, sizeof *part);
  urna_count *whole = scratch(L, n, sizeof *whole);
  for (size_t i = 0; i < n; i++) {
    size_t row = urna_rows_at(peers->rows, i);
    part[i] = across(parts, row);
    whole[i] = across(wholes, row);
  }
  urna_push_array(L, peers->group_count);
  urna_push_array(L, peers->group_count);
  int at = lua_gettop(L) - 1;
  for (size_t g = 0; g < peers->group_count; g++) {
    urna_ends found = urna_peers_ends(peers, part, whole, g, variance);
    put(L, at, g + 1, (int64_t)found.counts);
    put(L, at + 1, g + 1, (int64_t)found.round);
  }
  return 2;
}

/* Element 'i' of the array at 'index': a number within 2 million of 0. */
static int64_t value_at(lua_State *L, int index, size_t i) {
  lua_rawgeti(L, index, (int)i);
  lua_Number x = lua_tonumber(L, -1);
  bool is_known = lua_type(L, -1) == LUA_TNUMBER, good = x >= -2e6 && x <= 2e6;
  lua_pop(L, 1);
  if (!is_known) return URNA_NO_VALUE;
  if (!good || x != (lua_Number)(int64_t)x)
    luaL_error(L, "values must be whole numbers within 2000000 of 0");
  return (int64_t)x;
}

/* moves(table, { values, sizes, rates }, limit, least): the same of values
** that are given by unit, false where not known. */
static int moves(lua_State *L) {
  static const char *const known[] = {"values", "sizes", "rates", NULL};
  box *self;
  check_peers(L, &self, 5);
  int64_t limit;
  size_t least, n = self->peers.rows.count;
  check_limits(L, 4, &limit, &least);
  urna_check_options(L, 3, known);
  int values_at = push_option(L, 3, "values");
  int sizes_at = push_option(L, 3, "sizes");
  int rates_at = push_option(L, 3, "rates");
  for (int at = values_at; at <= rates_at; at++)
    luaL_checktype(L, at, LUA_TTABLE);
  urna_measure *measures = scratch(L, n, sizeof *measures);
  for (size_t i = 0; i < n; i++) {
    int64_t value = value_at(L, values_at, i + 1);
    measures[i] = (urna_measure){.value = value};
    if (value == URNA_NO_VALUE) continue;
    measures[i].size = urna_check_element(L, sizes_at, i + 1, "sizes");
    measures[i].rate = urna_check_element(L, rates_at, i + 1, "rates");
    if (measures[i].rate > URNA_MILLION)
      return luaL_error(L, "a rate is up to 1000000");
  }
  return find_outliers(L, &self->peers, measures, limit, least);
}

/* Which spots one record has. */
typedef size_t find_spots(const urna_peers *peers, urna_columns lists,
                          const urna_group_sums *sums, size_t place,
                          urna_spot *found);

/* Push units and numbers of lists: the spots of every record of a group of
** 'least' reported ones. */
static int spots(lua_State *L, find_spots *find) {
  box *self;
  const urna_table *table = check_peers(L, &self, 4);
  const urna_peers *peers = &self->peers;
  urna_count least = urna_check_count(L, 4, "the fewest");
  urna_columns lists =
      urna_check_columns(L, 3, "lists", table, URNA_KIND_COUNT);
  urna_group_sums sums = {.lists = scratch(L, lists.count, sizeof(urna_count))};
  urna_spot *found = scratch(L, lists.count, sizeof *found);
  size_t count = 0;
  lua_newtable(L);
  lua_newtable(L);
  int at = lua_gettop(L) - 1;
  for (size_t g = 0; g < peers->group_count; g++) {
    if (urna_peers_sum(peers, lists, g, &sums) != URNA_OK) continue;
    if (sums.records < (uint64_t)least) continue;
    for (size_t k = peers->starts[g]; k < peers->starts[g + 1]; k++) {
      size_t n = find(peers, lists, &sums, peers->members[k], found);
      for (size_t i = 0; i < n; i++) {
        put(L, at, ++count, (int64_t)found[i].place + 1);
        put(L, at + 1, count, (int64_t)found[i].list + 1);
      }
    }
  }
  return 2;
}

/* zeros(table, lists, least) */
static int zeros(lua_State *L) {
  return spots(L, urna_peers_zeros);
}

/* swaps(table, lists, least) */
static int swaps(lua_State *L) {
  return spots(L, urna_peers_swaps);
}

/* equals(table, columns, lists, least): units, and the first one of the group
** that says the same. */
static int equals(lua_State *L) {
  box *self;
  const urna_table *table = check_peers(L, &self, 5);
  size_t n = self->peers.rows.count, count = 0;
  urna_count least = urna_check_count(L, 5, "the fewest votes");
  urna_columns columns =
      urna_check_columns(L, 3, "columns", table, URNA_KIND_COUNT);
  urna_columns lists =
      urna_check_columns(L, 4, "lists", table, URNA_KIND_COUNT);
  size_t *first = scratch(L, n, sizeof *first);
  size_t *slots = scratch(L, urna_peers_slots(n), sizeof *slots);
  urna_peers_equals(&self->peers, columns, lists, least, first, slots);
  lua_newtable(L);
  lua_newtable(L);
  int at = lua_gettop(L) - 1;
  for (size_t i = 0; i < n; i++) {
    if (first[i] == i) continue;
    put(L, at, ++count, (int64_t)i + 1);
    put(L, at + 1, count, (int64_t)first[i] + 1);
  }
  return 2;
}

static int to_string(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  lua_pushfstring(L, CLASS " (%d units, %d groups)",
                  (int)self->peers.rows.count, (int)self->peers.group_count);
  return 1;
}

static int close_peers(lua_State *L) {
  luaL_checkudata(L, 1, CLASS);
  return 0;
}

static const luaL_Reg methods[] = {
    {"firsts", firsts}, {"groups", group_count}, {"outliers", outliers},
    {"moves", moves},   {"zeros", zeros},        {"swaps", swaps},
    {"equals", equals}, {"ends", ends},          {"close", close_peers},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"records_test", records_test},
    {"records_state", records_state},
    {"records_leaders", records_leaders},
    {"peers", make_peers},
    {NULL, NULL},
};

void urna_open_records(lua_State *L) {
  urna_make_class(L, CLASS, methods, to_string, group_count);
  urna_register(L, functions);
}
