/* see formula.h */
#include "core/formula.h"

#include <assert.h>
#include <stdbool.h>

/* ---- may it be run? ---- */

static bool knows(const urna_step *step, size_t field_count) {
  switch (step->kind) {
    case URNA_STEP_FIELD:
      return step->of.first < field_count;
    case URNA_STEP_RANGE:
      return step->count <= field_count
             && step->of.first <= field_count - step->count;
    case URNA_STEP_FIELDS:
      for (uint32_t i = 0; i < step->count; i++)
        if (step->of.list[i] >= field_count) return false;
      return true;
    default:
      return true;
  }
}

static bool check_side(const urna_side *side, size_t field_count,
                       size_t *most) {
  size_t depth = 0;
  for (size_t i = 0; i < side->count; i++) {
    const urna_step *step = &side->steps[i];
    if (!knows(step, field_count)) return false;
    if (step->kind < URNA_STEP_ADD)
      depth++;
    else if (depth < 2)
      return false;
    else
      depth--;
    if (depth > *most) *most = depth;
  }
  return depth == 1;
}

urna_status urna_formula_check(const urna_formula *formula, size_t field_count,
                               size_t *depth) {
  size_t most = 0;
  bool good = check_side(&formula->left, field_count, &most)
              && check_side(&formula->right, field_count, &most)
              && most <= URNA_FORMULA_DEPTH;
  if (good && depth) *depth = most;
  return good ? URNA_OK : URNA_BAD_CALL;
}

/* ---- run it ---- */

/* Of terms below 2^53, at most 1024 of them, no sum is beyond 64 bits. */
#define SMALL_TERMS 1024

static bool add_one_by_one(const urna_count *from, const size_t *list,
                           size_t count, urna_count *sum) {
  *sum = 0;
  for (size_t i = 0; i < count; i++)
    if (__builtin_add_overflow(*sum, from[list ? list[i] : i], sum))
      return false;
  return true;
}

/* The bits of all terms tell at once whether one is missing, for that alone
** has a sign, and whether the sum is sure to fit. */
static urna_verdict judge(urna_count bits, size_t count) {
  if (bits < 0) return URNA_UNKNOWN;
  return bits > URNA_COUNT_MAX || count > SMALL_TERMS ? URNA_BEYOND
                                                      : URNA_HOLDS;
}

static urna_verdict sum_range(const urna_count *from, size_t count,
                              urna_count *sum) {
  uint64_t total[2] = {0, 0};
  urna_count bits[2] = {0, 0};
  size_t i = 0;
  for (; i + 2 <= count; i += 2) {
    bits[0] |= from[i];
    bits[1] |= from[i + 1];
    total[0] += (uint64_t)from[i];
    total[1] += (uint64_t)from[i + 1];
  }
  if (i < count) {
    bits[0] |= from[i];
    total[0] += (uint64_t)from[i];
  }
  *sum = (urna_count)(total[0] + total[1]);
  urna_verdict verdict = judge(bits[0] | bits[1], count);
  if (verdict == URNA_BEYOND && add_one_by_one(from, NULL, count, sum))
    return URNA_HOLDS;
  return verdict;
}

static urna_verdict sum_fields(const urna_count *fields, const size_t *list,
                               size_t count, urna_count *sum) {
  uint64_t total = 0;
  urna_count bits = 0;
  for (size_t i = 0; i < count; i++) {
    bits |= fields[list[i]];
    total += (uint64_t)fields[list[i]];
  }
  *sum = (urna_count)total;
  urna_verdict verdict = judge(bits, count);
  if (verdict == URNA_BEYOND && add_one_by_one(fields, list, count, sum))
    return URNA_HOLDS;
  return verdict;
}

/* Push what a step that is no operation says; URNA_HOLDS: it is known. */
static urna_verdict push(const urna_step *step, const urna_count *fields,
                         urna_count *top) {
  switch (step->kind) {
    case URNA_STEP_NUMBER:
      *top = step->of.number;
      return URNA_HOLDS;
    case URNA_STEP_FIELD:
      *top = fields[step->of.first];
      return *top < 0 ? URNA_UNKNOWN : URNA_HOLDS;
    case URNA_STEP_RANGE:
      return sum_range(fields + step->of.first, step->count, top);
    default:
      return sum_fields(fields, step->of.list, step->count, top);
  }
}

/* Put the two at 'top' together into the first; does it fit? */
static bool combine(urna_step_kind kind, urna_count *top) {
  switch (kind) {
    case URNA_STEP_ADD:
      return !__builtin_add_overflow(top[0], top[1], top);
    case URNA_STEP_SUBTRACT:
      return !__builtin_sub_overflow(top[0], top[1], top);
    default:
      return !__builtin_mul_overflow(top[0], top[1], top);
  }
}

static urna_verdict evaluate(const urna_side *side, const urna_count *fields,
                             urna_count *value) {
  urna_count stack[URNA_FORMULA_DEPTH], *top = stack;
  const urna_step *step = side->steps, *end = step + side->count;
  for (; step < end; step++) {
    if (step->kind < URNA_STEP_ADD) {
      urna_verdict verdict = push(step, fields, top++);
      if (verdict != URNA_HOLDS) return verdict;
    } else {
      assert(top > stack + 1);
      top--;
      if (!combine(step->kind, top - 1)) return URNA_BEYOND;
    }
  }
  assert(top == stack + 1);
  *value = stack[0];
  return URNA_HOLDS;
}

/* Is every field there, also behind a result that did not fit? */
static bool is_known(const urna_side *side, const urna_count *fields) {
  urna_count ignored;
  for (size_t i = 0; i < side->count; i++)
    if (side->steps[i].kind < URNA_STEP_ADD
        && push(&side->steps[i], fields, &ignored) == URNA_UNKNOWN)
      return false;
  return true;
}

static bool compares(urna_comparison compare, urna_count a, urna_count b) {
  switch (compare) {
    case URNA_EQUAL:
      return a == b;
    case URNA_NOT_EQUAL:
      return a != b;
    case URNA_LESS:
      return a < b;
    case URNA_AT_MOST:
      return a <= b;
    case URNA_GREATER:
      return a > b;
    default:
      return a >= b;
  }
}

urna_verdict urna_formula_test(const urna_formula *formula,
                               const urna_count *fields, urna_count *left,
                               urna_count *right) {
  urna_count a, b;
  urna_verdict verdict = evaluate(&formula->left, fields, &a);
  if (verdict == URNA_HOLDS) verdict = evaluate(&formula->right, fields, &b);
  if (verdict == URNA_BEYOND)
    return is_known(&formula->left, fields) && is_known(&formula->right, fields)
               ? URNA_BEYOND
               : URNA_UNKNOWN;
  if (verdict != URNA_HOLDS) return verdict;
  *left = a;
  *right = b;
  return compares(formula->compare, a, b) ? URNA_HOLDS : URNA_FAILS;
}
