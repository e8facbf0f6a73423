/* table.c - binds core/table.h, core/rows.h and core/pivot.h. */
#include "core/table.h"

#include <limits.h>
#include <string.h>

#include "core/count.h"
#include "core/pivot.h"
#include "core/rows.h"
#include "io/source.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"
#include "lua/table.h"

#define CLASS "urna.table"

typedef struct kept {
  urna_source *source;
} kept;

typedef struct box {
  urna_table table;
  urna_faults faults; /* of the reading; freed once they are pushed */
  int is_open;
  size_t source_count;
  kept sources[]; /* what text cells point into */
} box;

/* A new table with room for 'n' sources. */
static box *push_table(lua_State *L, size_t limit, size_t n) {
  box *self = lua_newuserdata(L, sizeof *self + n * sizeof *self->sources);
  urna_table_init(&self->table);
  urna_faults_init(&self->faults, limit);
  self->source_count = 0;
  self->is_open = 1;
  urna_set_class(L, CLASS);
  return self;
}

/* The table of a method, with arguments 2 and 3 on the stack, be they nil:
** scratch comes behind them. */
static const urna_table *check_table(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  lua_settop(L, 3);
  if (!self->is_open) luaL_error(L, "the table is closed");
  return &self->table;
}

static int close_table(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  urna_table_free(&self->table);
  urna_faults_free(&self->faults);
  while (self->source_count > 0)
    urna_source_release(self->sources[--self->source_count].source);
  self->is_open = 0;
  return 0;
}

/* --- arguments --- */

static const char *const kind_names[] = {"skip", "text", "count", NULL};

static void check_kind(lua_State *L, const urna_table *table, size_t column,
                       urna_kind kind) {
  if (table->columns[column].kind != kind)
    luaL_error(L, "column %d is not a %s column", (int)column + 1,
               kind_names[kind]);
}

/* The number of a column of that kind at 'index', from 0. */
static size_t check_column(lua_State *L, int index, const urna_table *table,
                           urna_kind kind) {
  urna_count number = urna_check_count(L, index, "a column");
  if (number < 1 || (uint64_t)number > table->column_count)
    luaL_error(L, "a column must be a number from 1 to %d",
               (int)table->column_count);
  check_kind(L, table, (size_t)number - 1, kind);
  return (size_t)number - 1;
}

/* The array of columns of that kind at 'index'; leaves scratch. */
static urna_columns check_columns(lua_State *L, int index, const char *name,
                                  const urna_table *table, urna_kind kind) {
  urna_columns columns = {.table = table};
  columns.at = urna_check_numbers(L, index, name, table->column_count, 1,
                                  &columns.count);
  for (size_t i = 0; i < columns.count; i++)
    check_kind(L, table, columns.at[i], kind);
  return columns;
}

/* The selection at 'index', all rows for nil; may leave scratch. */
static urna_rows check_rows(lua_State *L, int index, const urna_table *table) {
  urna_rows rows = {NULL, table->row_count};
  if (!lua_isnoneornil(L, index))
    rows.at =
        urna_check_numbers(L, index, "rows", table->row_count, 1, &rows.count);
  return rows;
}

/* for the files that look at a table's records; see lua/table.h */

const urna_table *urna_check_table(lua_State *L, int index) {
  box *self = luaL_checkudata(L, index, CLASS);
  if (!self->is_open) luaL_error(L, "the table is closed");
  return &self->table;
}

urna_columns urna_check_columns(lua_State *L, int index, const char *name,
                                const urna_table *table, urna_kind kind) {
  return check_columns(L, index, name, table, kind);
}

urna_rows urna_check_rows(lua_State *L, int index, const urna_table *table) {
  return check_rows(L, index, table);
}

/* --- results --- */

static int fail_with(lua_State *L, const char *code, size_t column, size_t line,
                     urna_count count) {
  urna_error error;
  char digits[URNA_COUNT_DIGITS];
  urna_error_set(&error, code, NULL);
  error.index = column;
  error.line = line;
  if (count != URNA_MISSING)
    urna_error_text(&error, digits, urna_count_write(count, digits));
  return urna_fail(L, URNA_BAD_INPUT, &error);
}

static void push_row_numbers(lua_State *L, const size_t *rows, size_t n) {
  urna_push_array(L, n);
  for (size_t i = 0; i < n; i++) {
    urna_push_integer(L, rows[i] + 1);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* Room for 'n' numbers on Lua's stack. */
static size_t *scratch(lua_State *L, size_t n) {
  if (n > SIZE_MAX / sizeof(size_t) - 1) luaL_error(L, "not enough memory");
  return lua_newuserdata(L, (n + 1) * sizeof(size_t));
}

/* --- methods --- */

static int rows(lua_State *L) {
  urna_push_integer(L, check_table(L)->row_count);
  return 1;
}

/* line(row): where its record starts. */
static int line(lua_State *L) {
  const urna_table *table = check_table(L);
  urna_count row = urna_check_count(L, 2, "a row");
  if (row < 1 || (uint64_t)row > table->row_count)
    return luaL_error(L, "a row must be a number from 1 to %d",
                      (int)table->row_count);
  urna_push_integer(L, table->lines[row - 1]);
  return 1;
}

/* texts(column, rows): the cells, byte for byte. */
static int texts(lua_State *L) {
  const urna_table *table = check_table(L);
  size_t column = check_column(L, 2, table, URNA_KIND_TEXT);
  urna_rows chosen = check_rows(L, 3, table);
  const urna_text *cells = table->columns[column].texts;
  urna_push_array(L, chosen.count);
  for (size_t i = 0; i < chosen.count; i++) {
    urna_text cell = cells[urna_rows_at(chosen, i)];
    lua_pushlstring(L, cell.start, cell.length);
    lua_rawseti(L, -2, (int)i + 1);
  }
  return 1;
}

/* counts(column, rows): the cells, nil where not reported, and how many. */
static int counts(lua_State *L) {
  const urna_table *table = check_table(L);
  size_t column = check_column(L, 2, table, URNA_KIND_COUNT);
  urna_rows chosen = check_rows(L, 3, table);
  const urna_count *cells = table->columns[column].counts;
  urna_push_array(L, chosen.count);
  for (size_t i = 0; i < chosen.count; i++) {
    size_t row = urna_rows_at(chosen, i);
    if (cells[row] == URNA_MISSING) continue;
    if (cells[row] > URNA_COUNT_MAX)
      return fail_with(L, "beyond_exact", column + 1, table->lines[row],
                       cells[row]);
    urna_push_integer(L, cells[row]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  urna_push_integer(L, chosen.count);
  return 2;
}

/* sums(columns, rows): the sums, and in how many rows nothing is given. */
static int sums(lua_State *L) {
  const urna_table *table = check_table(L);
  urna_columns columns = check_columns(L, 2, "columns", table, URNA_KIND_COUNT);
  urna_rows chosen = check_rows(L, 3, table);
  urna_push_array(L, columns.count);
  urna_push_array(L, columns.count);
  for (size_t i = 0; i < columns.count; i++) {
    urna_count sum;
    size_t missing, column = columns.at[i];
    if (urna_rows_sum(table, column, chosen, &sum, &missing) != URNA_OK)
      return fail_with(L, "sum_overflow", column + 1, 0, URNA_MISSING);
    if (sum > URNA_COUNT_MAX)
      return fail_with(L, "beyond_exact", column + 1, 0, sum);
    urna_push_integer(L, sum);
    lua_rawseti(L, -3, (int)i + 1);
    urna_push_integer(L, missing);
    lua_rawseti(L, -2, (int)i + 1);
  }
  return 2;
}

/* reported(columns): the rows in which every one of them is given. */
static int reported(lua_State *L) {
  const urna_table *table = check_table(L);
  urna_columns columns = check_columns(L, 2, "columns", table, URNA_KIND_COUNT);
  size_t *found = scratch(L, table->row_count), n = 0;
  for (size_t row = 0; row < table->row_count; row++)
    if (urna_rows_reported(columns, row)) found[n++] = row;
  push_row_numbers(L, found, n);
  return 1;
}

/* row_sums(columns, rows): the sum across each row, nil where one is
** missing, and how many rows. */
static int row_sums(lua_State *L) {
  const urna_table *table = check_table(L);
  urna_columns columns = check_columns(L, 2, "columns", table, URNA_KIND_COUNT);
  urna_rows chosen = check_rows(L, 3, table);
  urna_push_array(L, chosen.count);
  for (size_t i = 0; i < chosen.count; i++) {
    size_t row = urna_rows_at(chosen, i);
    urna_count sum;
    if (urna_rows_across(columns, row, &sum) != URNA_OK)
      return fail_with(L, "sum_overflow", 0, table->lines[row], URNA_MISSING);
    if (sum == URNA_MISSING) continue;
    if (sum > URNA_COUNT_MAX)
      return fail_with(L, "beyond_exact", 0, table->lines[row], sum);
    urna_push_integer(L, sum);
    lua_rawseti(L, -2, (int)i + 1);
  }
  urna_push_integer(L, chosen.count);
  return 2;
}

/* duplicates(text columns): pairs of a row and the first one like it. */
static int duplicates(lua_State *L) {
  const urna_table *table = check_table(L);
  urna_columns columns = check_columns(L, 2, "columns", table, URNA_KIND_TEXT);
  size_t n = table->row_count, pairs = 0;
  size_t *first = scratch(L, n);
  if (n > SIZE_MAX / 2) return luaL_error(L, "not enough memory");
  urna_rows_duplicates(columns, first, scratch(L, 2 * n));
  lua_newtable(L);
  for (size_t row = 0; row < n; row++) {
    size_t pair[2] = {row, first[row]};
    if (row == first[row]) continue;
    push_row_numbers(L, pair, 2);
    lua_rawseti(L, -2, (int)++pairs);
  }
  return 1;
}

/* total_rows(count columns): rows that are the sum of all the others. */
static int total_rows(lua_State *L) {
  const urna_table *table = check_table(L);
  urna_columns columns = check_columns(L, 2, "columns", table, URNA_KIND_COUNT);
  if (columns.count == 0) return luaL_error(L, "columns is empty");
  size_t *totals = scratch(L, table->row_count);
  push_row_numbers(L, totals, urna_rows_totals(columns, totals));
  return 1;
}

/* Push the option 'name' of the table at 'index'; its place on the stack. */
static int push_option(lua_State *L, int index, const char *name) {
  lua_getfield(L, index, name);
  return lua_gettop(L);
}

/* A number for each row of 'table' from 0 to 'most'; leaves scratch. */
static const size_t *row_option(lua_State *L, const char *name,
                                const urna_table *table, size_t most) {
  size_t n;
  const size_t *numbers =
      urna_check_numbers(L, push_option(L, 2, name), name, most, 0, &n);
  if (n != table->row_count)
    luaL_error(L, "%s must have a number for each of the %d rows", name,
               (int)table->row_count);
  return numbers;
}

static urna_pivot check_pivot(lua_State *L, const urna_table *table) {
  urna_pivot p = {.keys = NULL};
  urna_columns keys = check_columns(L, push_option(L, 2, "keys"), "keys", table,
                                    URNA_KIND_TEXT);
  urna_columns fields = check_columns(L, push_option(L, 2, "fields"), "fields",
                                      table, URNA_KIND_COUNT);
  p.keys = keys.at;
  p.key_count = keys.count;
  p.fields = fields.at;
  p.field_count = fields.count;
  p.votes = check_column(L, push_option(L, 2, "votes"), table, URNA_KIND_COUNT);
  p.unit_count = (size_t)urna_check_field(L, 2, "unit_count", 0);
  p.list_count = (size_t)urna_check_field(L, 2, "list_count", 0);
  p.units = row_option(L, "units", table, p.unit_count);
  p.lists = row_option(L, "lists", table, p.list_count);
  return p;
}

/* Push the faults kept in 'self' and let go of them. */
static void push_faults(lua_State *L, box *self) {
  urna_push_faults(L, &self->faults);
  urna_faults_free(&self->faults);
}

/* pivot{ keys, list, votes, fields, units, lists, unit_count, list_count,
** limit }: a table, its faults and their number. */
static int pivot(lua_State *L) {
  static const char *const known[] = {
      "keys",  "list",       "votes",      "fields", "units",
      "lists", "unit_count", "list_count", "limit",  NULL};
  const urna_table *table = check_table(L);
  urna_error error = {.code = NULL};
  urna_check_options(L, 2, known);
  urna_pivot p = check_pivot(L, table);
  box *made = push_table(L, (size_t)urna_check_field(L, 2, "limit", 100), 0);
  urna_status status =
      urna_pivot_run(table, &p, &made->table, &made->faults, &error);
  if (status != URNA_OK) return urna_fail(L, status, &error);
  push_faults(L, made);
  return 3;
}

static int to_string(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  if (self->is_open)
    lua_pushfstring(L, CLASS " (%d rows, %d columns)",
                    (int)self->table.row_count, (int)self->table.column_count);
  else
    lua_pushliteral(L, CLASS " (closed)");
  return 1;
}

/* --- the function that reads one --- */

/* The kinds in the options at 2, in scratch that stays on the stack. */
static const urna_kind *check_kinds(lua_State *L, size_t *count) {
  int kinds_at = push_option(L, 2, "kinds");
  luaL_checktype(L, kinds_at, LUA_TTABLE);
  *count = urna_length(L, kinds_at);
  urna_kind *kinds = lua_newuserdata(L, (*count + 1) * sizeof *kinds);
  for (size_t i = 0; i < *count; i++) {
    int kind = 0;
    lua_rawgeti(L, kinds_at, (int)i + 1);
    const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1)
                                                      : luaL_typename(L, -1);
    while (kind_names[kind] && strcmp(kind_names[kind], name) != 0) kind++;
    if (!kind_names[kind])
      luaL_error(L, "kinds[%d] must be skip, text or count, not %s", (int)i + 1,
                 name);
    kinds[i] = (urna_kind)kind;
    lua_pop(L, 1);
  }
  return kinds;
}

static char check_thousands(lua_State *L) {
  size_t length = 0;
  lua_getfield(L, 2, "thousands");
  if (lua_isnil(L, -1)) return 0;
  const char *mark =
      lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &length) : NULL;
  if (length != 1 || !strchr(".,' ", *mark))
    luaL_error(L, "thousands is a point, a comma, a space or an apostrophe");
  return *mark;
}

/* The table of sources at 1 that begins with a lone one. */
static void wrap_source(lua_State *L) {
  if (lua_type(L, 1) == LUA_TTABLE) return;
  urna_check_source(L, 1);
  lua_createtable(L, 1, 0);
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, 1);
  lua_replace(L, 1);
}

/* Keep the sources at 1; as parts, in scratch that stays on the stack. Lines
** are counted on by bytes, which are never fewer: so a line tells its part. */
static const urna_part *keep_sources(lua_State *L, box *self, size_t n,
                                     char delimiter) {
  urna_part *parts = lua_newuserdata(L, (n + 1) * sizeof *parts);
  size_t lines = 0;
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 1, (int)i + 1);
    urna_source *source = urna_check_source(L, lua_gettop(L));
    self->sources[self->source_count++].source = urna_source_keep(source);
    parts[i].text = source->text;
    parts[i].size = source->size;
    parts[i].delimiter =
        delimiter ? delimiter : urna_csv_delimiter(source->text, source->size);
    parts[i].lines_before = lines;
    lines += source->size + 1;
    lua_pop(L, 1);
  }
  return parts;
}

/* table(source or sources, { delimiter, kinds, thousands, limit }): a table,
** its faults and their number; or nil and a fault of the headings. */
static int read_table(lua_State *L) {
  static const char *const known[] = {"delimiter", "kinds", "thousands",
                                      "limit", NULL};
  urna_error error = {.code = NULL};
  wrap_source(L);
  urna_check_options(L, 2, known);
  urna_layout layout = {.thousands = check_thousands(L)};
  char delimiter = urna_check_delimiter(L, push_option(L, 2, "delimiter"));
  layout.kinds = check_kinds(L, &layout.kind_count);
  size_t n = urna_length(L, 1);
  if (n == 0) return luaL_error(L, "a table is read from one source or more");
  box *self = push_table(L, (size_t)urna_check_field(L, 2, "limit", 100), n);
  int self_at = lua_gettop(L);
  const urna_part *parts = keep_sources(L, self, n, delimiter);
  urna_status status =
      urna_table_read(parts, n, &layout, &self->table, &self->faults, &error);
  if (status != URNA_OK) return urna_fail(L, status, &error);
  lua_settop(L, self_at);
  push_faults(L, self);
  return 3;
}

/* --- the function that makes one of what Lua has --- */

/* The value on the top, of the column that is called 'name', into a cell. */
static urna_status put_cell(lua_State *L, urna_table *table, size_t column,
                            size_t row, const char *name) {
  urna_column *to = &table->columns[column];
  size_t length;
  if (to->kind == URNA_KIND_COUNT) {
    to->counts[row] = URNA_MISSING;
    if (!lua_isnil(L, -1))
      to->counts[row] = urna_check_count(L, lua_gettop(L), name);
  } else if (to->kind == URNA_KIND_TEXT) {
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "%s must be a text, not a %s", name, luaL_typename(L, -1));
    const char *text = lua_tolstring(L, -1, &length);
    return urna_table_put(table, column, row, text, length);
  }
  return URNA_OK;
}

/* Column 'column' from the array on the top. */
static urna_status put_column(lua_State *L, urna_table *table, size_t column,
                              size_t n) {
  urna_status status = URNA_OK;
  int at = lua_gettop(L);
  const char *name =
      lua_pushfstring(L, "a value of column %d", (int)column + 1);
  for (size_t row = 0; row < n && status == URNA_OK; row++) {
    lua_rawgeti(L, at, (int)row + 1);
    status = put_cell(L, table, column, row, name);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return status;
}

/* columns(rows, { kinds, values }): a table of an array for each column. */
static int columns(lua_State *L) {
  static const char *const known[] = {"kinds", "values", NULL};
  urna_count n = urna_check_count(L, 1, "rows");
  urna_check_options(L, 2, known);
  if (n > INT_MAX - 1) return luaL_error(L, "too many rows");
  size_t kind_count, row_count = (size_t)n;
  const urna_kind *kinds = check_kinds(L, &kind_count);
  int values_at = push_option(L, 2, "values");
  luaL_checktype(L, values_at, LUA_TTABLE);
  box *self = push_table(L, 0, 0);
  urna_status status =
      urna_table_reserve(&self->table, kinds, kind_count, row_count);
  for (size_t i = 0; i < kind_count && status == URNA_OK; i++) {
    lua_rawgeti(L, values_at, (int)i + 1);
    if (!lua_istable(L, -1))
      return luaL_error(L, "values[%d] must be an array", (int)i + 1);
    status = put_column(L, &self->table, i, row_count);
    lua_pop(L, 1);
  }
  if (status != URNA_OK) return urna_fail(L, status, NULL);
  for (size_t row = 0; row < row_count; row++) self->table.lines[row] = row + 1;
  self->table.row_count = row_count;
  return 1;
}

static const luaL_Reg methods[] = {
    {"rows", rows},
    {"line", line},
    {"texts", texts},
    {"counts", counts},
    {"sums", sums},
    {"reported", reported},
    {"row_sums", row_sums},
    {"duplicates", duplicates},
    {"total_rows", total_rows},
    {"pivot", pivot},
    {"close", close_table},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"table", read_table},
    {"columns", columns},
    {NULL, NULL},
};

void urna_open_table(lua_State *L) {
  urna_make_class(L, CLASS, methods, to_string, rows);
  urna_register(L, functions);
}
