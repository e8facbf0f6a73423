/* See pivot.h. */
#include "core/pivot.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/count.h"

/* 'said' holds, unit by unit, the line that first told of each field and then
** of each list; 0 for none. */
typedef struct turning {
  const urna_table *from;
  const urna_pivot *pivot;
  urna_table *to;
  urna_faults *faults;
  size_t *said;
} turning;

static size_t *said_at(const turning *t, size_t unit, size_t column) {
  size_t width = t->pivot->field_count + t->pivot->list_count;
  return &t->said[unit * width + column];
}

/* Are all numbers in range, and has every unit a row? */
static urna_status check(const turning *t, urna_error *error) {
  const urna_pivot *p = t->pivot;
  size_t rows = t->from->row_count, seen = 0;
  /* no more units than rows can be told of, however many are asked for */
  size_t most = p->unit_count < rows ? p->unit_count : rows;
  bool *has_row = calloc(most + 1, sizeof *has_row);
  if (!has_row) return URNA_NO_MEMORY;
  const char *wrong = p->unit_count > rows ? "a unit has no row" : NULL;
  for (size_t row = 0; row < rows && !wrong; row++) {
    if (p->units[row] > p->unit_count)
      wrong = "a unit is out of range";
    else if (p->lists[row] > p->list_count)
      wrong = "a list is out of range";
    else if (p->units[row] > 0 && !has_row[p->units[row]]) {
      has_row[p->units[row]] = true;
      seen++;
    }
  }
  free(has_row);
  if (!wrong && seen < p->unit_count) wrong = "a unit has no row";
  if (!wrong) return URNA_OK;
  urna_error_set(error, NULL, wrong);
  return URNA_BAD_CALL;
}

static urna_status reserve(turning *t) {
  const urna_pivot *p = t->pivot;
  size_t counts = p->field_count + p->list_count;
  size_t columns = p->key_count + counts, units = p->unit_count;
  if (counts > 0 && units > SIZE_MAX / counts / sizeof *t->said)
    return URNA_NO_MEMORY;
  urna_kind *kinds = malloc((columns + 1) * sizeof *kinds);
  t->said = calloc(units * counts + 1, sizeof *t->said);
  urna_status status = URNA_NO_MEMORY;
  if (kinds && t->said) {
    for (size_t i = 0; i < columns; i++)
      kinds[i] = i < p->key_count ? URNA_KIND_TEXT : URNA_KIND_COUNT;
    status = urna_table_reserve(t->to, kinds, columns, units);
  }
  free(kinds);
  return status;
}

static void clear(turning *t) {
  urna_table *to = t->to;
  for (size_t i = t->pivot->key_count; i < to->column_count; i++)
    for (size_t unit = 0; unit < t->pivot->unit_count; unit++)
      to->columns[i].counts[unit] = URNA_MISSING;
}

static urna_status start_unit(turning *t, size_t unit, size_t row) {
  for (size_t i = 0; i < t->pivot->key_count; i++) {
    urna_text text = t->from->columns[t->pivot->keys[i]].texts[row];
    char *copy = urna_arena_text(&t->to->arena, text.length);
    if (!copy) return URNA_NO_MEMORY;
    if (text.length > 0) memcpy(copy, text.start, text.length);
    t->to->columns[i].texts[unit].start = copy;
    t->to->columns[i].texts[unit].length = text.length;
  }
  t->to->lines[unit] = t->from->lines[row];
  return URNA_OK;
}

static urna_status add_fault(turning *t, const char *code, size_t row,
                             size_t first_line, urna_fault *fault) {
  size_t index = fault->error.index;
  char digits[URNA_COUNT_DIGITS];
  size_t column = index > 0 ? index - 1 : t->pivot->votes;
  urna_count count = t->from->columns[column].counts[row];
  urna_error_set(&fault->error, code, NULL);
  fault->error.line = t->from->lines[row];
  fault->error.index = index;
  fault->first_line = first_line;
  if (count != URNA_MISSING)
    urna_error_text(&fault->error, digits, urna_count_write(count, digits));
  return urna_faults_add(t->faults, fault);
}

static urna_status take_field(turning *t, size_t i, size_t unit, size_t row) {
  size_t column = t->pivot->fields[i], *said = said_at(t, unit, i);
  urna_count count = t->from->columns[column].counts[row];
  urna_count *cell = &t->to->columns[t->pivot->key_count + i].counts[unit];
  if (count == URNA_MISSING || count == *cell) return URNA_OK;
  if (*said > 0) {
    urna_fault fault = {.error = {.index = column + 1}};
    return add_fault(t, "conflicting_field", row, *said, &fault);
  }
  *said = t->from->lines[row];
  *cell = count;
  return URNA_OK;
}

static urna_status take_votes(turning *t, size_t unit, size_t row) {
  const urna_pivot *p = t->pivot;
  size_t list = p->lists[row];
  if (list == 0) return URNA_OK;
  size_t *said = said_at(t, unit, p->field_count + list - 1);
  if (*said > 0) {
    urna_fault fault = {.list = list};
    return add_fault(t, "repeated_list", row, *said, &fault);
  }
  *said = t->from->lines[row];
  t->to->columns[p->key_count + p->field_count + list - 1].counts[unit] =
      t->from->columns[p->votes].counts[row];
  return URNA_OK;
}

static urna_status take_row(turning *t, size_t row) {
  urna_status status = URNA_OK;
  if (t->pivot->units[row] == 0) return URNA_OK;
  size_t unit = t->pivot->units[row] - 1;
  if (t->to->lines[unit] == 0) status = start_unit(t, unit, row);
  for (size_t i = 0; i < t->pivot->field_count && status == URNA_OK; i++)
    status = take_field(t, i, unit, row);
  return status == URNA_OK ? take_votes(t, unit, row) : status;
}

urna_status urna_pivot_run(const urna_table *from, const urna_pivot *pivot,
                           urna_table *to, urna_faults *faults,
                           urna_error *error) {
  turning t = {.from = from, .pivot = pivot, .to = to, .faults = faults};
  urna_status status = check(&t, error);
  if (status == URNA_OK) status = reserve(&t);
  if (status == URNA_OK) clear(&t);
  for (size_t row = 0; row < from->row_count && status == URNA_OK; row++)
    status = take_row(&t, row);
  if (status == URNA_OK) to->row_count = pivot->unit_count;
  free(t.said);
  return status;
}
