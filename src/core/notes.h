/*
** notes.h - places of a text that something has to be said about: all are
** counted, the first few by place are kept, whatever the order they come in.
*/
#ifndef URNA_NOTES_H
#define URNA_NOTES_H

#include "core/status.h"

URNA_BEGIN

typedef struct urna_note {
  size_t offset;    /* of the record */
  size_t line;      /* of the record, from 1; 0: not known yet */
  size_t source;    /* which of several texts, from 0 */
  urna_error error; /* its line counts from the record's */
  urna_count sides[2];
  unsigned char *key; /* owned; fields as core/units.h writes them, or NULL */
  size_t key_length;
} urna_note;

/* Owns its notes. */
typedef struct urna_notes {
  urna_note *items;
  size_t kept, room, limit;
  size_t count; /* all, also those beyond the limit */
} urna_notes;

void urna_notes_init(urna_notes *notes, size_t limit);
void urna_notes_free(urna_notes *notes);

/* Count one, and give a cleared note to be filled in if it may be kept, else
** NULL; also where memory lacks, for the number is right all the same. */
urna_note *urna_notes_add(urna_notes *notes, size_t source, size_t offset);

/* Take over all notes of 'other', which is left empty. */
void urna_notes_merge(urna_notes *notes, urna_notes *other);

/* Put what is kept in order of place, and keep no more than the limit. */
void urna_notes_sort(urna_notes *notes);

URNA_FINISH

#endif
