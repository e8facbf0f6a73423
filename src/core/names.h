/*
** names.h - the distinct names of a column, by the bytes that spell them.
**
** A name may stand in a file quoted or not; each way is a spelling, and all
** spellings of a name share its number. A spelling of up to 63 bytes is kept
** with its delimiter where a scanner can compare it at once, and remembers
** which spelling came after it last time: results files repeat themselves.
** Numbers begin at 0 in the order of first appearance; nothing that leaves
** here depends on the hash, which is seeded because names come from outside.
*/
#ifndef URNA_NAMES_H
#define URNA_NAMES_H

#include <stdbool.h>

#include "core/status.h"

URNA_BEGIN

#define URNA_NO_NAME UINT32_MAX

typedef struct urna_spelling {
  unsigned char raw[64]; /* as it stands, through its delimiter */
  uint64_t mask;         /* of the bytes of 'raw' that count */
  uint32_t length;       /* with the delimiter */
  uint32_t name;         /* the number of what it spells */
  uint32_t next;         /* the spelling that followed it last time */
  uint32_t cell;         /* free for the owner: where its sums are */
  uint64_t hash;
  uint64_t spare[4]; /* two cache lines in all */
} urna_spelling;

typedef struct urna_name {
  size_t offset, length; /* of its text in 'text' */
  uint64_t hash;
} urna_name;

typedef struct urna_names {
  urna_spelling *spellings;
  uint32_t *cells; /* of the spellings once more, close together */
  urna_name *names;
  unsigned char *text;                   /* of all names, one after the other */
  uint32_t *spelling_slots, *name_slots; /* number + 1; 0 is free */
  uint32_t spelling_count, spelling_room, cell_room, name_count, name_room;
  uint32_t spelling_mask, name_mask;
  size_t text_length, text_room;
  uint64_t seed;
  char delimiter;
} urna_names;

void urna_names_init(urna_names *names, char delimiter, uint64_t seed);
void urna_names_free(urna_names *names);

/* The hash of 'length' bytes; reads none beyond them. */
uint64_t urna_names_hash(uint64_t seed, const unsigned char *bytes,
                         size_t length);

/* The number of a name by its text, or URNA_NO_NAME. */
uint32_t urna_names_find(const urna_names *names, const unsigned char *text,
                         size_t length);

/*
** The number of a name by its text, quotes undone, which is new if it has not
** been seen. URNA_NO_MEMORY.
*/
urna_status urna_names_add(urna_names *names, const unsigned char *text,
                           size_t length, uint32_t *number);

/*
** Keep a spelling of a name: 'raw' of 'length' bytes, the delimiter
** included, at most 64. URNA_NO_MEMORY. Moves the spellings.
*/
urna_status urna_names_spell(urna_names *names, const unsigned char *raw,
                             uint32_t length, uint64_t hash, uint32_t name,
                             uint32_t *spelling);

URNA_FINISH

#endif
