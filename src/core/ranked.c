/* see ranked.h */
#include "core/ranked.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/count.h"
#include "core/utf8.h"

/* The mark of a word, here only, that stands for a write-in. */
#define WRITE_IN URNA_MARK_OPEN

#define FIRST_BITS   8u
#define PERFECT_BITS 13u /* up to this size the table is made without clashes */
#define PERFECT_MOST 512u /* and with as many names */
#define TABLE_BITS   16u

/* ---- the table of short spellings ---- */

/* The next factor of the hash: odd, drawn from the one before. */
static uint64_t next_factor(uint64_t factor) {
  factor += UINT64_C(0x9e3779b97f4a7c15);
  factor = (factor ^ factor >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  factor = (factor ^ factor >> 27) * UINT64_C(0x94d049bb133111eb);
  return (factor ^ factor >> 31) | 1;
}

/* Put a word where it is sought; was the first place free? */
static bool put(urna_word *table, uint32_t shift, uint64_t factor,
                urna_word word) {
  uint64_t first = (word.bytes * factor) >> shift, i = first;
  while (table[i].bytes) i = (i + 1) & (UINT64_MAX >> shift);
  table[i] = word;
  return i == first;
}

/* Put all words into a table of 'bits'; was every first place free? */
static bool put_all(const urna_ranked *ranked, urna_word *table, uint32_t bits,
                    uint64_t factor) {
  size_t size = (size_t)1 << (64 - ranked->table_shift);
  bool is_perfect = true;
  memset(table, 0, sizeof *table << bits);
  for (size_t i = 0; i < size; i++)
    if (ranked->table[i].bytes)
      is_perfect &= put(table, 64 - bits, factor, ranked->table[i]);
  return is_perfect;
}

/* A table in which every word stands at its first place, or, where there are
** too many, one that is mostly empty. False: all stays as it was. */
static bool rebuild(urna_ranked *ranked) {
  uint32_t bits = 64 - ranked->table_shift;
  bool is_small = ranked->table_count <= PERFECT_MOST;
  uint32_t most = is_small ? PERFECT_BITS : TABLE_BITS;
  uint64_t factor = ranked->factor;
  bool is_roomy = ((size_t)ranked->table_count * 8) >> bits == 0;
  if (!is_small && (is_roomy || bits == most)) return true;
  if (bits < most) bits++;
  urna_word *table = malloc(sizeof *table << most);
  if (!table) return false;
  bool is_perfect = false;
  for (; !is_perfect; bits++) {
    for (int tries = 0; tries < 8 && !is_perfect; tries++) {
      factor = next_factor(factor);
      is_perfect = put_all(ranked, table, bits, factor) || !is_small;
    }
    if (is_perfect || bits >= most) break;
  }
  free(ranked->table);
  ranked->table = table;
  ranked->table_shift = 64 - bits;
  ranked->factor = factor;
  return true;
}

void urna_ranked_learn(urna_ranked *ranked, uint64_t bytes, uint16_t mark) {
  if (ranked->table_count >= 1u << (TABLE_BITS - 1)) return;
  size_t size = (size_t)1 << (64 - ranked->table_shift);
  /* a table that cannot grow stays less than full: the rest is found anyway */
  if (ranked->table_count + 2 >= size && !rebuild(ranked)) return;
  ranked->table_count++;
  if (!put(ranked->table, ranked->table_shift, ranked->factor,
           (urna_word){bytes, mark}))
    rebuild(ranked);
}

static uint16_t seek(const urna_ranked *ranked, uint64_t key) {
  const urna_word *word = urna_ranked_slot(ranked, key);
  const urna_word *end =
      ranked->table + ((size_t)1 << (64 - ranked->table_shift));
  while (word->bytes && word->bytes != key)
    if (++word == end) word = ranked->table;
  return word->bytes ? (uint16_t)word->mark : URNA_MARK_UNKNOWN;
}

/* ---- what words and names stand for ---- */

static urna_status add_words(urna_ranked *ranked, const urna_words *words,
                             uint16_t mark) {
  for (size_t i = 0; i < words->count; i++) {
    uint32_t before = ranked->words.name_count, number;
    const urna_text *word = &words->items[i];
    urna_status status =
        urna_names_add(&ranked->words, (const unsigned char *)word->start,
                       word->length, &number);
    if (status != URNA_OK) return status;
    if (number == before) ranked->word_marks[number] = mark;
  }
  return URNA_OK;
}

static urna_status read_words(urna_ranked *ranked) {
  const urna_ranked_plan *plan = ranked->plan;
  size_t count = plan->overvote.count + plan->skip.count + plan->write_in.count;
  ranked->word_marks = malloc((count + 1) * sizeof *ranked->word_marks);
  if (!ranked->word_marks) return URNA_NO_MEMORY;
  urna_status status = add_words(ranked, &plan->overvote, URNA_MARK_OVERVOTE);
  if (status == URNA_OK)
    status = add_words(ranked, &plan->skip, URNA_MARK_SKIP);
  if (status == URNA_OK) status = add_words(ranked, &plan->write_in, WRITE_IN);
  return status;
}

/* The mark of a name as it is known; URNA_MARK_UNKNOWN if it is not, and
** WRITE_IN for the word where none has been met. */
static uint16_t known_mark(const urna_ranked *ranked, const char *name,
                           size_t length) {
  const unsigned char *bytes = (const unsigned char *)name;
  if (length == 0) return URNA_MARK_SKIP;
  uint32_t number = urna_names_find(&ranked->words, bytes, length);
  if (number != URNA_NO_NAME) {
    uint16_t mark = ranked->word_marks[number];
    if (mark != WRITE_IN || ranked->write_in == URNA_NO_NAME) return mark;
    return (uint16_t)ranked->write_in;
  }
  number = urna_names_find(&ranked->ballots->candidates, bytes, length);
  return number == URNA_NO_NAME ? URNA_MARK_UNKNOWN : (uint16_t)number;
}

/* The mark of a name; one that is met for the first time becomes a candidate.
** The first word for a write-in names the candidate of all of them. */
static urna_status mark_of(urna_ranked *ranked, const char *name, size_t length,
                           uint16_t *mark) {
  *mark = known_mark(ranked, name, length);
  if (*mark != URNA_MARK_UNKNOWN && *mark != WRITE_IN) return URNA_OK;
  uint32_t number;
  urna_status status =
      urna_ballots_candidate(ranked->ballots, name, length, &number);
  if (status != URNA_OK) return status;
  if (*mark == WRITE_IN) {
    urna_ballots_set_kind(ranked->ballots, number, URNA_WRITE_IN);
    ranked->write_in = number;
  }
  *mark = (uint16_t)number;
  return URNA_OK;
}

/* Room for a field without its quotes, and eight bytes behind it. */
static bool room_for_plain(urna_ranked *ranked, size_t length) {
  if (length + 8 <= ranked->plain_room) return true;
  char *plain = realloc(ranked->plain, 2 * length + 64);
  if (!plain) return false;
  ranked->plain = plain;
  ranked->plain_room = 2 * length + 64;
  return true;
}

/* A field's value: where it stands, or a copy with its quotes undone. NULL:
** no memory. */
static const char *value_of(urna_ranked *ranked, const urna_field *field,
                            size_t *length) {
  *length = field->length;
  if (!field->doubled) return field->start;
  if (!room_for_plain(ranked, field->length)) return NULL;
  *length = urna_csv_unquote(field, ranked->plain);
  return ranked->plain;
}

/* A well quoted field as it stands. */
static urna_field field_of(const char *raw, size_t length) {
  urna_field field = {.start = raw, .length = length};
  field.quoted = length > 0 && raw[0] == '"';
  if (!field.quoted) return field;
  field.start++;
  field.length -= 2;
  field.doubled = memchr(field.start, '"', field.length) != NULL;
  return field;
}

static bool is_candidate_or_word(uint16_t mark) {
  return mark != URNA_MARK_UNKNOWN && mark != WRITE_IN;
}

uint16_t urna_ranked_find(urna_ranked *ranked, const char *raw, size_t length) {
  uint64_t key = length - 1 < 8 ? urna_ranked_key(raw, length) : 0;
  uint16_t mark = key ? seek(ranked, key) : URNA_MARK_UNKNOWN;
  if (mark != URNA_MARK_UNKNOWN) return mark;
  urna_field field = field_of(raw, length);
  size_t size;
  const char *name = value_of(ranked, &field, &size);
  if (!name) return URNA_MARK_UNKNOWN;
  mark = known_mark(ranked, name, size);
  if (!is_candidate_or_word(mark)) return URNA_MARK_UNKNOWN;
  if (key) urna_ranked_learn(ranked, key, mark);
  return mark;
}

/* ---- marks of one record ---- */

urna_status urna_ranked_room(urna_ranked *ranked, size_t wanted) {
  if (wanted <= ranked->mark_room) return URNA_OK;
  size_t room = wanted < 32 ? 64 : 2 * wanted;
  uint16_t *marks = realloc(ranked->marks, room * sizeof *marks);
  if (!marks) return URNA_NO_MEMORY;
  ranked->marks = marks;
  ranked->mark_room = room;
  return URNA_OK;
}

static urna_status push(urna_ranked *ranked, uint16_t mark) {
  if (urna_ranked_room(ranked, ranked->mark_count + 1) != URNA_OK)
    return URNA_NO_MEMORY;
  ranked->marks[ranked->mark_count++] = mark;
  return URNA_OK;
}

static void drop_skips(urna_ranked *ranked) {
  while (ranked->mark_count > 0
         && ranked->marks[ranked->mark_count - 1] == URNA_MARK_SKIP)
    ranked->mark_count--;
}

/* A list that is being read. */
typedef struct list {
  urna_ranked *ranked;
  const char *at, *end;
  bool may_add;     /* names that are not known become candidates */
  bool has_new;     /* there is such a name, where it may not be added */
  const char *flaw; /* what is wrong with it, or NULL */
  const char *name; /* the first that no candidate and no word has */
  size_t length;
} list;

static void pass_spaces(list *l) {
  while (l->at < l->end && (*l->at == ' ' || *l->at == '\t')) l->at++;
}

/* What ends a name of a list: outside of braces, and inside. */
static void note_stops(urna_ranked *ranked) {
  unsigned char separator = (unsigned char)ranked->plan->separator;
  for (int inside = 0; inside < 2; inside++) {
    ranked->stops[inside][separator] = 1;
    ranked->stops[inside]['='] = 1;
    ranked->stops[inside]['}'] = 1;
    ranked->stops[inside][inside ? ',' : '{'] = 1;
  }
}

static urna_status take_mark(list *l, const char *name, size_t length,
                             uint16_t *mark) {
  urna_ranked *ranked = l->ranked;
  if (l->may_add) return mark_of(ranked, name, length, mark);
  *mark = URNA_MARK_UNKNOWN;
  if (length - 1 < 8) *mark = seek(ranked, urna_ranked_key(name, length));
  if (*mark != URNA_MARK_UNKNOWN) return URNA_OK;
  *mark = known_mark(ranked, name, length);
  if (*mark == URNA_MARK_UNKNOWN && !l->name) {
    l->name = name;
    l->length = length;
  }
  l->has_new |= !is_candidate_or_word(*mark);
  if (is_candidate_or_word(*mark) && length - 1 < 8)
    urna_ranked_learn(ranked, urna_ranked_key(name, length), *mark);
  return URNA_OK;
}

static urna_status take_name(list *l, bool is_inside, uint16_t *mark) {
  pass_spaces(l);
  const char *name = l->at;
  const unsigned char *stops = l->ranked->stops[is_inside];
  while (l->at < l->end && !stops[(unsigned char)*l->at]) l->at++;
  const char *end = l->at;
  while (end > name && (end[-1] == ' ' || end[-1] == '\t')) end--;
  return take_mark(l, name, (size_t)(end - name), mark);
}

/* Is there another name at this rank? Steps over what says so. */
static bool another(list *l, bool is_inside) {
  const char *before = l->at;
  pass_spaces(l);
  if (l->at < l->end && *l->at == '=') {
    l->at++;
    return true;
  }
  if (!is_inside) l->at = before; /* spaces may be separators */
  if (!is_inside || l->at == l->end || *l->at == '}') return false;
  if (*l->at == ',' || *l->at == l->ranked->plan->separator) l->at++;
  return true;
}

/* The names of one rank, from the mark 'first' on, as one mark or a group. */
static urna_status close_rank(urna_ranked *ranked, size_t first,
                              bool is_overvoted) {
  size_t count = ranked->mark_count - first - 1;
  if (count > 1 && !is_overvoted) return push(ranked, URNA_MARK_CLOSE);
  uint16_t only = count == 1 ? ranked->marks[first + 1] : URNA_MARK_SKIP;
  ranked->marks[first] = is_overvoted ? URNA_MARK_OVERVOTE : only;
  ranked->mark_count = first + 1;
  return URNA_OK;
}

static urna_status take_rank(list *l) {
  urna_ranked *ranked = l->ranked;
  size_t first = ranked->mark_count;
  pass_spaces(l);
  bool is_inside = l->at < l->end && *l->at == '{', is_overvoted = false;
  if (is_inside) l->at++;
  urna_status status = push(ranked, URNA_MARK_OPEN);
  do {
    uint16_t mark = URNA_MARK_SKIP;
    if (status == URNA_OK) status = take_name(l, is_inside, &mark);
    is_overvoted |= mark == URNA_MARK_OVERVOTE;
    if (status == URNA_OK && mark != URNA_MARK_SKIP)
      status = push(ranked, mark);
  } while (status == URNA_OK && another(l, is_inside));
  if (status != URNA_OK) return status;
  if (is_inside && (l->at == l->end || *l->at != '}'))
    l->flaw = "a brace that is not closed";
  else if (is_inside)
    l->at++;
  return close_rank(ranked, first, is_overvoted);
}

/* From one rank to the next; false: there is none. */
static bool next_rank(list *l) {
  const char *before = l->at;
  pass_spaces(l);
  if (l->flaw || l->at == l->end) return false;
  char separator = l->ranked->plan->separator;
  if (separator == ' ' && l->at > before) return true;
  if (*l->at != separator) {
    l->flaw = "a brace, or a name, that stands where a separator is expected";
    return false;
  }
  l->at++;
  return true;
}

/* All ranks of a list into ranked->marks. */
static urna_status take_list(list *l) {
  urna_status status = URNA_OK;
  l->ranked->mark_count = 0;
  pass_spaces(l);
  if (l->at == l->end) return URNA_OK;
  do status = take_rank(l);
  while (status == URNA_OK && next_rank(l));
  drop_skips(l->ranked);
  return status;
}

bool urna_ranked_list(urna_ranked *ranked, const char *raw, size_t length) {
  urna_field field = field_of(raw, length);
  size_t size;
  const char *text = value_of(ranked, &field, &size);
  if (!text) return false;
  list l = {.ranked = ranked, .at = text, .end = text + size};
  return take_list(&l) == URNA_OK && !l.flaw && !l.has_new;
}

/* ---- faults ---- */

void urna_ranked_count_lines(urna_ranked *ranked, size_t at) {
  const char *from = ranked->text + ranked->counted, *to = ranked->text + at;
  while (from < to
         && (from = memchr(from, '\n', (size_t)(to - from))) != NULL) {
    ranked->line++;
    from++;
  }
  ranked->counted = at;
}

/* Room for one fault more; NULL if there is none, or it is beyond the limit. */
static urna_ranked_fault *new_fault(urna_ranked *ranked) {
  if (ranked->fault_count++ >= ranked->plan->fault_limit) return NULL;
  size_t kept = ranked->fault_count - 1;
  if (kept == ranked->fault_room) {
    size_t room = kept ? 2 * kept : 16;
    urna_ranked_fault *faults = realloc(ranked->faults, room * sizeof *faults);
    if (!faults) return NULL;
    ranked->faults = faults;
    ranked->fault_room = room;
  }
  urna_ranked_fault *fault = &ranked->faults[kept];
  memset(fault, 0, sizeof *fault);
  fault->offset = ranked->offset + ranked->at;
  fault->row_line = ranked->csv.record_line;
  return fault;
}

/* A fault of field 'i'. */
static void refuse(urna_ranked *ranked, size_t i, const char *code,
                   const char *message, const char *reason) {
  const urna_field *field = &ranked->csv.fields[i];
  urna_ranked_fault *fault = new_fault(ranked);
  if (!fault) return;
  urna_error_set(&fault->error, code, message);
  fault->reason = reason;
  fault->error.line = field->line;
  fault->error.column = field->column;
  fault->error.index = i + 1;
  urna_error_text(&fault->error, field->start, field->length);
}

static void refuse_ragged(urna_ranked *ranked) {
  urna_ranked_fault *fault = new_fault(ranked);
  if (!fault) return;
  size_t found = ranked->csv.count;
  urna_error_set(&fault->error, "ragged_row", NULL);
  fault->error.line = fault->row_line;
  fault->error.column = 1;
  int length = snprintf(fault->error.text, URNA_ERROR_TEXT,
                        "%zu field%s where %zu were expected", found,
                        found == 1 ? "" : "s", ranked->plan->column_count);
  fault->error.text_length = (size_t)length;
}

/* A byte of the record that is no text. */
static void refuse_byte(urna_ranked *ranked, const char *at, size_t left) {
  urna_ranked_fault *fault = new_fault(ranked);
  if (!fault) return;
  const char *record = ranked->text + ranked->at;
  bool is_nul = *at == '\0';
  urna_error_set(&fault->error, "bad_text", NULL);
  urna_error_place(&fault->error, record, (size_t)(at - record));
  fault->error.line += fault->row_line - 1;
  fault->error.expected = is_nul ? NULL : "utf-8";
  urna_error_hex(&fault->error, at, is_nul ? 1 : urna_utf8_culprit(at, left));
  const urna_csv *csv = &ranked->csv;
  for (size_t i = 0; i < csv->count && csv->fields[i].start <= at; i++)
    fault->error.index = i + 1;
}

/* ---- the exact reader ---- */

/* Could a quoted field of the record, which is flawed, end behind the text? */
static bool may_be_open(const urna_csv *csv) {
  for (size_t i = 0; i < csv->count; i++) {
    const urna_field *field = &csv->fields[i];
    if (field->quoted || field->length == 0 || *field->start != '"') continue;
    const char *p = field->start + 1;
    while ((p = memchr(p, '"', (size_t)(csv->end - p))) != NULL) {
      if (p + 1 == csv->end || p[1] != '"') break;
      p += 2;
    }
    if (!p || p + 1 == csv->end) return true;
  }
  return false;
}

/* Is the record whole, whatever follows the text? */
static bool is_complete(const urna_ranked *ranked) {
  const urna_csv *csv = &ranked->csv;
  if (ranked->is_last) return true;
  if (csv->at == csv->end && csv->end[-1] != '\n') return false;
  return !csv->flaw || !may_be_open(csv);
}

/*
** What is to be done with an empty line, where a record has several fields:
** one at the end of all is none, one before other lines is a ragged record.
** URNA_END: nothing follows but empty lines, so far.
*/
static urna_status judge_blank(urna_ranked *ranked) {
  const char *text = ranked->text;
  size_t at = ranked->at, size = ranked->size;
  if (at < ranked->not_blank) return URNA_OK;
  while (at < size) {
    if (text[at] == '\n')
      at++;
    else if (text[at] == '\r' && at + 1 < size && text[at + 1] == '\n')
      at += 2;
    else
      break;
  }
  bool may_be_blank = at + 1 == size && text[at] == '\r' && !ranked->is_last;
  if (at == size || may_be_blank) return URNA_END;
  ranked->not_blank = at;
  return URNA_OK;
}

static bool is_text(urna_ranked *ranked, size_t length) {
  const char *record = ranked->text + ranked->at;
  const char *nul = memchr(record, '\0', length);
  size_t good = urna_utf8_check(record, length);
  if (nul && (size_t)(nul - record) < good) good = (size_t)(nul - record);
  if (good < length) refuse_byte(ranked, record + good, length - good);
  return good == length;
}

static bool is_sound(urna_ranked *ranked, size_t length) {
  const urna_csv *csv = &ranked->csv;
  if (csv->flaw)
    refuse(ranked, csv->flaw_field, csv->flaw, csv->flaw_message, NULL);
  else if (csv->count != ranked->plan->column_count)
    refuse_ragged(ranked);
  else
    return is_text(ranked, length);
  return false;
}

static bool read_weight(urna_ranked *ranked, urna_count *weight) {
  size_t column = ranked->plan->weight;
  *weight = 1;
  if (column == URNA_NO_COLUMN) return true;
  const urna_field *field = &ranked->csv.fields[column];
  const char *reason = "weight"; /* no papers are no ballot */
  urna_status status =
      urna_count_read(field->start, field->length, 0, weight, &reason);
  if (status == URNA_OK && *weight >= 1) {
    if (urna_ballots_may_take(ranked->ballots, *weight)) return true;
    reason = "papers";
  }
  refuse(ranked, column, "not_a_count", NULL, reason);
  return false;
}

/* A fault of a name in field 'i', which may be one of a list. */
static void refuse_name(urna_ranked *ranked, size_t i, const char *name,
                        size_t length) {
  refuse(ranked, i, "unknown_candidate", NULL, NULL);
  if (ranked->fault_count > ranked->plan->fault_limit) return;
  urna_error_text(&ranked->faults[ranked->fault_count - 1].error, name, length);
}

/* The names of a record with a column for each rank. May there be new ones? */
static urna_status check_columns(urna_ranked *ranked, bool *is_good) {
  const urna_ranked_plan *plan = ranked->plan;
  for (size_t i = 0; i < plan->rank_count && plan->is_closed; i++) {
    const urna_field *field = &ranked->csv.fields[plan->ranks[i]];
    size_t length;
    const char *name = value_of(ranked, field, &length);
    if (!name) return URNA_NO_MEMORY;
    if (known_mark(ranked, name, length) != URNA_MARK_UNKNOWN) continue;
    refuse_name(ranked, plan->ranks[i], name, length);
    *is_good = false;
    return URNA_OK;
  }
  return URNA_OK;
}

static urna_status take_columns(urna_ranked *ranked) {
  const urna_ranked_plan *plan = ranked->plan;
  urna_status status = URNA_OK;
  ranked->mark_count = 0;
  for (size_t i = 0; i < plan->rank_count && status == URNA_OK; i++) {
    const urna_field *field = &ranked->csv.fields[plan->ranks[i]];
    size_t length;
    uint16_t mark;
    const char *name = value_of(ranked, field, &length);
    status = name ? mark_of(ranked, name, length, &mark) : URNA_NO_MEMORY;
    if (status == URNA_OK) status = push(ranked, mark);
  }
  drop_skips(ranked);
  return status;
}

/* First without adding a name, for the list may be flawed; then with. */
static urna_status read_list(urna_ranked *ranked, bool *is_good) {
  const urna_ranked_plan *plan = ranked->plan;
  size_t length;
  const char *text = value_of(ranked, &ranked->csv.fields[plan->list], &length);
  if (!text) return URNA_NO_MEMORY;
  list l = {.ranked = ranked, .at = text, .end = text + length};
  urna_status status = take_list(&l);
  if (status != URNA_OK) return status;
  if (l.flaw)
    refuse(ranked, plan->list, "bad_ranking", l.flaw, NULL);
  else if (plan->is_closed && l.name)
    refuse_name(ranked, plan->list, l.name, l.length);
  *is_good = !l.flaw && !(plan->is_closed && l.name);
  list again = {
      .ranked = ranked, .at = text, .end = text + length, .may_add = true};
  return *is_good ? take_list(&again) : URNA_OK;
}

static urna_status read_marks(urna_ranked *ranked, bool *is_good) {
  *is_good = true;
  if (ranked->plan->rank_count == 0) return read_list(ranked, is_good);
  urna_status status = check_columns(ranked, is_good);
  return status == URNA_OK && *is_good ? take_columns(ranked) : status;
}

static urna_status take_record(urna_ranked *ranked, size_t length) {
  urna_count weight;
  bool is_good;
  ranked->records++;
  if (!is_sound(ranked, length) || !read_weight(ranked, &weight))
    return URNA_OK;
  urna_status status = read_marks(ranked, &is_good);
  if (status != URNA_OK || !is_good) return status;
  return urna_ballots_add(ranked->ballots, ranked->marks, ranked->mark_count,
                          weight);
}

urna_status urna_ranked_record(urna_ranked *ranked) {
  urna_csv *csv = &ranked->csv;
  const char *end = ranked->text + ranked->size;
  if (ranked->at == ranked->size) return URNA_END;
  urna_ranked_count_lines(ranked, ranked->at);
  csv->at = csv->line_start = ranked->text + ranked->at;
  csv->end = end;
  csv->line = ranked->line;
  if (urna_csv_next(csv) == URNA_NO_MEMORY) return URNA_NO_MEMORY;
  if (!is_complete(ranked)) return URNA_END;
  if (urna_csv_is_blank(csv) && ranked->plan->column_count > 1
      && judge_blank(ranked) == URNA_END) {
    if (ranked->is_last) ranked->at = ranked->size;
    return URNA_END;
  }
  size_t length = (size_t)(csv->at - ranked->text) - ranked->at;
  urna_status status = take_record(ranked, length);
  if (status == URNA_OK) ranked->at += length;
  return status;
}

urna_status urna_ranked_scan_exactly(urna_ranked *ranked) {
  urna_status status = URNA_OK;
  while (status == URNA_OK) status = urna_ranked_record(ranked);
  return status;
}

/* ---- its life, and feeding ---- */

static bool is_column(const urna_ranked_plan *plan, size_t column) {
  return column < plan->column_count;
}

static bool is_plan(const urna_ranked_plan *plan) {
  for (size_t i = 0; i < plan->rank_count; i++)
    if (!is_column(plan, plan->ranks[i])) return false;
  if (plan->rank_count == 0 && !is_column(plan, plan->list)) return false;
  return plan->weight == URNA_NO_COLUMN || is_column(plan, plan->weight);
}

/* The store may come from another file, with its write-ins. */
static uint32_t find_write_in(const urna_ballots *ballots) {
  for (uint32_t i = 0; i < ballots->candidates.name_count; i++)
    if (ballots->kinds[i] == URNA_WRITE_IN) return i;
  return URNA_NO_NAME;
}

urna_status urna_ranked_init(urna_ranked *ranked, const urna_ranked_plan *plan,
                             urna_ranked_scanner *scanner,
                             urna_ballots *ballots) {
  memset(ranked, 0, sizeof *ranked);
  if (!is_plan(plan)) return URNA_BAD_CALL;
  ranked->plan = plan;
  ranked->scanner = scanner;
  ranked->ballots = ballots;
  ranked->line = 1;
  ranked->write_in = find_write_in(ballots);
  ranked->factor = next_factor(plan->seed);
  ranked->table_shift = 64 - FIRST_BITS;
  ranked->table = calloc((size_t)1 << FIRST_BITS, sizeof *ranked->table);
  note_stops(ranked);
  urna_csv_init(&ranked->csv, "", 0, plan->delimiter);
  urna_names_init(&ranked->words, 0, plan->seed);
  urna_names_init(&ranked->spellings, 0, plan->seed);
  return ranked->table ? read_words(ranked) : URNA_NO_MEMORY;
}

void urna_ranked_free(urna_ranked *ranked) {
  urna_csv_free(&ranked->csv);
  urna_names_free(&ranked->words);
  urna_names_free(&ranked->spellings);
  free(ranked->word_marks);
  free(ranked->table);
  free(ranked->marks);
  free(ranked->plain);
  free(ranked->faults);
  memset(ranked, 0, sizeof *ranked);
}

urna_status urna_ranked_feed(urna_ranked *ranked, const char *text, size_t size,
                             bool is_last, size_t *consumed) {
  ranked->text = text;
  ranked->size = size;
  ranked->is_last = is_last;
  ranked->at = ranked->counted = ranked->not_blank = 0;
  urna_status status = ranked->scanner(ranked);
  urna_ranked_count_lines(ranked, ranked->at);
  ranked->offset += ranked->at;
  *consumed = ranked->at;
  ranked->text = NULL;
  return status == URNA_END ? URNA_OK : status;
}
