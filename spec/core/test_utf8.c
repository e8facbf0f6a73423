/* Ill-formed sequences: The Unicode Standard 15.0, section 3.9, table 3-7. */
#include "core/status.h"
#include "core/utf8.h"
#include "test.h"

static size_t check(const char *text) {
  return urna_utf8_check(text, strlen(text));
}

static void well_formed(void) {
  static const char *const good[] = {
      "",
      "abc",
      "12345678",
      "123456789",
      "Београд",
      "Łódź",
      "\xEF\xBF\xBF",
      "\xC2\x80",
      "\xDF\xBF",
      "\xE0\xA0\x80",
      "\xED\x9F\xBF",
      "\xEE\x80\x80",
      "\xF0\x90\x80\x80",
      "\xF4\x8F\xBF\xBF",
      "a\xC5\x82"
      "bcdefgh\xC5\x82",
  };
  for (size_t i = 0; i < sizeof good / sizeof *good; i++)
    CHECK(check(good[i]) == strlen(good[i]));
}

static void ill_formed(void) {
  static const char *const bad[] = {
      "\x80",
      "\xBF",
      "\xC0\xAF",
      "\xC1\xBF", /* overlong, stray */
      "\xE0\x9F\xBF",
      "\xF0\x8F\xBF\xBF", /* overlong */
      "\xED\xA0\x80",
      "\xED\xBF\xBF", /* surrogates */
      "\xF4\x90\x80\x80",
      "\xF5\x80\x80\x80",
      "\xFF", /* too high */
      "\xC5",
      "\xE2\x82",
      "\xF0\x9F\x98", /* cut short */
      "\xC5"
      "a",
      "\xE2\x82"
      "a",
      "\xF0\x9F\x98"
      "a",
  };
  char padded[32];
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    CHECK(check(bad[i]) == 0);
    for (size_t shift = 1; shift < 17; shift++) {
      memset(padded, 'x', shift);
      strcpy(padded + shift, bad[i]);
      CHECK(check(padded) == shift);
    }
  }
}

static void culprits(void) {
  CHECK(urna_utf8_culprit("\xED\xA0\x80", 3) == 3);
  CHECK(urna_utf8_culprit("\xC5"
                          "a",
                          2)
        == 1);
  CHECK(urna_utf8_culprit("\xE2\x82", 2) == 2);
  CHECK(urna_utf8_culprit("\xFF\x80", 2) == 1);
  CHECK(urna_utf8_culprit("", 0) == 0);
}

static void cuts(void) {
  CHECK(urna_utf8_cut("abc", 3, 5) == 3);
  CHECK(urna_utf8_cut("abcdef", 6, 5) == 5);
  CHECK(urna_utf8_cut("abcd\xC5\x82", 6, 5) == 4);
  CHECK(urna_utf8_cut("ab\xF0\x9F\x98\x80", 6, 5) == 2);
  CHECK(urna_utf8_cut("\x80\x80\x80\x80\x80\x80\x80", 7, 6) == 6);
}

static void errors(void) {
  urna_error error;
  char long_text[200];
  urna_error_set(&error, "bad_text", NULL);
  urna_error_place(&error, "a\nbc\nd", 5);
  CHECK(error.line == 3 && error.column == 1);
  urna_error_place(&error, "a\nbc\nd", 3);
  CHECK(error.line == 2 && error.column == 2);
  urna_error_hex(&error, "\xC3\x28", 2);
  CHECK_TEXT(error.text, error.text_length, "c3 28");
  memset(long_text, 'x', sizeof long_text);
  urna_error_text(&error, long_text, sizeof long_text);
  CHECK(error.text_length == URNA_ERROR_TEXT);
  urna_error_hex(&error, long_text, sizeof long_text);
  CHECK(error.text_length <= URNA_ERROR_TEXT);
  urna_error_set(NULL, "bad_text", NULL);
  urna_error_text(NULL, "x", 1);
}

int main(void) {
  well_formed();
  ill_formed();
  culprits();
  cuts();
  errors();
  return test_report("utf8");
}
