/* See csv.h. */
#include "core/csv.h"

#include <stdlib.h>
#include <string.h>

void urna_csv_init(urna_csv *csv, const char *text, size_t size,
                   char delimiter) {
  memset(csv, 0, sizeof *csv);
  csv->at = csv->line_start = text;
  csv->end = text + size;
  csv->line = 1;
  csv->delimiter = delimiter;
  csv->stops['\n'] = csv->stops['\r'] = csv->stops['"'] = 1;
  csv->stops[(unsigned char)delimiter] = 1;
}

void urna_csv_free(urna_csv *csv) {
  free(csv->fields);
  csv->fields = NULL;
  csv->count = csv->room = 0;
}

static urna_field *append(urna_csv *csv) {
  if (csv->count == csv->room) {
    size_t room = csv->room ? csv->room * 2 : 64;
    if (room > SIZE_MAX / sizeof *csv->fields) return NULL;
    urna_field *fields = realloc(csv->fields, room * sizeof *fields);
    if (!fields) return NULL;
    csv->fields = fields;
    csv->room = room;
  }
  return &csv->fields[csv->count++];
}

static void mark(urna_csv *csv, const char *flaw, const char *message) {
  if (csv->flaw) return;
  csv->flaw = flaw;
  csv->flaw_message = message;
  csv->flaw_field = csv->count - 1;
}

/* Does a field end at 'p': at a delimiter, a line's end, the text's end? */
static bool ends_field(const urna_csv *csv, const char *p) {
  return p == csv->end || *p == csv->delimiter || *p == '\n'
         || (*p == '\r' && p + 1 < csv->end && p[1] == '\n');
}

/* From csv->at, at or inside a field, to where it ends. */
static void scan_plain(urna_csv *csv, urna_field *field) {
  const char *p = csv->at;
  for (;;) {
    while (p < csv->end && !csv->stops[(unsigned char)*p]) p++;
    if (ends_field(csv, p)) break;
    if (*p == '"')
      mark(csv, "bad_quote", "a quote inside a plain field");
    else
      mark(csv, "bad_text", "a carriage return that ends no line");
    p++;
  }
  field->length = (size_t)(p - field->start);
  csv->at = p;
}

/* The closing quote of the field that opens at 'p', or NULL. */
static const char *closing_quote(const char *p, const char *end,
                                 bool *doubled) {
  p++;
  while ((p = memchr(p, '"', (size_t)(end - p))) != NULL) {
    if (p + 1 == end || p[1] != '"') return p;
    *doubled = true;
    p += 2;
  }
  return NULL;
}

/* Lines that end inside quotes are lines too. */
static void count_lines(urna_csv *csv, const char *from, const char *to) {
  while ((from = memchr(from, '\n', (size_t)(to - from))) != NULL) {
    csv->line++;
    csv->line_start = ++from;
  }
}

static void scan_quoted(urna_csv *csv, urna_field *field) {
  const char *open = csv->at;
  const char *close = closing_quote(open, csv->end, &field->doubled);
  count_lines(csv, open, close ? close : csv->end);
  csv->at = close ? close + 1 : csv->end;
  if (close && ends_field(csv, csv->at)) {
    field->quoted = true;
    field->start = open + 1;
    field->length = (size_t)(close - field->start);
    return;
  }
  mark(csv, "bad_quote",
       close ? "text after a closing quote" : "a quoted field that never ends");
  field->doubled = false;
  scan_plain(csv, field);
}

static void scan_field(urna_csv *csv, urna_field *field) {
  field->start = csv->at;
  field->line = csv->line;
  field->column = (size_t)(csv->at - csv->line_start) + 1;
  field->quoted = field->doubled = false;
  if (csv->at < csv->end && *csv->at == '"')
    scan_quoted(csv, field);
  else
    scan_plain(csv, field);
}

/* Step over what ends a field; is there another one in this record? */
static bool another(urna_csv *csv) {
  if (csv->at == csv->end) return false;
  if (*csv->at == csv->delimiter) {
    csv->at++;
    return true;
  }
  csv->at += *csv->at == '\r' ? 2 : 1;
  csv->line++;
  csv->line_start = csv->at;
  return false;
}

urna_status urna_csv_next(urna_csv *csv) {
  if (csv->at >= csv->end) return URNA_END;
  csv->count = 0;
  csv->flaw = NULL;
  csv->record_line = csv->line;
  do {
    urna_field *field = append(csv);
    if (!field) return URNA_NO_MEMORY;
    scan_field(csv, field);
  } while (another(csv));
  return URNA_OK;
}

bool urna_csv_is_blank(const urna_csv *csv) {
  return csv->count == 1 && csv->fields[0].length == 0 && !csv->fields[0].quoted
         && !csv->flaw;
}

void urna_csv_trim(urna_csv *csv) {
  const char *end = csv->end;
  while (end > csv->at && end[-1] == '\n') {
    const char *line = end - 1;
    if (line > csv->at && line[-1] == '\r') line--;
    /* only a line end before it shows that this line is empty */
    if (line > csv->at ? line[-1] != '\n' : csv->at != csv->line_start) break;
    end = line;
  }
  csv->end = end;
}

size_t urna_csv_unquote(const urna_field *field, char *out) {
  const char *in = field->start, *end = in + field->length;
  char *to = out;
  while (in < end) {
    if (field->doubled && *in == '"') in++;
    *to++ = *in++;
  }
  return (size_t)(to - out);
}

char urna_csv_delimiter(const char *text, size_t size) {
  static const char marks[] = {',', ';', '\t', '|'};
  size_t seen[256] = {0};
  bool inside = false;
  char best = marks[0];
  for (size_t i = 0; i < size && (inside || text[i] != '\n'); i++) {
    if (text[i] == '"')
      inside = !inside;
    else if (!inside)
      seen[(unsigned char)text[i]]++;
  }
  for (size_t i = 1; i < sizeof marks; i++)
    if (seen[(unsigned char)marks[i]] > seen[(unsigned char)best])
      best = marks[i];
  return best;
}
