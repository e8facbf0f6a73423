/* see ranking.h */
#include "core/ranking.h"

#include <stdlib.h>
#include <string.h>

urna_status urna_ranking_init(urna_ranking *ranking,
                              const urna_ballots *ballots,
                              const uint32_t *places) {
  size_t names = ballots->candidates.name_count;
  memset(ranking, 0, sizeof *ranking);
  ranking->order = malloc((names + 1) * sizeof *ranking->order);
  ranking->lower = malloc((names + 1) * sizeof *ranking->lower);
  ranking->places = malloc((names + 1) * sizeof *ranking->places);
  ranking->seen = malloc((names + 1) * sizeof *ranking->seen);
  if (!ranking->order || !ranking->lower || !ranking->places
      || !ranking->seen) {
    urna_ranking_free(ranking);
    return URNA_NO_MEMORY;
  }
  for (size_t i = 0; i < names; i++) {
    ranking->places[i] = (uint16_t)places[i];
    ranking->seen[i] = places[i] == URNA_NO_PLACE ? UINT64_MAX : 0;
  }
  return URNA_OK;
}

void urna_ranking_free(urna_ranking *ranking) {
  free(ranking->order);
  free(ranking->lower);
  free(ranking->places);
  free(ranking->seen);
  memset(ranking, 0, sizeof *ranking);
}

/* The entries from 'first' on share a rank. */
static void close_rank(urna_ranking *ranking, size_t first) {
  for (size_t i = first; i < ranking->count; i++)
    ranking->lower[i] = (uint32_t)ranking->count;
  if (ranking->count > first + 1) ranking->has_equals = true;
}

void urna_ranking_read_on(urna_ranking *ranking, const uint16_t *mark) {
  for (size_t i = 0; i < ranking->count; i++)
    ranking->lower[i] = (uint32_t)i + 1;
  for (; *mark != URNA_MARK_END; mark++) {
    size_t first = ranking->count;
    if (*mark == URNA_MARK_SKIP || *mark == URNA_MARK_OVERVOTE) continue;
    if (*mark == URNA_MARK_OPEN)
      while (*++mark != URNA_MARK_CLOSE) urna_ranking_take(ranking, *mark);
    else
      urna_ranking_take(ranking, *mark);
    close_rank(ranking, first);
  }
}
