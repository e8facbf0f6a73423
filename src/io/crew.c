/* see crew.h */
#include "io/crew.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#define STREAMS 3 /* places of a chunk that are worked at in turn */

typedef struct span {
  size_t from, reached; /* where its first record begins, and the one behind */
} span;

/* What all threads share. */
typedef struct work {
  const urna_crew *crew;
  const urna_mapping *mapping;
  size_t first, last, count; /* bytes to do, and how many chunks */
  span *spans;
  atomic_size_t next;
  atomic_int status; /* the first trouble, or URNA_OK */
} work;

typedef struct worker {
  work *shared;
  urna_tally tally;
  pthread_t thread;
} worker;

static size_t chunk_start(const work *shared, size_t i) {
  size_t at = shared->first + i * shared->crew->chunk;
  return at < shared->last ? at : shared->last;
}

static urna_status do_chunk(work *shared, urna_tally *tally, size_t i) {
  size_t to = chunk_start(shared, i + 1), from = chunk_start(shared, i);
  span *mine = &shared->spans[i];
  if (!urna_mapping_holds(shared->mapping)) return URNA_BAD_INPUT;
  mine->from = i == 0 ? from : urna_tally_guess(tally, from - 1);
  mine->reached = mine->from;
  if (mine->from >= to) return URNA_OK;
  int streams = shared->crew->chunk >= 65536 ? STREAMS : 1;
  urna_status status =
      shared->crew->scanner(tally, mine->from, to, streams, &mine->reached);
  urna_mapping_done(shared->mapping, from, to);
  return status;
}

static void *do_chunks(void *argument) {
  worker *self = argument;
  work *shared = self->shared;
  for (;;) {
    size_t i = atomic_fetch_add(&shared->next, 1);
    if (i >= shared->count || atomic_load(&shared->status) != URNA_OK) break;
    urna_status status = do_chunk(shared, &self->tally, i);
    int none = URNA_OK;
    if (status != URNA_OK)
      atomic_compare_exchange_strong(&shared->status, &none, (int)status);
  }
  return NULL;
}

/* Did every chunk begin where the one before it ended, and do nothing where no
** record begins? */
static bool were_right(const work *shared, size_t *reached) {
  size_t at = shared->first;
  for (size_t i = 0; i < shared->count; i++) {
    const span *one = &shared->spans[i];
    size_t to = chunk_start(shared, i + 1);
    if (at < to ? one->from != at : one->from < to) return false;
    if (at < to) at = one->reached;
  }
  *reached = at;
  return at >= shared->last;
}

static urna_status run_workers(work *shared, worker *workers, int count) {
  int started = 1;
  for (; started < count; started++)
    if (pthread_create(&workers[started].thread, NULL, do_chunks,
                       &workers[started])
        != 0)
      break; /* fewer hands, the same work */
  do_chunks(&workers[0]);
  for (int i = 1; i < started; i++) pthread_join(workers[i].thread, NULL);
  return (urna_status)atomic_load(&shared->status);
}

static urna_status merge(urna_tally *tally, worker *workers, int count) {
  *tally = workers[0].tally;
  workers[0].tally = (urna_tally){.plan = NULL};
  for (int i = 1; i < count; i++) {
    urna_status status = urna_tally_merge(tally, &workers[i].tally);
    if (status != URNA_OK) return status;
  }
  return URNA_OK;
}

/* Why did it end early: is the matrix of some worker mostly empty? */
static bool any_too_wide(const worker *workers, int count) {
  for (int i = 0; workers && i < count; i++)
    if (workers[i].tally.is_too_wide) return true;
  return false;
}

/* URNA_END: a guess was wrong. URNA_TIE: the plan has to be flat. */
static urna_status in_chunks(const urna_crew *crew, const urna_tally_plan *plan,
                             const urna_mapping *mapping, size_t from,
                             size_t to, urna_tally *tally, size_t *reached) {
  work shared = {.crew = crew, .mapping = mapping, .first = from, .last = to};
  shared.count = (to - from + crew->chunk - 1) / crew->chunk;
  int count = crew->threads < 1 ? 1 : crew->threads;
  urna_status status = URNA_OK;
  shared.spans = calloc(shared.count + 1, sizeof *shared.spans);
  worker *workers = calloc((size_t)count, sizeof *workers);
  if (!shared.spans || !workers) status = URNA_NO_MEMORY;
  for (int i = 0; workers && i < count && status == URNA_OK; i++) {
    workers[i].shared = &shared;
    status =
        urna_tally_init(&workers[i].tally, plan, mapping->text, mapping->size);
  }
  if (status == URNA_OK) status = run_workers(&shared, workers, count);
  if (status == URNA_OK && !were_right(&shared, reached)) status = URNA_END;
  /* what overflowed may be no record, but read from a wrong guess */
  if (status == URNA_OVERFLOW) status = URNA_END;
  if (status == URNA_OK) status = merge(tally, workers, count);
  if (status == URNA_NO_MEMORY
      && (any_too_wide(workers, count) || tally->is_too_wide))
    status = URNA_TIE;
  for (int i = 0; workers && i < count; i++) urna_tally_free(&workers[i].tally);
  free(workers);
  free(shared.spans);
  return status;
}

static urna_status in_order(const urna_crew *crew, const urna_tally_plan *plan,
                            const urna_mapping *mapping, size_t from, size_t to,
                            urna_tally *tally, size_t *reached) {
  urna_status status =
      urna_tally_init(tally, plan, mapping->text, mapping->size);
  *reached = from;
  while (status == URNA_OK && *reached < to) {
    size_t stop = to - *reached > crew->chunk ? *reached + crew->chunk : to;
    if (!urna_mapping_holds(mapping)) return URNA_BAD_INPUT;
    status = crew->scanner(tally, *reached, stop, 1, reached);
  }
  return status;
}

static urna_status by_plan(const urna_crew *crew, const urna_tally_plan *plan,
                           const urna_mapping *mapping, size_t from, size_t to,
                           urna_tally *tally, size_t *reached) {
  *tally = (urna_tally){.plan = NULL};
  urna_status status = in_chunks(crew, plan, mapping, from, to, tally, reached);
  if (status != URNA_END) return status;
  urna_tally_free(tally);
  status = in_order(crew, plan, mapping, from, to, tally, reached);
  return status == URNA_NO_MEMORY && tally->is_too_wide ? URNA_TIE : status;
}

urna_status urna_crew_tally(const urna_crew *crew, urna_tally_plan *plan,
                            const urna_mapping *mapping, size_t from, size_t to,
                            urna_tally *tally, size_t *reached,
                            urna_error *error) {
  if (to > mapping->size) to = mapping->size;
  if (from > mapping->size) from = mapping->size;
  if (from > to) to = from; /* nothing begins in there */
  urna_status status = by_plan(crew, plan, mapping, from, to, tally, reached);
  if (status == URNA_TIE) {
    urna_tally_free(tally);
    plan->is_flat = true;
    status = by_plan(crew, plan, mapping, from, to, tally, reached);
  }
  if (status == URNA_BAD_INPUT)
    urna_error_set(error, "shrunk", "the file got shorter while it was read");
  return status;
}
