/* see preflib.h */
#include "core/preflib.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/count.h"
#include "core/cursor.h"

/* A number that the file says of itself. */
typedef struct claim {
  urna_count number;
  const char *at; /* where; NULL: it is not said */
} claim;

typedef struct reader {
  urna_cursor in;
  urna_preflib file;
  claim alternatives, voters, sum, orders;
  urna_text *names; /* by number - 1; no start: it has none */
  size_t name_room, named;
  urna_ballots *ballots;
  /* from here on set when all metadata is read */
  uint32_t n; /* alternatives */
  bool is_strict, is_complete;
  char separator;    /* between a weight and its order */
  uint16_t *marks;   /* of the order that is being read; room for 3 n */
  uint64_t *seen_in; /* by alternative: the last order that names it */
  uint64_t order;    /* number of this one, from 1; a second try is another */
} reader;

static urna_status refuse(const reader *r, const char *at, const char *code,
                          const char *message, const char *expected) {
  return urna_cursor_refuse(&r->in, at, code, message, expected);
}

static urna_status end_line(reader *r) {
  urna_cursor_skip_blanks(&r->in);
  if (!urna_cursor_at_line_end(&r->in))
    return refuse(r, r->in.at, "bad_header", "more than belongs in this line",
                  "the end of the line");
  r->in.at += urna_cursor_line_end(&r->in);
  return URNA_OK;
}

/* The rest of the line, outer blanks left off; and step over its end. */
static urna_text take_rest(reader *r) {
  urna_cursor_skip_blanks(&r->in);
  const char *start = r->in.at, *stop;
  const char *newline = memchr(start, '\n', (size_t)(r->in.end - start));
  stop = newline ? newline : r->in.end;
  r->in.at = newline ? newline + 1 : stop;
  while (stop > start
         && (stop[-1] == ' ' || stop[-1] == '\t' || stop[-1] == '\r'))
    stop--;
  return (urna_text){start, (size_t)(stop - start)};
}

/* ---- what a file says of itself ---- */

static urna_status read_claim(reader *r, claim *to) {
  const char *at;
  urna_cursor_skip_blanks(&r->in);
  at = r->in.at;
  if (to->at)
    return refuse(r, at, "bad_header", "this number is said twice", NULL);
  switch (urna_cursor_number(&r->in, &to->number)) {
    case URNA_OK:
      to->at = at;
      return URNA_OK;
    case URNA_OVERFLOW:
      return refuse(r, at, "overflow", "a number too large", NULL);
    default:
      return refuse(r, at, "not_a_count", "not a whole number",
                    "a number in digits");
  }
}

/* The text of alternative 'number', from 1. */
static urna_status name_alternative(reader *r, urna_count number,
                                    const char *at, urna_text name) {
  size_t i = (size_t)number - 1;
  if (i >= r->name_room) {
    size_t room = (i + 1) * 2;
    urna_text *grown = realloc(r->names, room * sizeof *grown);
    if (!grown) return URNA_NO_MEMORY;
    memset(grown + r->name_room, 0, (room - r->name_room) * sizeof *grown);
    r->names = grown;
    r->name_room = room;
  }
  if (r->names[i].start)
    return refuse(r, at, "bad_header", "this alternative is named twice", NULL);
  r->names[i] = name;
  if (r->named <= i) r->named = i + 1;
  return URNA_OK;
}

/* The rest of "ALTERNATIVE NAME i: name", from the number on. */
static urna_status read_name(reader *r) {
  urna_count number = 0;
  urna_cursor_skip_blanks(&r->in);
  const char *at = r->in.at;
  urna_status status = urna_cursor_number(&r->in, &number);
  if (status == URNA_BAD_INPUT || (status == URNA_OK && number == 0))
    return refuse(r, at, "bad_header", "not the number of an alternative",
                  "a number from 1 and a colon");
  if (status != URNA_OK || number > (urna_count)URNA_CANDIDATES_MAX)
    return refuse(r, at, "too_many_candidates",
                  "more alternatives than can be held", NULL);
  urna_cursor_skip_blanks(&r->in);
  if (!urna_cursor_takes(&r->in, ':'))
    return refuse(r, r->in.at, "bad_header", "no name follows", "a colon");
  return name_alternative(r, number, at, take_rest(r));
}

urna_preflib_type urna_preflib_type_of(const char *word, size_t length) {
  static const char words[][4] = {"soc", "soi", "toc", "toi"};
  for (int i = 0; length == 3 && i < 4; i++)
    if (memcmp(word, words[i], 3) == 0)
      return (urna_preflib_type)(URNA_PREFLIB_SOC + i);
  return URNA_PREFLIB_UNSAID;
}

static urna_status read_type(reader *r) {
  urna_text word = take_rest(r);
  if (word.length == 0) return URNA_OK;
  r->file.type = urna_preflib_type_of(word.start, word.length);
  if (r->file.type != URNA_PREFLIB_UNSAID) return URNA_OK;
  return refuse(r, word.start, "bad_type", "not a type of ranked ballots",
                "soc, soi, toc or toi");
}

static bool is_key(urna_text key, const char *word) {
  return key.length == strlen(word) && memcmp(key.start, word, key.length) == 0;
}

/* The value of a key that is not about a single alternative. */
static urna_status read_value(reader *r, urna_text key) {
  claim *to = is_key(key, "NUMBER ALTERNATIVES")    ? &r->alternatives
              : is_key(key, "NUMBER VOTERS")        ? &r->voters
              : is_key(key, "NUMBER UNIQUE ORDERS") ? &r->orders
                                                    : NULL;
  if (is_key(key, "DATA TYPE")) return read_type(r);
  if (to) {
    urna_status status = read_claim(r, to);
    return status == URNA_OK ? end_line(r) : status;
  }
  urna_text value = take_rest(r);
  if (is_key(key, "TITLE")) r->file.title = value;
  return URNA_OK;
}

/* One line that begins with '#': a key, a colon and its value. Keys that
** are not needed here and lines without a colon mean nothing. */
static urna_status read_metadata(reader *r) {
  static const char alternative[] = "ALTERNATIVE NAME ";
  const size_t length = sizeof alternative - 1;
  r->in.at++;
  urna_cursor_skip_blanks(&r->in);
  const char *start = r->in.at;
  urna_text line = take_rest(r);
  if (line.length >= length && memcmp(start, alternative, length) == 0) {
    r->in.at = start + length;
    return read_name(r);
  }
  const char *colon = memchr(start, ':', line.length);
  if (!colon) return URNA_OK;
  r->in.at = colon + 1;
  urna_text key = {start, (size_t)(colon - start)};
  while (key.length > 0 && key.start[key.length - 1] == ' ') key.length--;
  return read_value(r, key);
}

static urna_status read_header(reader *r) {
  urna_status status = URNA_OK;
  while (status == URNA_OK && urna_cursor_sees(&r->in, '#')) {
    status = read_metadata(r);
    if (status == URNA_OK) urna_cursor_skip_empty_lines(&r->in);
  }
  return status;
}

/* ---- the same in the old manner ---- */

/* "i,name": in the order of their numbers, none left out. */
static urna_status read_old_name(reader *r, urna_count number) {
  urna_count found;
  urna_cursor_skip_empty_lines(&r->in);
  const char *at = r->in.at;
  if (urna_cursor_number(&r->in, &found) != URNA_OK || found != number)
    return refuse(r, at, "bad_header", "not the next alternative",
                  "the number of the next alternative, a comma, its name");
  urna_cursor_skip_blanks(&r->in);
  if (!urna_cursor_takes(&r->in, ','))
    return refuse(r, r->in.at, "bad_header", "no name follows", "a comma");
  return name_alternative(r, number, at, take_rest(r));
}

static urna_status read_old_counts(reader *r) {
  claim *const to[] = {&r->voters, &r->sum, &r->orders};
  urna_status status = URNA_OK;
  urna_cursor_skip_empty_lines(&r->in);
  for (int i = 0; status == URNA_OK && i < 3; i++) {
    urna_cursor_skip_blanks(&r->in);
    if (i > 0 && !urna_cursor_takes(&r->in, ','))
      return refuse(r, r->in.at, "bad_header", "a number is missing",
                    "three numbers: voters, sum of votes, orders");
    status = read_claim(r, to[i]);
  }
  return status == URNA_OK ? end_line(r) : status;
}

static urna_status read_old_header(reader *r) {
  if (r->in.at == r->in.end || !urna_is_digit(*r->in.at))
    return refuse(r, r->in.at, "bad_header", "not a PrefLib file",
                  "\"# KEY: value\", or the number of alternatives");
  r->file.is_old = true;
  urna_status status = read_claim(r, &r->alternatives);
  if (status == URNA_OK) status = end_line(r);
  if (status == URNA_OK && r->alternatives.number > URNA_CANDIDATES_MAX)
    return refuse(r, r->alternatives.at, "too_many_candidates",
                  "more alternatives than can be held", NULL);
  for (urna_count i = 1; status == URNA_OK && i <= r->alternatives.number; i++)
    status = read_old_name(r, i);
  return status == URNA_OK ? read_old_counts(r) : status;
}

/* ---- counts that do not agree ---- */

/* Write 'word' and its NUL at 'out'; returns where the NUL is. */
static char *append(char *out, const char *word) {
  size_t length = strlen(word);
  memcpy(out, word, length + 1);
  return out + length;
}

/* With both numbers as its text: "12 said, 11 found". */
static urna_status disagree(const reader *r, const claim *said,
                            urna_count found, const char *message) {
  char text[2 * URNA_COUNT_DIGITS + 16], *end = text;
  refuse(r, said->at, "counts_disagree", message,
         "the number that stands there");
  end += urna_count_write(said->number, end);
  end = append(end, " said, ");
  end += urna_count_write(found, end);
  end = append(end, " found");
  urna_error_text(r->in.error, text, (size_t)(end - text));
  return URNA_BAD_INPUT;
}

static urna_status compare(const reader *r) {
  const urna_ballots *found = r->ballots;
  if (r->voters.at && r->voters.number != found->papers)
    return disagree(r, &r->voters, found->papers,
                    "the weights do not add up to the number of voters");
  if (r->sum.at && r->sum.number != found->papers)
    return disagree(r, &r->sum, found->papers,
                    "the weights do not add up to their sum");
  if (r->orders.at && r->orders.number != (urna_count)found->count)
    return disagree(r, &r->orders, (urna_count)found->count,
                    "the number of orders is another");
  return URNA_OK;
}

/* ---- the alternatives become candidates ---- */

static urna_status settle_number(reader *r) {
  const claim *said = &r->alternatives;
  if (!said->at && r->named == 0)
    return refuse(r, r->in.at, "bad_header", "the alternatives are not said",
                  "# NUMBER ALTERNATIVES: and their number");
  if (said->at && said->number > (urna_count)URNA_CANDIDATES_MAX)
    return refuse(r, said->at, "too_many_candidates",
                  "more alternatives than can be held", NULL);
  if (said->at && (urna_count)r->named > said->number)
    return disagree(r, said, (urna_count)r->named,
                    "an alternative beyond their number has a name");
  r->n = (uint32_t)(said->at ? (size_t)said->number : r->named);
  return URNA_OK;
}

static urna_status add_candidate(reader *r, uint32_t i) {
  char digits[URNA_COUNT_DIGITS];
  urna_text name = {NULL, 0};
  uint32_t number;
  if (i < r->named) name = r->names[i];
  const char *at = name.start ? name.start : r->in.text;
  if (name.length == 0) {
    name.start = digits;
    name.length = urna_count_write((urna_count)i + 1, digits);
  }
  urna_status status =
      urna_ballots_candidate(r->ballots, name.start, name.length, &number);
  if (status == URNA_OK && number != i)
    return refuse(r, at, "same_name", "two alternatives have the same name",
                  "a name that no other alternative has");
  return status;
}

static urna_status settle(reader *r) {
  urna_status status = settle_number(r);
  for (uint32_t i = 0; status == URNA_OK && i < r->n; i++)
    status = add_candidate(r, i);
  if (status != URNA_OK) return status;
  r->separator = r->file.is_old ? ',' : ':';
  r->is_strict =
      r->file.type == URNA_PREFLIB_SOC || r->file.type == URNA_PREFLIB_SOI;
  r->is_complete =
      r->file.type == URNA_PREFLIB_SOC || r->file.type == URNA_PREFLIB_TOC;
  r->marks = malloc((3 * (size_t)r->n + 1) * sizeof *r->marks);
  r->seen_in = calloc((size_t)r->n + 1, sizeof *r->seen_in);
  return r->marks && r->seen_in ? URNA_OK : URNA_NO_MEMORY;
}

/* ---- orders, byte by byte ---- */

static urna_status read_weight(reader *r, urna_count *weight) {
  static const char expected[] = "how many say this order: 1 or more";
  const char *at = r->in.at;
  urna_status status = urna_cursor_number(&r->in, weight);
  if (urna_cursor_sees(&r->in, '#'))
    return refuse(r, at, "bad_row", "metadata behind the first order",
                  expected);
  if (status == URNA_OVERFLOW)
    return refuse(r, at, "overflow", "a weight too large", expected);
  if (status != URNA_OK || *weight == 0 || urna_cursor_sees(&r->in, '.'))
    return refuse(r, at, "not_a_count", "not a weight", expected);
  urna_cursor_skip_blanks(&r->in);
  if (urna_cursor_takes(&r->in, r->separator)
      || (r->file.is_old && urna_cursor_at_line_end(&r->in)))
    return URNA_OK;
  return refuse(r, r->in.at, "bad_row", "no order follows the weight",
                r->file.is_old ? "a comma" : "a colon");
}

static urna_status read_candidate(reader *r, uint16_t *mark) {
  urna_count number;
  urna_cursor_skip_blanks(&r->in);
  const char *at = r->in.at;
  urna_status status = urna_cursor_number(&r->in, &number);
  if (status == URNA_BAD_INPUT)
    return refuse(r, at, "bad_candidate", "no alternative stands here",
                  "the number of an alternative");
  if (status != URNA_OK || number < 1 || number > (urna_count)r->n)
    return refuse(r, at, "no_such_candidate", "no alternative has this number",
                  "1 to the number of alternatives");
  if (r->seen_in[number - 1] == r->order)
    return refuse(r, at, "repeated_candidate",
                  "this alternative is in the order already", NULL);
  r->seen_in[number - 1] = r->order;
  *mark = (uint16_t)(number - 1);
  urna_cursor_skip_blanks(&r->in);
  return URNA_OK;
}

/* "{2,3}", from the brace on. */
static urna_status read_tie(reader *r, size_t *count) {
  const char *brace = r->in.at++;
  uint16_t *marks = r->marks + *count;
  size_t used = 1;
  do {
    urna_status status = read_candidate(r, &marks[used]);
    if (status != URNA_OK) return status;
    used++;
  } while (urna_cursor_takes(&r->in, ','));
  if (!urna_cursor_takes(&r->in, '}'))
    return urna_cursor_at_line_end(&r->in)
               ? refuse(r, brace, "unclosed_brace",
                        "the brace is not closed in its line", "}")
               : refuse(r, r->in.at, "bad_row", "neither a comma nor a brace",
                        "a comma or }");
  if (used == 2) {
    marks[0] = marks[1];
    *count += 1;
    return URNA_OK;
  }
  if (r->is_strict)
    return refuse(r, brace, "tied_order", "a tie in a file of strict orders",
                  "one alternative at each rank");
  marks[0] = URNA_MARK_OPEN;
  marks[used] = URNA_MARK_CLOSE;
  *count += used + 1;
  return URNA_OK;
}

/* The ranks up to the end of the line, from the first on. */
static urna_status read_ranks(reader *r, size_t *count) {
  urna_status status = URNA_OK;
  *count = 0;
  while (status == URNA_OK && !urna_cursor_at_line_end(&r->in)) {
    if (urna_cursor_sees(&r->in, '{')) {
      status = read_tie(r, count);
      urna_cursor_skip_blanks(&r->in);
    } else {
      status = read_candidate(r, &r->marks[*count]);
      *count += status == URNA_OK;
    }
    if (status != URNA_OK || urna_cursor_at_line_end(&r->in)) break;
    if (!urna_cursor_takes(&r->in, ','))
      return refuse(r, r->in.at, "bad_row",
                    "neither a comma nor the line's end",
                    "a comma or the end of the line");
    urna_cursor_skip_blanks(&r->in);
  }
  return status;
}

static uint32_t count_named(const uint16_t *marks, size_t count) {
  uint32_t named = 0;
  for (size_t i = 0; i < count; i++) named += marks[i] < URNA_CANDIDATES_MAX;
  return named;
}

static urna_status keep(reader *r, const char *line, size_t count,
                        urna_count weight) {
  urna_status status = urna_ballots_add(r->ballots, r->marks, count, weight);
  if (status == URNA_OVERFLOW)
    return refuse(r, line, "overflow", "more votes than can be held", NULL);
  return status;
}

static urna_status read_order(reader *r) {
  const char *line = r->in.at;
  urna_count weight;
  size_t count;
  r->order++;
  urna_status status = read_weight(r, &weight);
  urna_cursor_skip_blanks(&r->in);
  const char *at = r->in.at;
  if (status == URNA_OK) status = read_ranks(r, &count);
  if (status != URNA_OK) return status;
  if (r->is_complete && count_named(r->marks, count) != r->n)
    return refuse(r, at, "incomplete_order",
                  "an order that does not rank all alternatives",
                  "every alternative once");
  r->in.at += urna_cursor_line_end(&r->in);
  return keep(r, line, count, weight);
}

/* ---- orders at speed ---- */

/* What a plain line says: digits, marks and at most a blank behind each. */
typedef struct plain {
  const char *next; /* behind the line; NULL: it is not plain */
  urna_count weight;
  size_t count;
} plain;

/* Up to five digits. */
static inline const char *few_digits(const char *at, uint32_t *number) {
  uint32_t value = (uint32_t)(unsigned char)at[0] - '0', digit;
  *number = 0;
  if (value > 9) return at;
  for (int i = 1; i < 5; i++) {
    digit = (uint32_t)(unsigned char)at[i] - '0';
    if (digit > 9) {
      *number = value;
      return at + i;
    }
    value = value * 10 + digit;
  }
  *number = value;
  return at + 5;
}

/* Bytes that a plain line of n alternatives surely ends in: it names none
** twice, so that no place of it needs to be compared with the text's end. */
static size_t plain_room(const reader *r) {
  return 10 * (size_t)r->n + 64;
}

/* What telling a candidate needs; a copy, which stays in registers. */
typedef struct known {
  uint64_t *seen_in, order;
  uint32_t n;
} known;

/* Behind the candidate at 'at', or NULL if it is not one that may follow. */
static inline const char *plain_candidate(const char *at, known have,
                                          uint16_t *mark) {
  uint32_t number;
  if (*at == ' ') at++;
  at = few_digits(at, &number);
  if (number - 1 >= have.n || have.seen_in[number - 1] == have.order)
    return NULL;
  have.seen_in[number - 1] = have.order;
  *mark = (uint16_t)(number - 1);
  return at;
}

/* Behind the "{2,3}" at 'at', which are two or more; or NULL. */
static const char *plain_tie(const char *at, known have, uint16_t *marks,
                             size_t *named) {
  *marks = URNA_MARK_OPEN;
  *named = 0;
  do {
    at = plain_candidate(at + 1, have, &marks[++*named]);
    if (!at) return NULL;
  } while (*at == ',');
  marks[*named + 1] = URNA_MARK_CLOSE;
  return *at == '}' && *named > 1 ? at + 1 : NULL;
}

static inline plain read_plain(reader *r, const char *at) {
  const plain no = {NULL, 0, 0};
  known have = {r->seen_in, ++r->order, r->n};
  uint16_t *marks = r->marks, *mark = marks;
  size_t ties = 0, tied;
  urna_count weight = 0;
  for (int i = 0; i < 18 && urna_is_digit(*at); i++)
    weight = weight * 10 + (*at++ - '0');
  if (weight == 0 || *at++ != r->separator) return no;
  do {
    if (*at == ' ') at++;
    if (*at != '{') {
      at = plain_candidate(at, have, mark++);
    } else {
      at = plain_tie(at, have, mark, &tied);
      if (at) mark += tied + 2;
      ties++;
    }
    if (!at) return no;
  } while (*at++ == ',');
  size_t count = (size_t)(mark - marks);
  if (at[-1] == '\r' && *at == '\n') at++;
  if (at[-1] != '\n' || (ties > 0 && r->is_strict)
      || (r->is_complete && count - 2 * ties != r->n))
    return no;
  return (plain){at, weight, count};
}

/* All orders that are written plainly, up to the first that is not, or that
** the text may end in; read_order knows what the others are. */
static urna_status read_plain_orders(reader *r) {
  size_t room = plain_room(r);
  while ((size_t)(r->in.end - r->in.at) > room) {
    plain line = read_plain(r, r->in.at);
    if (!line.next) return URNA_OK;
    urna_status status = keep(r, r->in.at, line.count, line.weight);
    if (status != URNA_OK) return status;
    r->in.at = line.next;
  }
  return URNA_OK;
}

/* Room for what will stand there, lest it be moved while it grows: a mark
** takes two bytes of text or more, but for those around ties. */
static urna_status make_room(reader *r) {
  size_t left = (size_t)(r->in.end - r->in.at), orders = left / 8;
  if (r->orders.at && (size_t)r->orders.number < left / 2)
    orders = (size_t)r->orders.number;
  if (left / 2 >= UINT32_MAX) return URNA_OK;
  return urna_ballots_reserve(r->ballots, orders, left / 2 + 1);
}

static urna_status read_orders(reader *r) {
  urna_status status = make_room(r);
  urna_cursor_skip_empty_lines(&r->in);
  while (status == URNA_OK && r->in.at < r->in.end) {
    status = read_plain_orders(r);
    urna_cursor_skip_empty_lines(&r->in);
    if (status == URNA_OK && r->in.at < r->in.end) status = read_order(r);
    if (status == URNA_OK) urna_cursor_skip_empty_lines(&r->in);
  }
  return status;
}

/* ---- the whole file ---- */

urna_status urna_preflib_read(const char *text, size_t size,
                              urna_preflib_type type, urna_preflib *file,
                              urna_ballots *ballots, urna_error *error) {
  assert(ballots->count == 0 && ballots->candidates.name_count == 0);
  reader r = {.file = {.type = type}, .ballots = ballots};
  urna_cursor_init(&r.in, text, size, error);
  urna_cursor_skip_empty_lines(&r.in);
  urna_status status =
      urna_cursor_sees(&r.in, '#') ? read_header(&r) : read_old_header(&r);
  if (status == URNA_OK) status = settle(&r);
  if (status == URNA_OK) status = read_orders(&r);
  if (status == URNA_OK) status = compare(&r);
  if (status == URNA_OK && file) *file = r.file;
  if (status != URNA_OK) urna_ballots_clear(ballots);
  free(r.names);
  free(r.marks);
  free(r.seen_in);
  return status;
}
