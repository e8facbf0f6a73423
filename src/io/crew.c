/* see crew.h */
#include "io/crew.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/occur.h"
#include "io/window.h"

#define STREAMS 3                 /* places of a block worked at in turn */
#define BLOCK   ((size_t)1 << 18) /* bytes held at once */
#define SLACK   ((size_t)1 << 12) /* of the record that a chunk ends in */

typedef struct span {
  size_t from, reached; /* where its first record begins, and the one behind */
} span;

/* What all threads share. */
typedef struct work {
  const urna_crew *crew;
  const urna_tape *tape;
  size_t first, last, count; /* bytes to do, and how many chunks */
  span *spans;
  atomic_size_t next, done;
  atomic_int status; /* the first trouble, or URNA_OK */
  bool is_given_up;  /* by the caller, whatever else was the trouble */
  size_t told;       /* chunks that the caller knows to be done */
} work;

typedef struct worker {
  work *shared;
  bool is_caller; /* the thread that called tells of the progress */
  urna_tally tally;
  urna_window window;
  urna_error error;
  pthread_t thread;
} worker;

static size_t block_of(const urna_crew *crew) {
  return crew->chunk < BLOCK ? crew->chunk : BLOCK;
}

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

/* ---- one run of records, block by block ---- */

/* A stretch of text that one thread works through. */
typedef struct run {
  const urna_crew *crew;
  urna_tally *tally;
  urna_window *window;
  int streams;
  bool tells;   /* of the progress */
  size_t lines; /* of what is read only once: the line that 'at' begins; or 0 */
  size_t at, to;
} run;

/* Does the caller want to go on? */
static bool goes_on(const urna_crew *crew, size_t done) {
  return !crew->progress || crew->progress(crew->context, done);
}

/* How many bytes are worth holding: a block, or a little more than what is
** left, or, where not even one record fits, twice as many as there are. */
static size_t bytes_wanted(const run *self, bool is_stuck) {
  size_t block = block_of(self->crew), left = self->to - self->at;
  if (is_stuck) return self->window->size * 2 + block;
  return least(left, block) + SLACK;
}

/* Newlines in the first 'count' bytes of the window. */
static size_t lines_in(const urna_window *window, size_t count) {
  return urna_occur_count(window->bytes, count, '\n');
}

/* Count the records that begin in what the window holds; it begins with one. */
static urna_status scan_window(run *self) {
  const urna_window *window = self->window;
  size_t stop = least(self->to - window->base, window->size), reached = 0;
  urna_tally_aim(self->tally, window->bytes, window->size, window->base,
                 window->is_last);
  urna_tally_begin_lines(self->tally, self->lines);
  urna_status status = URNA_OK;
  if (stop > 0)
    status = self->crew->scanner(self->tally, 0, stop, self->streams, &reached);
  self->at = window->base + reached;
  return status == URNA_MORE ? URNA_OK : status;
}

/* The sums so far in a tally whose matrix was mostly empty go to one that has
** none. URNA_OK: that was why it stopped, and it can go on. */
static urna_status flatten(urna_tally *tally, urna_status status) {
  if (status != URNA_NO_MEMORY || !tally->is_too_wide || tally->plan.is_flat)
    return status;
  urna_tally_plan plan = tally->plan;
  urna_tally flat;
  plan.is_flat = true;
  status = urna_tally_init(&flat, &plan);
  if (status == URNA_OK) status = urna_tally_merge(&flat, tally);
  urna_tally_free(tally);
  *tally = flat;
  return status;
}

static urna_status scan_run(run *self, urna_error *error) {
  size_t first = self->at;
  urna_window *window = self->window;
  bool is_stuck = false;
  while (self->at < self->to) {
    size_t before = self->at;
    urna_status status = urna_window_fill(window, before - window->base,
                                          bytes_wanted(self, is_stuck), error);
    if (status == URNA_OK && window->size == 0) break;
    if (status == URNA_OK) status = scan_window(self);
    if (self->tells) status = flatten(self->tally, status);
    if (status != URNA_OK) return status;
    if (self->lines) self->lines += lines_in(window, self->at - before);
    is_stuck = self->at == before;
    if (self->tells && !goes_on(self->crew, self->at - first)) return URNA_MORE;
  }
  return URNA_OK;
}

/* ---- chunks, in any order ---- */

static size_t chunk_start(const work *shared, size_t i) {
  size_t at = shared->first + i * shared->crew->chunk;
  return at < shared->last ? at : shared->last;
}

/* Where the first record of a chunk seems to begin: behind an end of line at
** or after the byte before it. */
static urna_status guess_start(worker *self, size_t start, size_t *from) {
  urna_window *window = &self->window;
  size_t wanted = block_of(self->shared->crew) + SLACK;
  for (;; wanted *= 2) {
    urna_status status = urna_window_fill(window, 0, wanted, &self->error);
    if (status != URNA_OK) return status;
    urna_tally_aim(&self->tally, window->bytes, window->size, window->base,
                   window->is_last);
    size_t found = urna_tally_guess(&self->tally, start - window->base);
    *from = window->base + found;
    if (found < window->size || window->is_last) return URNA_OK;
  }
}

static urna_status do_chunk(worker *self, size_t i) {
  work *shared = self->shared;
  size_t to = chunk_start(shared, i + 1), from = chunk_start(shared, i);
  span *mine = &shared->spans[i];
  urna_window_move(&self->window, i == 0 ? from : from - 1);
  mine->from = from;
  urna_status status =
      i == 0 ? URNA_OK : guess_start(self, from - 1, &mine->from);
  mine->reached = mine->from;
  if (status != URNA_OK || mine->from >= to) return status;
  run one = {.crew = shared->crew,
             .tally = &self->tally,
             .window = &self->window,
             .streams = shared->crew->chunk >= 65536 ? STREAMS : 1,
             .at = mine->from,
             .to = to};
  status = scan_run(&one, &self->error);
  mine->reached = one.at;
  return status;
}

static void stop_all(work *shared, urna_status status) {
  int none = URNA_OK;
  atomic_compare_exchange_strong(&shared->status, &none, (int)status);
}

/* Tell the caller how many chunks are done. False: it has enough. */
static bool tell(work *shared, size_t done) {
  shared->told = done;
  if (goes_on(shared->crew, chunk_start(shared, done) - shared->first))
    return true;
  shared->is_given_up = true;
  stop_all(shared, URNA_MORE);
  return false;
}

/* URNA_END of a scanner is a wrong guess; that the caller has enough is
** URNA_MORE until everybody has stopped. */
static void *do_chunks(void *argument) {
  worker *self = argument;
  work *shared = self->shared;
  for (;;) {
    size_t i = atomic_fetch_add(&shared->next, 1);
    if (i >= shared->count || atomic_load(&shared->status) != URNA_OK) break;
    urna_status status = do_chunk(self, i);
    if (status != URNA_OK) stop_all(shared, status);
    size_t done = atomic_fetch_add(&shared->done, 1) + 1;
    if (self->is_caller && !tell(shared, done)) break;
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
  /* the others may have been faster, and done all of it */
  if (atomic_load(&shared->status) == URNA_OK && shared->told < shared->count)
    tell(shared, shared->count);
  return (urna_status)atomic_load(&shared->status);
}

static urna_status merge(urna_tally *tally, worker *workers, int count) {
  *tally = workers[0].tally;
  workers[0].tally = (urna_tally){.text = NULL};
  for (int i = 1; i < count; i++) {
    urna_status status = urna_tally_merge(tally, &workers[i].tally);
    if (status != URNA_OK) return status;
  }
  return URNA_OK;
}

/* Why did it end early: is the matrix of some worker mostly empty? */
static bool any_too_wide(const worker *workers, int count) {
  for (int i = 0; i < count; i++)
    if (workers[i].tally.is_too_wide) return true;
  return false;
}

static urna_status prepare(worker *workers, int count, work *shared,
                           const urna_tally_plan *plan) {
  urna_status status = URNA_OK;
  workers[0].is_caller = true;
  for (int i = 0; i < count; i++) workers[i].shared = shared;
  for (int i = 0; i < count && status == URNA_OK; i++) {
    urna_window_init(&workers[i].window, shared->tape, NULL, URNA_TALLY_PAD);
    status = urna_tally_init(&workers[i].tally, plan);
  }
  return status;
}

static void release(worker *workers, int count) {
  for (int i = 0; i < count; i++) {
    urna_tally_free(&workers[i].tally);
    urna_window_free(&workers[i].window);
  }
  free(workers);
}

static void take_error(const worker *workers, int count, urna_error *error) {
  for (int i = 0; i < count; i++)
    if (error && workers[i].error.code) *error = workers[i].error;
}

/* A tally that may hold no more says so. */
static urna_status explain(const urna_tally *tally, urna_status status,
                           urna_error *error) {
  if (status != URNA_NO_MEMORY || !tally->is_full) return status;
  urna_error_set(error, "too_many_groups",
                 tally->units.is_full
                     ? "there are more units than `cells` allows"
                     : "there are more groups than `cells` allows");
  return URNA_BAD_INPUT;
}

/* What became of the workers' tallies, once all of them have stopped. */
static urna_status conclude(work *shared, worker *workers, int count,
                            urna_status status, urna_tally *tally,
                            size_t *reached) {
  if (shared->is_given_up) return URNA_END;
  /* what overflowed or is too long may be no record, but a wrong guess */
  bool is_wrong = status == URNA_END || status == URNA_OVERFLOW
                  || status == URNA_BAD_INPUT
                  || (status == URNA_OK && !were_right(shared, reached));
  if (is_wrong) return URNA_MORE;
  if (status == URNA_OK) status = merge(tally, workers, count);
  bool is_wide = any_too_wide(workers, count) || tally->is_too_wide;
  return status == URNA_NO_MEMORY && is_wide ? URNA_TIE : status;
}

/* URNA_MORE: a guess was wrong. URNA_TIE: the plan has to be flat. */
static urna_status in_chunks(const urna_crew *crew, const urna_tally_plan *plan,
                             const urna_tape *tape, urna_stretch *stretch,
                             urna_tally *tally, urna_error *error) {
  work shared = {
      .crew = crew, .tape = tape, .first = stretch->from, .last = stretch->to};
  shared.count = (shared.last - shared.first + crew->chunk - 1) / crew->chunk;
  size_t room = shared.count > 0 ? shared.count : 1; /* of spans and hands */
  int count = crew->threads < 1 ? 1 : crew->threads;
  if ((size_t)count > room) count = (int)room;
  shared.spans = calloc(room, sizeof *shared.spans);
  worker *workers = calloc((size_t)count, sizeof *workers);
  urna_status status = URNA_NO_MEMORY;
  size_t reached = stretch->from;
  if (shared.spans && workers) {
    status = prepare(workers, count, &shared, plan);
    if (status == URNA_OK) status = run_workers(&shared, workers, count);
    if (status == URNA_BAD_INPUT) take_error(workers, count, error);
    status = conclude(&shared, workers, count, status, tally, &reached);
    for (int i = 0; i < count; i++)
      status = explain(&workers[i].tally, status, error);
    status = explain(tally, status, error);
    if (status == URNA_OK) stretch->to = reached;
    release(workers, count);
  } else {
    free(workers);
  }
  free(shared.spans);
  return status;
}

/* ---- in order ---- */

/* The window of what is read only once, moved behind the headings. */
static urna_status skip_headings(urna_window *window, size_t from,
                                 size_t *lines, urna_error *error) {
  urna_status status = urna_window_fill(window, 0, from, error);
  if (status == URNA_OK) *lines = 1 + lines_in(window, from);
  return status;
}

/* A tape that is read only once tells no size: its end is where it ends. */
static urna_status in_order(const urna_crew *crew, const urna_tally_plan *plan,
                            urna_tape *tape, urna_stretch *stretch,
                            urna_tally *tally, urna_error *error) {
  urna_pump pump;
  urna_window window;
  memset(&pump, 0, sizeof pump);
  urna_window_init(&window, tape->is_seekable ? tape : NULL,
                   tape->is_seekable ? NULL : &pump, URNA_TALLY_PAD);
  run one = {.crew = crew,
             .tally = tally,
             .window = &window,
             .streams = 1,
             .tells = true,
             .at = stretch->from,
             .to = stretch->to};
  urna_status status = urna_tally_init(tally, plan);
  if (tape->is_seekable)
    urna_window_move(&window, stretch->from);
  else if (status == URNA_OK)
    status = urna_pump_start(&pump, tape);
  if (!tape->is_seekable && status == URNA_OK)
    status = skip_headings(&window, stretch->from, &one.lines, error);
  if (status == URNA_OK) status = scan_run(&one, error);
  urna_pump_stop(&pump);
  urna_window_free(&window);
  stretch->to = one.at;
  status = explain(tally, status, error);
  return status == URNA_MORE ? URNA_END : status;
}

urna_status urna_crew_tally(const urna_crew *crew, const urna_tally_plan *plan,
                            urna_tape *tape, urna_stretch *stretch,
                            urna_tally *tally, urna_error *error) {
  urna_tally_plan own = *plan;
  size_t size = tape->is_seekable ? tape->size : SIZE_MAX;
  stretch->to = least(stretch->to, size);
  stretch->from = least(stretch->from, size);
  if (stretch->from > stretch->to) stretch->to = stretch->from; /* nothing */
  urna_status status = URNA_MORE;
  *tally = (urna_tally){.text = NULL};
  if (tape->is_seekable) {
    status = in_chunks(crew, &own, tape, stretch, tally, error);
    own.is_flat |= status == URNA_TIE;
    if (status == URNA_TIE) {
      urna_tally_free(tally);
      status = in_chunks(crew, &own, tape, stretch, tally, error);
    }
  }
  if (status != URNA_MORE) return status;
  urna_tally_free(tally);
  return in_order(crew, &own, tape, stretch, tally, error);
}

/* ---- looking for places ---- */

/* Whether a byte is inside quotes, from block to block. */
typedef struct quotes {
  bool is_inside;
  bool found;
  size_t at;
} quotes;

/* Quotes up to 'until' only change what follows; from there the first end of
** line outside of them is looked for. */
static void look_for_end(quotes *self, const char *bytes, size_t size,
                         size_t base, size_t until) {
  size_t before = until > base + 1 ? least(until - base - 1, size) : 0;
  self->is_inside ^= urna_occur_count(bytes, before, '"') & 1;
  self->at = base + before;
  for (size_t i = before; i < size && !self->found; i++) {
    self->is_inside ^= bytes[i] == '"';
    self->found = bytes[i] == '\n' && !self->is_inside;
    self->at = base + i + 1;
  }
}

urna_status urna_crew_align(const urna_tape *tape, size_t first, size_t at,
                            size_t *found, urna_error *error) {
  quotes look = {.at = first, .found = at <= first};
  size_t got = 1;
  char *bytes = malloc(BLOCK);
  urna_status status = bytes ? URNA_OK : URNA_NO_MEMORY;
  while (status == URNA_OK && got > 0 && !look.found) {
    size_t base = look.at;
    status = urna_tape_read_at(tape, base, bytes, BLOCK, &got, error);
    if (status == URNA_OK) look_for_end(&look, bytes, got, base, at);
  }
  free(bytes);
  *found = look.at;
  return status;
}

/* The window is moved over the tape from its beginning to each note. */
urna_status urna_crew_lines(const urna_tape *tape, urna_notes *notes,
                            size_t source, urna_error *error) {
  urna_window window;
  size_t lines = 1;
  urna_status status = URNA_OK;
  urna_window_init(&window, tape, NULL, 0);
  for (size_t i = 0; i < notes->kept && status == URNA_OK; i++) {
    urna_note *note = &notes->items[i];
    if (note->source != source || note->line > 0) continue;
    while (status == URNA_OK && window.base + window.size < note->offset) {
      lines += lines_in(&window, window.size);
      status = urna_window_fill(&window, window.size, BLOCK, error);
    }
    note->line = lines + lines_in(&window, note->offset - window.base);
  }
  urna_window_free(&window);
  return status;
}
