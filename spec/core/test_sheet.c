/* test_sheet.c - the groups of a tally: their order, totals and text. */
#include "core/sheet.h"

#include <stdlib.h>

#include "io/crew.h"
#include "test.h"

static const urna_tally_column COLUMNS[] = {{URNA_KEY, true, NULL, false},
                                            {URNA_KEY, true, NULL, false},
                                            {URNA_SUM, false, NULL, false}};

static urna_status count(const char *text, urna_tally *tally) {
  urna_tally_plan plan = {.columns = COLUMNS,
                          .column_count = 3,
                          .delimiter = ',',
                          .counts_records = true,
                          .cell_limit = 1 << 20};
  urna_crew crew = {.threads = 1,
                    .chunk = 1 << 20,
                    .scanner = urna_tally_scanner_of("plain")};
  urna_tape tape;
  urna_tape_text(&tape, text, strlen(text));
  urna_stretch stretch = {0, strlen(text)};
  urna_status status =
      urna_crew_tally(&crew, &plan, &tape, &stretch, tally, NULL);
  urna_tape_close(&tape);
  return status;
}

/* All groups of a text by these keys, 'step' at a time. */
static void check(const char *text, const uint32_t *by, size_t step,
                  const char *expected, const char *total) {
  static const uint32_t sums[] = {0, 1}; /* the votes, then the records */
  urna_tally tally;
  urna_groups groups;
  urna_sheet sheet;
  char all[1000], digits[URNA_TOTAL_DIGITS];
  size_t size = 0;
  CHECK(count(text, &tally) == URNA_OK);
  CHECK(urna_groups_init(&groups, &tally, by, 2) == URNA_OK);
  CHECK(urna_sheet_init(&sheet, &groups, sums, 2) == URNA_OK);
  for (size_t g = 0; g < groups.count; g += step) {
    size_t to = groups.count - g < step ? groups.count : g + step;
    CHECK(urna_sheet_write(&sheet, g, to) == URNA_OK);
    memcpy(all + size, sheet.text, sheet.size);
    size += sheet.size;
  }
  CHECK_TEXT(all, size, expected);
  urna_groups_total(&groups, 0, digits);
  CHECK_STRING(digits, total);
  urna_sheet_free(&sheet);
  urna_sheet_free(&sheet);
  urna_groups_free(&groups);
  urna_groups_free(&groups);
  urna_tally_free(&tally);
}

static const uint32_t OUTER[] = {0, 1}, INNER[] = {1, 0};

int main(void) {
  for (size_t step = 1; step <= 4; step++) {
    check("b,x,1\na,y,2\nb,a,4\nb,x,8\n", OUTER, step,
          "a,y,2,1\nb,a,4,1\nb,x,9,2\n", "15");
    check("b,x,1\na,y,2\nb,a,4\nb,x,8\n", INNER, step,
          "a,b,4,1\nx,b,9,2\ny,a,2,1\n", "15");
    /* not reported, quoted where it has to be, C-caron behind all of ASCII */
    check("\xc4\x8c,,\n\"z\"\"\",\"a,\nb\",0\nz,\"\",\n", OUTER, step,
          "z,,,1\n\"z\"\"\",\"a,\nb\",0,1\n\xc4\x8c,,,1\n", "0");
  }
  /* three times 2^63 - 1 */
  check("a,,9223372036854775807\nb,,9223372036854775807\n"
        "c,,9223372036854775807\n",
        OUTER, 9,
        "a,,9223372036854775807,1\nb,,9223372036854775807,1\n"
        "c,,9223372036854775807,1\n",
        "27670116110564327421");
  check("", OUTER, 1, "", "0");
  return test_report("sheet");
}
