/* see ballots.h */
#include "core/ballots.h"

#include <stdlib.h>
#include <string.h>

void urna_ballots_init(urna_ballots *ballots, uint64_t seed) {
  memset(ballots, 0, sizeof *ballots);
  ballots->most = INT64_MAX;
  urna_names_init(&ballots->candidates, 0, seed);
}

void urna_ballots_free(urna_ballots *ballots) {
  free(ballots->marks);
  free(ballots->starts);
  free(ballots->weights);
  free(ballots->kinds);
  urna_names_free(&ballots->candidates);
  memset(ballots, 0, sizeof *ballots);
}

void urna_ballots_clear(urna_ballots *ballots) {
  uint64_t seed = ballots->candidates.seed;
  urna_count most = ballots->most;
  urna_ballots_free(ballots);
  urna_ballots_init(ballots, seed);
  ballots->most = most;
}

/* ---- candidates ---- */

static bool room_for_kind(urna_ballots *ballots, uint32_t number) {
  if (number < ballots->kind_room) return true;
  uint32_t room = ballots->kind_room ? ballots->kind_room : 64;
  while (room <= number) room *= 2;
  unsigned char *kinds = realloc(ballots->kinds, room);
  if (!kinds) return false;
  memset(kinds + ballots->kind_room, URNA_STANDING, room - ballots->kind_room);
  ballots->kinds = kinds;
  ballots->kind_room = room;
  return true;
}

urna_status urna_ballots_candidate(urna_ballots *ballots, const char *name,
                                   size_t length, uint32_t *number) {
  uint32_t found;
  urna_status status = urna_names_add(
      &ballots->candidates, (const unsigned char *)name, length, &found);
  if (status != URNA_OK) return status;
  if (found >= URNA_CANDIDATES_MAX) return URNA_OVERFLOW;
  if (!room_for_kind(ballots, found)) return URNA_NO_MEMORY;
  *number = found;
  return URNA_OK;
}

void urna_ballots_set_kind(urna_ballots *ballots, uint32_t number,
                           urna_candidate_kind kind) {
  ballots->kinds[number] = (unsigned char)kind;
}

/* ---- ballots ---- */

static urna_status room_for_marks(urna_ballots *ballots, size_t marks) {
  if (marks > UINT32_MAX - ballots->mark_count) return URNA_OVERFLOW;
  size_t wanted = ballots->mark_count + marks;
  if (wanted <= ballots->mark_room) return URNA_OK;
  if (wanted < ballots->mark_room + ballots->mark_room / 2)
    wanted = ballots->mark_room + ballots->mark_room / 2;
  uint16_t *grown = realloc(ballots->marks, wanted * sizeof *grown);
  if (!grown) return URNA_NO_MEMORY;
  ballots->marks = grown;
  ballots->mark_room = wanted;
  return URNA_OK;
}

static urna_status room_for_ballots(urna_ballots *ballots, size_t more) {
  if (more > UINT32_MAX - ballots->count) return URNA_OVERFLOW;
  size_t wanted = ballots->count + more;
  if (wanted <= ballots->room) return URNA_OK;
  if (wanted < ballots->room + ballots->room / 2)
    wanted = ballots->room + ballots->room / 2;
  uint32_t *starts = realloc(ballots->starts, wanted * sizeof *starts);
  if (!starts) return URNA_NO_MEMORY;
  ballots->starts = starts;
  if (ballots->weights) {
    urna_count *weights = realloc(ballots->weights, wanted * sizeof *weights);
    if (!weights) return URNA_NO_MEMORY;
    ballots->weights = weights;
    for (size_t i = ballots->count; i < wanted; i++) weights[i] = 1;
  }
  ballots->room = wanted;
  return URNA_OK;
}

urna_status urna_ballots_reserve(urna_ballots *ballots, size_t more,
                                 size_t marks) {
  urna_status status = room_for_marks(ballots, marks);
  return status == URNA_OK ? room_for_ballots(ballots, more) : status;
}

/* From the first ballot on that is not of one paper, all have a weight. */
static urna_status begin_weights(urna_ballots *ballots) {
  if (ballots->weights) return URNA_OK;
  ballots->weights = malloc((ballots->room + 1) * sizeof *ballots->weights);
  if (!ballots->weights) return URNA_NO_MEMORY;
  for (size_t i = 0; i < ballots->room; i++) ballots->weights[i] = 1;
  return URNA_OK;
}

urna_status urna_ballots_add(urna_ballots *ballots, const uint16_t *marks,
                             size_t count, urna_count weight) {
  if (!urna_ballots_may_take(ballots, weight)) return URNA_OVERFLOW;
  urna_status status = urna_ballots_reserve(ballots, 1, count + 1);
  if (status == URNA_OK && weight != 1) status = begin_weights(ballots);
  if (status != URNA_OK) return status;
  urna_count papers = ballots->papers + weight;
  uint16_t *at = ballots->marks + ballots->mark_count;
  if (count > 0) memcpy(at, marks, count * sizeof *at);
  at[count] = URNA_MARK_END;
  if (ballots->weights) ballots->weights[ballots->count] = weight;
  urna_ballots_note(ballots, count + 1);
  ballots->papers = papers;
  return URNA_OK;
}

/* ---- two stores as one ---- */

static urna_status translate(urna_ballots *ballots, const urna_ballots *other,
                             uint16_t *numbers) {
  const urna_names *theirs = &other->candidates;
  for (uint32_t i = 0; i < theirs->name_count; i++) {
    const urna_name *name = &theirs->names[i];
    uint32_t number;
    urna_status status = urna_ballots_candidate(
        ballots, (const char *)theirs->text + name->offset, name->length,
        &number);
    if (status != URNA_OK) return status;
    if (other->kinds[i] != URNA_STANDING)
      ballots->kinds[number] = other->kinds[i];
    numbers[i] = (uint16_t)number;
  }
  return URNA_OK;
}

static void copy_marks(uint16_t *to, const uint16_t *from, size_t count,
                       const uint16_t *numbers) {
  for (size_t i = 0; i < count; i++)
    to[i] = from[i] < URNA_CANDIDATES_MAX ? numbers[from[i]] : from[i];
}

urna_status urna_ballots_append(urna_ballots *ballots,
                                const urna_ballots *other) {
  if (!urna_ballots_may_take(ballots, other->papers)) return URNA_OVERFLOW;
  size_t names = other->candidates.name_count;
  uint16_t *numbers = malloc((names + 1) * sizeof *numbers);
  urna_status status = numbers ? URNA_OK : URNA_NO_MEMORY;
  if (status == URNA_OK)
    status = urna_ballots_reserve(ballots, other->count, other->mark_count);
  if (status == URNA_OK && other->weights) status = begin_weights(ballots);
  if (status == URNA_OK) status = translate(ballots, other, numbers);
  if (status == URNA_OK) {
    copy_marks(ballots->marks + ballots->mark_count, other->marks,
               other->mark_count, numbers);
    for (size_t i = 0; i < other->count; i++) {
      ballots->starts[ballots->count + i] =
          other->starts[i] + (uint32_t)ballots->mark_count;
      if (ballots->weights)
        ballots->weights[ballots->count + i] = urna_ballots_weight(other, i);
    }
    ballots->mark_count += other->mark_count;
    ballots->count += other->count;
    ballots->papers += other->papers;
  }
  free(numbers);
  return status;
}

/* ---- what stands first ---- */

void urna_ballots_firsts(const urna_ballots *ballots, urna_firsts *firsts) {
  size_t names = ballots->candidates.name_count;
  memset(firsts->of, 0, names * sizeof *firsts->of);
  if (firsts->ballots) memset(firsts->ballots, 0, names * sizeof *firsts->of);
  firsts->skipped = firsts->overvoted = firsts->empty = 0;
  for (size_t i = 0; i < ballots->count; i++) {
    uint16_t mark = ballots->marks[ballots->starts[i]];
    urna_count weight = urna_ballots_weight(ballots, i);
    if (mark < URNA_CANDIDATES_MAX) {
      firsts->of[mark] += weight;
      if (firsts->ballots) firsts->ballots[mark]++;
    } else if (mark == URNA_MARK_SKIP) {
      firsts->skipped += weight;
    } else if (mark == URNA_MARK_END) {
      firsts->empty += weight;
    } else {
      firsts->overvoted += weight;
    }
  }
}
