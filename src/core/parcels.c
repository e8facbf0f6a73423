/* see parcels.h */
#include "core/parcels.h"

#include <stdlib.h>
#include <string.h>

#define NOBODY URNA_MARK_END
#define MARKS  0x10000u

/* Entries of several parcels, released with the last of them. */
typedef struct urna_parcel_room {
  size_t users;
  uint32_t *at;       /* where the reading of each goes on */
  urna_count *papers; /* how many each is; NULL where ballots have no weights */
  bool is_borrowed;   /* 'at' and 'papers' are the ballots' own */
} urna_parcel_room;

/* ---- rooms ---- */

static urna_parcel_room *new_room(size_t entries, bool has_papers) {
  urna_parcel_room *room = calloc(1, sizeof *room);
  if (!room) return NULL;
  room->at = malloc((entries + 1) * sizeof *room->at);
  if (has_papers) room->papers = malloc((entries + 1) * sizeof *room->papers);
  if (room->at && (room->papers || !has_papers)) return room;
  free(room->at);
  free(room->papers);
  free(room);
  return NULL;
}

static void leave_room(urna_parcel_room *room) {
  if (--room->users > 0) return;
  if (!room->is_borrowed) {
    free(room->at);
    free(room->papers);
  }
  free(room);
}

/* ---- parcels by number ---- */

/* Room for 'more' new parcels, so that none of them can fail. */
static urna_status reserve(urna_parcels *self, uint32_t more) {
  if (self->room - self->count >= more) return URNA_OK;
  uint32_t room = self->room + self->room / 2 + more;
  urna_parcel *grown = realloc(self->parcels, room * sizeof *grown);
  if (!grown) return URNA_NO_MEMORY;
  self->parcels = grown;
  self->room = room;
  return URNA_OK;
}

/* A number for a parcel in 'room'; there is room for it. */
static uint32_t take_number(urna_parcels *self, urna_parcel parcel) {
  uint32_t number = self->free;
  if (number != URNA_NO_PARCEL)
    self->free = self->parcels[number].next;
  else
    number = self->count++;
  parcel.room->users++;
  parcel.last = number;
  self->parcels[number] = parcel;
  return number;
}

static void release(urna_parcels *self, uint32_t number) {
  while (number != URNA_NO_PARCEL) {
    urna_parcel *parcel = &self->parcels[number];
    uint32_t next = parcel->next;
    leave_room(parcel->room);
    *parcel = (urna_parcel){.next = self->free};
    self->free = number;
    number = next;
  }
}

bool urna_parcels_has(const urna_parcels *parcels, uint32_t parcel) {
  return parcel != URNA_NO_PARCEL && parcel < parcels->count
         && parcels->parcels[parcel].room != NULL;
}

/* ---- life ---- */

urna_status urna_parcels_init(urna_parcels *parcels,
                              const urna_ballots *ballots,
                              const urna_reading *reading) {
  *parcels = (urna_parcels){.ballots = ballots, .reading = *reading};
  parcels->stops = malloc(MARKS);
  if (!parcels->stops) return URNA_NO_MEMORY;
  memset(parcels->stops, 1, MARKS);
  for (uint32_t i = 0; i < ballots->candidates.name_count; i++)
    urna_parcels_stand(parcels, i, ballots->kinds[i] != URNA_WITHDRAWN);
  if (reserve(parcels, 1) != URNA_OK) {
    urna_parcels_free(parcels);
    return URNA_NO_MEMORY;
  }
  parcels->parcels[parcels->count++] = (urna_parcel){.next = 0}; /* none */
  return URNA_OK;
}

void urna_parcels_free(urna_parcels *parcels) {
  for (uint32_t i = 1; i < parcels->count; i++)
    if (parcels->parcels[i].room) leave_room(parcels->parcels[i].room);
  free(parcels->stops);
  free(parcels->parcels);
  free(parcels->next_at);
  free(parcels->next_to);
  memset(parcels, 0, sizeof *parcels);
}

void urna_parcels_stand(urna_parcels *parcels, uint32_t candidate,
                        bool stands) {
  parcels->stops[candidate] = stands;
}

urna_status urna_parcels_all(urna_parcels *parcels, uint32_t *made) {
  const urna_ballots *ballots = parcels->ballots;
  if (reserve(parcels, 1) != URNA_OK) return URNA_NO_MEMORY;
  urna_parcel_room *room = calloc(1, sizeof *room);
  if (!room) return URNA_NO_MEMORY;
  room->at = ballots->starts;
  room->papers = ballots->weights;
  room->is_borrowed = true;
  *made = take_number(parcels, (urna_parcel){.room = room,
                                             .count = ballots->count,
                                             .papers = ballots->papers});
  return URNA_OK;
}

void urna_parcels_join(urna_parcels *parcels, uint32_t parcel, uint32_t more) {
  urna_parcel *head = &parcels->parcels[parcel];
  urna_parcel *tail = &parcels->parcels[more];
  parcels->parcels[head->last].next = more;
  head->last = tail->last;
  head->papers += tail->papers;
}

/* ---- reading a paper ---- */

/* The first mark of the paper that 'at' is in. */
static const uint16_t *start_of(const urna_ballots *ballots,
                                const uint16_t *at) {
  while (at > ballots->marks && at[-1] != URNA_MARK_END) at--;
  return at;
}

/* The ranks that stand before 'at'. */
static uint32_t ranks_before(const urna_ballots *ballots, const uint16_t *at) {
  uint32_t ranks = 0;
  for (const uint16_t *mark = start_of(ballots, at); mark < at; mark++) {
    ranks++;
    if (*mark == URNA_MARK_OPEN)
      while (*mark != URNA_MARK_CLOSE) mark++;
  }
  return ranks;
}

static bool is_named_before(const urna_ballots *ballots, const uint16_t *at) {
  for (const uint16_t *mark = start_of(ballots, at); mark < at; mark++)
    if (*mark == *at) return true;
  return false;
}

/* The one candidate of an overvote who stands; NOBODY for none, else CLOSE.
** '*mark' is moved to its end. */
static uint16_t only_standing(const urna_parcels *self, const uint16_t **mark) {
  uint16_t found = NOBODY;
  if (**mark == URNA_MARK_OVERVOTE) return URNA_MARK_CLOSE;
  while (*++*mark != URNA_MARK_CLOSE) {
    if (!self->stops[**mark] || **mark == found) continue;
    found = found == NOBODY ? **mark : URNA_MARK_CLOSE;
  }
  return found;
}

/* An overvoted rank: the candidate it counts for, NOBODY if it exhausts the
** paper, OPEN if the reading goes on behind it. */
static uint16_t read_overvote(const urna_parcels *self, const uint16_t **mark) {
  if (self->reading.overvote == URNA_OVERVOTE_EXHAUSTS) return NOBODY;
  uint16_t sole = only_standing(self, mark);
  if (self->reading.overvote == URNA_OVERVOTE_SKIPS) return URNA_MARK_OPEN;
  if (sole == URNA_MARK_CLOSE) return NOBODY;
  return sole == NOBODY ? URNA_MARK_OPEN : sole;
}

/*
** The next candidate of a paper who stands, or NOBODY; '*at' is behind its
** mark. The law's conditions are asked rank by rank.
*/
static uint16_t read_closely(const urna_parcels *self, uint32_t *at) {
  const urna_reading *reading = &self->reading;
  const urna_ballots *ballots = self->ballots;
  const uint16_t *mark = ballots->marks + *at;
  uint32_t skipped = 0, rank = 0;
  if (reading->choices > 0) rank = ranks_before(ballots, mark);
  for (;; mark++) {
    uint16_t found = *mark;
    if (found == URNA_MARK_END) return NOBODY;
    if (reading->choices > 0 && ++rank > reading->choices) return NOBODY;
    if (found == URNA_MARK_SKIP) {
      if (++skipped == reading->skips_exhaust) return NOBODY;
      continue;
    }
    skipped = 0;
    if (found == URNA_MARK_OPEN || found == URNA_MARK_OVERVOTE) {
      found = read_overvote(self, &mark);
      if (found == URNA_MARK_OPEN) continue;
      if (found == NOBODY) return NOBODY;
    } else if (reading->repetition_exhausts && is_named_before(ballots, mark)) {
      return NOBODY;
    }
    if (!self->stops[found]) continue;
    *at = (uint32_t)(mark + 1 - ballots->marks);
    return found;
  }
}

/* As above where only candidates' marks stand before the next one: most. */
static inline uint16_t read_next(const urna_parcels *self, bool is_plain,
                                 uint32_t *at) {
  const uint16_t *marks = self->ballots->marks;
  uint32_t i = *at;
  if (!is_plain) return read_closely(self, at);
  while (!self->stops[marks[i]]) i++;
  if (marks[i] >= URNA_CANDIDATES_MAX) {
    *at = i;
    return read_closely(self, at);
  }
  *at = i + 1;
  return marks[i];
}

/* ---- sorting ---- */

#define AHEAD 16 /* papers whose marks are asked for before they are read */

static urna_status reserve_scratch(urna_parcels *self, size_t entries) {
  if (entries <= self->scratch_room) return URNA_OK;
  free(self->next_at);
  free(self->next_to);
  self->next_at = malloc(entries * sizeof *self->next_at);
  self->next_to = malloc(entries * sizeof *self->next_to);
  self->scratch_room = self->next_at && self->next_to ? entries : 0;
  return self->scratch_room > 0 ? URNA_OK : URNA_NO_MEMORY;
}

/* Counts by candidate, the exhausted as the number behind the last. */
typedef struct counts {
  size_t *entries;
  urna_count *papers;
  uint32_t nobody;
} counts;

/*
** Read one parcel's papers into the scratch from 'from' on. Called with
** constants for 'each' where they are none and for 'is_plain', of which
** compilers make loops of their own.
*/
static inline void read_entries(urna_parcels *self, const urna_parcel *parcel,
                                const urna_count *each, bool is_plain,
                                size_t from, const counts *found) {
  const uint32_t *at = parcel->room->at + parcel->first;
  const uint16_t *marks = self->ballots->marks;
  uint32_t *next_at = self->next_at + from;
  uint16_t *next_to = self->next_to + from;
  size_t count = parcel->count;
  for (size_t i = 0; i < count; i++) {
#if defined(__GNUC__)
    if (i + AHEAD < count) __builtin_prefetch(marks + at[i + AHEAD]);
#endif
    uint32_t place = at[i];
    uint16_t to = read_next(self, is_plain, &place);
    next_at[i] = place;
    next_to[i] = to;
    uint32_t number = to == NOBODY ? found->nobody : to;
    found->entries[number]++;
    if (each) found->papers[number] += each[parcel->first + i];
  }
}

static void read_parcel(urna_parcels *self, const urna_parcel *parcel,
                        size_t from, const counts *found) {
  const urna_count *each = parcel->room->papers;
  bool is_plain =
      self->reading.choices == 0 && !self->reading.repetition_exhausts;
  if (!is_plain)
    read_entries(self, parcel, each, false, from, found);
  else if (each)
    read_entries(self, parcel, each, true, from, found);
  else
    read_entries(self, parcel, NULL, true, from, found);
}

/* Copy what was read of one parcel to where it now belongs; 'places' says
** where the next of each candidate goes. */
static void deal_parcel(const urna_parcels *self, const urna_parcel *parcel,
                        size_t from, urna_parcel_room *room, size_t *places) {
  const urna_count *each = parcel->room->papers;
  const uint32_t *next_at = self->next_at + from;
  const uint16_t *next_to = self->next_to + from;
  for (size_t i = 0; i < parcel->count; i++) {
    if (next_to[i] == NOBODY) continue;
    size_t place = places[next_to[i]]++;
    room->at[place] = next_at[i];
    if (room->papers) room->papers[place] = each ? each[parcel->first + i] : 1;
  }
}

/* What is sorted at once: the parcels, also those that are joined to them. */
typedef struct load {
  uint32_t *numbers;
  size_t count, entries;
} load;

static size_t parcels_in(const urna_parcels *self, const uint32_t *piles,
                         size_t count) {
  size_t sum = 0;
  for (size_t i = 0; i < count; i++)
    for (uint32_t n = piles[i]; n != URNA_NO_PARCEL; n = self->parcels[n].next)
      sum++;
  return sum;
}

/* 'numbers' is to be freed; NULL: no memory. */
static load load_of(const urna_parcels *self, const uint32_t *piles,
                    size_t count) {
  size_t room = parcels_in(self, piles, count) + 1;
  load all = {.numbers = malloc(room * sizeof *all.numbers)};
  for (size_t i = 0; i < count && all.numbers; i++) {
    for (uint32_t n = piles[i]; n != URNA_NO_PARCEL;
         n = self->parcels[n].next) {
      all.numbers[all.count++] = n;
      all.entries += self->parcels[n].count;
    }
  }
  return all;
}

static void read_load(urna_parcels *self, const load *all,
                      const counts *found) {
  size_t from = 0;
  for (size_t i = 0; i < all->count; i++) {
    const urna_parcel *parcel = &self->parcels[all->numbers[i]];
    read_parcel(self, parcel, from, found);
    from += parcel->count;
  }
  if (self->ballots->weights) return; /* else each entry is one paper */
  for (uint32_t c = 0; c <= found->nobody; c++)
    found->papers[c] = (urna_count)found->entries[c];
}

static void deal_load(const urna_parcels *self, const load *all,
                      urna_parcel_room *room, size_t *places) {
  size_t from = 0;
  for (size_t i = 0; i < all->count; i++) {
    const urna_parcel *parcel = &self->parcels[all->numbers[i]];
    deal_parcel(self, parcel, from, room, places);
    from += parcel->count;
  }
}

/* A parcel for each candidate with entries, one behind the other in 'room';
** 'entries' becomes where the first of each is. */
static void make_parcels(urna_parcels *self, urna_parcel_room *room,
                         uint32_t candidates, size_t *entries,
                         const urna_sorted *sorted) {
  size_t first = 0;
  for (uint32_t c = 0; c < candidates; c++) {
    size_t count = entries[c];
    entries[c] = first;
    sorted->parcels[c] = URNA_NO_PARCEL;
    if (count == 0) continue;
    sorted->parcels[c] =
        take_number(self, (urna_parcel){.room = room,
                                        .first = first,
                                        .count = count,
                                        .papers = sorted->papers[c]});
    first += count;
  }
  sorted->parcels[candidates] = URNA_NO_PARCEL;
}

urna_status urna_parcels_sort(urna_parcels *parcels, const uint32_t *numbers,
                              size_t count, const urna_sorted *sorted) {
  uint32_t candidates = parcels->ballots->candidates.name_count;
  urna_status status = URNA_NO_MEMORY;
  urna_parcel_room *room = NULL;
  load all = load_of(parcels, numbers, count);
  size_t *entries = calloc(candidates + 1, sizeof *entries);
  if (!all.numbers || !entries
      || reserve_scratch(parcels, all.entries + 1) != URNA_OK
      || reserve(parcels, candidates) != URNA_OK)
    goto done;
  memset(sorted->papers, 0, (candidates + 1) * sizeof *sorted->papers);
  read_load(parcels, &all, &(counts){entries, sorted->papers, candidates});
  room = new_room(all.entries - entries[candidates],
                  parcels->ballots->weights != NULL);
  if (!room) goto done;
  room->users = 1; /* until all parcels are made */
  make_parcels(parcels, room, candidates, entries, sorted);
  deal_load(parcels, &all, room, entries);
  for (size_t i = 0; i < count; i++) release(parcels, numbers[i]);
  leave_room(room);
  status = URNA_OK;
done:
  free(entries);
  free(all.numbers);
  return status;
}

/* ---- splitting ---- */

static inline urna_count papers_at(const urna_parcel *parcel, size_t i) {
  const urna_count *each = parcel->room->papers;
  return each ? each[parcel->first + i] : 1;
}

/* How many entries from the end hold 'papers' papers; '*over' are those that
** the first of them has too many. */
static size_t entries_from_end(const urna_parcel *parcel, urna_count papers,
                               urna_count *over) {
  size_t entries = 0;
  urna_count held = 0;
  do {
    entries++;
    held += papers_at(parcel, parcel->count - entries);
  } while (held < papers);
  *over = held - papers;
  return entries;
}

urna_status urna_parcels_split(urna_parcels *parcels, uint32_t parcel,
                               urna_count papers, uint32_t *made) {
  if (reserve(parcels, 1) != URNA_OK) return URNA_NO_MEMORY;
  urna_parcel *rest = &parcels->parcels[parcel];
  if (rest->room->is_borrowed || rest->next != URNA_NO_PARCEL)
    return URNA_BAD_CALL;
  urna_count over;
  size_t entries = entries_from_end(rest, papers, &over);
  urna_parcel_room *room = new_room(entries, rest->room->papers != NULL);
  if (!room) return URNA_NO_MEMORY;
  size_t from = rest->count - entries;
  memcpy(room->at, rest->room->at + rest->first + from,
         entries * sizeof *room->at);
  if (room->papers) {
    memcpy(room->papers, rest->room->papers + rest->first + from,
           entries * sizeof *room->papers);
    room->papers[0] = rest->room->papers[rest->first + from] - over;
    if (over > 0) rest->room->papers[rest->first + from] = over;
  }
  rest->count = from + (over > 0);
  rest->papers -= papers;
  *made = take_number(
      parcels, (urna_parcel){.room = room, .count = entries, .papers = papers});
  return URNA_OK;
}
