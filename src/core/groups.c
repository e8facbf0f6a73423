/* see groups.h */
#include "core/groups.h"

#include <stdlib.h>
#include <string.h>

#define DIGIT_BITS 11
#define DIGITS     ((size_t)1 << DIGIT_BITS)

/* ---- names in order ---- */

/* A name to be put in order; qsort takes no context, so it carries its own. */
typedef struct sortable {
  const unsigned char *text;
  size_t length;
  uint32_t number;
} sortable;

static int by_text(const void *a, const void *b) {
  const sortable *x = a, *y = b;
  size_t least = x->length < y->length ? x->length : y->length;
  int order = memcmp(x->text, y->text, least);
  if (order != 0) return order;
  return (x->length > y->length) - (x->length < y->length);
}

/* The place of each name in bytewise order. */
static uint32_t *rank(const urna_names *names) {
  uint32_t count = names->name_count;
  sortable *list = calloc(count + 1, sizeof *list);
  uint32_t *ranks = calloc(count + 1, sizeof *ranks);
  for (uint32_t i = 0; list && ranks && i < count; i++) {
    const urna_name *name = &names->names[i];
    list[i] = (sortable){names->text + name->offset, name->length, i};
  }
  if (list && ranks) {
    qsort(list, count, sizeof *list, by_text);
    for (uint32_t i = 0; i < count; i++) ranks[list[i].number] = i;
    free(list);
    return ranks;
  }
  free(list);
  free(ranks);
  return NULL;
}

/* ---- groups ---- */

typedef struct collection {
  urna_groups *groups;
  uint32_t *ranks[URNA_KEYS_MAX];
  uint64_t weights[URNA_KEYS_MAX]; /* of a rank in a group's order */
  urna_status status;
} collection;

static urna_group *add(urna_groups *groups) {
  if (groups->count == groups->room) {
    size_t room = groups->room ? groups->room * 2 : 64;
    urna_group *items = realloc(groups->items, room * sizeof *items);
    if (!items) return NULL;
    groups->items = items;
    groups->room = room;
  }
  return &groups->items[groups->count++];
}

static void collect(void *context, const uint32_t *names,
                    const urna_count *cell, const urna_count *missing) {
  collection *all = context;
  if (all->status != URNA_OK) return;
  urna_group *group = add(all->groups);
  if (!group) {
    all->status = URNA_NO_MEMORY;
    return;
  }
  *group = (urna_group){.cell = cell, .missing = missing};
  for (uint32_t i = 0; i < all->groups->by_count; i++) {
    uint32_t name = names[all->groups->by[i]];
    group->names[i] = name;
    group->order += all->ranks[i][name] * all->weights[i];
  }
}

/* The last key counts ones, the one before it as many as that has names. */
static urna_status weigh(collection *all) {
  uint64_t weight = 1;
  for (uint32_t i = all->groups->by_count; i-- > 0;) {
    const urna_names *names = &all->groups->tally->names[all->groups->by[i]];
    all->weights[i] = weight;
    if (__builtin_mul_overflow(weight, (uint64_t)names->name_count + 1,
                               &weight))
      return URNA_OVERFLOW;
    all->ranks[i] = rank(names);
    if (!all->ranks[i]) return URNA_NO_MEMORY;
  }
  return URNA_OK;
}

/* ---- in order, digit by digit, the last digit first ---- */

static void sort_by_digit(const urna_group *from, urna_group *to, size_t count,
                          int shift) {
  size_t starts[DIGITS + 1] = {0};
  for (size_t i = 0; i < count; i++)
    starts[(from[i].order >> shift & (DIGITS - 1)) + 1]++;
  for (size_t d = 0; d < DIGITS; d++) starts[d + 1] += starts[d];
  for (size_t i = 0; i < count; i++)
    to[starts[from[i].order >> shift & (DIGITS - 1)]++] = from[i];
}

static urna_status sort(urna_groups *groups) {
  uint64_t most = 0;
  for (size_t i = 0; i < groups->count; i++)
    if (groups->items[i].order > most) most = groups->items[i].order;
  urna_group *other = malloc((groups->count + 1) * sizeof *other);
  if (!other) return URNA_NO_MEMORY;
  for (int shift = 0; shift < 64 && most >> shift != 0; shift += DIGIT_BITS) {
    sort_by_digit(groups->items, other, groups->count, shift);
    urna_group *sorted = other;
    other = groups->items;
    groups->items = sorted;
  }
  free(other);
  return URNA_OK;
}

urna_status urna_groups_init(urna_groups *groups, const urna_tally *tally,
                             const uint32_t *by, uint32_t by_count) {
  *groups = (urna_groups){.tally = tally, .by_count = by_count};
  memcpy(groups->by, by, by_count * sizeof *by);
  collection all = {.groups = groups};
  all.status = weigh(&all);
  if (all.status == URNA_OK) urna_tally_each(tally, collect, &all);
  for (int i = 0; i < URNA_KEYS_MAX; i++) free(all.ranks[i]);
  return all.status == URNA_OK ? sort(groups) : all.status;
}

void urna_groups_free(urna_groups *groups) {
  free(groups->items);
  *groups = (urna_groups){.tally = NULL};
}

void urna_groups_total(const urna_groups *groups, uint32_t sum,
                       char digits[URNA_TOTAL_DIGITS]) {
  __extension__ unsigned __int128 total = 0;
  char reversed[URNA_TOTAL_DIGITS];
  size_t count = 0;
  for (size_t i = 0; i < groups->count; i++)
    total += (uint64_t)groups->items[i].cell[sum];
  do {
    reversed[count++] = (char)('0' + (char)(total % 10));
    total /= 10;
  } while (total > 0);
  for (size_t i = 0; i < count; i++) digits[i] = reversed[count - 1 - i];
  digits[count] = '\0';
}
