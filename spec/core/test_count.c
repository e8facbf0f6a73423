#include "core/count.h"
#include "test.h"

/* The count in 'text', or -2 where it is refused. */
static urna_count read(const char *text, char thousands) {
  urna_count count = 12345;
  const char *reason = NULL;
  urna_status status =
      urna_count_read(text, strlen(text), thousands, &count, &reason);
  if (status == URNA_OK) return count;
  return count == 12345 ? -2 : -3;
}

static const char *reason(const char *text, char thousands) {
  urna_count count;
  const char *why = NULL;
  urna_count_read(text, strlen(text), thousands, &count, &why);
  return why ? why : "";
}

static void accepted(void) {
  CHECK(read("0", 0) == 0);
  CHECK(read("007", 0) == 7);
  CHECK(read("", 0) == URNA_MISSING);
  CHECK(read("9223372036854775807", 0) == INT64_MAX);
  CHECK(read("00009223372036854775807", 0) == INT64_MAX);
  CHECK(read("1.234", '.') == 1234);
  CHECK(read("12,345,678", ',') == 12345678);
  CHECK(read("1 234", ' ') == 1234);
  CHECK(read("1'234", '\'') == 1234);
  CHECK(read("1234", '.') == 1234);
}

static void refused(void) {
  CHECK_STRING(reason("9223372036854775808", 0), "overflow");
  CHECK_STRING(reason("99999999999999999999999", 0), "overflow");
  CHECK_STRING(reason("9.223.372.036.854.775.808", '.'), "overflow");
  CHECK_STRING(reason("-5", 0), "sign");
  CHECK_STRING(reason("+5", 0), "sign");
  CHECK_STRING(reason("\xE2\x88\x92"
                      "5",
                      0),
               "sign");
  CHECK_STRING(reason(" 5", 0), "space");
  CHECK_STRING(reason("5 ", 0), "space");
  CHECK_STRING(reason("5\t", 0), "space");
  CHECK_STRING(reason("5\xC2\xA0", 0), "space");
  CHECK_STRING(reason("1 234", 0), "space");
  CHECK_STRING(reason("1\xC2\xA0"
                      "234",
                      0),
               "space");
  CHECK_STRING(reason("1\xE2\x80\xAF"
                      "234",
                      0),
               "space");
  CHECK_STRING(reason(" ", 0), "space");
  CHECK_STRING(reason(" 1 234", ' '), "space");
  CHECK_STRING(reason("1.5", 0), "decimal");
  CHECK_STRING(reason("1,50", 0), "decimal");
  CHECK_STRING(reason("1234.567", 0), "decimal");
  CHECK_STRING(reason("1.234,5", '.'), "decimal");
  CHECK_STRING(reason("1.234", 0), "thousands");
  CHECK_STRING(reason("12,345,678", 0), "thousands");
  CHECK_STRING(reason("1.23", '.'), "thousands");
  CHECK_STRING(reason("1234.567", '.'), "thousands");
  CHECK_STRING(reason("1 23", ' '), "thousands");
  CHECK_STRING(reason("1'23", '\''), "thousands");
  CHECK_STRING(reason("1e3", 0), "not_a_number");
  CHECK_STRING(reason("0x10", 0), "not_a_number");
  CHECK_STRING(reason("NA", 0), "not_a_number");
  CHECK_STRING(reason("-", 0), "not_a_number");
  CHECK_STRING(reason(".", 0), "not_a_number");
  CHECK_STRING(reason("\xD9\xA1", 0), "not_a_number");
  CHECK(read("x", 0) == -2);
  CHECK(read("12x", 0) == -2);
  CHECK(read(".123", '.') == -2);
  CHECK(read("1..234", '.') == -2);
  CHECK(read("1.234.", '.') == -2);
}

static void sums(void) {
  urna_count sum = INT64_MAX - 1;
  CHECK(urna_count_add(&sum, 1) == URNA_OK && sum == INT64_MAX);
  CHECK(urna_count_add(&sum, 1) == URNA_OVERFLOW && sum == INT64_MAX);
  sum = INT64_MIN + 1;
  CHECK(urna_count_add(&sum, -1) == URNA_OK && sum == INT64_MIN);
  CHECK(urna_count_add(&sum, -1) == URNA_OVERFLOW && sum == INT64_MIN);
  CHECK(urna_count_add(&sum, 0) == URNA_OK);
}

static void written(void) {
  char out[URNA_COUNT_DIGITS];
  CHECK(urna_count_write(0, out) == 1);
  CHECK_STRING(out, "0");
  urna_count_write(INT64_MAX, out);
  CHECK_STRING(out, "9223372036854775807");
  urna_count_write(INT64_MIN, out);
  CHECK_STRING(out, "-9223372036854775808");
}

int main(void) {
  accepted();
  refused();
  sums();
  written();
  return test_report("count");
}
