/*
** units.h - which records came before: a set of their identities.
**
** An identity is the tuple of a record's unit columns, its key. The set knows
** for each the least offset of a record that has it; every other record of it
** is a duplicate. What duplicates there are, with the records that they
** repeat, depends on the records alone: not on their order, on how they were
** shared out among sets that are merged later, or on the seed. The order of
** 'items' depends on all but the seed.
** Memory: for each unit its key and one byte, 16 to 24 bytes that say where
** it is, and 10 to 20 of slots; there may be 2^30 of them.
*/
#ifndef URNA_UNITS_H
#define URNA_UNITS_H

#include <stdbool.h>

#include "core/arena.h"

URNA_BEGIN

/* A key in the making, and memory for the next one. */
typedef struct urna_unit_key {
  unsigned char *bytes;
  size_t length, room;
} urna_unit_key;

typedef struct urna_unit {
  uint64_t offset;            /* the least of its records */
  const unsigned char *bytes; /* see urna_units_key */
} urna_unit;

/* A record whose identity another one has, at a lesser offset. */
typedef struct urna_duplicate {
  uint64_t offset, first; /* 'first' is set by urna_units_report */
  uint32_t unit;          /* its number in 'items' */
} urna_duplicate;

typedef struct urna_units {
  urna_unit *items;
  uint64_t *slots; /* 32 bits of a hash above a number + 1; 0 is free */
  urna_duplicate *duplicates; /* those of least offsets, a heap */
  uint64_t seed, duplicate_count;
  size_t duplicate_kept, duplicate_room, duplicate_limit;
  size_t used, most; /* bytes; 0 for 'most' is no limit */
  urna_arena arena;  /* of the keys */
  uint32_t count, room, mask, shift;
  bool is_full; /* it was 'most' that let nothing more in, not the system */
} urna_units;

/* Keeps up to 'limit' duplicates; all are counted. 'most' bytes of memory, or
** 0 for as many as there are. */
void urna_units_init(urna_units *units, uint64_t seed, size_t limit,
                     size_t most);
void urna_units_free(urna_units *units);

/* Start a key anew, or give its memory back; a zeroed one is empty. */
void urna_unit_key_clear(urna_unit_key *key);
void urna_unit_key_free(urna_unit_key *key);

/* Append a field, behind its length: no two tuples have the same key.
** URNA_NO_MEMORY leaves it as it was. */
urna_status urna_unit_key_put(urna_unit_key *key, const char *text,
                              size_t length);

/* Step through the fields of a key: '*at' moves from its start up to 'end',
** where there is none left and false is returned. */
bool urna_unit_key_next(const unsigned char **at, const unsigned char *end,
                        const char **text, size_t *length);

/*
** Note the record at 'offset'. URNA_OK: its identity is new; URNA_TIE: it is
** not, and one of its records is a duplicate. '*first' is the least offset
** of the identity up to now, 'offset' maybe. URNA_NO_MEMORY, see is_full: the
** set is as it was.
*/
urna_status urna_units_add(urna_units *units, const unsigned char *key,
                           size_t length, uint64_t offset, uint64_t *first);

/*
** Add all records that 'other' has noted, of the same 'limit' and different
** offsets. Seeds may differ. URNA_NO_MEMORY: what 'units' holds is not to be
** used any more, only freed.
*/
urna_status urna_units_merge(urna_units *units, const urna_units *other);

/* Put the duplicates that are kept in the order of their offsets, each with
** the offset of the first record of its unit. No more can be added then. */
void urna_units_report(urna_units *units);

/* The key of a unit by its number in 'items'. */
const unsigned char *urna_units_key(const urna_units *units, uint32_t unit,
                                    size_t *length);

URNA_FINISH

#endif
