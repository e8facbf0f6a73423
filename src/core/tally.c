/* see tally.h */
#include "core/tally.h"

#include <stdlib.h>
#include <string.h>

#include "core/count.h"
#include "core/csv.h"
#include "core/occur.h"
#include "core/utf8.h"

/* Above this every addition is checked; below it no count of at most seven
** digits can overflow a sum, however long the file. */
#define NEAR_LIMIT (INT64_C(1) << 62)

/* A matrix with more columns than this, and more cells than that, is taken to
** be mostly empty. */
#define WIDE_COLUMNS 256u
#define WIDE_CELLS   ((size_t)1 << 22)

#define REFUSED 0u /* the row and the column of what a filter keeps out */

static const urna_tally_column *column_at(const urna_tally *tally, size_t i) {
  return &tally->plan.columns[i];
}

/* The last column before the counts that end every record. */
static size_t find_tail(const urna_tally_plan *plan) {
  size_t tail = plan->column_count;
  if (plan->is_flat) return tail;
  while (tail > 0 && plan->columns[tail - 1].role == URNA_SUM) tail--;
  return tail == 0 || tail == plan->column_count ? plan->column_count
                                                 : tail - 1;
}

static void number_columns(urna_tally *tally) {
  for (size_t i = 0; i < tally->plan.column_count; i++) {
    urna_role role = column_at(tally, i)->role;
    if (role == URNA_KEY) tally->key_of[i] = tally->key_count++;
    if (role == URNA_SUM) tally->sum_of[i] = tally->sum_count++;
  }
  tally->width = tally->sum_count + (tally->plan.counts_records ? 1 : 0);
  tally->tail = find_tail(&tally->plan);
  bool has_tail = tally->tail < tally->plan.column_count;
  bool is_key = has_tail && column_at(tally, tally->tail)->role == URNA_KEY;
  tally->tail_names = is_key ? tally->key_of[tally->tail] : tally->key_count;
  tally->row_key_count = tally->key_count - (is_key ? 1 : 0);
}

static bool init_checks(urna_tally *tally) {
  const urna_tally_plan *plan = &tally->plan;
  urna_units_init(&tally->units, plan->seed, plan->fault_limit,
                  plan->cell_limit * sizeof(urna_count));
  tally->checks = calloc(plan->formula_count + 1, sizeof *tally->checks);
  for (size_t i = 0; tally->checks && i < plan->formula_count; i++)
    urna_notes_init(&tally->checks[i].failures, plan->fault_limit);
  return tally->checks != NULL;
}

urna_status urna_tally_init(urna_tally *tally, const urna_tally_plan *plan) {
  memset(tally, 0, sizeof *tally);
  tally->plan = *plan;
  urna_notes_init(&tally->faults, plan->fault_limit);
  size_t count = plan->column_count;
  tally->key_of = calloc(count + 1, sizeof *tally->key_of);
  tally->sum_of = calloc(count + 1, sizeof *tally->sum_of);
  if (!tally->key_of || !tally->sum_of) return URNA_NO_MEMORY;
  number_columns(tally);
  if (tally->key_count > URNA_KEYS_MAX) return URNA_BAD_CALL;
  tally->names = calloc(tally->key_count + 1, sizeof *tally->names);
  tally->counts = calloc(count + 1, sizeof *tally->counts);
  if (!tally->names || !tally->counts) return URNA_NO_MEMORY;
  urna_csv_init(&tally->csv, "", 0, plan->delimiter);
  urna_csv_init(&tally->unit_csv, "", 0, plan->delimiter);
  if (!init_checks(tally)) return URNA_NO_MEMORY;
  for (uint32_t i = 0; i <= tally->key_count; i++)
    urna_names_init(&tally->names[i], plan->delimiter, plan->seed + i);
  tally->column_room = plan->is_flat ? 2 : 8;
  tally->row_count = 1; /* row 0 takes what is refused */
  return urna_tally_cell(tally, REFUSED, 0) ? URNA_OK : URNA_NO_MEMORY;
}

void urna_tally_begin_lines(urna_tally *tally, size_t line) {
  tally->line = line;
  tally->line_at = 0;
}

void urna_tally_aim(urna_tally *tally, const char *text, size_t size,
                    size_t base, bool is_last) {
  tally->text = text;
  tally->size = size;
  tally->base = base;
  tally->is_last = is_last;
  tally->csv.end = tally->unit_csv.end = text + size;
}

static void free_rows(urna_count **rows, uint32_t count) {
  if (!rows) return;
  for (uint32_t i = 0; i < count; i++) free(rows[i]);
  free(rows);
}

void urna_tally_free(urna_tally *tally) {
  for (uint32_t i = 0; tally->names && i <= tally->key_count; i++)
    urna_names_free(&tally->names[i]);
  free(tally->names);
  urna_csv_free(&tally->csv);
  urna_csv_free(&tally->unit_csv);
  for (size_t i = 0; tally->checks && i < tally->plan.formula_count; i++)
    urna_notes_free(&tally->checks[i].failures);
  free(tally->checks);
  urna_units_free(&tally->units);
  urna_unit_key_free(&tally->unit_key);
  free(tally->counts);
  free(tally->key_of);
  free(tally->sum_of);
  free_rows(tally->rows, tally->row_room);
  free_rows(tally->missing, tally->row_room);
  free(tally->tuples);
  free(tally->tuple_slots);
  free(tally->row_of);
  urna_notes_free(&tally->faults);
  memset(tally, 0, sizeof *tally);
}

/* ---- the matrix of sums ---- */

static size_t cells_of(const urna_tally *tally, uint32_t columns) {
  return (size_t)columns * (tally->width ? tally->width : 1);
}

static urna_count **more_rows(urna_count **rows, uint32_t room,
                              uint32_t wanted) {
  urna_count **found = realloc(rows, wanted * sizeof *found);
  if (!found) return NULL;
  memset(found + room, 0, (wanted - room) * sizeof *found);
  return found;
}

/* May the matrix have so many columns and rows? If not, a flat plan may. */
static bool may_grow(urna_tally *tally, uint32_t columns, uint32_t rows) {
  bool is_empty = columns > WIDE_COLUMNS && (size_t)columns * rows > WIDE_CELLS;
  bool fits = cells_of(tally, columns) * rows <= tally->plan.cell_limit;
  tally->is_too_wide |= (is_empty || !fits) && !tally->plan.is_flat;
  tally->is_full |= !fits && tally->plan.is_flat;
  return fits && !is_empty;
}

static bool room_for_row(urna_tally *tally, uint32_t row) {
  if (row < tally->row_room) return true;
  uint32_t wanted = tally->row_room ? tally->row_room : 64;
  while (wanted <= row) wanted *= 2;
  urna_count **rows = more_rows(tally->rows, tally->row_room, wanted);
  if (!rows) return false;
  tally->rows = rows;
  if (tally->missing) {
    rows = more_rows(tally->missing, tally->row_room, wanted);
    if (!rows) return false;
    tally->missing = rows;
  }
  tally->row_room = wanted;
  return true;
}

static bool widen(urna_count **rows, uint32_t count, size_t old, size_t new) {
  for (uint32_t i = 0; rows && i < count; i++) {
    if (!rows[i]) continue;
    urna_count *wide = realloc(rows[i], new * sizeof *wide);
    if (!wide) return false;
    memset(wide + old, 0, (new - old) * sizeof *wide);
    rows[i] = wide;
  }
  return true;
}

static bool room_for_column(urna_tally *tally, uint32_t column) {
  if (column < tally->column_room) return true;
  uint32_t wanted = tally->column_room;
  while (wanted <= column) wanted *= 2;
  if (!may_grow(tally, wanted, tally->row_count)) return false;
  size_t old = cells_of(tally, tally->column_room);
  size_t new = cells_of(tally, wanted);
  if (!widen(tally->rows, tally->row_room, old, new)
      || !widen(tally->missing, tally->row_room, old, new))
    return false;
  tally->column_room = wanted;
  return true;
}

urna_count *urna_tally_cell(urna_tally *tally, uint32_t row, uint32_t column) {
  if (!room_for_column(tally, column) || !room_for_row(tally, row)) return NULL;
  if (!tally->rows[row]) {
    if (!may_grow(tally, tally->column_room, tally->row_count)) return NULL;
    size_t cells = cells_of(tally, tally->column_room);
    tally->rows[row] = calloc(cells, sizeof(urna_count));
    if (!tally->rows[row]) return NULL;
  }
  return tally->rows[row] + cells_of(tally, column);
}

/* ---- rows by the names of their keys ---- */

static uint64_t hash_tuple(const urna_tally *tally, const uint32_t *names) {
  return urna_names_hash(tally->plan.seed, (const unsigned char *)names,
                         tally->row_key_count * sizeof *names);
}

static const uint32_t *tuple_at(const urna_tally *tally, uint32_t row) {
  return tally->tuples + (size_t)row * tally->row_key_count;
}

static void put_tuple(uint32_t *slots, uint32_t mask, uint64_t hash,
                      uint32_t row) {
  uint32_t i = (uint32_t)hash & mask;
  while (slots[i]) i = (i + 1) & mask;
  slots[i] = row;
}

static bool room_for_tuple(urna_tally *tally) {
  uint32_t wanted = tally->tuple_slots ? tally->tuple_mask + 1 : 128;
  if (tally->tuple_slots && (tally->row_count + 1) * 2 <= wanted) return true;
  if (tally->tuple_slots) wanted *= 2;
  uint32_t *slots = calloc(wanted, sizeof *slots);
  uint32_t *tuples =
      realloc(tally->tuples,
              ((size_t)wanted * tally->row_key_count + 1) * sizeof *tuples);
  if (tuples) tally->tuples = tuples;
  if (!slots || !tuples) {
    free(slots);
    return false;
  }
  for (uint32_t row = 1; row < tally->row_count; row++)
    put_tuple(slots, wanted - 1, hash_tuple(tally, tuple_at(tally, row)), row);
  free(tally->tuple_slots);
  tally->tuple_slots = slots;
  tally->tuple_mask = wanted - 1;
  return true;
}

/* Where one key makes the row, its name leads there without a search. */
static void note_single(urna_tally *tally, const uint32_t *names,
                        uint32_t row) {
  if (tally->row_key_count != 1) return;
  uint32_t room = tally->row_of_room ? tally->row_of_room : 64;
  while (room <= names[0]) room *= 2;
  if (room != tally->row_of_room) {
    uint32_t *rows = realloc(tally->row_of, room * sizeof *rows);
    if (!rows) return; /* the search still finds it */
    memset(rows + tally->row_of_room, 0,
           (room - tally->row_of_room) * sizeof *rows);
    tally->row_of = rows;
    tally->row_of_room = room;
  }
  tally->row_of[names[0]] = row;
}

urna_status urna_tally_row(urna_tally *tally, const uint32_t *names,
                           uint32_t *row) {
  size_t size = tally->row_key_count * sizeof *names;
  if (!room_for_tuple(tally)) return URNA_NO_MEMORY;
  uint64_t hash = hash_tuple(tally, names);
  uint32_t i = (uint32_t)hash & tally->tuple_mask;
  for (; tally->tuple_slots[i]; i = (i + 1) & tally->tuple_mask) {
    *row = tally->tuple_slots[i];
    if (memcmp(tuple_at(tally, *row), names, size) == 0) return URNA_OK;
  }
  *row = tally->row_count++;
  note_single(tally, names, *row);
  memcpy(tally->tuples + (size_t)*row * tally->row_key_count, names, size);
  tally->tuple_slots[i] = *row;
  return URNA_OK;
}

/* ---- names ---- */

static bool passes(const urna_filter *filter, const unsigned char *text,
                   size_t length) {
  if (!filter) return true;
  for (size_t i = 0; i < filter->count; i++)
    if (filter->lengths[i] == length
        && memcmp(filter->names[i], text, length) == 0)
      return true;
  return false;
}

static const urna_tally_column *key_column(const urna_tally *tally,
                                           uint32_t key) {
  for (size_t i = 0; i < tally->plan.column_count; i++)
    if (column_at(tally, i)->role == URNA_KEY && tally->key_of[i] == key)
      return column_at(tally, i);
  return NULL;
}

/* Where a name's sums stand: of a row key its number + 1, of the last column
** before the counts its matrix column; 0 if a filter keeps it out. */
static uint32_t place_of(const urna_tally *tally, uint32_t key, uint32_t name) {
  const urna_tally_column *column = key_column(tally, key);
  if (!column) return 1;
  const urna_names *names = &tally->names[key];
  const urna_name *found = &names->names[name];
  if (!passes(column->filter, names->text + found->offset, found->length))
    return REFUSED;
  return column->is_group ? name + 1 : 1;
}

urna_status urna_tally_spelling(urna_tally *tally, uint32_t key,
                                const unsigned char *raw, uint32_t length,
                                uint64_t hash, uint32_t *spelling) {
  unsigned char plain[64];
  urna_field field = {.start = (const char *)raw, .length = length - 1};
  if (length > 2 && raw[0] == '"') {
    field.start++;
    field.length -= 2;
    field.doubled = true;
  }
  size_t size = urna_csv_unquote(&field, (char *)plain);
  uint32_t name;
  urna_names *names = &tally->names[key];
  if (urna_names_add(names, plain, size, &name) != URNA_OK
      || urna_names_spell(names, raw, length, hash, name, spelling) != URNA_OK)
    return URNA_NO_MEMORY;
  names->cells[*spelling] = place_of(tally, key, name);
  names->spellings[*spelling].cell = names->cells[*spelling];
  return URNA_OK;
}

/* ---- one record, exactly ---- */

/* Counts the ends of lines up to a place in the window, which never goes back;
** 0 where lines are counted later. */
static size_t line_of(urna_tally *tally, size_t at) {
  if (tally->line == 0) return 0;
  tally->line += urna_occur_count(tally->text + tally->line_at,
                                  at - tally->line_at, '\n');
  tally->line_at = at;
  return tally->line;
}

static urna_note *add_note(urna_tally *tally, urna_notes *notes, size_t at) {
  urna_note *note = urna_notes_add(notes, tally->plan.source, tally->base + at);
  if (note) note->line = line_of(tally, at);
  return note;
}

static void refuse(urna_tally *tally, size_t offset, const urna_field *field,
                   size_t index, const char *code, const char *message) {
  urna_note *fault = add_note(tally, &tally->faults, offset);
  if (!fault) return;
  urna_error_set(&fault->error, code, message);
  fault->error.index = index;
  if (!field) return;
  fault->error.line = field->line;
  fault->error.column = field->column;
  urna_error_text(&fault->error, field->start, field->length);
}

/* The rest of the text is nothing but ends of lines. */
static bool only_blank_from(const urna_tally *tally, size_t at) {
  for (; at < tally->size; at++)
    if (tally->text[at] != '\n' && tally->text[at] != '\r') return false;
  return true;
}

static bool is_sound(urna_tally *tally, size_t at, size_t end) {
  const urna_csv *csv = &tally->csv;
  if (csv->flaw) {
    refuse(tally, at, &csv->fields[csv->flaw_field], csv->flaw_field + 1,
           csv->flaw, csv->flaw_message);
    return false;
  }
  if (csv->count != tally->plan.column_count) {
    refuse(tally, at, NULL, csv->count, "ragged_row", NULL);
    return false;
  }
  size_t length = end - at;
  if (memchr(tally->text + at, '\0', length)
      || urna_utf8_check(tally->text + at, length) != length) {
    refuse(tally, at, NULL, 0, "bad_text", NULL);
    return false;
  }
  return true;
}

static bool read_counts(urna_tally *tally, size_t at, urna_count *counts) {
  for (size_t i = 0; i < tally->plan.column_count; i++) {
    if (column_at(tally, i)->role != URNA_SUM) continue;
    const urna_field *field = &tally->csv.fields[i];
    const char *reason;
    if (urna_count_read(field->start, field->length, 0,
                        &counts[tally->sum_of[i]], &reason)
        != URNA_OK) {
      refuse(tally, at, field, i + 1, "not_a_count", reason);
      return false;
    }
  }
  return true;
}

/* The name that a field spells. */
static urna_status add_name(urna_names *names, const urna_field *field,
                            uint32_t *name) {
  const unsigned char *text = (const unsigned char *)field->start;
  if (!field->doubled) return urna_names_add(names, text, field->length, name);
  unsigned char *plain = malloc(field->length + 1);
  if (!plain) return URNA_NO_MEMORY;
  size_t size = urna_csv_unquote(field, (char *)plain);
  urna_status status = urna_names_add(names, plain, size, name);
  free(plain);
  return status;
}

/* The names of a record's keys; where they lead, row and column. */
static urna_status find_cell(urna_tally *tally, uint32_t *row,
                             uint32_t *column) {
  uint32_t tuple[URNA_KEYS_MAX], length = 0;
  bool refused = false;
  *column = 1;
  for (size_t i = 0; i < tally->plan.column_count; i++) {
    if (column_at(tally, i)->role != URNA_KEY) continue;
    uint32_t key = tally->key_of[i], name;
    urna_status status =
        add_name(&tally->names[key], &tally->csv.fields[i], &name);
    if (status != URNA_OK) return status;
    uint32_t place = place_of(tally, key, name);
    refused |= place == REFUSED;
    if (i == tally->tail)
      *column = place;
    else
      tuple[length++] = place;
  }
  *row = REFUSED;
  return refused ? URNA_OK : urna_tally_row(tally, tuple, row);
}

static urna_status note_missing(urna_tally *tally, uint32_t row,
                                uint32_t column, uint32_t sum,
                                urna_count more) {
  if (!tally->missing) {
    tally->missing = calloc(tally->row_room, sizeof *tally->missing);
    if (!tally->missing) return URNA_NO_MEMORY;
  }
  if (!tally->missing[row]) {
    tally->missing[row] =
        calloc(cells_of(tally, tally->column_room), sizeof(urna_count));
    if (!tally->missing[row]) return URNA_NO_MEMORY;
  }
  tally->missing[row][cells_of(tally, column) + sum] += more;
  return URNA_OK;
}

static urna_status add_counts(urna_tally *tally, uint32_t row, uint32_t column,
                              const urna_count *counts) {
  urna_count *cell = urna_tally_cell(tally, row, column);
  if (!cell) return URNA_NO_MEMORY;
  if (row == REFUSED || column == REFUSED) return URNA_OK;
  for (uint32_t i = 0; i < tally->sum_count; i++) {
    urna_status status = counts[i] == URNA_MISSING
                             ? note_missing(tally, row, column, i, 1)
                             : urna_count_add(&cell[i], counts[i]);
    if (status != URNA_OK) return status;
    tally->is_near_limit |= cell[i] > NEAR_LIMIT;
  }
  if (tally->plan.counts_records) cell[tally->sum_count]++;
  return URNA_OK;
}

/* ---- checks and units ---- */

static urna_status put_field(urna_unit_key *key, const urna_field *field) {
  if (!field->doubled)
    return urna_unit_key_put(key, field->start, field->length);
  char *plain = malloc(field->length + 1);
  if (!plain) return URNA_NO_MEMORY;
  urna_status status =
      urna_unit_key_put(key, plain, urna_csv_unquote(field, plain));
  free(plain);
  return status;
}

/* The unit columns of the record as a key, in tally->unit_key. */
static urna_status read_unit(urna_tally *tally, size_t at) {
  urna_csv *csv = &tally->unit_csv;
  urna_unit_key_clear(&tally->unit_key);
  csv->at = csv->line_start = tally->text + at;
  urna_status status = urna_csv_next(csv);
  for (size_t i = 0; i < csv->count && status == URNA_OK; i++)
    if (column_at(tally, i)->is_unit)
      status = put_field(&tally->unit_key, &csv->fields[i]);
  return status;
}

urna_status urna_tally_identify(urna_tally *tally, size_t at) {
  uint64_t first, place = tally->line ? line_of(tally, at) : tally->base + at;
  urna_status status = read_unit(tally, at);
  if (status == URNA_OK)
    status = urna_units_add(
        &tally->units, tally->unit_key.bytes, tally->unit_key.length,
        (uint64_t)tally->plan.source << URNA_PLACE_BITS | place, &first);
  tally->is_full |= tally->units.is_full;
  return status == URNA_TIE ? URNA_OK : status;
}

/* Which record fails a check, as far as such are kept. */
static urna_status note_failure(urna_tally *tally, urna_notes *failures,
                                size_t at, urna_count left, urna_count right) {
  urna_note *note = add_note(tally, failures, at);
  if (!note) return URNA_OK;
  note->sides[0] = left;
  note->sides[1] = right;
  urna_status status = read_unit(tally, at);
  size_t length = tally->unit_key.length;
  if (status == URNA_OK && length > 0) note->key = malloc(length);
  if (!note->key) return length > 0 ? URNA_NO_MEMORY : status;
  memcpy(note->key, tally->unit_key.bytes, length);
  note->key_length = length;
  return URNA_OK;
}

urna_status urna_tally_examine(urna_tally *tally, size_t at,
                               const urna_count *counts) {
  for (size_t i = 0; i < tally->plan.formula_count; i++) {
    urna_tally_check *check = &tally->checks[i];
    urna_count left = 0, right = 0;
    switch (
        urna_formula_test(&tally->plan.formulas[i], counts, &left, &right)) {
      case URNA_HOLDS:
        break;
      case URNA_UNKNOWN:
        check->unknown++;
        break;
      case URNA_BEYOND:
        check->beyond++;
        break;
      case URNA_FAILS:
        if (note_failure(tally, &check->failures, at, left, right) != URNA_OK)
          return URNA_NO_MEMORY;
    }
  }
  return URNA_OK;
}

/* What a record that is counted has to be looked at for. */
static urna_status look_at(urna_tally *tally, size_t at) {
  urna_status status = urna_tally_examine(tally, at, tally->counts);
  if (status == URNA_OK && tally->plan.has_units)
    status = urna_tally_identify(tally, at);
  return status;
}

urna_status urna_tally_record(urna_tally *tally, size_t at, size_t *next) {
  urna_csv *csv = &tally->csv;
  csv->at = csv->line_start = tally->text + at;
  csv->line = 1;
  if (urna_csv_next(csv) == URNA_NO_MEMORY) return URNA_NO_MEMORY;
  *next = (size_t)(csv->at - tally->text);
  bool is_blank = urna_csv_is_blank(csv) && tally->plan.column_count > 1
                  && only_blank_from(tally, at);
  if ((is_blank || *next == tally->size) && !tally->is_last) return URNA_MORE;
  if (is_blank) {
    *next = tally->size;
    return URNA_OK;
  }
  if (!is_sound(tally, at, *next) || !read_counts(tally, at, tally->counts)) {
    tally->records++;
    return tally->trouble;
  }
  uint32_t row = REFUSED, column = REFUSED;
  urna_status status = find_cell(tally, &row, &column);
  if (status == URNA_OK) status = add_counts(tally, row, column, tally->counts);
  if (status == URNA_OK) tally->records++;
  bool is_counted = row != REFUSED && column != REFUSED;
  return status == URNA_OK && is_counted ? look_at(tally, at) : status;
}

/* ---- where records begin, and merging ---- */

static bool looks_like_a_record(urna_tally *tally, size_t at) {
  urna_csv *csv = &tally->csv;
  const char *reason;
  csv->at = csv->line_start = tally->text + at;
  if (urna_csv_next(csv) != URNA_OK || csv->flaw
      || csv->count != tally->plan.column_count)
    return false;
  for (size_t i = 0; i < csv->count; i++)
    if (column_at(tally, i)->role == URNA_SUM
        && urna_count_read(csv->fields[i].start, csv->fields[i].length, 0,
                           &tally->counts[0], &reason)
               != URNA_OK)
      return false;
  return true;
}

size_t urna_tally_guess(urna_tally *tally, size_t at) {
  size_t first = tally->size;
  for (int tries = 0; tries < 8 && at < tally->size; tries++) {
    const char *end = memchr(tally->text + at, '\n', tally->size - at);
    if (!end) return tally->size;
    at = (size_t)(end - tally->text) + 1;
    if (tries == 0) first = at;
    if (at >= tally->size || looks_like_a_record(tally, at)) return at;
  }
  return first;
}

/* Every name of 'other' in 'tally'. */
static uint32_t *translate(urna_tally *tally, const urna_tally *other,
                           uint32_t key) {
  const urna_names *theirs = &other->names[key];
  uint32_t *ours = calloc(theirs->name_count + 1, sizeof *ours);
  urna_status status = ours ? URNA_OK : URNA_NO_MEMORY;
  for (uint32_t i = 0; i < theirs->name_count && status == URNA_OK; i++) {
    const urna_name *found = &theirs->names[i];
    status = urna_names_add(&tally->names[key], theirs->text + found->offset,
                            found->length, &ours[i]);
  }
  if (status == URNA_OK) return ours;
  free(ours);
  return NULL;
}

static urna_status merge_cell(urna_tally *tally, uint32_t row, uint32_t column,
                              const urna_count *more,
                              const urna_count *missing) {
  urna_count *sums = urna_tally_cell(tally, row, column);
  if (!sums) return URNA_NO_MEMORY;
  for (uint32_t i = 0; i < tally->width; i++)
    if (urna_count_add(&sums[i], more[i]) != URNA_OK) return URNA_OVERFLOW;
  for (uint32_t i = 0; missing && i < tally->sum_count; i++) {
    urna_status status =
        missing[i] ? note_missing(tally, row, column, i, missing[i]) : URNA_OK;
    if (status != URNA_OK) return status;
  }
  return URNA_OK;
}

/* What one tally brings to another; cells of a row come one after the other. */
typedef struct merger {
  urna_tally *into;
  uint32_t *ours[URNA_KEYS_MAX];
  uint32_t tuple[URNA_KEYS_MAX], row; /* of the last cell; 0: none yet */
  urna_status status;
} merger;

static void bring(void *context, const uint32_t *names, const urna_count *cell,
                  const urna_count *missing) {
  merger *self = context;
  urna_tally *tally = self->into;
  uint32_t tuple[URNA_KEYS_MAX], length = 0, column = 1;
  size_t size = tally->row_key_count * sizeof *tuple;
  for (uint32_t key = 0; key < tally->key_count; key++) {
    uint32_t name = names[key];
    uint32_t place = name == URNA_NO_NAME ? 1 : self->ours[key][name] + 1;
    if (key == tally->tail_names)
      column = place;
    else
      tuple[length++] = place;
  }
  if (self->status == URNA_OK
      && (self->row == 0 || memcmp(tuple, self->tuple, size) != 0)) {
    memcpy(self->tuple, tuple, size);
    self->status = urna_tally_row(tally, tuple, &self->row);
  }
  if (self->status == URNA_OK)
    self->status = merge_cell(tally, self->row, column, cell, missing);
}

static void merge_checks(urna_tally *tally, urna_tally *other) {
  for (size_t i = 0; i < tally->plan.formula_count; i++) {
    urna_tally_check *check = &tally->checks[i], *more = &other->checks[i];
    urna_notes_merge(&check->failures, &more->failures);
    check->unknown += more->unknown;
    check->beyond += more->beyond;
  }
}

urna_status urna_tally_merge(urna_tally *tally, urna_tally *other) {
  merger all = {.into = tally};
  for (uint32_t key = 0; key < tally->key_count; key++) {
    all.ours[key] = translate(tally, other, key);
    if (!all.ours[key]) all.status = URNA_NO_MEMORY;
  }
  if (all.status == URNA_OK) urna_tally_each(other, bring, &all);
  if (all.status == URNA_OK)
    all.status = urna_units_merge(&tally->units, &other->units);
  tally->is_full |= tally->units.is_full;
  merge_checks(tally, other);
  urna_notes_merge(&tally->faults, &other->faults);
  tally->records += other->records;
  tally->is_near_limit |= other->is_near_limit;
  for (int i = 0; i < URNA_KEYS_MAX; i++) free(all.ours[i]);
  return all.status;
}

/* ---- the groups ---- */

/* Is there any record in a cell? Without counts of records a group of nothing
** but zeros is told by its names alone, so every pair of names is one. */
static bool is_used(const urna_tally *tally, const urna_count *cell,
                    const urna_count *missing) {
  for (uint32_t i = 0; i < tally->width; i++)
    if (cell[i] != 0 || (missing && i < tally->sum_count && missing[i] != 0))
      return true;
  return !tally->plan.counts_records;
}

static const urna_count *missing_at(const urna_tally *tally, uint32_t row,
                                    uint32_t column) {
  if (!tally->missing || !tally->missing[row]) return NULL;
  return tally->missing[row] + cells_of(tally, column);
}

void urna_tally_each(const urna_tally *tally, urna_tally_visitor *visit,
                     void *context) {
  bool has_tail = tally->tail_names < tally->key_count;
  bool is_group = has_tail && key_column(tally, tally->tail_names)->is_group;
  uint32_t count =
      is_group ? tally->names[tally->tail_names].name_count + 1 : 2;
  if (count > tally->column_room) count = tally->column_room;
  for (uint32_t row = 1; row < tally->row_count; row++)
    for (uint32_t column = 1; tally->rows[row] && column < count; column++) {
      const urna_count *cell = tally->rows[row] + cells_of(tally, column);
      const urna_count *missing = missing_at(tally, row, column);
      uint32_t names[URNA_KEYS_MAX], length = 0;
      for (uint32_t key = 0; key < tally->key_count; key++) {
        uint32_t place = has_tail && key == tally->tail_names
                             ? column
                             : tuple_at(tally, row)[length++];
        names[key] =
            key_column(tally, key)->is_group ? place - 1 : URNA_NO_NAME;
      }
      if (is_used(tally, cell, missing)) visit(context, names, cell, missing);
    }
}
