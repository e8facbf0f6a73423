/* see blt.h */
#include "core/blt.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/cursor.h"

typedef struct reader {
  urna_cursor in;
  urna_blt file;
  urna_ballots *ballots;
  uint32_t n;               /* candidates */
  unsigned char *withdrawn; /* by candidate: 1 if it is */
  uint16_t *marks;          /* of the ballot that is being read */
  size_t count, room;
  char *name; /* a name with its quotes undone */
  size_t name_room;
} reader;

static urna_status refuse(const reader *r, const char *at, const char *code,
                          const char *message, const char *expected) {
  return urna_cursor_refuse(&r->in, at, code, message, expected);
}

/* Something else than 'expected' stands at 'at', or nothing at all. */
static urna_status refuse_other(const reader *r, const char *at,
                                const char *code, const char *message,
                                const char *expected) {
  if (at == r->in.end)
    return refuse(r, at, "unexpected_end", "the file ends too early", expected);
  return refuse(r, at, code, message, expected);
}

/* Blanks, line ends and comments. */
static void skip_gap(reader *r) {
  urna_cursor_skip_empty_lines(&r->in);
  while (urna_cursor_sees(&r->in, '#')) {
    const char *at = r->in.at;
    const char *newline = memchr(at, '\n', (size_t)(r->in.end - at));
    r->in.at = newline ? newline : r->in.end;
    urna_cursor_skip_empty_lines(&r->in);
  }
}

/* Does a word end here? */
static bool at_gap(const reader *r) {
  return urna_cursor_at_line_end(&r->in) || urna_cursor_sees(&r->in, ' ')
         || urna_cursor_sees(&r->in, '\t') || urna_cursor_sees(&r->in, '#');
}

/* ---- candidates, seats and who has withdrawn ---- */

static urna_status read_count(reader *r, urna_count least, urna_count most,
                              urna_count *count, const char *expected) {
  skip_gap(r);
  const char *at = r->in.at;
  urna_status status = urna_cursor_number(&r->in, count);
  if (status == URNA_OVERFLOW || (status == URNA_OK && *count > most))
    return refuse(r, at, "overflow", "a number too large", expected);
  if (status != URNA_OK || *count < least || !at_gap(r))
    return refuse_other(r, at, "not_a_count", "not such a number", expected);
  return URNA_OK;
}

static urna_status read_sizes(reader *r) {
  urna_count candidates, seats;
  urna_status status = read_count(r, 0, (urna_count)URNA_CANDIDATES_MAX,
                                  &candidates, "the number of candidates");
  if (status == URNA_OK)
    status = read_count(r, 1, INT32_MAX, &seats, "the number of seats");
  if (status != URNA_OK) return status;
  r->n = (uint32_t)candidates;
  r->file.seats = (int32_t)seats;
  r->withdrawn = calloc((size_t)r->n + 1, 1);
  return r->withdrawn ? URNA_OK : URNA_NO_MEMORY;
}

/* A candidate's number, from 1. */
static urna_status read_candidate(reader *r, uint16_t *mark) {
  urna_count number;
  const char *at = r->in.at;
  urna_status status = urna_cursor_number(&r->in, &number);
  if (status == URNA_BAD_INPUT)
    return refuse_other(r, at, "bad_candidate", "no candidate stands here",
                        "a candidate's number");
  if (status != URNA_OK || number < 1 || number > (urna_count)r->n)
    return refuse(r, at, "no_such_candidate", "no candidate has this number",
                  "1 to the number of candidates");
  if (!at_gap(r) && !urna_cursor_sees(&r->in, '='))
    return refuse(r, at, "bad_candidate", "not a candidate's number",
                  "digits and a blank");
  *mark = (uint16_t)(number - 1);
  return URNA_OK;
}

static urna_status read_withdrawn(reader *r) {
  skip_gap(r);
  while (urna_cursor_sees(&r->in, '-')) {
    uint16_t mark = 0;
    const char *at = r->in.at++;
    urna_status status = read_candidate(r, &mark);
    if (status != URNA_OK) return status;
    if (!at_gap(r) || r->withdrawn[mark])
      return refuse(r, at, "bad_withdrawn", "not one more that has withdrawn",
                    "a candidate once, as -2");
    r->withdrawn[mark] = 1;
    skip_gap(r);
  }
  return URNA_OK;
}

/* ---- ballots, byte by byte ---- */

static urna_status push(reader *r, uint16_t mark) {
  if (r->count == r->room) {
    size_t room = r->room ? r->room * 2 : 256;
    uint16_t *grown = realloc(r->marks, room * sizeof *grown);
    if (!grown) return URNA_NO_MEMORY;
    r->marks = grown;
    r->room = room;
  }
  r->marks[r->count++] = mark;
  return URNA_OK;
}

/* "(id)", if one stands here. */
static urna_status read_id(reader *r, bool *has_id) {
  const char *start = r->in.at;
  *has_id = urna_cursor_takes(&r->in, '(');
  if (!*has_id) return URNA_OK;
  while (!urna_cursor_at_line_end(&r->in) && *r->in.at != ')') r->in.at++;
  if (!urna_cursor_takes(&r->in, ')') || r->in.at - start == 2 || !at_gap(r))
    return refuse(r, start, "bad_id", "not the id of a ballot",
                  "(, an id, ) and a blank");
  urna_cursor_skip_blanks(&r->in);
  return URNA_OK;
}

/* URNA_END: it is the 0 behind the last ballot. */
static urna_status read_weight(reader *r, urna_count *weight) {
  static const char expected[] = "how many papers: 1 or more, or the final 0";
  bool has_id;
  urna_status status = read_id(r, &has_id);
  if (status != URNA_OK) return status;
  const char *at = r->in.at;
  status = urna_cursor_number(&r->in, weight);
  if (status == URNA_OVERFLOW)
    return refuse(r, at, "overflow", "a weight too large", expected);
  if (status == URNA_OK && urna_cursor_sees(&r->in, '.'))
    return refuse(r, at, "decimal_weight",
                  "a fraction of a paper cannot be counted exactly", expected);
  if (status != URNA_OK || !at_gap(r) || (*weight == 0 && r->in.at - at > 1))
    return refuse_other(r, at, "not_a_count", "not a weight", expected);
  if (has_id && *weight != 1)
    return refuse(r, at, "not_a_count", "a ballot with an id is one paper",
                  "1");
  return *weight == 0 ? URNA_END : URNA_OK;
}

/* "3" or "2=3"; every candidate of the second kind between two marks. */
static urna_status read_rank(reader *r) {
  uint16_t mark;
  urna_status status = read_candidate(r, &mark);
  if (status != URNA_OK) return status;
  if (!urna_cursor_sees(&r->in, '=')) return push(r, mark);
  status = push(r, URNA_MARK_OPEN);
  if (status == URNA_OK) status = push(r, mark);
  while (status == URNA_OK && urna_cursor_takes(&r->in, '=')) {
    status = read_candidate(r, &mark);
    if (status == URNA_OK) status = push(r, mark);
  }
  return status == URNA_OK ? push(r, URNA_MARK_CLOSE) : status;
}

/* A 0 that is a word of its own. */
static bool takes_zero(reader *r) {
  const char *at = r->in.at;
  if (urna_cursor_takes(&r->in, '0') && at_gap(r)) return true;
  r->in.at = at;
  return false;
}

/* A '-' that is one. */
static bool takes_skip(reader *r) {
  const char *at = r->in.at;
  if (urna_cursor_takes(&r->in, '-') && at_gap(r)) return true;
  r->in.at = at;
  return false;
}

/* The ranks up to their 0. */
static urna_status read_ranks(reader *r) {
  urna_status status = URNA_OK;
  for (r->count = 0; status == URNA_OK;) {
    urna_cursor_skip_blanks(&r->in);
    if (takes_zero(r)) return URNA_OK;
    if (urna_cursor_at_line_end(&r->in) || urna_cursor_sees(&r->in, '#'))
      return refuse_other(r, r->in.at, "unclosed_ballot",
                          "the line ends before the ballot does",
                          "a candidate, or 0");
    status = takes_skip(r) ? push(r, URNA_MARK_SKIP) : read_rank(r);
  }
  return status;
}

static urna_status keep(reader *r, const char *at, urna_count weight) {
  while (r->count > 0 && r->marks[r->count - 1] == URNA_MARK_SKIP) r->count--;
  urna_status status = urna_ballots_add(r->ballots, r->marks, r->count, weight);
  if (status == URNA_OVERFLOW)
    return refuse(r, at, "overflow", "more votes than can be held", NULL);
  return status;
}

static urna_status read_ballot(reader *r) {
  const char *at = r->in.at;
  urna_count weight;
  urna_status status = read_weight(r, &weight);
  if (status == URNA_OK) status = read_ranks(r);
  return status == URNA_OK ? keep(r, at, weight) : status;
}

/* ---- ballots at speed ---- */

/* A number of up to five digits and the one blank behind it; returns where
** that is, or NULL. Reads seven bytes at most. */
static inline const char *plain_number(const char *at, uint32_t *number) {
  uint32_t value = (uint32_t)(unsigned char)at[0] - '0', digit;
  if (value > 9) return NULL;
  for (int i = 1; i <= 5; i++) {
    digit = (uint32_t)(unsigned char)at[i] - '0';
    if (digit > 9) {
      *number = value;
      return at + i;
    }
    value = value * 10 + digit;
  }
  return NULL;
}

/* Is there a line end? */
static inline bool ends_line(const char *at) {
  return *at == '\n' || (*at == '\r' && at[1] == '\n');
}

/*
** One ballot of numbers with single blanks between them, its 0 at the end of
** its line; 'stop' is where reading must not begin a number. Returns its 0's
** end, or NULL: read_ballot knows what stands there.
*/
static inline const char *read_plain(reader *r, const char *at,
                                     const char *stop, urna_count *weight) {
  uint32_t n = r->n, number;
  uint16_t *mark = r->marks;
  at = plain_number(at, &number);
  if (!at || *at != ' ' || number == 0) return NULL;
  *weight = number;
  while (++at < stop) {
    at = plain_number(at, &number);
    if (!at) return NULL;
    if (number == 0) {
      r->count = (size_t)(mark - r->marks);
      return at[-2] == ' ' && ends_line(at) ? at : NULL; /* not 00 */
    }
    if (*at != ' ' || number > n) return NULL;
    *mark++ = (uint16_t)(number - 1);
  }
  return NULL;
}

/* Ballots that are written plainly, up to the first that is not. A mark
** takes two bytes or more, so that one bound keeps reading within the text
** and writing within the room for marks. */
static urna_status read_plain_ballots(reader *r) {
  urna_status status = URNA_OK;
  urna_count weight;
  while (status == URNA_OK && r->in.end - r->in.at > 16) {
    size_t left = (size_t)(r->in.end - r->in.at) - 8;
    if (left > 2 * r->room) left = 2 * r->room;
    const char *at = r->in.at;
    const char *next = read_plain(r, at, at + left, &weight);
    if (!next) return URNA_OK;
    r->in.at = next;
    r->in.at += urna_cursor_line_end(&r->in);
    status = keep(r, at, weight);
  }
  return status;
}

/* Room for what may stand there, lest it be moved while it grows. */
static urna_status make_room(reader *r) {
  size_t left = (size_t)(r->in.end - r->in.at);
  urna_status status = push(r, 0);
  if (status != URNA_OK || left / 2 >= UINT32_MAX) return status;
  return urna_ballots_reserve(r->ballots, left / 8, left / 2 + 1);
}

static urna_status read_ballots(reader *r) {
  urna_status status = make_room(r);
  while (status == URNA_OK) {
    skip_gap(r);
    status = read_plain_ballots(r);
    if (status != URNA_OK) break;
    skip_gap(r);
    status = read_ballot(r);
  }
  return status == URNA_END ? URNA_OK : status;
}

/* ---- names ---- */

size_t urna_blt_unquote(urna_text text, char *out) {
  char *to = out;
  for (size_t i = 0; i < text.length; i++) {
    char c = text.start[i];
    bool escapes = (c == '"' || c == '\\') && i + 1 < text.length
                   && text.start[i + 1] == '"';
    if (escapes) i++;
    *to++ = text.start[i];
  }
  return (size_t)(to - out);
}

/* From the opening quote on; in one line. */
static urna_status read_quoted(reader *r, urna_text *text) {
  const char *quote = r->in.at++;
  while (!urna_cursor_at_line_end(&r->in)) {
    const char *at = r->in.at++;
    bool doubles = (*at == '"' || *at == '\\') && urna_cursor_sees(&r->in, '"');
    if (doubles) {
      r->in.at++;
    } else if (*at == '"') {
      *text = (urna_text){quote + 1, (size_t)(at - quote - 1)};
      if (at_gap(r)) return URNA_OK;
      return refuse(r, r->in.at, "bad_quote", "text behind the closing quote",
                    "a blank or the end of the line");
    }
  }
  return refuse(r, quote, "bad_quote", "the quote is not closed in its line",
                "a closing quote");
}

static urna_status read_text(reader *r, urna_text *text, const char *expected) {
  skip_gap(r);
  if (!urna_cursor_sees(&r->in, '"'))
    return refuse_other(r, r->in.at, "bad_name", "not a text in quotes",
                        expected);
  return read_quoted(r, text);
}

static urna_status read_name(reader *r, uint32_t i) {
  urna_text name = {NULL, 0};
  uint32_t number;
  urna_status status = read_text(r, &name, "a candidate's name in quotes");
  if (status != URNA_OK) return status;
  if (name.length == 0)
    return refuse(r, name.start - 1, "bad_name", "an empty name",
                  "a candidate's name in quotes");
  if (name.length > r->name_room) {
    char *grown = realloc(r->name, name.length);
    if (!grown) return URNA_NO_MEMORY;
    r->name = grown;
    r->name_room = name.length;
  }
  size_t length = urna_blt_unquote(name, r->name);
  status = urna_ballots_candidate(r->ballots, r->name, length, &number);
  if (status != URNA_OK) return status;
  if (number != i)
    return refuse(r, name.start - 1, "same_name",
                  "two candidates have the same name",
                  "a name that no other candidate has");
  if (r->withdrawn[i])
    urna_ballots_set_kind(r->ballots, number, URNA_WITHDRAWN);
  return URNA_OK;
}

/* The title, and what Wichmann puts behind it. */
static urna_status read_title(reader *r) {
  urna_text *const more[] = {&r->file.source, &r->file.comment};
  urna_status status =
      read_text(r, &r->file.title, "the title in quotes, behind all names");
  for (int i = 0; status == URNA_OK && i < 2; i++) {
    skip_gap(r);
    if (urna_cursor_sees(&r->in, '"')) status = read_quoted(r, more[i]);
  }
  if (status != URNA_OK) return status;
  skip_gap(r);
  if (r->in.at == r->in.end) return URNA_OK;
  return refuse(r, r->in.at, "bad_row", "more than belongs in the file",
                "the end of the file");
}

/* ---- the whole file ---- */

urna_status urna_blt_read(const char *text, size_t size, urna_blt *file,
                          urna_ballots *ballots, urna_error *error) {
  assert(ballots->count == 0 && ballots->candidates.name_count == 0);
  reader r = {.ballots = ballots};
  urna_cursor_init(&r.in, text, size, error);
  urna_status status = read_sizes(&r);
  if (status == URNA_OK) status = read_withdrawn(&r);
  if (status == URNA_OK) status = read_ballots(&r);
  for (uint32_t i = 0; status == URNA_OK && i < r.n; i++)
    status = read_name(&r, i);
  if (status == URNA_OK) status = read_title(&r);
  if (status == URNA_OK && file) *file = r.file;
  if (status != URNA_OK) urna_ballots_clear(ballots);
  free(r.withdrawn);
  free(r.marks);
  free(r.name);
  return status;
}
