#include "core/formula.h"
#include "test.h"

#define NUMBER(n)                                                              \
  { .kind = URNA_STEP_NUMBER, .of.number = (n) }
#define FIELD(i)                                                               \
  { .kind = URNA_STEP_FIELD, .of.first = (i) }
#define RANGE(i, n)                                                            \
  { .kind = URNA_STEP_RANGE, .count = (n), .of.first = (i) }
#define LIST(fields, n)                                                        \
  { .kind = URNA_STEP_FIELDS, .count = (n), .of.list = (fields) }
#define ADD                                                                    \
  { .kind = URNA_STEP_ADD }
#define SUBTRACT                                                               \
  { .kind = URNA_STEP_SUBTRACT }
#define MULTIPLY                                                               \
  { .kind = URNA_STEP_MULTIPLY }
#define SIDE(steps)                                                            \
  { steps, sizeof(steps) / sizeof *(steps) }

#define MOST INT64_MAX

static urna_count left, right;

static urna_verdict test(const urna_formula *formula, const urna_count *fields,
                         size_t count) {
  CHECK(urna_formula_check(formula, count, NULL) == URNA_OK);
  left = right = 77;
  return urna_formula_test(formula, fields, &left, &right);
}

static int untouched(void) {
  return left == 77 && right == 77;
}

/* ballots_in_box = valid + invalid; valid = sum(lists) over fields 3 .. 5 */
static void records(void) {
  static const urna_step box[] = {FIELD(0)};
  static const urna_step both[] = {FIELD(1), FIELD(2), ADD};
  static const urna_step lists[] = {RANGE(3, 3)}, valid[] = {FIELD(1)};
  urna_formula adds = {SIDE(box), SIDE(both), URNA_EQUAL};
  urna_formula sums = {SIDE(valid), SIDE(lists), URNA_EQUAL};
  /* 100 = 90 + 10; 90 against 50 + 30 + 9 = 89 */
  urna_count fields[] = {100, 90, 10, 50, 30, 9};
  CHECK(test(&adds, fields, 6) == URNA_HOLDS && left == 100 && right == 100);
  CHECK(test(&sums, fields, 6) == URNA_FAILS && left == 90 && right == 89);
  fields[5] = 10;
  CHECK(test(&sums, fields, 6) == URNA_HOLDS && right == 90);
  fields[4] = URNA_MISSING;
  CHECK(test(&sums, fields, 6) == URNA_UNKNOWN && untouched());
  CHECK(test(&adds, fields, 6) == URNA_HOLDS);
  fields[0] = URNA_MISSING;
  CHECK(test(&adds, fields, 6) == URNA_UNKNOWN && untouched());
}

/* 2 * (a - b) + 3 against 7, in six ways */
static void comparisons(void) {
  static const urna_step steps[] = {NUMBER(2), FIELD(0),  FIELD(1), SUBTRACT,
                                    MULTIPLY,  NUMBER(3), ADD};
  static const urna_step seven[] = {NUMBER(7)};
  static const urna_comparison all[] = {URNA_EQUAL,   URNA_NOT_EQUAL,
                                        URNA_LESS,    URNA_AT_MOST,
                                        URNA_GREATER, URNA_AT_LEAST};
  /* 2 * (1 - 4) + 3 = -3 < 7; 2 * (6 - 4) + 3 = 7; 2 * (9 - 4) + 3 = 13 */
  static const urna_count a[] = {1, 6, 9}, values[] = {-3, 7, 13};
  static const int holds[6][3] = {{0, 1, 0}, {1, 0, 1}, {1, 0, 0},
                                  {1, 1, 0}, {0, 0, 1}, {0, 1, 1}};
  for (int i = 0; i < 6; i++)
    for (int k = 0; k < 3; k++) {
      urna_formula formula = {SIDE(steps), SIDE(seven), all[i]};
      urna_count fields[] = {a[k], 4};
      urna_verdict verdict = test(&formula, fields, 2);
      CHECK(verdict == (holds[i][k] ? URNA_HOLDS : URNA_FAILS));
      CHECK(left == values[k] && right == 7);
    }
}

static urna_verdict of(urna_step_kind kind, urna_count a, urna_count b) {
  urna_step steps[] = {NUMBER(a), NUMBER(b), {.kind = kind}};
  static const urna_step zero[] = {NUMBER(0)};
  urna_formula formula = {SIDE(steps), SIDE(zero), URNA_EQUAL};
  return test(&formula, NULL, 0);
}

static void overflow(void) {
  CHECK(of(URNA_STEP_ADD, MOST, 0) == URNA_FAILS && left == MOST);
  CHECK(of(URNA_STEP_ADD, MOST, 1) == URNA_BEYOND && untouched());
  CHECK(of(URNA_STEP_SUBTRACT, -MOST, 1) == URNA_FAILS && left == INT64_MIN);
  CHECK(of(URNA_STEP_SUBTRACT, -MOST, 2) == URNA_BEYOND);
  /* 2^31 * 2^31 = 2^62; 2^32 * 2^31 = 2^63 */
  CHECK(of(URNA_STEP_MULTIPLY, INT64_C(1) << 31, INT64_C(1) << 31) == URNA_FAILS
        && left == INT64_C(1) << 62);
  CHECK(of(URNA_STEP_MULTIPLY, INT64_C(1) << 32, INT64_C(1) << 31)
        == URNA_BEYOND);
}

/* Beyond 64 bits on the left, a field that is missing on the right. */
static void missing_first(void) {
  static const urna_step twice[] = {FIELD(0), FIELD(0), ADD};
  static const urna_step other[] = {FIELD(1)},
                         nothing[] = {NUMBER(0), FIELD(1), MULTIPLY};
  urna_count fields[] = {MOST, URNA_MISSING};
  urna_formula formula = {SIDE(twice), SIDE(other), URNA_EQUAL};
  CHECK(test(&formula, fields, 2) == URNA_UNKNOWN);
  urna_formula turned = {SIDE(other), SIDE(twice), URNA_EQUAL};
  CHECK(test(&turned, fields, 2) == URNA_UNKNOWN);
  fields[1] = 1;
  CHECK(test(&formula, fields, 2) == URNA_BEYOND);
  CHECK(test(&turned, fields, 2) == URNA_BEYOND);
  fields[1] = URNA_MISSING;
  urna_formula times = {SIDE(nothing), SIDE(nothing), URNA_EQUAL};
  CHECK(test(&times, fields, 2) == URNA_UNKNOWN);
}

static void sums(void) {
  static const size_t odd[] = {0, 2, 4};
  static const urna_step range[] = {RANGE(0, 5)}, list[] = {LIST(odd, 3)};
  static const urna_step none[] = {RANGE(5, 0)};
  urna_formula formula = {SIDE(range), SIDE(list), URNA_GREATER};
  /* 1 + 2 + 4 + 8 + 16 = 31; 1 + 4 + 16 = 21 */
  urna_count fields[] = {1, 2, 4, 8, 16};
  CHECK(test(&formula, fields, 5) == URNA_HOLDS && left == 31 && right == 21);
  fields[4] = MOST - 15; /* and 1 + 2 + 4 + 8 = 15 */
  CHECK(test(&formula, fields, 5) == URNA_HOLDS && left == MOST);
  CHECK(right == MOST - 10);
  fields[0] = 2;
  CHECK(test(&formula, fields, 5) == URNA_BEYOND);
  fields[2] = fields[3] = MOST; /* wraps to a small number without a check */
  CHECK(test(&formula, fields, 5) == URNA_BEYOND);
  fields[3] = URNA_MISSING;
  CHECK(test(&formula, fields, 5) == URNA_UNKNOWN);
  urna_formula empty = {SIDE(none), SIDE(none), URNA_EQUAL};
  CHECK(test(&empty, fields, 5) == URNA_HOLDS && left == 0);
}

/* More terms than may be added without a look at each. */
static void many_terms(void) {
  enum { COUNT = 2000 };
  static urna_count fields[COUNT];
  static const urna_step range[] = {RANGE(0, COUNT)}, zero[] = {NUMBER(0)};
  urna_formula formula = {SIDE(range), SIDE(zero), URNA_GREATER};
  for (int i = 0; i < COUNT; i++) fields[i] = i;
  /* 1999 * 2000 / 2 */
  CHECK(test(&formula, fields, COUNT) == URNA_HOLDS && left == 1999000);
  for (int i = 0; i < COUNT; i++) fields[i] = URNA_COUNT_MAX;
  /* 2000 * (2^53 - 1) > 2^63; 1024 * (2^53 - 1) = 2^63 - 1024 */
  CHECK(test(&formula, fields, COUNT) == URNA_BEYOND);
  for (int i = 1024; i < COUNT; i++) fields[i] = 0;
  CHECK(test(&formula, fields, COUNT) == URNA_HOLDS && left == MOST - 1023);
  fields[COUNT - 1] = URNA_MISSING;
  CHECK(test(&formula, fields, COUNT) == URNA_UNKNOWN);
}

static urna_status check(const urna_step *steps, size_t count, size_t fields) {
  static const urna_step zero[] = {NUMBER(0)};
  urna_formula formula = {{steps, count}, SIDE(zero), URNA_EQUAL};
  urna_formula turned = {SIDE(zero), {steps, count}, URNA_EQUAL};
  urna_status status = urna_formula_check(&formula, fields, NULL);
  CHECK(urna_formula_check(&turned, fields, NULL) == status);
  return status;
}

static void programs(void) {
  static const size_t list[] = {0, 3};
  const urna_step one[] = {FIELD(2)}, add[] = {NUMBER(1), ADD};
  const urna_step two[] = {NUMBER(1), NUMBER(2)}, range[] = {RANGE(1, 3)};
  const urna_step wild[] = {RANGE(SIZE_MAX, 3)}, some[] = {LIST(list, 2)};
  CHECK(check(one, 1, 3) == URNA_OK && check(one, 1, 2) == URNA_BAD_CALL);
  CHECK(check(one, 0, 3) == URNA_BAD_CALL);
  CHECK(check(add, 2, 0) == URNA_BAD_CALL);
  CHECK(check(two, 2, 0) == URNA_BAD_CALL);
  CHECK(check(range, 1, 4) == URNA_OK && check(range, 1, 3) == URNA_BAD_CALL);
  CHECK(check(wild, 1, 9) == URNA_BAD_CALL);
  CHECK(check(some, 1, 4) == URNA_OK && check(some, 1, 3) == URNA_BAD_CALL);
}

/* 1 + (1 + (1 + ...)), as deep as may be and one more */
static void depth(void) {
  urna_step steps[2 * URNA_FORMULA_DEPTH + 1]; /* 65 numbers, 64 additions */
  for (int i = 0; i <= URNA_FORMULA_DEPTH; i++) steps[i] = (urna_step)NUMBER(1);
  for (int i = 1; i <= URNA_FORMULA_DEPTH; i++)
    steps[URNA_FORMULA_DEPTH + i] = (urna_step)ADD;
  CHECK(check(steps, 2 * URNA_FORMULA_DEPTH + 1, 0) == URNA_BAD_CALL);
  urna_side side = {steps + 1, 2 * URNA_FORMULA_DEPTH - 1};
  urna_formula formula = {side, side, URNA_EQUAL};
  size_t most = 0;
  CHECK(urna_formula_check(&formula, 0, &most) == URNA_OK && most == 64);
  CHECK(test(&formula, NULL, 0) == URNA_HOLDS && left == 64);
}

int main(void) {
  records();
  comparisons();
  overflow();
  missing_first();
  sums();
  many_terms();
  programs();
  depth();
  return test_report("formula");
}
