/*
** csv.h - records and fields of comma-separated text, one record at a time.
**
** An exact scanner: every byte is looked at, lines end with LF or CRLF, a
** quoted field may hold delimiters, line ends and doubled quotes. What
** breaks the quoting is noted at its field and never guessed at.
** Source: RFC 4180, October 2005, section 2; the delimiter is free, the last
** line end may be missing.
*/
#ifndef URNA_CSV_H
#define URNA_CSV_H

#include <stdbool.h>

#include "core/status.h"

URNA_BEGIN

typedef struct urna_field {
  const char *start; /* inside the quotes, if it has any */
  size_t length;
  size_t line, column; /* of its first byte, the opening quote included */
  bool quoted;
  bool doubled; /* holds "" for " */
} urna_field;

/* Borrows the text; owns 'fields', which each record overwrites. */
typedef struct urna_csv {
  const char *at, *end, *line_start;
  size_t line;
  char delimiter;
  unsigned char stops[256]; /* 1 for a byte that may end a plain field */
  urna_field *fields;
  size_t count, room;
  size_t record_line; /* where the record starts */
  /*
  ** The first flaw of the record: "bad_quote" (a quote inside a plain field,
  ** text after a closing quote, a field that never ends) or "bad_text" (a
  ** carriage return that ends no line); NULL if there is none. The fields
  ** around it stand as the bytes were, quotes included.
  */
  const char *flaw;
  const char *flaw_message;
  size_t flaw_field;
} urna_csv;

void urna_csv_init(urna_csv *csv, const char *text, size_t size,
                   char delimiter);
void urna_csv_free(urna_csv *csv);

/* Read the next record. URNA_END: there is none; URNA_NO_MEMORY. */
urna_status urna_csv_next(urna_csv *csv);

/* Is the record an empty line? */
bool urna_csv_is_blank(const urna_csv *csv);

/*
** Stop before the empty lines at the very end, which are no records where a
** record has several fields.
*/
void urna_csv_trim(urna_csv *csv);

/* Copy a field's value, doubled quotes made single, to 'out', which has room
** for field->length; returns how much it wrote. */
size_t urna_csv_unquote(const urna_field *field, char *out);

/*
** The delimiter of a text: of comma, semicolon, tab and bar the one found
** most often outside quotes in the first record; comma if there is none.
*/
char urna_csv_delimiter(const char *text, size_t size);

URNA_FINISH

#endif
