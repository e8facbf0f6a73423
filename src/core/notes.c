/* see notes.h */
#include "core/notes.h"

#include <stdlib.h>
#include <string.h>

void urna_notes_init(urna_notes *notes, size_t limit) {
  memset(notes, 0, sizeof *notes);
  notes->limit = limit;
}

void urna_notes_free(urna_notes *notes) {
  for (size_t i = 0; i < notes->kept; i++) free(notes->items[i].key);
  free(notes->items);
  urna_notes_init(notes, notes->limit);
}

static int by_place(const void *a, const void *b) {
  const urna_note *x = a, *y = b;
  if (x->source != y->source) return x->source < y->source ? -1 : 1;
  return (x->offset > y->offset) - (x->offset < y->offset);
}

void urna_notes_sort(urna_notes *notes) {
  if (!notes->items) return;
  if (notes->kept > 1)
    qsort(notes->items, notes->kept, sizeof *notes->items, by_place);
  for (; notes->kept > notes->limit; notes->kept--)
    free(notes->items[notes->kept - 1].key);
}

/* Twice the limit is kept before it is cut back, for notes come from several
** places in turn, and a later one may stand before those that are kept. */
static urna_note *room_for_one(urna_notes *notes) {
  if (notes->limit == 0) return NULL;
  if (notes->kept >= 2 * notes->limit) urna_notes_sort(notes);
  if (notes->kept == notes->room) {
    size_t room = notes->room ? notes->room * 2 : 16;
    urna_note *items = realloc(notes->items, room * sizeof *items);
    if (!items) return NULL;
    notes->items = items;
    notes->room = room;
  }
  return &notes->items[notes->kept++];
}

urna_note *urna_notes_add(urna_notes *notes, size_t source, size_t offset) {
  notes->count++;
  urna_note *note = room_for_one(notes);
  if (!note) return NULL;
  memset(note, 0, sizeof *note);
  note->source = source;
  note->offset = offset;
  return note;
}

void urna_notes_merge(urna_notes *notes, urna_notes *other) {
  for (size_t i = 0; i < other->kept; i++) {
    urna_note *note = room_for_one(notes);
    if (note)
      *note = other->items[i];
    else
      free(other->items[i].key);
  }
  notes->count += other->count;
  other->kept = other->count = 0;
}
