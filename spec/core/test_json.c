#include <stdlib.h>

#include <cjson/cJSON.h>

#include "io/json.h"
#include "test.h"

static urna_error error;

/* Without room behind it, so that a sanitizer sees every overrun. */
static urna_status parse(const char *text, cJSON **root) {
  size_t size = strlen(text);
  char *copy = malloc(size ? size : 1);
  if (!copy) return URNA_NO_MEMORY;
  memcpy(copy, text, size);
  urna_error_set(&error, NULL, NULL);
  urna_status status = urna_json_parse(copy, size, root, &error);
  free(copy);
  return status;
}

static int good(const char *text) {
  cJSON *root = NULL;
  urna_status status = parse(text, &root);
  urna_json_free(root);
  return status == URNA_OK && root != NULL;
}

/* Refused at that place, with that text. */
static int bad(const char *text, size_t line, size_t column,
               const char *shown) {
  cJSON *root = NULL;
  urna_status status = parse(text, &root);
  int same = status == URNA_BAD_INPUT && !root && error.line == line
             && error.column == column && error.text_length == strlen(shown)
             && memcmp(error.text, shown, error.text_length) == 0;
  if (!same)
    printf("%s: %zu:%zu %.*s (%s)\n", text, error.line, error.column,
           (int)error.text_length, error.text,
           error.message ? error.message : "");
  return same;
}

static void accepted(void) {
  CHECK(good("{}"));
  CHECK(good(" [1, -2, 3.5, 1e3, 0, -0, true, false, \"a\\u0041\"] \r\n\t"));
  CHECK(good("\xEF\xBB\xBF{\"a\":null}"));
  CHECK(good("\xEF\xBB\xBF"
             "1"));
  CHECK(good("{\"a\":9007199254740991,\"b\":-9007199254740991}"));
  CHECK(good("{\"a\":{\"a\":1},\"A\":2,\"\":3}"));
  CHECK(good("\"\\\\u0000\""));
  CHECK(good("\"Београд \\ud83d\\ude00\""));
}

static void syntax(void) {
  CHECK(bad("", 1, 1, ""));
  CHECK(bad("\xEF\xBB\xBF", 1, 4, ""));
  CHECK(bad(" \n", 2, 1, ""));
  CHECK(bad("{\"a\": \n", 2, 1, ""));
  CHECK(bad("[nul]", 1, 2, "nul"));
  CHECK(bad("{\"a\":", 1, 6, ""));
  CHECK(bad("[1,]", 1, 4, "]"));
  CHECK(bad("[1]\nx", 2, 1, "x"));
  CHECK(bad("{} {}", 1, 4, "{"));
  CHECK(bad("[01]", 1, 2, "0"));
  CHECK(bad("[1.]", 1, 2, "1."));
  CHECK(bad("[.5]", 1, 2, "."));
  CHECK(bad("[-]", 1, 2, "-"));
  CHECK(bad("[+1]", 1, 2, "+"));
  CHECK(bad("[1e]", 1, 2, "1e"));
  CHECK(bad("[1-2]", 1, 2, "1"));
  CHECK(bad("[\"a\nb\"]", 1, 2, "\"a\n"));
  CHECK(bad("[\"ab", 1, 2, "\"ab"));
  CHECK(bad("[\"ab\\", 1, 2, "\"ab\\"));
  CHECK(bad("['a']", 1, 2, "'"));
  CHECK(bad("\"\xC3(\"", 1, 2, "c3"));
}

static void meaning(void) {
  CHECK(bad("{\n \"a\": 1,\n \"a\": 2}", 3, 2, "\"a\""));
  CHECK(bad("{\"b\":[true,\"x\",null],\"b\":2}", 1, 16, "null"));
  CHECK(bad("{\"k\":{\"b\":1,\"c\":2,\"b\":3}}", 1, 19, "\"b\""));
  CHECK(bad("{\"a\":null,\"b\":1,\"a\":1}", 1, 17, "\"a\""));
  CHECK(bad("null", 1, 1, "null"));
  CHECK(bad("[9007199254740992]", 1, 2, "9007199254740992"));
  CHECK(bad("[9007199254740993]", 1, 2, "9007199254740993"));
  CHECK(bad("[1,-9007199254740992]", 1, 4, "-9007199254740992"));
  CHECK(bad("[1e400]", 1, 2, "1e400"));
  CHECK(bad("{\"a\\u0000b\":1}", 1, 2, "\"a\\u0000"));
}

static void depth(void) {
  static char deep[4001];
  memset(deep, '[', 2000);
  memset(deep + 2000, ']', 2000);
  CHECK(!good(deep));
  CHECK_STRING(error.message, "nested too deep");
  memset(deep, 0, sizeof deep);
  memset(deep, '[', 900);
  memset(deep + 900, ']', 900);
  CHECK(good(deep));
}

int main(void) {
  accepted();
  syntax();
  meaning();
  depth();
  return test_report("json");
}
