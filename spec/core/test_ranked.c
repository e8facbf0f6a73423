/* test_ranked.c - ranked ballots by every scanner, the text cut into blocks
** of every size, each block ending where memory nearly does. */
#include <stdlib.h>

#include "core/ranked.h"
#include "core/tally.h"
#include "test.h"

static const urna_text OVERVOTE[] = {{"overvote", 8}};
static const urna_text SKIP[] = {{"undervote", 9}, {"skipped", 7}};
static const urna_text WRITE_IN[] = {{"UWI", 3}, {"write-in", 8}};
static const size_t RANKS[] = {1, 2, 3};

static urna_ranked_plan columns_plan(void) {
  return (urna_ranked_plan){.column_count = 4,
                            .ranks = RANKS,
                            .rank_count = 3,
                            .weight = URNA_NO_COLUMN,
                            .delimiter = ',',
                            .overvote = {OVERVOTE, 1},
                            .skip = {SKIP, 2},
                            .write_in = {WRITE_IN, 2},
                            .seed = 3,
                            .fault_limit = 8};
}

static urna_ranked_plan list_plan(char separator) {
  urna_ranked_plan plan = columns_plan();
  plan.column_count = 2;
  plan.rank_count = 0;
  plan.list = 1;
  plan.separator = separator;
  return plan;
}

/* ---- ballots and faults as text ---- */

static char *put_name(char *out, const urna_ballots *ballots, uint16_t mark) {
  const urna_name *name = &ballots->candidates.names[mark];
  memcpy(out, ballots->candidates.text + name->offset, name->length);
  out += name->length;
  if (ballots->kinds[mark] == URNA_WRITE_IN) *out++ = '*';
  return out;
}

static char *put_mark(char *out, const urna_ballots *ballots, uint16_t mark) {
  switch (mark) {
    case URNA_MARK_SKIP:
      *out++ = '-';
      return out;
    case URNA_MARK_OPEN:
      *out++ = '{';
      return out;
    case URNA_MARK_CLOSE:
      *out++ = '}';
      return out;
    case URNA_MARK_OVERVOTE:
      *out++ = '!';
      return out;
    default:
      return put_name(out, ballots, mark);
  }
}

/* "A B -\n2*C\n": marks apart, a weight in front where it is not 1. */
static char *put_ballots(char *out, const urna_ballots *ballots) {
  for (size_t i = 0; i < ballots->count; i++) {
    const uint16_t *mark = ballots->marks + ballots->starts[i];
    urna_count weight = urna_ballots_weight(ballots, i);
    if (weight != 1) out += sprintf(out, "%d*", (int)weight);
    for (; *mark != URNA_MARK_END; mark++) {
      out = put_mark(out, ballots, *mark);
      if (mark[1] != URNA_MARK_END) *out++ = ' ';
    }
    *out++ = '\n';
  }
  return out;
}

/* "code line:column field text\n" */
static char *put_faults(char *out, const urna_ranked *ranked) {
  for (size_t i = 0; i < ranked->fault_count && i < 8; i++) {
    const urna_ranked_fault *fault = &ranked->faults[i];
    out += sprintf(out, "%s %zu:%zu %zu %.*s\n", fault->error.code,
                   fault->error.line, fault->error.column, fault->error.index,
                   (int)fault->error.text_length, fault->error.text);
  }
  return out;
}

/* What is read of a text, fed in blocks of 'block' bytes. */
static void run(const urna_ranked_plan *plan, const char *text, const char *set,
                size_t block, char *out) {
  urna_ranked ranked;
  urna_ballots ballots;
  uint32_t number;
  size_t size = strlen(text), from = 0, to = 0, used;
  urna_ballots_init(&ballots, 9);
  if (plan->is_closed) urna_ballots_candidate(&ballots, "A", 1, &number);
  CHECK(urna_ranked_init(&ranked, plan,
                         set ? urna_ranked_scanner_of(set)
                             : urna_ranked_scan_exactly,
                         &ballots)
        == URNA_OK);
  for (bool is_last = false; !is_last;) {
    is_last = to == size;
    to = size - to < block ? size : to + block;
    char *piece = malloc(to - from + URNA_RANKED_PAD);
    memcpy(piece, text + from, to - from);
    memset(piece + (to - from), ',', URNA_RANKED_PAD);
    CHECK(urna_ranked_feed(&ranked, piece, to - from, is_last, &used)
          == URNA_OK);
    from += used;
    free(piece);
  }
  CHECK(from == size);
  out = put_faults(put_ballots(out, &ballots), &ranked);
  *out = '\0';
  urna_ranked_free(&ranked);
  urna_ballots_free(&ballots);
}

static void check(const urna_ranked_plan *plan, const char *text,
                  const char *expected) {
  char found[4096];
  const char *const *set = urna_tally_sets();
  for (;; set++) {
    for (size_t block = 1; block <= strlen(text) + 1; block++) {
      run(plan, text, *set, block, found);
      if (strcmp(found, expected) != 0)
        printf("%s, blocks of %zu:\n%s", *set ? *set : "exactly", block, found);
      CHECK_STRING(found, expected);
    }
    if (!*set) break;
  }
}

/* ---- the cases ---- */

static void test_columns(void) {
  urna_ranked_plan plan = columns_plan();
  check(&plan, "", "");
  check(&plan, "1,A,B,C\n2,B,,\n3,,,\n", "A B C\nB\n\n");
  check(&plan, "1,A,B,C\n2,C,A,", "A B C\nC A\n");
  check(&plan, "1,A,B,C\r\n2,,B,\r\n3,A,A,A", "A B C\n- B\nA A A\n");
  check(&plan, "1,overvote,A,skipped\n2,undervote,,A\n", "! A\n- - A\n");
  check(&plan, "1,write-in,A,UWI\n2,UWI,,\n",
        "write-in* A write-in*\nwrite-in*\n");
  check(&plan, "\"1\n,\",\"A\",\"\",A\r\n2,\"\"\"A\"\"\",\"A\",\"\"\n",
        "A - A\n\"A\" A\n");
  /* longer than a word, than a window */
  check(&plan, "1,Bartholomew,\xc5\xa0ime,\"Bartholomew\"\n2,A,Bartholomew,\n",
        "Bartholomew \xc5\xa0ime Bartholomew\nA Bartholomew\n");
  check(&plan,
        "1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,\n",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA "
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
}

static void test_blank_lines(void) {
  urna_ranked_plan plan = columns_plan();
  check(&plan, "1,A,,\n\n\r\n", "A\n");
  check(&plan, "1,A,,\n\n2,B,,\n\n",
        "A\nB\nragged_row 2:1 0 1 field where 4 were expected\n");
  urna_ranked_plan list = list_plan(',');
  list.column_count = 1;
  list.list = 0;
  /* with one column an empty line is an empty paper */
  check(&list, "A\n\n\"B,A\"\n", "A\n\nB A\n");
}

static void test_faults(void) {
  urna_ranked_plan plan = columns_plan();
  check(&plan, "1,A,B\n2,B,,\n3,B,,,\n",
        "B\nragged_row 1:1 0 3 fields where 4 were expected\n"
        "ragged_row 3:1 0 5 fields where 4 were expected\n");
  /* a record with a fault adds no candidate: C is met after B */
  check(&plan, "1,C,\"x\"y,\n2,B,C,\n", "B C\nbad_quote 1:5 3 \"x\"y\n");
  check(&plan, "1,A\"B,,\n\"2\n\",A\rB,,\n3,A,,\n",
        "A\nbad_quote 1:3 2 A\"B\nbad_text 3:3 2 A\rB\n");
  check(&plan, "1,A,,\n2,\xc5,,\n", "A\nbad_text 2:3 2 c5\n");
  /* a quoted field that never ends takes all that follows */
  check(&plan, "1,A,,\n2,\"B,,\n3,C,,\n",
        "A\nbad_quote 2:3 2 \"B,,\n3,C,,\n\n");
  plan.is_closed = true;
  check(&plan, "1,A,,\n2,A,B,\n3,UWI,A,\n",
        "A\nUWI* A\nunknown_candidate 2:5 3 B\n");
}

static void test_weights(void) {
  urna_ranked_plan plan = columns_plan();
  plan.weight = 0;
  check(&plan, "3,A,B,\n1,B,,\n12345,,,\n", "3*A B\nB\n12345*\n");
  check(&plan, "0,A,,\n,B,,\n2,C,,\n-1,A,,\n\"4\",A,,\n",
        "2*C\n4*A\nnot_a_count 1:1 1 0\nnot_a_count 2:1 1 \n"
        "not_a_count 4:1 1 -1\n");
}

/* Ranks that stand in another order than the columns. */
static void test_order(void) {
  static const size_t mixed[] = {3, 0};
  urna_ranked_plan plan = columns_plan();
  plan.ranks = mixed;
  plan.rank_count = 2;
  check(&plan, "A,x,y,B\nA,x,y,\r\n,,,B\r\n", "B A\n- A\nB\n");
}

static void test_lists(void) {
  urna_ranked_plan plan = list_plan(',');
  check(&plan, "1,\"A,B,C\"\n2,A\n3,\n4,\"B, A\"\n", "A B C\nA\n\nB A\n");
  check(&plan, "1,\"{A,B},C\"\n2,\"A=B,C=A=B\"\n3,\"{A},{}\"\n",
        "{ A B } C\n{ A B } { C A B }\nA\n");
  check(&plan, "1,\"A,,overvote,skipped\"\n2,UWI\n", "A - !\nUWI*\n");
  check(&plan, "1,\"C,{A,B\"\n2,\"{A}B\"\n3,A}\n4,\"B,C\"\n",
        "B C\nbad_ranking 1:3 2 C,{A,B\nbad_ranking 2:3 2 {A}B\n"
        "bad_ranking 3:3 2 A}\n");
  plan = list_plan('>');
  check(&plan, "1,A>B > C\r\n2,\"{A,B} > C = D\"\r\n",
        "A B C\n{ A B } { C D }\n");
  plan = list_plan(' ');
  check(&plan, "1,A  B C \n2,{A B} C\n3,A = B C\n",
        "A B C\n{ A B } C\n{ A B } C\n");
  plan = list_plan('|');
  plan.is_closed = true;
  check(&plan, "1,A|A\n2,A|B\n", "A A\nunknown_candidate 2:3 2 B\n");
}

/* More names than the table has room for without clashes, and growth. */
static void test_many(void) {
  static const size_t two[] = {0, 1};
  urna_ranked_plan plan = columns_plan();
  plan.column_count = 2;
  plan.ranks = two;
  plan.rank_count = 2;
  char *text = malloc(40 * 6000 + URNA_RANKED_PAD), *at = text;
  for (int i = 0; i < 6000; i++)
    at += sprintf(at, "c%d,candidate number %d\n", i % 3000, i % 2000);
  for (const char *const *set = urna_tally_sets(); *set; set++) {
    urna_ranked ranked;
    urna_ballots ballots;
    size_t used;
    urna_ballots_init(&ballots, 1);
    urna_ranked_init(&ranked, &plan, urna_ranked_scanner_of(*set), &ballots);
    CHECK(urna_ranked_feed(&ranked, text, (size_t)(at - text), true, &used)
          == URNA_OK);
    CHECK(ballots.count == 6000);
    CHECK(ballots.candidates.name_count == 5000);
    CHECK(ranked.line == 6001);
    /* records 0 and 3000 have the same first, 0 and 2000 the same second */
    CHECK(ballots.marks[ballots.starts[3000]] == ballots.marks[0]);
    CHECK(ballots.marks[ballots.starts[2000] + 1] == ballots.marks[1]);
    CHECK(ballots.marks[ballots.starts[5999]]
          == ballots.marks[ballots.starts[2999]]);
    urna_ranked_free(&ranked);
    urna_ballots_free(&ballots);
  }
  free(text);
}

static void test_plan(void) {
  urna_ranked ranked;
  urna_ballots ballots;
  urna_ranked_plan plan = columns_plan();
  plan.weight = 4;
  urna_ballots_init(&ballots, 1);
  CHECK(urna_ranked_init(&ranked, &plan, urna_ranked_scan_exactly, &ballots)
        == URNA_BAD_CALL);
  urna_ranked_free(&ranked);
  urna_ballots_free(&ballots);
  CHECK(urna_ranked_scanner_of("abacus") == NULL);
}

int main(void) {
  test_columns();
  test_blank_lines();
  test_faults();
  test_weights();
  test_order();
  test_lists();
  test_many();
  test_plan();
  return test_report("test_ranked");
}
