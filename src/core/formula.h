/*
** formula.h - a check over the counts of one record, left = right, compiled.
**
** Each side is a program in postfix: a step pushes a number, a field or the
** sum of several fields, or puts the top two together. What a program may do
** is checked once, so that running it, ten million times a second, checks
** arithmetic alone: it is exact in 64 bits or says that it is not.
*/
#ifndef URNA_FORMULA_H
#define URNA_FORMULA_H

#include "core/status.h"

URNA_BEGIN

/* Numbers that a side may hold at once: a + (b + (c + ...)) needs them. */
#define URNA_FORMULA_DEPTH 64

typedef enum urna_step_kind {
  URNA_STEP_NUMBER, /* push 'number' */
  URNA_STEP_FIELD,  /* push the field 'first' */
  URNA_STEP_RANGE,  /* push the sum of 'count' fields from 'first' on */
  URNA_STEP_FIELDS, /* push the sum of the 'count' fields of 'list' */
  URNA_STEP_ADD,
  URNA_STEP_SUBTRACT,
  URNA_STEP_MULTIPLY
} urna_step_kind;

typedef struct urna_step {
  urna_step_kind kind;
  uint32_t count;
  union {
    urna_count number;
    size_t first;
    const size_t *list; /* borrowed */
  } of;
} urna_step;

/* One side of a comparison. Borrows its steps. */
typedef struct urna_side {
  const urna_step *steps;
  size_t count;
} urna_side;

typedef enum urna_comparison {
  URNA_EQUAL,
  URNA_NOT_EQUAL,
  URNA_LESS,
  URNA_AT_MOST,
  URNA_GREATER,
  URNA_AT_LEAST
} urna_comparison;

typedef struct urna_formula {
  urna_side left, right;
  urna_comparison compare;
} urna_formula;

typedef enum urna_verdict {
  URNA_HOLDS,
  URNA_FAILS,
  URNA_UNKNOWN, /* a field that it needs is missing, even times 0 */
  URNA_BEYOND   /* all are known, and a result does not fit 64 bits */
} urna_verdict;

/*
** May it be run over records of 'field_count' fields? URNA_BAD_CALL: a field
** is none of them, a side does not leave exactly one number, or it needs more
** than URNA_FORMULA_DEPTH. '*depth' is nullable, the most that a side holds.
*/
urna_status urna_formula_check(const urna_formula *formula, size_t field_count,
                               size_t *depth);

/*
** The verdict over one record: 'fields' are counts, 0 or more, or
** URNA_MISSING. Both sides are given where they hold or fail; else they are
** left as they were.
*/
urna_verdict urna_formula_test(const urna_formula *formula,
                               const urna_count *fields, urna_count *left,
                               urna_count *right);

URNA_FINISH

#endif
