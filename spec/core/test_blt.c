/* BLT: what its files may say, and the line and column of what not. */
#include <stdlib.h>

#include "core/blt.h"
#include "ballots_read.h"

static urna_blt file;
static char title[200], source[200];
static size_t title_length, source_length;

/* From a block of its very size, so that a byte too far is noticed. */
static urna_status take(const char *text, size_t size) {
  char *copy = malloc(size + !size);
  memcpy(copy, text, size);
  urna_error_set(&error, NULL, NULL);
  memset(&file, 0, sizeof file);
  urna_ballots_free(&ballots);
  urna_ballots_init(&ballots, 5);
  urna_status status = urna_blt_read(copy, size, &file, &ballots, &error);
  title_length = urna_blt_unquote(file.title, title);
  source_length = urna_blt_unquote(file.source, source);
  free(copy);
  return status;
}

#define READS(text, expected)                                                  \
  has_read(take(text, strlen(text)), expected, __FILE__, __LINE__)
#define REFUSES(text, code, row, column, word)                                 \
  has_refused(take(text, strlen(text)), code, row, column, word, __FILE__,     \
              __LINE__)

#define NAMES "\"A\"\n\"B\"\n\"C\"\n\"D\"\n\"T\"\n"
/* Four candidates and one ballot line, which is line 2. */
#define BALLOT(text) "4 2\n" text "\n0\n" NAMES

/* Hill, Wichmann & Woodall, section 3.1: 3 + 4 + 2 + 1 + 2 + 1 papers. */
static void published(void) {
  READS("4 2\n-2\n3 1 3 4 0\n4 1 3 2 0\n2 4 1 3 0\n1 2 0\n2 2 4 3 1 0\n"
        "1 3 4 2 0\n0\n\"Adam\"\n\"Basil\"\n\"Charlotte\"\n\"Donald\"\n"
        "\"Title\"\n",
        "3x 0 2 3;4x 0 2 1;2x 3 0 2;1x 1;2x 1 3 2 0;1x 2 3 1;");
  CHECK(ballots.papers == 13 && file.seats == 2);
  CHECK(is_named(&ballots, 0, "Adam") && is_named(&ballots, 1, "Basil")
        && is_named(&ballots, 2, "Charlotte")
        && is_named(&ballots, 3, "Donald"));
  CHECK(ballots.kinds[0] == URNA_STANDING && ballots.kinds[1] == URNA_WITHDRAWN
        && ballots.kinds[3] == URNA_STANDING);
  CHECK_TEXT(title, title_length, "Title");
}

static void ranks(void) {
  READS(BALLOT("1 2=3 4 0"), "1x {1 2} 3;");
  READS(BALLOT("5 2=4=3 1 0"), "5x {1 3 2} 0;");
  READS(BALLOT("1 2 - 3 0"), "1x 1 - 2;");
  READS(BALLOT("1 - 3=1 0"), "1x - {2 0};");
  /* skipped ranks behind the last are not kept */
  READS(BALLOT("1 2 - - 0\n1 - 0\n2 0"), "1x 1;1x;2x;");
  READS(BALLOT("1 2 2 0"), "1x 1 1;");
  READS(BALLOT("1 2=2 0"), "1x {1 1};");
  READS(BALLOT("007 02 0003 0"), "7x 1 2;");
  READS(BALLOT("1 2 00000003 0"), "1x 1 2;");
}

static void gaps(void) {
  READS("# a remark\n4 # candidates\n2 # seats\n\n-2 # gone\n -3\t-4\n# here\n"
        "  1 2\t3  0 # one\n\n 1 4 0# two\n0 # end\n\"A\" \"B\"#\n\"C\"\n"
        "# between\n\"D\"\n\"T # no remark\" # remark",
        "1x 1 2;1x 3;");
  CHECK_TEXT(title, title_length, "T # no remark");
  CHECK(ballots.kinds[1] == URNA_WITHDRAWN && ballots.kinds[3] == URNA_WITHDRAWN
        && ballots.kinds[0] == URNA_STANDING);
  READS("4 2 -2 1 2 0 1 3 0 0 \"A\" \"B\" \"C\" \"D\" \"T\"", "1x 1;1x 2;");
  READS("4 2\r\n-2\r\n1 2 3 0\r\n1 4 0\r\n0\r\n\"A\"\r\n\"B\"\r\n\"C\"\r\n"
        "\"D\"\r\n\"T\"\r\n",
        "1x 1 2;1x 3;");
  READS("0 2\n0\n\"None stood\"\n", "");
}

static void ids(void) {
  READS(BALLOT("(7) 1 2 3 0\n(a b)  1 4 0 # remark\n1 1 0"),
        "1x 1 2;1x 3;1x 0;");
  REFUSES(BALLOT("(7) 2 2 3 0"), "not_a_count", 2, 5, "2");
  REFUSES(BALLOT("(7) 0"), "not_a_count", 2, 5, "0");
  REFUSES(BALLOT("() 1 2 0"), "bad_id", 2, 1, "()");
  REFUSES(BALLOT("(7 1 2 0"), "bad_id", 2, 1, "(7");
  REFUSES(BALLOT("(7)1 2 0"), "bad_id", 2, 1, "(7)1");
}

static void sizes(void) {
  REFUSES("", "unexpected_end", 1, 1, "");
  REFUSES("# only\n", "unexpected_end", 2, 1, "");
  REFUSES("4\n", "unexpected_end", 2, 1, "");
  REFUSES("x 2\n", "not_a_count", 1, 1, "x");
  REFUSES("4.0 2\n", "not_a_count", 1, 1, "4.0");
  REFUSES("4 2x\n", "not_a_count", 1, 3, "2x");
  REFUSES("4 0\n", "not_a_count", 1, 3, "0");
  REFUSES("4 -2\n", "not_a_count", 1, 3, "-2");
  REFUSES("65521 2\n", "overflow", 1, 1, "65521");
  REFUSES("4 2147483648\n", "overflow", 1, 3, "2147483648");
  REFUSES("4 99999999999999999999\n", "overflow", 1, 3, "99999999999999999999");
}

static void withdrawn(void) {
  REFUSES("4 2\n-5\n", "no_such_candidate", 2, 2, "5");
  REFUSES("4 2\n-0\n", "no_such_candidate", 2, 2, "0");
  REFUSES("4 2\n- 2\n", "bad_candidate", 2, 2, " ");
  REFUSES("4 2\n-", "unexpected_end", 2, 2, "");
  REFUSES("4 2\n-2 -3\n-2\n", "bad_withdrawn", 3, 1, "-2");
  REFUSES("4 2\n-2=3\n", "bad_withdrawn", 2, 1, "-2=3");
  REFUSES(BALLOT("1 2 0\n-2"), "not_a_count", 3, 1, "-2");
}

static void bad_ballots(void) {
  REFUSES(BALLOT("1 5 0"), "no_such_candidate", 2, 3, "5");
  REFUSES(BALLOT("1 2 5=1 0"), "no_such_candidate", 2, 5, "5=1");
  REFUSES(BALLOT("1 99999999999999999999 0"), "no_such_candidate", 2, 3,
          "99999999999999999999");
  REFUSES(BALLOT("1 x 0"), "bad_candidate", 2, 3, "x");
  REFUSES(BALLOT("1 2x 0"), "bad_candidate", 2, 3, "2x");
  REFUSES(BALLOT("1 2.5 0"), "bad_candidate", 2, 3, "2.5");
  REFUSES(BALLOT("1 2,3 0"), "bad_candidate", 2, 3, "2");
  REFUSES(BALLOT("1 -2 0"), "bad_candidate", 2, 3, "-2");
  REFUSES(BALLOT("1 (2 3) 0"), "bad_candidate", 2, 3, "(2");
  REFUSES(BALLOT("1 2= 0"), "bad_candidate", 2, 5, " ");
  REFUSES(BALLOT("1 =2 0"), "bad_candidate", 2, 3, "=2");
  REFUSES(BALLOT("1 2=0"), "no_such_candidate", 2, 5, "0");
  REFUSES(BALLOT("1 2=- 0"), "bad_candidate", 2, 5, "-");
  REFUSES(BALLOT("1 2 3\n1 2 0"), "unclosed_ballot", 2, 6, "");
  REFUSES(BALLOT("1"), "unclosed_ballot", 2, 2, "");
  REFUSES(BALLOT("1 2 # 0"), "unclosed_ballot", 2, 5, "#");
  REFUSES("4 2\n1 2", "unexpected_end", 2, 4, "");
  REFUSES("4 2\n1 2=", "unexpected_end", 2, 5, "");
  REFUSES("4 2\n1 2 0\n", "unexpected_end", 3, 1, "");
  REFUSES("4 2\n1 2 0\n(7) ", "unexpected_end", 3, 5, "");
}

static void weights(void) {
  READS(BALLOT("9223372036854775807 2 0"), "9223372036854775807x 1;");
  REFUSES(BALLOT("1.5 2 0"), "decimal_weight", 2, 1, "1.5");
  REFUSES(BALLOT("0.5 2 0"), "decimal_weight", 2, 1, "0.5");
  REFUSES(BALLOT("1,5 2 0"), "not_a_count", 2, 1, "1");
  REFUSES(BALLOT("00 2 0"), "not_a_count", 2, 1, "00");
  REFUSES(BALLOT("x 2 0"), "not_a_count", 2, 1, "x");
  REFUSES(BALLOT("9223372036854775808 2 0"), "overflow", 2, 1,
          "9223372036854775808");
  REFUSES(BALLOT("9223372036854775807 2 0\n1 2 0"), "overflow", 3, 1, "1");
}

#define TWO "2 1\n1 2 0\n0\n" /* names begin in line 4 */

static void names(void) {
  READS(TWO "\"A \"\"b\"\" C\" \"\\\"x\\\" y\\z\"\n\"T\"\"\"", "1x 1;");
  CHECK(is_named(&ballots, 0, "A \"b\" C"));
  CHECK(is_named(&ballots, 1, "\"x\" y\\z"));
  CHECK_TEXT(title, title_length, "T\"");
  READS(TWO "\"A\"\n\"B\"\n\"\"\n", "1x 1;");
  CHECK(title_length == 0);
  READS(TWO "\"A\"\n\"B\"\n\"T\"\n\"by \"\"me\"\"\"\n\"why\"\n", "1x 1;");
  CHECK_TEXT(source, source_length, "by \"me\"");
  CHECK(file.comment.length == 3);
  REFUSES(TWO "\"A\"\n", "unexpected_end", 5, 1, "");
  REFUSES(TWO "\"A\"\n\"B\"\n", "unexpected_end", 6, 1, "");
  CHECK_STRING(error.expected, "the title in quotes, behind all names");
  REFUSES(TWO "\"A\"\nB\n", "bad_name", 5, 1, "B");
  REFUSES(TWO "1 2 0\n", "bad_name", 4, 1, "1");
  REFUSES(TWO "\"A\"\n\"\"\n\"T\"\n", "bad_name", 5, 1, "\"\"");
  REFUSES(TWO "\"A\n\"B\"\n", "bad_quote", 4, 1, "\"A");
  REFUSES(TWO "\"A\\\"\n\"B\"\n", "bad_quote", 4, 1, "\"A\\\"");
  REFUSES(TWO "\"A\"B\n", "bad_quote", 4, 4, "B");
  REFUSES(TWO "\"A", "bad_quote", 4, 1, "\"A");
  REFUSES(TWO "\"A\"\n\"A\"\n\"T\"\n", "same_name", 5, 1, "\"A\"");
  REFUSES(TWO "\"A\"\n\"B\"\n\"T\"\n\"s\"\n\"c\"\n\"more\"\n", "bad_row", 9, 1,
          "\"more\"");
  REFUSES(TWO "\"A\"\n\"B\"\n\"T\"\n1\n", "bad_row", 7, 1, "1");
}

/* Single spaces go the fast way, tabs the slow one; both say the same. */
static void both_ways(void) {
  static const char *const lines[] = {
      "1 1 2 3 4 0", "12345 4 0",   "123456 4 0", "1 1  2 0", "1 65537 0",
      "1 00001 0",   "1 000001 0",  "1 2 0 0",    "1 2 0#",   "1 2 0 1 3 0",
      "1 1 2",       "1 1 2 \t3 0", "1 5 0",      "1 1=2 0",  "1 2 3 0\r",
      "1 0",         "1 2 00"};
  char text[1024], first[400];
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    snprintf(text, sizeof text, "4 2\n%s\n0\n" NAMES, lines[i]);
    urna_status fast_status = take(text, strlen(text));
    urna_error fast_error = error;
    ballots_text(&ballots, first, sizeof first);
    for (char *at = text + 4; *at != '\n'; at++)
      if (*at == ' ') *at = '\t';
    urna_status status = take(text, strlen(text));
    CHECK(status == fast_status && error.line == fast_error.line
          && error.column == fast_error.column);
    CHECK_STRING(ballots_text(&ballots, line, sizeof line), first);
  }
}

/* A paper longer than the room for marks at first. */
static void long_ballot(void) {
  static char text[8000];
  size_t used = (size_t)snprintf(text, sizeof text, "4 2\n");
  for (int turn = 0; turn < 2; turn++) {
    used += (size_t)snprintf(text + used, sizeof text - used, "1");
    for (int i = 0; i < 1000; i++)
      used += (size_t)snprintf(text + used, sizeof text - used, " 3");
    used += (size_t)snprintf(text + used, sizeof text - used, " 0\n");
  }
  snprintf(text + used, sizeof text - used, "0\n" NAMES);
  CHECK(take(text, strlen(text)) == URNA_OK);
  CHECK(ballots.count == 2 && ballots.mark_count == 2002);
}

static urna_status take_sample(const char *name) {
  char path[200];
  size_t size;
  snprintf(path, sizeof path, "data/formats/blt/%s", name);
  char *text = read_sample(path, &size);
  if (!text) {
    printf("skipped: %s is not here\n", name);
    return URNA_END;
  }
  urna_status status = take(text, size);
  CHECK(status == URNA_OK);
  free(text);
  return status;
}

static void samples(void) {
  if (take_sample("atwood_so.blt") == URNA_OK) {
    CHECK_STRING(ballots_text(&ballots, line, sizeof line),
                 "1x 3 0 2 1;1x 1 3 0 2;1x 0 3 1 2;1x 0 1 3 2;1x 0 3 2;"
                 "1x 2 1 3 0;1x 2 3 0 1;1x 2 3 0 1;1x 3 2 1;1x 1 2 3 0;");
    CHECK(is_named(&ballots, 3, "Diane") && file.seats == 2);
    CHECK(ballots.kinds[1] == URNA_WITHDRAWN);
    CHECK_TEXT(title, title_length, "Gardening Club Election");
  }
  /* lines 2 to 135 of the file are ballots; line 18 is of two papers */
  if (take_sample("gnome_26.blt") == URNA_OK) {
    CHECK(ballots.count == 134 && ballots.papers == 135 && file.seats == 7);
    CHECK(is_named(&ballots, 10, "Didier Roche"));
  }
  if (take_sample("rational.blt") == URNA_OK) {
    CHECK(ballots.count == 22 && ballots.papers == 22 && file.seats == 4);
    CHECK_TEXT(title, title_length, "RationalMedia Board 2020 Election");
  }
}

int main(void) {
  published();
  ranks();
  gaps();
  ids();
  sizes();
  withdrawn();
  bad_ballots();
  weights();
  names();
  both_ways();
  long_ballot();
  samples();
  urna_ballots_free(&ballots);
  return test_report("blt");
}
