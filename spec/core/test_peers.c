#include <stdlib.h>

#include "core/peers.h"
#include "core/record.h"
#include "test.h"

#define ROOM 64

/* A table read from text, and its peers by the column of texts. */
static size_t group[ROOM], members[ROOM], starts[ROOM + 1], slots[256];

static urna_table read_table(const char *text) {
  static const urna_kind kinds[] = {URNA_KIND_TEXT, URNA_KIND_COUNT,
                                    URNA_KIND_COUNT};
  urna_layout layout = {0, kinds, 3};
  urna_table table;
  urna_faults faults;
  urna_table_init(&table);
  urna_faults_init(&faults, 9);
  urna_part part = {text, strlen(text), ';', 0};
  CHECK(urna_table_read(&part, 1, &layout, &table, &faults, NULL) == URNA_OK);
  CHECK(faults.count == 0);
  urna_faults_free(&faults);
  return table;
}

static urna_peers group_table(const urna_table *table, size_t key_count) {
  static const size_t keys[] = {0};
  urna_peers peers = {.rows = {NULL, table->row_count},
                      .group = group,
                      .members = members,
                      .starts = starts,
                      .seed = 7};
  CHECK(urna_peers_slots(table->row_count) <= 256);
  urna_peers_group(&peers, (urna_columns){table, keys, key_count}, slots);
  return peers;
}

static void groups(void) {
  urna_table table = read_table("m;A;B\nx;1;2\ny;1;2\nx;3;4\nz;0;0\ny;9;9\n");
  urna_peers peers = group_table(&table, 1);
  CHECK(peers.group_count == 3);
  CHECK(group[0] == 0 && group[1] == 1 && group[2] == 0);
  CHECK(group[3] == 2 && group[4] == 1);
  CHECK(starts[0] == 0 && starts[1] == 2 && starts[2] == 4 && starts[3] == 5);
  CHECK(members[0] == 0 && members[1] == 2 && members[2] == 1);
  CHECK(members[3] == 4 && members[4] == 3);
  CHECK(group_table(&table, 0).group_count == 1);
  urna_table_free(&table);
}

static void of_no_rows(void) {
  urna_table table = read_table("m;A;B\n");
  urna_peers peers = group_table(&table, 1);
  int64_t scratch[1];
  urna_outlier found[1];
  CHECK(peers.group_count == 0 && starts[0] == 0);
  CHECK(urna_peers_outliers(&peers, NULL, 400, 1, scratch, found) == 0);
  urna_table_free(&table);
}

static void shares(void) {
  CHECK(urna_measure_share(1, 3).value == 333333);
  CHECK(urna_measure_share(1, 3).size == 3);
  CHECK(urna_measure_share(9, 3).value == 2000000); /* cut */
  CHECK(urna_measure_share(0, 0).value == URNA_NO_VALUE);
  CHECK(urna_measure_share(URNA_MISSING, 3).value == URNA_NO_VALUE);
  CHECK(urna_measure_share(1, URNA_MISSING).value == URNA_NO_VALUE);
  CHECK(urna_measure_share(INT64_MAX, INT64_MAX).value == 1000000);
}

/* The median by sorting. */
static int by_value(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static int64_t sorted_median(const int64_t *values, size_t n) {
  int64_t copy[ROOM];
  memcpy(copy, values, n * sizeof *copy);
  qsort(copy, n, sizeof *copy, by_value);
  if (n % 2 == 1) return copy[n / 2];
  int64_t sum = copy[n / 2 - 1] + copy[n / 2];
  return sum / 2 - (sum % 2 < 0);
}

static urna_table of_rows(size_t n) {
  static char text[ROOM * 8];
  strcpy(text, "m;A;B\n");
  for (size_t i = 0; i < n; i++) strcat(text, "x;1;1\n");
  return read_table(text);
}

/* Beside random values one that is 1.9 million away is always an outlier, and
** its median is that of a sort. */
static void medians(void) {
  uint64_t state = 20201121;
  printf("seed %d\n", 20201121);
  for (int round = 0; round < 2000; round++) {
    size_t n = 8 + (size_t)round % (ROOM - 8);
    urna_measure measures[ROOM];
    urna_outlier found[ROOM];
    int64_t values[ROOM], scratch[ROOM];
    for (size_t i = 0; i < n; i++) {
      state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
      values[i] = (int64_t)(state >> 33) % (round % 3 ? 100 : 3) - 50;
      measures[i] = (urna_measure){values[i], 1000000, 500000};
    }
    values[n / 2] = measures[n / 2].value = 1900000;
    urna_table table = of_rows(n);
    urna_peers peers = group_table(&table, 1);
    size_t count =
        urna_peers_outliers(&peers, measures, 400, 8, scratch, found);
    CHECK(count == 1 && found[0].place == n / 2 && found[0].z > 400);
    CHECK(count == 1 && found[0].median == sorted_median(values, n));
    CHECK(urna_peers_outliers(&peers, measures, 400, n + 1, scratch, found)
          == 0);
    urna_table_free(&table);
  }
}

/* Values as far apart as they may be: no product is beyond 63 bits. */
static void extremes(void) {
  urna_table table = of_rows(8);
  urna_peers peers = group_table(&table, 1);
  urna_measure measures[8];
  urna_outlier found[8];
  int64_t scratch[8];
  for (size_t i = 0; i < 8; i++)
    measures[i] = (urna_measure){i % 2 ? 2000000 : -2000000, 1, -1};
  CHECK(urna_peers_outliers(&peers, measures, 1, 8, scratch, found) == 8);
  for (size_t i = 0; i < 8; i++)
    measures[i] = (urna_measure){i == 3 ? 2000000 : -2000000, INT64_MAX, -1};
  CHECK(urna_peers_outliers(&peers, measures, 1000000, 8, scratch, found) == 1);
  CHECK(found[0].z == 400000000); /* 4 million, and a deviation of 1 */
  urna_table_free(&table);
}

static const size_t both[] = {1, 2};

static urna_columns lists_of(const urna_table *table) {
  return (urna_columns){table, both, 2};
}

static void lists(void) {
  urna_table table =
      read_table("m;A;B\nx;90;10\nx;90;10\nx;90;10\nx;100;0\nx;10;90\nx;5;\n");
  urna_peers peers = group_table(&table, 1);
  urna_count sums[2];
  urna_group_sums all = {.lists = sums};
  urna_spot found[2];
  CHECK(urna_peers_sum(&peers, lists_of(&table), 0, &all) == URNA_OK);
  /* the last record is not whole */
  CHECK(sums[0] == 380 && sums[1] == 120 && all.total == 500);
  CHECK(all.records == 5);
  /* 120 of the other 400 votes, so 30 of its 100 */
  CHECK(urna_peers_zeros(&peers, lists_of(&table), &all, 3, found) == 1);
  CHECK(found[0].place == 3 && found[0].list == 1);
  CHECK(urna_peers_zeros(&peers, lists_of(&table), &all, 0, found) == 0);
  CHECK(urna_peers_zeros(&peers, lists_of(&table), &all, 5, found) == 0);
  /* 370 and 30 of 400: 92 and 7 are expected of 100; 10 and 90 are far, and
  ** 90 is near 92, 10 near 7 */
  CHECK(urna_peers_swaps(&peers, lists_of(&table), &all, 4, found) == 1);
  CHECK(found[0].place == 4 && found[0].list == 0);
  CHECK(urna_peers_swaps(&peers, lists_of(&table), &all, 0, found) == 0);
  urna_table_free(&table);
}

static void beyond(void) {
  urna_table table = read_table("m;A;B\nx;9223372036854775807;1\nx;1;1\n");
  urna_peers peers = group_table(&table, 1);
  urna_count sums[2];
  urna_group_sums all = {.lists = sums};
  size_t first[2];
  CHECK(urna_peers_sum(&peers, lists_of(&table), 0, &all) == URNA_OVERFLOW);
  urna_peers_equals(&peers, lists_of(&table), lists_of(&table), 1, first,
                    slots);
  CHECK(first[0] == 0 && first[1] == 1);
  urna_table_free(&table);
}

static void equals(void) {
  urna_table table = read_table(
      "m;A;B\nx;60;40\ny;60;40\nx;60;40\nx;59;40\nx;59;40\nx;60;\nx;60;\n");
  urna_peers peers = group_table(&table, 1);
  size_t first[ROOM];
  urna_peers_equals(&peers, lists_of(&table), lists_of(&table), 100, first,
                    slots);
  CHECK(first[0] == 0 && first[1] == 1 && first[2] == 0);
  CHECK(first[3] == 3 && first[4] == 4); /* 99 votes */
  CHECK(first[5] == 5 && first[6] == 6); /* not whole */
  urna_table_free(&table);
}

/* 20 of 100 has a variance of 20 * 80 / 100 = 16 by chance, 19 one of 15.39. */
static void ends(void) {
  urna_table table = read_table("m;A;B\nx;0;0\nx;0;0\nx;0;0\ny;0;0\nx;0;0\n"
                                "x;0;0\nx;0;0\n");
  urna_peers peers = group_table(&table, 1);
  urna_count parts[] = {20, 19, 21, 25, URNA_MISSING, 50, URNA_COUNT_MAX - 3};
  urna_count wholes[] = {100, 100, 100, 100, 100, 50, URNA_COUNT_MAX};
  urna_ends found = urna_peers_ends(&peers, parts, wholes, 0, 16);
  CHECK(found.counts == 2 && found.round == 1);
  found = urna_peers_ends(&peers, parts, wholes, 0, 0); /* no limit */
  CHECK(found.counts == 4 && found.round == 1);
  found = urna_peers_ends(&peers, parts, wholes, 1, 16);
  CHECK(found.counts == 1 && found.round == 1);
  urna_table_free(&table);
}

static void states(void) {
  urna_table table = read_table("m;A;B\nx;1;0\nx;;0\nx;;\nx;0;0\n");
  urna_count fields[2];
  CHECK(urna_record_look(lists_of(&table), 0) == URNA_RECORD_GIVEN);
  CHECK(urna_record_look(lists_of(&table), 1) == URNA_RECORD_PARTIAL);
  CHECK(urna_record_look(lists_of(&table), 2) == URNA_RECORD_BLANK);
  CHECK(urna_record_look(lists_of(&table), 3) == URNA_RECORD_ZERO);
  CHECK(urna_record_look((urna_columns){&table, both, 0}, 2)
        == URNA_RECORD_GIVEN);
  urna_record_lead lead = {9, 9, 9};
  CHECK(!urna_record_leader(lists_of(&table), 1, &lead) && lead.list == 9);
  CHECK(urna_record_leader(lists_of(&table), 0, &lead) && lead.list == 0);
  CHECK(lead.votes == 1 && lead.all == 1);
  CHECK(urna_record_leader(lists_of(&table), 3, &lead) && lead.votes == 0);
  urna_record_gather(lists_of(&table), 1, fields);
  CHECK(fields[0] == URNA_MISSING && fields[1] == 0);
  urna_table_free(&table);
}

int main(void) {
  groups();
  of_no_rows();
  shares();
  medians();
  extremes();
  lists();
  beyond();
  equals();
  ends();
  states();
  return test_report("peers");
}
