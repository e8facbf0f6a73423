/*
** preflib.h - reader of PrefLib's ranked ballots: files of type soc, soi, toc
** and toi, whole, into a ballot store.
**
** Two manners of writing, told apart by the first byte: "# KEY: value" lines
** and then "weight: 1,{3,4},2"; or, before 2022, the number of alternatives,
** "i,name" lines, "voters,sum,orders" and then "weight,1,{3,4},2". What a
** file says of itself must be so: its counts are compared with what stands
** there, and every order with the type.
**
** Sources: PrefLib, Format Specification (FORMAT_SPECIFICATION.md of
** PrefLib-Data, preflib.github.io/PrefLib-Jekyll/format), read 2026; for the
** older manner www.preflib.org/data/format, "Election Data". Mattei & Walsh,
** PrefLib: A Library of Preference Data, ADT 2013.
**
** Beyond the definition, where preflibtools reads it too and nothing is in
** doubt: blanks around numbers and marks; empty lines; one comma behind an
** order's last rank; missing metadata; an alternative without a name, which
** is called by its number; braces around a single alternative, which is no
** tie. Not taken over from preflibtools: blanks within a number, empty ranks
** ("1,,2"), words between the numbers, alternatives that are not declared.
** That no order may stand twice is not checked: it changes no count. But the
** number of orders said is that of the lines.
*/
#ifndef URNA_PREFLIB_H
#define URNA_PREFLIB_H

#include "core/ballots.h"
#include "core/fault.h"

URNA_BEGIN

typedef enum urna_preflib_type {
  URNA_PREFLIB_UNSAID, /* anything that toi allows */
  URNA_PREFLIB_SOC,    /* strict, complete: all are ranked */
  URNA_PREFLIB_SOI,    /* strict, incomplete */
  URNA_PREFLIB_TOC,    /* ties, complete */
  URNA_PREFLIB_TOI     /* ties, incomplete */
} urna_preflib_type;

/* What a file says of itself; borrows the text. */
typedef struct urna_preflib {
  urna_preflib_type type;
  bool is_old;     /* the manner of before 2022, which has no title */
  urna_text title; /* empty if it is not said */
} urna_preflib;

/* The type by its word, "soc" for one, as in DATA TYPE or at the end of a
** file's name; URNA_PREFLIB_UNSAID if it is none of the four. */
urna_preflib_type urna_preflib_type_of(const char *word, size_t length);

/*
** Read a whole text into 'ballots', which are initialised and hold nothing.
** 'type' counts where the text does not say its own, as old ones never do.
** Alternative i becomes candidate i - 1; a tie is OPEN, its numbers, CLOSE.
** The store tells candidates apart by name, and PrefLib forbids two of the
** same: such a file is refused ("same_name"), never read as one candidate.
** 'file' is nullable. URNA_BAD_INPUT, URNA_NO_MEMORY: 'ballots' are empty.
*/
urna_status urna_preflib_read(const char *text, size_t size,
                              urna_preflib_type type, urna_preflib *file,
                              urna_ballots *ballots, urna_error *error);

URNA_FINISH

#endif
