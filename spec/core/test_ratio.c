#include "core/ratio.h"
#include "test.h"

static int cmp(int64_t a, int64_t b, int64_t c, int64_t d) {
  return urna_ratio_cmp((urna_ratio){a, b}, (urna_ratio){c, d});
}

static void compared(void) {
  CHECK(cmp(1, 2, 2, 4) == 0);
  CHECK(cmp(1, 3, 333333333333333333, 1000000000000000000) == 1);
  CHECK(cmp(0, 1, 0, 9) == 0);
  CHECK(cmp(0, 5, 1, INT64_MAX) == -1);
  /* n/(n+1) grows with n; a double holds 1.0 for both */
  CHECK(cmp(INT64_MAX - 2, INT64_MAX - 1, INT64_MAX - 1, INT64_MAX) == -1);
  CHECK(cmp(INT64_MAX, 1, INT64_MAX - 1, 1) == 1);
  CHECK(cmp(INT64_MAX, INT64_MAX, 1, 1) == 0);
}

static void reduced(void) {
  urna_ratio ratio = urna_ratio_reduce((urna_ratio){1350, 1000});
  CHECK(ratio.num == 27 && ratio.den == 20);
  ratio = urna_ratio_reduce((urna_ratio){0, 7});
  CHECK(ratio.num == 0 && ratio.den == 1);
  ratio = urna_ratio_reduce((urna_ratio){INT64_MAX, INT64_MAX});
  CHECK(ratio.num == 1 && ratio.den == 1);
}

static urna_count up(int64_t num, int64_t den, urna_count total) {
  urna_count least = -1;
  urna_status status = urna_ratio_of_up((urna_ratio){num, den}, total, &least);
  return status == URNA_OK ? least : status;
}

static void shares(void) {
  /* Serbia 2016, 5 %: 188,534.75 and, after the re-vote, 188,946.15 */
  CHECK(up(5, 100, 3770695) == 188535);
  CHECK(up(5, 100, 3778923) == 188947);
  CHECK(up(3, 100, 100) == 3); /* exactly the share is enough */
  CHECK(up(3, 100, 101) == 4);
  CHECK(up(3, 100, 0) == 0);
  CHECK(up(1, 1, INT64_MAX) == INT64_MAX);
  CHECK(up(1, 3, INT64_MAX) == 3074457345618258603); /* 2^63 - 1 = 3n + 1 */
  CHECK(up(2, 1, INT64_MAX) == URNA_OVERFLOW);
}

static int64_t rounded(int64_t num, int64_t den, int decimals) {
  int64_t value = -1;
  urna_status status =
      urna_ratio_round((urna_ratio){num, den}, decimals, &value);
  return status == URNA_OK ? value : status;
}

static void decimals(void) {
  CHECK(rounded(1, 3, 4) == 3333);
  CHECK(rounded(2, 3, 4) == 6667);
  CHECK(rounded(1, 2, 0) == 1); /* half up */
  CHECK(rounded(1, 8, 2) == 13);
  CHECK(rounded(1249, 10000, 2) == 12);
  CHECK(rounded(387326, 733990, 4) == 5277); /* 52.77 % */
  CHECK(rounded(0, 5, 2) == 0);
  CHECK(rounded(INT64_MAX, 1, 0) == INT64_MAX);
  CHECK(rounded(INT64_MAX, 1, 1) == URNA_OVERFLOW);
  CHECK(rounded(INT64_MAX, INT64_MAX, 15) == 1000000000000000);
  CHECK(rounded(1, 1, 16) == URNA_OVERFLOW);
  CHECK(rounded(1, 1, -1) == URNA_OVERFLOW);
}

int main(void) {
  compared();
  reduced();
  shares();
  decimals();
  return test_report("ratio");
}
