/* see pairwise.h */
#include "core/pairwise.h"

#include <stdlib.h>
#include <string.h>

#include "core/ranking.h"

/* ---- counting ---- */

/* The sums of papers that came since it was emptied, at most FULL of them. */
typedef struct cache {
  uint16_t *above;
  urna_count papers;
} cache;

#define FULL UINT16_MAX

static void empty(cache *recent, urna_pairwise *pairwise) {
  size_t cells = pairwise->n * pairwise->n;
  for (size_t i = 0; i < cells; i++) pairwise->above[i] += recent->above[i];
  memset(recent->above, 0, cells * sizeof *recent->above);
  recent->papers = 0;
}

/* Most ballots: no two at one rank, and of few papers. */
static void add_plain(cache *recent, size_t n, const urna_ranking *ranking,
                      uint16_t weight) {
  const uint16_t *order = ranking->order;
  for (size_t i = 0; i < ranking->count; i++) {
    uint16_t *row = recent->above + order[i] * n;
    for (size_t k = i + 1; k < ranking->count; k++)
      row[order[k]] = (uint16_t)(row[order[k]] + weight);
  }
}

static void add_any(urna_pairwise *pairwise, const urna_ranking *ranking,
                    urna_count weight) {
  const uint16_t *order = ranking->order;
  size_t n = pairwise->n;
  for (size_t i = 0; i < ranking->count; i++) {
    size_t lower = urna_ranking_lower(ranking, i);
    for (size_t k = i + 1; k < lower; k++) {
      pairwise->equal[order[i] * n + order[k]] += weight;
      pairwise->equal[order[k] * n + order[i]] += weight;
    }
    for (size_t k = lower; k < ranking->count; k++)
      pairwise->above[order[i] * n + order[k]] += weight;
  }
  if (ranking->has_equals) pairwise->has_equals = true;
}

static void add(urna_pairwise *pairwise, cache *recent,
                const urna_ranking *ranking, urna_count weight) {
  if (ranking->count == 0) return;
  pairwise->valid += weight;
  for (size_t i = 0; i < ranking->count; i++)
    pairwise->named[ranking->order[i]] += weight;
  if (ranking->has_equals || weight > FULL) {
    add_any(pairwise, ranking, weight);
    return;
  }
  if (recent->papers + weight > FULL) empty(recent, pairwise);
  recent->papers += weight;
  add_plain(recent, pairwise->n, ranking, (uint16_t)weight);
}

urna_status urna_pairwise_count(const urna_ballots *ballots,
                                const uint32_t *places,
                                urna_pairwise *pairwise) {
  size_t n = pairwise->n, cells = n * n;
  urna_ranking ranking;
  cache recent = {calloc(cells + 1, sizeof *recent.above), 0};
  urna_status status = recent.above
                           ? urna_ranking_init(&ranking, ballots, places)
                           : URNA_NO_MEMORY;
  if (status == URNA_OK) {
    memset(pairwise->above, 0, cells * sizeof *pairwise->above);
    memset(pairwise->equal, 0, cells * sizeof *pairwise->equal);
    memset(pairwise->named, 0, n * sizeof *pairwise->named);
    pairwise->valid = 0;
    pairwise->has_equals = false;
    for (size_t i = 0; i < ballots->count; i++) {
      urna_ranking_read(&ranking, ballots->marks + ballots->starts[i]);
      add(pairwise, &recent, &ranking, urna_ballots_weight(ballots, i));
    }
    empty(&recent, pairwise);
    urna_ranking_free(&ranking);
  }
  free(recent.above);
  return status;
}

/* ---- strongest paths ---- */

/* A strength as one number: the votes, then how few there are against them.
** No path is 0. */
__extension__ typedef unsigned __int128 wide;

static wide strength_of(urna_count votes, urna_count against, bool by_margin) {
  if (votes <= against) return 0;
  if (by_margin) return (wide)(votes - against) << 64;
  return (wide)votes << 64 | (uint64_t)(INT64_MAX - against);
}

/* Paths from 'row' by way of whom 'via' is the row of, 'first' strong up to
** there. */
static void widen(wide *row, const wide *via, wide first, size_t n) {
  for (size_t k = 0; k < n; k++) {
    wide strength = via[k] < first ? via[k] : first;
    if (strength > row[k]) row[k] = strength;
  }
}

urna_status urna_pairwise_paths(size_t n, const urna_count *over,
                                bool by_margin, urna_count *votes,
                                urna_count *against) {
  wide *strength = malloc((n * n + 1) * sizeof *strength);
  if (!strength) return URNA_NO_MEMORY;
  for (size_t a = 0; a < n; a++)
    for (size_t b = 0; b < n; b++)
      strength[a * n + b] =
          strength_of(over[a * n + b], over[b * n + a], by_margin);
  for (size_t via = 0; via < n; via++)
    for (size_t a = 0; a < n; a++)
      if (a != via && strength[a * n + via] > 0)
        widen(strength + a * n, strength + via * n, strength[a * n + via], n);
  for (size_t i = 0; i < n * n; i++) {
    bool is_path = strength[i] > 0 && i % (n + 1) != 0;
    votes[i] = is_path ? (urna_count)(strength[i] >> 64) : 0;
    against[i] = is_path && !by_margin
                     ? INT64_MAX - (urna_count)(uint64_t)strength[i]
                     : 0;
  }
  free(strength);
  return URNA_OK;
}
