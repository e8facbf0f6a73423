/* see groups.h */
#include "core/groups.h"

#include <stdlib.h>
#include <string.h>

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
  } else {
    free(ranks);
    ranks = NULL;
  }
  free(list);
  return ranks;
}

static int by_ranks(const void *a, const void *b) {
  const urna_group *x = a, *y = b;
  for (int i = 0; i < URNA_KEYS_MAX; i++)
    if (x->ranks[i] != y->ranks[i]) return x->ranks[i] < y->ranks[i] ? -1 : 1;
  return 0;
}

typedef struct collection {
  urna_groups *groups;
  uint32_t *ranks[URNA_KEYS_MAX];
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
  memset(group, 0, sizeof *group);
  group->cell = cell;
  group->missing = missing;
  for (uint32_t key = 0; key < all->groups->tally->key_count; key++) {
    group->names[key] = names[key];
    if (names[key] != URNA_NO_NAME)
      group->ranks[key] = all->ranks[key][names[key]];
  }
}

urna_status urna_groups_init(urna_groups *groups, const urna_tally *tally) {
  *groups = (urna_groups){.tally = tally};
  collection all = {.groups = groups, .status = URNA_OK};
  for (uint32_t key = 0; key < tally->key_count; key++) {
    all.ranks[key] = rank(&tally->names[key]);
    if (!all.ranks[key]) all.status = URNA_NO_MEMORY;
  }
  if (all.status == URNA_OK) urna_tally_each(tally, collect, &all);
  for (uint32_t key = 0; key < tally->key_count; key++) free(all.ranks[key]);
  if (groups->count > 1)
    qsort(groups->items, groups->count, sizeof *groups->items, by_ranks);
  return all.status;
}

void urna_groups_free(urna_groups *groups) {
  free(groups->items);
  *groups = (urna_groups){.tally = NULL};
}
