/* see positions.h */
#include "core/positions.h"

#include <stdlib.h>
#include <string.h>

#include "core/ranking.h"

static urna_count *counts(size_t rows, size_t n) {
  return calloc(rows * n + 1, sizeof(urna_count));
}

static urna_span *new_span(urna_positions *p, uint32_t first, uint32_t size) {
  if (p->span_count == p->span_room) {
    size_t room = p->span_room ? p->span_room * 2 : 16;
    urna_span *spans = realloc(p->spans, room * sizeof *spans);
    if (!spans) return NULL;
    p->spans = spans;
    p->span_room = room;
  }
  urna_span *span = &p->spans[p->span_count];
  *span = (urna_span){first, size, counts(1, p->n)};
  if (!span->papers) return NULL;
  p->span_count++;
  return span;
}

/* There are few kinds of them in an election, and few ballots that have one. */
static urna_span *span_of(urna_positions *p, uint32_t first, uint32_t size) {
  for (size_t i = 0; i < p->span_count; i++)
    if (p->spans[i].first == first && p->spans[i].size == size)
      return &p->spans[i];
  return new_span(p, first, size);
}

/* The group from entry 'first' to before 'lower', at the rank 'rank'. */
static urna_status add_group(urna_positions *p, const urna_ranking *ranking,
                             size_t first, size_t lower, size_t rank,
                             urna_count weight) {
  const uint16_t *order = ranking->order;
  urna_count *papers = p->alone + first * p->n;
  if (lower > first + 1) {
    urna_span *span = span_of(p, (uint32_t)first, (uint32_t)(lower - first));
    if (!span) return URNA_NO_MEMORY;
    papers = span->papers;
  }
  for (size_t i = first; i < lower; i++) {
    papers[order[i]] += weight;
    p->ranks[rank * p->n + order[i]] += weight;
  }
  return URNA_OK;
}

static urna_status add(urna_positions *p, const urna_ranking *ranking,
                       urna_count weight) {
  size_t rank = 0, lower;
  for (size_t i = 0; i < ranking->count; i = lower) {
    lower = urna_ranking_lower(ranking, i);
    urna_status status = add_group(p, ranking, i, lower, rank++, weight);
    if (status != URNA_OK) return status;
  }
  urna_count *named = p->named + ranking->count * p->n;
  for (size_t i = 0; i < ranking->count; i++)
    named[ranking->order[i]] += weight;
  p->naming[ranking->count] += weight;
  return URNA_OK;
}

static urna_status count_all(urna_positions *p, const urna_ballots *ballots,
                             const uint32_t *places) {
  urna_ranking ranking;
  urna_status status = urna_ranking_init(&ranking, ballots, places);
  if (status != URNA_OK) return status;
  for (size_t i = 0; i < ballots->count && status == URNA_OK; i++) {
    urna_ranking_read(&ranking, ballots->marks + ballots->starts[i]);
    status = add(p, &ranking, urna_ballots_weight(ballots, i));
  }
  urna_ranking_free(&ranking);
  return status;
}

urna_status urna_positions_init(urna_positions *p, size_t n,
                                const urna_ballots *ballots,
                                const uint32_t *places) {
  memset(p, 0, sizeof *p);
  p->n = n;
  p->alone = counts(n, n);
  p->ranks = counts(n, n);
  p->named = counts(n + 1, n);
  p->naming = counts(n + 1, 1);
  urna_status status = URNA_NO_MEMORY;
  if (p->alone && p->ranks && p->named && p->naming)
    status = count_all(p, ballots, places);
  if (status != URNA_OK) urna_positions_free(p);
  return status;
}

void urna_positions_free(urna_positions *p) {
  free(p->alone);
  free(p->ranks);
  free(p->named);
  free(p->naming);
  for (size_t i = 0; i < p->span_count; i++) free(p->spans[i].papers);
  free(p->spans);
  memset(p, 0, sizeof *p);
}
