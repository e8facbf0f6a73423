/* see continuing.h */
#include "core/continuing.h"

#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

static const uint16_t *mark_of(const urna_continuing *c, uint32_t ballot) {
  return c->ballots->marks + c->at[ballot];
}

/* Does the one at 'mark' of a group continue, and is not named before? */
static bool is_new(const urna_continuing *c, const uint16_t *open,
                   const uint16_t *mark) {
  if (c->is_out[*mark]) return false;
  for (const uint16_t *k = open + 1; k < mark; k++)
    if (*k == *mark) return false;
  return true;
}

/* How many of a group, which begins at OPEN, continue, and who the first of
** them is. */
static size_t size_of(const urna_continuing *c, const uint16_t *open,
                      uint32_t *first) {
  size_t size = 0;
  for (const uint16_t *mark = open + 1; *mark != URNA_MARK_CLOSE; mark++)
    if (is_new(c, open, mark) && size++ == 0) *first = *mark;
  return size;
}

static const uint16_t *behind_group(const uint16_t *mark) {
  while (*mark != URNA_MARK_CLOSE) mark++;
  return mark + 1;
}

/* Whom the ballot is with from where it rests on: one, whose number is
** written, several, or nobody. */
static size_t look(const urna_continuing *c, const uint16_t **at,
                   uint32_t *who) {
  const uint16_t *mark = *at;
  size_t size = 0;
  for (;;) {
    *at = mark;
    if (*mark == URNA_MARK_END) return 0;
    if (*mark == URNA_MARK_OPEN) {
      size = size_of(c, mark, who);
      mark = behind_group(mark);
    } else {
      if (*mark < URNA_CANDIDATES_MAX && !c->is_out[*mark])
        *who = *mark, size = 1;
      mark++;
    }
    if (size > 0) return size;
  }
}

static void lay(urna_continuing *c, uint32_t ballot) {
  const uint16_t *at = mark_of(c, ballot);
  uint32_t who = 0;
  size_t size = look(c, &at, &who);
  urna_count weight = urna_ballots_weight(c->ballots, ballot);
  c->at[ballot] = (uint32_t)(at - c->ballots->marks);
  if (size == 0) {
    c->exhausted += weight;
    return;
  }
  uint32_t *pile = size == 1 ? &c->piles[who] : &c->shared;
  c->next[ballot] = *pile;
  *pile = ballot;
  if (size == 1) c->papers[who] += weight;
}

urna_status urna_continuing_init(urna_continuing *c,
                                 const urna_ballots *ballots,
                                 const unsigned char *is_out) {
  size_t names = ballots->candidates.name_count, count = ballots->count;
  memset(c, 0, sizeof *c);
  c->is_out = malloc(names + 1);
  c->papers = calloc(names + 1, sizeof *c->papers);
  c->piles = malloc((names + 1) * sizeof *c->piles);
  c->next = malloc((count + 1) * sizeof *c->next);
  c->at = malloc((count + 1) * sizeof *c->at);
  if (!c->is_out || !c->papers || !c->piles || !c->next || !c->at) {
    urna_continuing_free(c);
    return URNA_NO_MEMORY;
  }
  c->ballots = ballots;
  c->names = names;
  c->count = count;
  c->shared = NONE;
  memcpy(c->is_out, is_out, names);
  for (size_t i = 0; i < names; i++) c->piles[i] = NONE;
  for (size_t i = 0; i < count; i++) {
    c->at[i] = ballots->starts[i];
    lay(c, (uint32_t)i);
  }
  return URNA_OK;
}

void urna_continuing_free(urna_continuing *c) {
  free(c->is_out);
  free(c->papers);
  free(c->piles);
  free(c->next);
  free(c->at);
  memset(c, 0, sizeof *c);
}

static void lay_pile(urna_continuing *c, uint32_t ballot) {
  while (ballot != NONE) {
    uint32_t next = c->next[ballot];
    lay(c, ballot);
    ballot = next;
  }
}

void urna_continuing_exclude(urna_continuing *c, uint32_t candidate) {
  uint32_t own = c->piles[candidate], shared = c->shared;
  c->is_out[candidate] = 1;
  c->papers[candidate] = 0;
  c->piles[candidate] = c->shared = NONE;
  lay_pile(c, own);
  lay_pile(c, shared);
}

size_t urna_continuing_next_size(const urna_continuing *c, size_t above) {
  size_t least = 0;
  uint32_t who;
  for (uint32_t i = c->shared; i != NONE; i = c->next[i]) {
    size_t size = size_of(c, mark_of(c, i), &who);
    if (size > above && (least == 0 || size < least)) least = size;
  }
  return least;
}

/* A part of one ballot for each of the group who continues, if they are
** 'size'; returns its papers. */
static urna_count share(const urna_continuing *c, uint32_t ballot, size_t size,
                        urna_count *papers) {
  const uint16_t *open = mark_of(c, ballot);
  urna_count weight = urna_ballots_weight(c->ballots, ballot);
  uint32_t who;
  if (size_of(c, open, &who) != size) return 0;
  for (const uint16_t *mark = open + 1; *mark != URNA_MARK_CLOSE; mark++)
    if (is_new(c, open, mark)) papers[*mark] += weight;
  return weight;
}

urna_count urna_continuing_shared(const urna_continuing *c, size_t size,
                                  urna_count *papers) {
  urna_count sum = 0;
  memset(papers, 0, c->names * sizeof *papers);
  for (uint32_t i = c->shared; i != NONE; i = c->next[i])
    sum += share(c, i, size, papers);
  return sum;
}
