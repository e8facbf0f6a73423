/* formula.c - binds core/formula.h; see lua/formula.h. */
#include "lua/formula.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "core/count.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

/* ---- how much there is of it, so that all of it fits one userdata ---- */

typedef struct extent {
  size_t formulas, steps, numbers; /* numbers of fields that are summed */
} extent;

/* Push field 'name' of the program on the top: raw, for a metatable could
** give another program when it is measured than when it is read. */
static void push_field(lua_State *L, const char *name) {
  lua_pushstring(L, name);
  lua_rawget(L, -2);
}

/* Push the side 'name', and give its length. */
static size_t push_side(lua_State *L, const char *name) {
  push_field(L, name);
  if (!lua_istable(L, -1))
    luaL_error(L, "a program's %s side must be an array, not a %s", name,
               luaL_typename(L, -1));
  return urna_length(L, -1);
}

static void measure_side(lua_State *L, const char *name, extent *all) {
  size_t count = push_side(L, name);
  all->steps += count;
  for (size_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, (int)i);
    if (lua_istable(L, -1)) all->numbers += urna_length(L, -1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static void push_program(lua_State *L, int index, size_t i) {
  lua_rawgeti(L, index, (int)i);
  if (!lua_istable(L, -1))
    luaL_error(L, "program #%d must be a table, not a %s", (int)i,
               luaL_typename(L, -1));
}

static extent measure(lua_State *L, int index) {
  extent all = {.formulas = urna_length(L, index)};
  for (size_t i = 1; i <= all.formulas; i++) {
    push_program(L, index, i);
    measure_side(L, "left", &all);
    measure_side(L, "right", &all);
    lua_pop(L, 1);
  }
  if (all.formulas > INT_MAX || all.steps > INT_MAX || all.numbers > INT_MAX)
    luaL_error(L, "too many programs");
  return all;
}

/* ---- fill it ---- */

/* Where the next step and the next number of a field go. */
typedef struct store {
  urna_step *step;
  size_t *number;
  size_t field_count;
} store;

static size_t check_number(lua_State *L, size_t i, const store *into) {
  urna_count number =
      urna_check_element(L, lua_gettop(L), i, "numbers of fields");
  if (number < 1 || (uint64_t)number > into->field_count)
    luaL_error(L, "a program's fields are numbers from 1 to %d",
               (int)into->field_count);
  return (size_t)number - 1;
}

/* The array of field numbers on the top: one field, a run of neighbours, or
** any others. */
static urna_step fields_step(lua_State *L, store *into) {
  size_t count = urna_length(L, -1), *list = into->number;
  bool is_run = true;
  for (size_t i = 0; i < count; i++) {
    list[i] = check_number(L, i + 1, into);
    is_run = is_run && list[i] == list[0] + i;
  }
  if (count == 0) luaL_error(L, "a program sums no fields");
  if (count == 1)
    return (urna_step){.kind = URNA_STEP_FIELD, .of.first = list[0]};
  if (is_run)
    return (urna_step){
        .kind = URNA_STEP_RANGE, .count = (uint32_t)count, .of.first = list[0]};
  into->number += count;
  return (urna_step){
      .kind = URNA_STEP_FIELDS, .count = (uint32_t)count, .of.list = list};
}

static urna_step check_sign(lua_State *L) {
  const char *sign = lua_tostring(L, -1);
  urna_step step = {.kind = URNA_STEP_ADD};
  if (strcmp(sign, "-") == 0)
    step.kind = URNA_STEP_SUBTRACT;
  else if (strcmp(sign, "*") == 0)
    step.kind = URNA_STEP_MULTIPLY;
  else if (strcmp(sign, "+") != 0)
    luaL_error(L, "a program has no sign '%s'", sign);
  return step;
}

/* The step on the top. */
static urna_step check_step(lua_State *L, store *into) {
  if (lua_istable(L, -1)) return fields_step(L, into);
  if (lua_type(L, -1) == LUA_TSTRING) return check_sign(L);
  return (urna_step){.kind = URNA_STEP_NUMBER,
                     .of.number = urna_check_count(L, -1, "a program's step")};
}

static urna_side check_side(lua_State *L, const char *name, store *into) {
  size_t count = push_side(L, name);
  urna_side side = {into->step, count};
  for (size_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, (int)i);
    *into->step++ = check_step(L, into);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return side;
}

static urna_comparison check_operator(lua_State *L) {
  static const char *const signs[] = {"=", "~=", "<", "<=", ">", ">=", NULL};
  push_field(L, "operator");
  const char *sign = lua_tostring(L, -1);
  int found = 0;
  while (sign && signs[found] && strcmp(signs[found], sign) != 0) found++;
  if (!sign || !signs[found]) luaL_error(L, "a program compares in no way");
  lua_pop(L, 1);
  return (urna_comparison)found;
}

urna_formula *urna_check_formulas(lua_State *L, int index, size_t field_count,
                                  size_t *count) {
  if (index < 0) index += lua_gettop(L) + 1;
  luaL_checktype(L, index, LUA_TTABLE);
  extent all = measure(L, index);
  /* one more of each, so that no place is outside the userdata */
  urna_formula *formulas =
      lua_newuserdata(L, (all.formulas + 1) * sizeof *formulas
                             + (all.steps + 1) * sizeof(urna_step)
                             + (all.numbers + 1) * sizeof(size_t));
  store into = {.field_count = field_count};
  into.step = (urna_step *)(void *)(formulas + all.formulas + 1);
  into.number = (size_t *)(void *)(into.step + all.steps + 1);
  for (size_t i = 0; i < all.formulas; i++) {
    urna_formula *formula = &formulas[i];
    push_program(L, index, i + 1);
    formula->compare = check_operator(L);
    formula->left = check_side(L, "left", &into);
    formula->right = check_side(L, "right", &into);
    if (urna_formula_check(formula, field_count, NULL) != URNA_OK)
      luaL_error(L, "program #%d leaves no number, or is too deep", (int)i + 1);
    lua_pop(L, 1);
  }
  *count = all.formulas;
  return formulas;
}

/* ---- one record, for those who want to see it ---- */

static urna_count *check_fields(lua_State *L, int index, size_t count) {
  luaL_checktype(L, index, LUA_TTABLE);
  urna_count *fields = lua_newuserdata(L, (count + 1) * sizeof *fields);
  for (size_t i = 0; i < count; i++) {
    lua_rawgeti(L, index, (int)i + 1);
    bool is_missing = lua_isnil(L, -1);
    lua_pop(L, 1);
    fields[i] = is_missing ? URNA_MISSING
                           : urna_check_element(L, index, i + 1, "fields");
  }
  return fields;
}

static void push_value(lua_State *L, urna_count value) {
  char digits[URNA_COUNT_DIGITS];
  urna_count_write(value, digits);
  if (value >= -URNA_COUNT_MAX && value <= URNA_COUNT_MAX)
    urna_push_integer(L, value);
  else
    lua_pushstring(L, digits);
}

/* formula_test(program, fields, count): the verdict; where it holds or fails
** both sides, as text beyond 2^53 - 1. */
static int formula_test(lua_State *L) {
  static const char *const verdicts[] = {"holds", "fails", "unknown", "beyond"};
  size_t formula_count;
  urna_count left, right, count = urna_check_count(L, 3, "count");
  if (count >= INT_MAX) return luaL_error(L, "a record has too many fields");
  urna_count *fields = check_fields(L, 2, (size_t)count);
  lua_createtable(L, 1, 0);
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, 1);
  const urna_formula *formula =
      urna_check_formulas(L, -1, (size_t)count, &formula_count);
  urna_verdict verdict = urna_formula_test(formula, fields, &left, &right);
  lua_pushstring(L, verdicts[verdict]);
  if (verdict != URNA_HOLDS && verdict != URNA_FAILS) return 1;
  push_value(L, left);
  push_value(L, right);
  return 3;
}

static const luaL_Reg functions[] = {{"formula_test", formula_test},
                                     {NULL, NULL}};

void urna_open_formula(lua_State *L) {
  urna_register(L, functions);
}
