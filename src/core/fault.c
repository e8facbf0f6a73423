/* See fault.h. */
#include "core/fault.h"

#include <stdlib.h>
#include <string.h>

void urna_faults_init(urna_faults *faults, size_t limit) {
  memset(faults, 0, sizeof *faults);
  faults->limit = limit;
  urna_arena_init(&faults->arena);
}

void urna_faults_free(urna_faults *faults) {
  free(faults->items);
  urna_arena_free(&faults->arena);
  urna_faults_init(faults, faults->limit);
}

int urna_faults_has_room(const urna_faults *faults) {
  return faults->kept < faults->limit;
}

static urna_status grow(urna_faults *faults) {
  size_t room = faults->room ? faults->room * 2 : 8;
  if (room > SIZE_MAX / sizeof *faults->items) return URNA_NO_MEMORY;
  urna_fault *items = realloc(faults->items, room * sizeof *items);
  if (!items) return URNA_NO_MEMORY;
  faults->items = items;
  faults->room = room;
  return URNA_OK;
}

urna_status urna_faults_add(urna_faults *faults, const urna_fault *fault) {
  if (urna_faults_has_room(faults)) {
    if (faults->kept == faults->room && grow(faults) != URNA_OK)
      return URNA_NO_MEMORY;
    faults->items[faults->kept++] = *fault;
  }
  faults->count++;
  return URNA_OK;
}
