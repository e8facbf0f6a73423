/*
** ranked.h - ranked ballots from delimited text into a packed store.
**
** A record is a ballot: a column for each rank, or one column with a list of
** them; and maybe a column that says how many papers it stands for. Text is
** fed in blocks of any size, and the store does not depend on where they are
** cut, on the instruction set or on the seed. Every record is checked whole:
** its quoting, its number of fields, its characters, its weight. A record
** with a fault adds nothing, no candidate either.
**
** A fast scanner takes what is regular and known; the rest goes to an exact
** reader, urna_ranked_record, which alone judges: see ranked_scan.h.
*/
#ifndef URNA_RANKED_H
#define URNA_RANKED_H

#include <string.h>

#include "core/ballots.h"
#include "core/csv.h"
#include "core/fault.h"

URNA_BEGIN

/* Bytes behind the end of a text that may be read, without effect. */
#define URNA_RANKED_PAD 2048

#define URNA_NO_COLUMN SIZE_MAX

/* No mark that a field can have: its name is not known yet. */
#define URNA_MARK_UNKNOWN URNA_MARK_END

/* Words that stand for something other than a candidate; borrowed. */
typedef struct urna_words {
  const urna_text *items;
  size_t count;
} urna_words;

typedef struct urna_ranked_plan {
  size_t column_count;
  const size_t *ranks; /* the columns of the ranks, first to last */
  size_t rank_count;   /* 0: the ranking is a list in one column */
  size_t list;         /* that column */
  char separator;      /* of its ranks; equal ones are A=B or {A,B} */
  size_t weight;       /* the column, or URNA_NO_COLUMN */
  char delimiter;
  bool is_closed; /* the candidates are those that the store has */
  urna_words overvote, skip, write_in; /* an empty field is a skip too */
  uint64_t seed;
  size_t fault_limit; /* faults that are kept; all are counted */
} urna_ranked_plan;

/* The first thing wrong with a record, whose bytes begin at 'offset'. */
typedef struct urna_ranked_fault {
  size_t offset;
  size_t row_line;
  urna_error error;   /* its line is that of the field */
  const char *reason; /* of a "not_a_count": as urna_count_read, "weight",
                         or "papers": too many with it; or NULL */
} urna_ranked_fault;

/* A name of at most eight bytes and its mark, found in one step. */
typedef struct urna_word {
  uint64_t bytes; /* 0: free */
  uint64_t mark;
} urna_word;

typedef struct urna_ranked urna_ranked;

/* Takes records from 'at' on. URNA_END: none is complete any more. */
typedef urna_status urna_ranked_scanner(urna_ranked *ranked);

struct urna_ranked {
  const urna_ranked_plan *plan;
  urna_ranked_scanner *scanner;
  urna_ballots *ballots;
  /* What is being fed. */
  const char *text;
  size_t size, at;
  bool is_last;
  size_t counted;   /* up to here the lines are counted */
  size_t not_blank; /* before here a line that is empty is a record */
  size_t offset;    /* of the text in all that is fed; the caller's to begin */
  size_t line;      /* of its first byte, from 1; the caller's to begin */
  /* What is known of names. */
  urna_names words;     /* those of the plan */
  uint16_t *word_marks; /* by their number */
  uint32_t write_in;    /* the candidate; URNA_NO_NAME: none yet */
  urna_word *table;     /* spellings of at most eight bytes, by hash */
  uint32_t table_shift; /* 64 less the bits of its size */
  uint32_t table_count;
  uint64_t factor;             /* of the hash */
  urna_names spellings;        /* longer ones; their 'cell' is the mark */
  unsigned char stops[2][256]; /* 1: ends a list's name, outside of braces and
                                  inside */
  /* Of one record. */
  urna_csv csv;
  uint16_t *marks;
  size_t mark_count, mark_room;
  char *plain;
  size_t plain_room;
  urna_ranked_fault *faults;
  size_t fault_count, fault_room;
  uint64_t records; /* with those that have a fault */
};

/*
** The plan and the store are borrowed; the store may have candidates.
** URNA_NO_MEMORY. URNA_BAD_CALL: a column that is not there.
*/
urna_status urna_ranked_init(urna_ranked *ranked, const urna_ranked_plan *plan,
                             urna_ranked_scanner *scanner,
                             urna_ballots *ballots);
void urna_ranked_free(urna_ranked *ranked);

/*
** Take all records of 'text' that are complete: whose line end is in it, or
** all of them if it is the last of the input. '*consumed' bytes are done
** with; the rest has to be given again in front of what follows. No headings.
** URNA_OVERFLOW: more candidates, marks or papers than the store can hold;
** URNA_NO_MEMORY.
*/
urna_status urna_ranked_feed(urna_ranked *ranked, const char *text, size_t size,
                             bool is_last, size_t *consumed);

/* The scanner of an instruction set, as urna_tally_scanner_of; NULL. */
urna_ranked_scanner *urna_ranked_scanner_of(const char *set);

/* The scanner that asks the exact reader for each record. */
urna_ranked_scanner urna_ranked_scan_exactly;

/* ---- for the scanners ---- */

/* The exact way to take the record at 'at'. URNA_END: it is not complete. */
urna_status urna_ranked_record(urna_ranked *ranked);

/* The mark of a field as it stands, URNA_MARK_UNKNOWN if it has none yet. */
uint16_t urna_ranked_find(urna_ranked *ranked, const char *raw, size_t length);

/* Keep a spelling of 1 to 8 bytes, as urna_ranked_key has it, that is not in
** the table yet; but for memory, and for very many. */
void urna_ranked_learn(urna_ranked *ranked, uint64_t bytes, uint16_t mark);

/* The first 'length' <= 8 of eight bytes, as a key of the table. */
static inline uint64_t urna_ranked_key(const char *p, size_t length) {
  unsigned char bytes[8];
  memcpy(bytes, p, 8);
  uint64_t word;
  memcpy(&word, bytes, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word << (64 - 8 * length) >> (64 - 8 * length);
}

/* Where in the table a key is sought first. */
static inline const urna_word *urna_ranked_slot(const urna_ranked *ranked,
                                                uint64_t key) {
  return &ranked->table[(key * ranked->factor) >> ranked->table_shift];
}

/*
** The marks of a list as it stands, in ranked->marks. False: something in it
** is for the exact reader, or there is no memory.
*/
bool urna_ranked_list(urna_ranked *ranked, const char *raw, size_t length);

/* Room for so many marks in ranked->marks. URNA_NO_MEMORY. */
urna_status urna_ranked_room(urna_ranked *ranked, size_t marks);

/* Count lines up to 'at'. */
void urna_ranked_count_lines(urna_ranked *ranked, size_t at);

URNA_FINISH

#endif
