/* see approvals.h */
#include "core/approvals.h"

#include <stdlib.h>
#include <string.h>

#define WITHDRAWN UINT16_MAX

typedef struct reading {
  urna_approvals *to;
  const urna_ballots *from;
  uint16_t *numbers; /* among those that stand, by candidate of the ballots */
  uint32_t *seen;    /* by candidate, the ballot that named it last, from 1 */
  uint32_t *slots;   /* voter + 1, where its set's hash leads to; 0 is free */
  size_t mask;
  bool first_rank;
} reading;

void urna_approvals_free(urna_approvals *a) {
  free(a->marks);
  free(a->starts);
  free(a->weights);
  memset(a, 0, sizeof *a);
}

static bool make_room(reading *r) {
  urna_approvals *to = r->to;
  size_t names = r->from->candidates.name_count, room = 16;
  while (room / 2 < r->from->count) room *= 2;
  r->mask = room - 1;
  r->numbers = malloc((names + 1) * sizeof *r->numbers);
  r->seen = calloc(names + 1, sizeof *r->seen);
  r->slots = calloc(room, sizeof *r->slots);
  to->marks = malloc((r->from->mark_count + 1) * sizeof *to->marks);
  to->starts = malloc((r->from->count + 2) * sizeof *to->starts);
  to->weights = malloc((r->from->count + 1) * sizeof *to->weights);
  return r->numbers && r->seen && r->slots && to->marks && to->starts
         && to->weights;
}

static void number_candidates(reading *r) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < r->from->candidates.name_count; i++)
    r->numbers[i] =
        r->from->kinds[i] == URNA_WITHDRAWN ? WITHDRAWN : (uint16_t)n++;
  r->to->candidates = n;
}

static int mark_cmp(const void *a, const void *b) {
  return *(const uint16_t *)a - *(const uint16_t *)b;
}

/* The candidates that ballot i approves, behind those of the voters so far. */
static size_t collect(const reading *r, size_t i) {
  const uint16_t *mark = r->from->marks + r->from->starts[i];
  uint16_t *set = r->to->marks + r->to->starts[r->to->count];
  size_t n = 0;
  bool is_open = false, is_ordered = true;
  for (; *mark != URNA_MARK_END; mark++) {
    if (*mark == URNA_MARK_OPEN || *mark == URNA_MARK_CLOSE)
      is_open = !is_open;
    else if (*mark < URNA_CANDIDATES_MAX && r->seen[*mark] != i + 1) {
      r->seen[*mark] = (uint32_t)(i + 1);
      if (r->numbers[*mark] != WITHDRAWN) set[n++] = r->numbers[*mark];
      if (n > 1 && set[n - 2] > set[n - 1]) is_ordered = false;
    }
    if (r->first_rank && !is_open && *mark != URNA_MARK_SKIP) break;
  }
  if (!is_ordered) qsort(set, n, sizeof *set, mark_cmp);
  return n;
}

/* The voter of the 'n' marks behind those of the voters so far: one that
** approves the same, or a new one. */
static size_t find_voter(const reading *r, size_t n) {
  urna_approvals *to = r->to;
  const uint16_t *set = to->marks + to->starts[to->count];
  size_t bytes = n * sizeof *set;
  size_t slot = urna_names_hash(r->from->candidates.seed,
                                (const unsigned char *)set, bytes)
                & r->mask;
  for (; r->slots[slot] != 0; slot = (slot + 1) & r->mask) {
    size_t voter = r->slots[slot] - 1, start = to->starts[voter];
    if (to->starts[voter + 1] - start == n
        && memcmp(to->marks + start, set, bytes) == 0)
      return voter;
  }
  r->slots[slot] = (uint32_t)(to->count + 1);
  to->weights[to->count++] = 0;
  to->starts[to->count] = to->starts[to->count - 1] + n;
  return to->count - 1;
}

static void read_all(const reading *r) {
  urna_approvals *to = r->to;
  to->starts[0] = 0;
  to->papers = r->from->papers;
  for (size_t i = 0; i < r->from->count; i++) {
    size_t n = collect(r, i);
    if (n == 0) continue;
    to->weights[find_voter(r, n)] += urna_ballots_weight(r->from, i);
    if (n > to->longest) to->longest = (uint32_t)n;
  }
}

urna_status urna_approvals_read(urna_approvals *a, const urna_ballots *ballots,
                                bool first_rank) {
  reading r = {.to = a, .from = ballots, .first_rank = first_rank};
  memset(a, 0, sizeof *a);
  bool has_room = make_room(&r);
  if (has_room) {
    number_candidates(&r);
    read_all(&r);
  } else {
    urna_approvals_free(a);
  }
  free(r.numbers);
  free(r.seen);
  free(r.slots);
  return has_room ? URNA_OK : URNA_NO_MEMORY;
}

void urna_approvals_by_size(const urna_approvals *a, uint32_t *classes) {
  for (size_t i = 0; i < a->count; i++)
    classes[i] = (uint32_t)(a->starts[i + 1] - a->starts[i]);
}

static bool approves(const urna_approvals *a, size_t voter,
                     uint32_t candidate) {
  size_t at = a->starts[voter], end = a->starts[voter + 1];
  while (at < end && a->marks[at] < candidate) at++;
  return at < end && a->marks[at] == candidate;
}

void urna_approvals_move(const urna_approvals *a, uint32_t *classes,
                         uint32_t candidate, const uint32_t *to,
                         const uint32_t *others) {
  for (size_t i = 0; i < a->count; i++) {
    if (approves(a, i, candidate))
      classes[i] = to[classes[i]];
    else if (others)
      classes[i] = others[classes[i]];
  }
}

void urna_approvals_count(const urna_approvals *a, const uint32_t *classes,
                          size_t n, urna_count *counts, urna_count *all) {
  memset(counts, 0, a->candidates * n * sizeof *counts);
  memset(all, 0, n * sizeof *all);
  for (size_t i = 0; i < a->count; i++) {
    all[classes[i]] += a->weights[i];
    for (size_t k = a->starts[i]; k < a->starts[i + 1]; k++)
      counts[a->marks[k] * n + classes[i]] += a->weights[i];
  }
}
