#include <stdlib.h>

#include "core/csv.h"
#include "test.h"

/* A copy without room behind it, so that a sanitizer sees every overrun. */
static char *exact(const char *text) {
  size_t size = strlen(text);
  char *copy = malloc(size ? size : 1);
  if (copy) memcpy(copy, text, size);
  return copy;
}

static char shown[4096];

/*
** All records of 'text' as fields in <> with a / after each record, the
** record's line before it and a flaw behind.
*/
static const char *scan(const char *text) {
  urna_csv csv;
  char *copy = exact(text), *out = shown;
  urna_csv_init(&csv, copy, strlen(text), ';');
  while (urna_csv_next(&csv) == URNA_OK) {
    out += sprintf(out, "%zu", csv.record_line);
    for (size_t i = 0; i < csv.count; i++) {
      *out++ = '<';
      out += urna_csv_unquote(&csv.fields[i], out);
      *out++ = '>';
    }
    if (csv.flaw) out += sprintf(out, "%s@%zu", csv.flaw, csv.flaw_field + 1);
    *out++ = '/';
  }
  *out = '\0';
  urna_csv_free(&csv);
  free(copy);
  return shown;
}

static void records(void) {
  CHECK_STRING(scan(""), "");
  CHECK_STRING(scan("a"), "1<a>/");
  CHECK_STRING(scan("a\n"), "1<a>/");
  CHECK_STRING(scan("\n"), "1<>/");
  CHECK_STRING(scan("a;b\nc;d"), "1<a><b>/2<c><d>/");
  CHECK_STRING(scan("a;b\r\nc;d\r\n"), "1<a><b>/2<c><d>/");
  CHECK_STRING(scan("a;\n;b"), "1<a><>/2<><b>/");
  CHECK_STRING(scan("a;"), "1<a><>/");
  CHECK_STRING(scan("\n\na"), "1<>/2<>/3<a>/");
}

static void quotes(void) {
  CHECK_STRING(scan("\"a\";b"), "1<a><b>/");
  CHECK_STRING(scan("\"\""), "1<>/");
  CHECK_STRING(scan("\"\"\"\""), "1<\">/");
  CHECK_STRING(scan("\"a\"\"b\";\"c;d\"\n"), "1<a\"b><c;d>/");
  CHECK_STRING(scan("\"a\nb\r\nc\";d\ne"), "1<a\nb\r\nc><d>/4<e>/");
  CHECK_STRING(scan("x;\"two\r\nlines\"\r\nx;\"two\nlines\"\r\n"),
               "1<x><two\r\nlines>/3<x><two\nlines>/");
  CHECK_STRING(scan("\"a\"\r\nb"), "1<a>/2<b>/");
}

static void flaws(void) {
  CHECK_STRING(scan("a;12\" monitor;b\nc"),
               "1<a><12\" monitor><b>bad_quote@2/2<c>/");
  CHECK_STRING(scan("\"a\"b;c\nd"), "1<\"a\"b><c>bad_quote@1/2<d>/");
  CHECK_STRING(scan("a;\"b\nc;d\n"), "1<a><\"b\nc;d\n>bad_quote@2/");
  CHECK_STRING(scan("\"a\"\"\nb"), "1<\"a\"\"\nb>bad_quote@1/");
  CHECK_STRING(scan("\""), "1<\">bad_quote@1/");
  CHECK_STRING(scan("a\rb;c\nd"), "1<a\rb><c>bad_text@1/2<d>/");
  CHECK_STRING(scan("a\r"), "1<a\r>bad_text@1/");
  CHECK_STRING(scan("\"a\"\r"), "1<\"a\"\r>bad_quote@1/");
  CHECK_STRING(scan("\"a\rb\""), "1<a\rb>/");
}

static void places(void) {
  static const char text[] = "a;\"b\nc\";d\ne;ff;g";
  urna_csv csv;
  urna_csv_init(&csv, text, strlen(text), ';');
  CHECK(urna_csv_next(&csv) == URNA_OK);
  CHECK(csv.fields[1].line == 1 && csv.fields[1].column == 3);
  CHECK(csv.fields[2].line == 2 && csv.fields[2].column == 4);
  CHECK(urna_csv_next(&csv) == URNA_OK);
  CHECK(csv.record_line == 3);
  CHECK(csv.fields[2].line == 3 && csv.fields[2].column == 6);
  CHECK(urna_csv_next(&csv) == URNA_END);
  CHECK(urna_csv_next(&csv) == URNA_END);
  urna_csv_free(&csv);
  urna_csv_free(&csv);
}

/* How much of 'text' is left after its empty lines at the end. */
static size_t trimmed(const char *text) {
  urna_csv csv;
  urna_csv_init(&csv, text, strlen(text), ';');
  urna_csv_trim(&csv);
  return (size_t)(csv.end - text);
}

static void trims(void) {
  CHECK(trimmed("") == 0);
  CHECK(trimmed("a") == 1);
  CHECK(trimmed("a\n") == 2);
  CHECK(trimmed("a\n\n\n") == 2);
  CHECK(trimmed("a\r\n\r\n\n") == 3);
  CHECK(trimmed("\n\n") == 0);
  CHECK(trimmed("a\n\r\r\n") == 5);
  CHECK(trimmed("a\n\nb") == 4);
}

static char delimiter(const char *text) {
  return urna_csv_delimiter(text, strlen(text));
}

static void delimiters(void) {
  CHECK(delimiter("") == ',');
  CHECK(delimiter("abc\n;;;") == ',');
  CHECK(delimiter("a;b;c,d") == ';');
  CHECK(delimiter("a\tb\tc") == '\t');
  CHECK(delimiter("a|b") == '|');
  CHECK(delimiter("\"a,b,c,\nd\";e;f\n,,,,,") == ';');
}

int main(void) {
  records();
  quotes();
  flaws();
  places();
  trims();
  delimiters();
  return test_report("csv");
}
