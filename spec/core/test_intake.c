/* Ranked text of a tape into a store, block by block; a text taken whole. */
#include "io/intake.h"
#include "test.h"

#define TEXT "id,rank1,rank2\n1,A,B\n2,\"C\nc\",A\n3,B,\n4,,A\n"
#define HEAD (sizeof "id,rank1,rank2\n" - 1)

static const size_t RANKS[] = {1, 2};

static const urna_ranked_plan PLAN = {.column_count = 3,
                                      .ranks = RANKS,
                                      .rank_count = 2,
                                      .weight = URNA_NO_COLUMN,
                                      .delimiter = ',',
                                      .fault_limit = 10};

typedef struct asked {
  size_t calls, last, most; /* calls, and after how many to give up */
} asked;

static bool ask(void *context, size_t done) {
  asked *self = context;
  self->last = done;
  return ++self->calls < self->most;
}

/* Feed a text in blocks; its ballots are given back. */
static urna_status feed(const char *text, size_t size, size_t first,
                        size_t block, asked *self, urna_ballots *ballots,
                        urna_ranked_fault *fault) {
  urna_tape tape;
  urna_ranked ranked;
  urna_error error = {.code = NULL};
  size_t reached = 0;
  urna_intake intake = {.first = first, .block = block};
  if (self) {
    intake.progress = ask;
    intake.context = self;
  }
  urna_ballots_init(ballots, 1);
  urna_tape_text(&tape, text, size);
  CHECK(urna_ranked_init(&ranked, &PLAN, urna_ranked_scan_exactly, ballots)
        == URNA_OK);
  urna_status status =
      urna_intake_feed(&intake, &tape, &ranked, &reached, &error);
  CHECK(status != URNA_OK || reached == size);
  if (fault && ranked.fault_count > 0) *fault = ranked.faults[0];
  urna_ranked_free(&ranked);
  urna_tape_close(&tape);
  return status;
}

static void blocks_of_any_size_give_the_same(void) {
  for (size_t block = 1; block < sizeof TEXT + 3; block++) {
    urna_ballots ballots;
    CHECK(feed(TEXT, sizeof TEXT - 1, HEAD, block, NULL, &ballots, NULL)
          == URNA_OK);
    CHECK(ballots.count == 4 && ballots.papers == 4);
    CHECK(ballots.candidates.name_count == 3);
    CHECK(ballots.marks[ballots.starts[3]] == URNA_MARK_SKIP);
    urna_ballots_free(&ballots);
  }
}

static void faults_have_the_line_of_the_whole_text(void) {
  static const char text[] = TEXT "5,A\n";
  for (size_t block = 1; block < sizeof text + 3; block += 4) {
    urna_ballots ballots;
    urna_ranked_fault fault = {.row_line = 0};
    CHECK(feed(text, sizeof text - 1, HEAD, block, NULL, &ballots, &fault)
          == URNA_OK);
    CHECK(fault.row_line == 7); /* the name in line 3 has a line end */
    CHECK(fault.offset == sizeof TEXT - 1);
    urna_ballots_free(&ballots);
  }
}

static void progress_ends_it_or_hears_of_all(void) {
  urna_ballots ballots;
  asked patient = {.most = SIZE_MAX}, hasty = {.most = 1};
  CHECK(feed(TEXT, sizeof TEXT - 1, HEAD, 8, &patient, &ballots, NULL)
        == URNA_OK);
  CHECK(patient.last == sizeof TEXT - 1 - HEAD);
  urna_ballots_free(&ballots);
  CHECK(feed(TEXT, sizeof TEXT - 1, HEAD, 8, &hasty, &ballots, NULL)
        == URNA_END);
  urna_ballots_free(&ballots);
}

static void nothing_behind_headings_is_no_record(void) {
  urna_ballots ballots;
  CHECK(feed(TEXT, HEAD, HEAD, 8, NULL, &ballots, NULL) == URNA_OK);
  CHECK(ballots.count == 0);
  urna_ballots_free(&ballots);
  CHECK(feed("", 0, 0, 8, NULL, &ballots, NULL) == URNA_OK);
  CHECK(ballots.count == 0);
  urna_ballots_free(&ballots);
}

static void a_text_is_taken_whole_if_it_is_text(void) {
  urna_tape tape;
  urna_bytes bytes;
  urna_text text;
  urna_error error = {.code = NULL};
  urna_intake intake = {.first = 0};
  urna_bytes_init(&bytes);
  urna_tape_text(&tape, "4 2\n", 4);
  CHECK(urna_intake_whole(&intake, &tape, &bytes, &text, &error) == URNA_OK);
  CHECK_TEXT(text.start, text.length, "4 2\n");
  urna_tape_text(&tape, "4 \xff\n", 4);
  CHECK(urna_intake_whole(&intake, &tape, &bytes, &text, &error)
        == URNA_BAD_INPUT);
  CHECK_STRING(error.code, "bad_text");
  CHECK(error.line == 1 && error.column == 3);
  urna_bytes_free(&bytes);
}

/* 'most' papers and no more, one by one or together. */
static void ballots_hold_no_more_than_they_may(void) {
  urna_ballots ballots, other;
  uint16_t mark = 0;
  uint32_t number;
  urna_ballots_init(&ballots, 1);
  urna_ballots_init(&other, 1);
  ballots.most = 5;
  CHECK(urna_ballots_candidate(&ballots, "A", 1, &number) == URNA_OK);
  CHECK(urna_ballots_candidate(&other, "A", 1, &number) == URNA_OK);
  CHECK(urna_ballots_add(&other, &mark, 1, 2) == URNA_OK);
  CHECK(urna_ballots_add(&ballots, &mark, 1, 6) == URNA_OVERFLOW);
  CHECK(urna_ballots_add(&ballots, &mark, 1, 3) == URNA_OK);
  CHECK(urna_ballots_append(&ballots, &other) == URNA_OK);
  CHECK(urna_ballots_append(&ballots, &other) == URNA_OVERFLOW);
  CHECK(urna_ballots_add(&ballots, &mark, 1, 1) == URNA_OVERFLOW);
  CHECK(ballots.papers == 5 && ballots.count == 2);
  urna_ballots_clear(&ballots);
  CHECK(ballots.most == 5 && ballots.papers == 0 && ballots.count == 0);
  urna_ballots_free(&ballots);
  urna_ballots_free(&other);
}

int main(void) {
  blocks_of_any_size_give_the_same();
  faults_have_the_line_of_the_whole_text();
  progress_ends_it_or_hears_of_all();
  nothing_behind_headings_is_no_record();
  a_text_is_taken_whole_if_it_is_text();
  ballots_hold_no_more_than_they_may();
  return test_report("intake");
}
