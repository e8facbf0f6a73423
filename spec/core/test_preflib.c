/* PrefLib: what its files may say, and the line and column of what not. */
#include <stdlib.h>

#include "core/preflib.h"
#include "ballots_read.h"

static urna_preflib file;

/* From a block of its very size, so that a byte too far is noticed. */
static urna_status take(const char *text, size_t size, urna_preflib_type type) {
  char *copy = malloc(size + !size);
  memcpy(copy, text, size);
  urna_error_set(&error, NULL, NULL);
  memset(&file, 0, sizeof file);
  urna_ballots_free(&ballots);
  urna_ballots_init(&ballots, 5);
  urna_status status =
      urna_preflib_read(copy, size, type, &file, &ballots, &error);
  file.title = (urna_text){NULL, file.title.length};
  free(copy);
  return status;
}

#define READS(text, expected) READS_TYPE(text, URNA_PREFLIB_UNSAID, expected)
#define READS_TYPE(text, type, expected)                                       \
  has_read(take(text, strlen(text), type), expected, __FILE__, __LINE__)
#define REFUSES(text, code, row, column, word)                                 \
  REFUSES_TYPE(text, URNA_PREFLIB_UNSAID, code, row, column, word)
#define REFUSES_TYPE(text, type, code, row, column, word)                      \
  has_refused(take(text, strlen(text), type), code, row, column, word,         \
              __FILE__, __LINE__)

/* Four alternatives and no other metadata; orders begin in line 2. */
#define FOUR        "# NUMBER ALTERNATIVES: 4\n"
#define TYPED(type) "# DATA TYPE: " type "\n" FOUR /* orders from line 3 */

static void modern(void) {
  READS("# FILE NAME: a.toi\n# TITLE: Council: east \n# DATA TYPE: toi\n"
        "# NUMBER ALTERNATIVES: 4\n# NUMBER VOTERS: 18\n"
        "# NUMBER UNIQUE ORDERS: 3\n# ALTERNATIVE NAME 1: Ann: the first\n"
        "# ALTERNATIVE NAME 2: B, C\n# ALTERNATIVE NAME 3:  d \n"
        "# ALTERNATIVE NAME 4: e\n1: 1, 4, 3, 2\n13: 1, {4, 3}, 2\n4:2\n",
        "1x 0 3 2 1;13x 0 {3 2} 1;4x 1;");
  CHECK(file.type == URNA_PREFLIB_TOI && !file.is_old);
  CHECK(file.title.length == strlen("Council: east"));
  CHECK(ballots.papers == 18);
  CHECK(is_named(&ballots, 0, "Ann: the first"));
  CHECK(is_named(&ballots, 1, "B, C"));
  CHECK(is_named(&ballots, 2, "d"));
  CHECK(ballots.candidates.name_count == 4);
}

static void leniency(void) {
  READS(FOUR "2: 2,1,4,\n1:3 , \n", "2x 1 0 3;1x 2;");
  READS(FOUR "\n \n2:1\n\n  1 :\t2 ,{ 3 , 4 }\t\n\n", "2x 0;1x 1 {2 3};");
  READS("\r\n" FOUR "2:1\r\n1:{1,2},3\r\n", "2x 0;1x {0 1} 2;");
  READS(FOUR "7:3", "7x 2;");
  READS(FOUR "7:{3}\n", "7x 2;");
  READS_TYPE(FOUR "7:{3},1", URNA_PREFLIB_SOI, "7x 2 0;");
  READS(FOUR "007:0003,00000000000000000000004\n", "7x 2 3;");
  READS("# a remark\n#\n" FOUR, "");
  /* not said: as many as have names; no name: called by the number */
  READS("# ALTERNATIVE NAME 3: c\n#ALTERNATIVE NAME 1:\n1: 2,3\n", "1x 1 2;");
  CHECK(is_named(&ballots, 0, "1") && is_named(&ballots, 1, "2")
        && is_named(&ballots, 2, "c"));
  READS("# NUMBER ALTERNATIVES: 0\n# NUMBER VOTERS: 0\n", "");
}

static void types(void) {
  CHECK(urna_preflib_type_of("toc", 3) == URNA_PREFLIB_TOC);
  CHECK(urna_preflib_type_of("cat", 3) == URNA_PREFLIB_UNSAID);
  CHECK(urna_preflib_type_of("so", 2) == URNA_PREFLIB_UNSAID);
  READS(TYPED("soc") "1: 4,3,2,1\n", "1x 3 2 1 0;");
  READS(TYPED("toc") "1: 4,{3,2,1}\n", "1x 3 {2 1 0};");
  READS(TYPED("soi") "1:\n1: 4\n", "1x;1x 3;");
  READS(TYPED("toi") "2:\n", "2x;");
  CHECK(ballots.papers == 2);
  /* the file's own word prevails */
  READS_TYPE(TYPED("toi") "1: {4,1}\n", URNA_PREFLIB_SOC, "1x {3 0};");
  REFUSES(TYPED("soc") "1: 4,3,2,1\n2: 4,3,2\n", "incomplete_order", 4, 4, "4");
  REFUSES(TYPED("toc") "1:{4,3},2\n", "incomplete_order", 3, 3, "{");
  REFUSES(TYPED("soc") "1:\n", "incomplete_order", 3, 3, "");
  REFUSES(TYPED("soc") "1:1,{2,3},4\n", "tied_order", 3, 5, "{");
  REFUSES(TYPED("soi") "1:1,{2,3}\n", "tied_order", 3, 5, "{");
  REFUSES_TYPE(FOUR "1:{2,3}\n", URNA_PREFLIB_SOI, "tied_order", 2, 3, "{");
  REFUSES("# DATA TYPE: cat\n" FOUR, "bad_type", 1, 14, "cat");
}

static void orders(void) {
  REFUSES(FOUR "1: 1,5\n", "no_such_candidate", 2, 6, "5");
  REFUSES(FOUR "1: 0\n", "no_such_candidate", 2, 4, "0");
  REFUSES(FOUR "1: 99999999999999999999\n", "no_such_candidate", 2, 4,
          "99999999999999999999");
  REFUSES(FOUR "1: 1,2,1\n", "repeated_candidate", 2, 8, "1");
  REFUSES(FOUR "1: {1,1}\n", "repeated_candidate", 2, 7, "1");
  REFUSES(FOUR "1: 1,,2\n", "bad_candidate", 2, 6, ",");
  REFUSES(FOUR "1: ,2\n", "bad_candidate", 2, 4, ",");
  REFUSES(FOUR "1: 1,x\n", "bad_candidate", 2, 6, "x");
  REFUSES(FOUR "1: -1\n", "bad_candidate", 2, 4, "-1");
  REFUSES(FOUR "1: 1 2\n", "bad_row", 2, 6, "2");
  REFUSES(FOUR "1: 1.5\n", "bad_row", 2, 5, ".5");
  REFUSES(FOUR "1: 1:2\n", "bad_row", 2, 5, ":");
  REFUSES(FOUR "1: 1}\n", "bad_row", 2, 5, "}");
  REFUSES(FOUR "1: 1,{2,3\n1:2}\n", "unclosed_brace", 2, 6, "{");
  REFUSES(FOUR "1: {2", "unclosed_brace", 2, 4, "{");
  REFUSES(FOUR "1: {2,\n", "bad_candidate", 2, 7, "");
  REFUSES(FOUR "1: {}\n", "bad_candidate", 2, 5, "}");
  REFUSES(FOUR "1: {1,{2}}\n", "bad_candidate", 2, 7, "{");
  REFUSES(FOUR "1: {1 2}\n", "bad_row", 2, 7, "2");
  REFUSES(FOUR "1: {1,2}3\n", "bad_row", 2, 9, "3");
  REFUSES(FOUR "1: 1\r2: 2\n", "bad_row", 2, 5, "");
}

static void weights(void) {
  READS(FOUR "9223372036854775807: 1\n", "9223372036854775807x 0;");
  REFUSES(FOUR "0: 1\n", "not_a_count", 2, 1, "0");
  REFUSES(FOUR "-1: 1\n", "not_a_count", 2, 1, "-1");
  REFUSES(FOUR "1.5: 1\n", "not_a_count", 2, 1, "1.5");
  REFUSES(FOUR ": 1\n", "not_a_count", 2, 1, ":");
  REFUSES(FOUR "x\n", "not_a_count", 2, 1, "x");
  REFUSES(FOUR "1\n", "bad_row", 2, 2, "");
  REFUSES(FOUR "1,2,3\n", "bad_row", 2, 2, ",");
  REFUSES(FOUR "9223372036854775808: 1\n", "overflow", 2, 1,
          "9223372036854775808");
  REFUSES(FOUR "9223372036854775807: 1\n1: 2\n", "overflow", 3, 1, "1");
  REFUSES(FOUR "1: 1\n# NUMBER VOTERS: 1\n", "bad_row", 3, 1, "#");
}

static void metadata(void) {
  REFUSES("", "bad_header", 1, 1, "");
  REFUSES("x\n", "bad_header", 1, 1, "x");
  REFUSES("# TITLE: t\n1: 1\n", "bad_header", 2, 1, "1");
  REFUSES(FOUR FOUR, "bad_header", 2, 24, "4");
  REFUSES("# NUMBER ALTERNATIVES: four\n", "not_a_count", 1, 24, "four");
  REFUSES("# NUMBER ALTERNATIVES: 4 or 5\n", "bad_header", 1, 26, "or");
  REFUSES("# NUMBER VOTERS: 9223372036854775808\n", "overflow", 1, 18,
          "9223372036854775808");
  REFUSES("# NUMBER ALTERNATIVES: 65521\n", "too_many_candidates", 1, 24,
          "65521");
  REFUSES("# ALTERNATIVE NAME 65521: x\n", "too_many_candidates", 1, 20,
          "65521");
  REFUSES("# ALTERNATIVE NAME 0: x\n", "bad_header", 1, 20, "0");
  REFUSES("# ALTERNATIVE NAME x: x\n", "bad_header", 1, 20, "x");
  REFUSES("# ALTERNATIVE NAME 1 x\n", "bad_header", 1, 22, "x");
  REFUSES("# ALTERNATIVE NAME 1: x\n# ALTERNATIVE NAME 1: y\n", "bad_header", 2,
          20, "1");
  REFUSES("# ALTERNATIVE NAME 1: x y\n# ALTERNATIVE NAME 2: x y\n", "same_name",
          2, 23, "x");
  REFUSES("# ALTERNATIVE NAME 2: 3\n# NUMBER ALTERNATIVES: 3\n", "same_name", 1,
          1, "#");
}

/* 4 + 5 = 9 papers in two orders. */
static void counts(void) {
  static const char text[] = FOUR "# NUMBER VOTERS: %s\n"
                                  "# NUMBER UNIQUE ORDERS: %s\n4: 1\n5: 2\n";
  char full[200];
  snprintf(full, sizeof full, text, "9", "2");
  READS(full, "4x 0;5x 1;");
  snprintf(full, sizeof full, text, "8", "2");
  REFUSES(full, "counts_disagree", 2, 18, "8 said, 9 found");
  CHECK_STRING(error.message,
               "the weights do not add up to the number of voters");
  snprintf(full, sizeof full, text, "9", "3");
  REFUSES(full, "counts_disagree", 3, 25, "3 said, 2 found");
  REFUSES("# NUMBER ALTERNATIVES: 1\n# ALTERNATIVE NAME 2: b\n",
          "counts_disagree", 1, 24, "1 said, 2 found");
}

static void old(void) {
  READS("4\n1,a\n2,Smith, John\n3,\n4, d \n6,6,3\n3,1,2,{3,4}\n2,4\n1,2,1,\n",
        "3x 0 1 {2 3};2x 3;1x 1 0;");
  CHECK(file.is_old && file.type == URNA_PREFLIB_UNSAID);
  CHECK(is_named(&ballots, 1, "Smith, John"));
  CHECK(is_named(&ballots, 2, "3") && is_named(&ballots, 3, "d"));
  READS_TYPE("2\r\n1,a\r\n2,b\r\n\r\n3 , 3,1\r\n3,2 , 1\r\n", URNA_PREFLIB_SOC,
             "3x 1 0;");
  READS("1\n1,a\n5,5,2\n3\n2,\n", "3x;2x;");
#define OLD "2\n1,a\n2,b\n" /* the counts are line 4 */
  REFUSES_TYPE(OLD "1,1,1\n1,2\n", URNA_PREFLIB_SOC, "incomplete_order", 5, 3,
               "2");
  REFUSES("2\n1,a\n3,b\n1,1,1\n1,2\n", "bad_header", 3, 1, "3");
  REFUSES("2\n1,a\n", "bad_header", 3, 1, "");
  REFUSES("2\n1 a\n", "bad_header", 2, 3, "a");
  REFUSES("2 3\n", "bad_header", 1, 3, "3");
  REFUSES("3: 1,2\n", "bad_header", 1, 2, ":");
  REFUSES("65521\n", "too_many_candidates", 1, 1, "65521");
  REFUSES("2\n1,a\n2,a\n1,1,1\n1,2\n", "same_name", 3, 3, "a");
  REFUSES(OLD "1,1\n1,2\n", "bad_header", 4, 4, "");
  REFUSES(OLD "1,1,x\n1,2\n", "not_a_count", 4, 5, "x");
  REFUSES(OLD "1,1,1,1\n1,2\n", "bad_header", 4, 6, ",");
  REFUSES(OLD "2,1,1\n1,2\n", "counts_disagree", 4, 1, "2 said, 1 found");
  REFUSES(OLD "1,2,1\n1,2\n", "counts_disagree", 4, 3, "2 said, 1 found");
  REFUSES(OLD "1,1,2\n1,2\n", "counts_disagree", 4, 5, "2 said, 1 found");
  REFUSES(OLD "1,1,1\n,2\n", "not_a_count", 5, 1, ",");
  REFUSES(OLD "1,1,1\n1:2\n", "bad_row", 5, 2, ":");
#undef OLD
}

/* Long enough for the fast way: each line is read by both, once with room
** behind it and once as the end of the text, and must say the same. */
static void both_ways(void) {
  static const char *const lines[] = {"1: 1,2,3,4\n",
                                      "12:4, 3, 2,1\r\n",
                                      "999999999999999999: {1,2},{3,4}\n",
                                      "1000000000000000000: 2\n",
                                      "3: {2}, 1\n",
                                      "3: 1 ,2\n",
                                      "3:\n",
                                      "3:1,\n",
                                      "3: 00001, 000002\n",
                                      "3: {1,2,3,4}\n",
                                      "3: 1,2,2\n",
                                      "3: 1,5\n",
                                      "3: 65537\n",
                                      "3: {1,2\n",
                                      "3: 1}\n",
                                      "0: 1\n",
                                      "3;1\n",
                                      "3: 1,{}\n"};
  char text[1024], tail[400], first[4096];
  memset(tail, '\n', sizeof tail - 1);
  tail[sizeof tail - 1] = '\0';
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    snprintf(text, sizeof text, FOUR "%s", lines[i]);
    urna_status short_status = take(text, strlen(text), URNA_PREFLIB_UNSAID);
    urna_error short_error = error;
    ballots_text(&ballots, first, sizeof first);
    snprintf(text, sizeof text, FOUR "%s%s", lines[i], tail);
    urna_status status = take(text, strlen(text), URNA_PREFLIB_UNSAID);
    CHECK(status == short_status && error.line == short_error.line
          && error.column == short_error.column
          && (error.code == NULL) == (short_error.code == NULL));
    CHECK_STRING(ballots_text(&ballots, line, sizeof line), first);
  }
}

static urna_status take_sample(const char *name) {
  char path[200];
  size_t size;
  snprintf(path, sizeof path, "data/formats/preflib/%s", name);
  char *text = read_sample(path, &size);
  if (!text) {
    printf("skipped: %s is not here\n", name);
    return URNA_END;
  }
  urna_status status = take(text, size, URNA_PREFLIB_UNSAID);
  free(text);
  return status;
}

static void refuses_sample(const char *name, const char *code, size_t row,
                           size_t column) {
  urna_status status = take_sample(name);
  if (status == URNA_END) return;
  CHECK(status == URNA_BAD_INPUT && error.line == row
        && error.column == column);
  CHECK_STRING(error.code, code);
}

static void takes_sample(const char *name, const char *expected) {
  urna_status status = take_sample(name);
  if (status == URNA_END) return;
  CHECK(status == URNA_OK);
  CHECK_STRING(ballots_text(&ballots, line, sizeof line), expected);
}

static void samples(void) {
  static const char same[] = "1x 0 1 2;2x 1 {0 3};1x {0 1} 3;1x 3 4 5 0;";
  takes_sample("example.toi", same);
  takes_sample("test1.toi", same);
  /* its third order names alternative 6 of 5 */
  refuses_sample("test2.soi", "no_such_candidate", 20, 8);
  refuses_sample("new_example.cat", "bad_type", 4, 14);
  refuses_sample("must-fail/test1.toi", "not_a_count", 10, 1);
  refuses_sample("must-fail/test2.soi", "bad_header", 6, 1);
}

int main(void) {
  modern();
  leniency();
  types();
  orders();
  weights();
  metadata();
  counts();
  old();
  both_ways();
  samples();
  urna_ballots_free(&ballots);
  return test_report("preflib");
}
