/*
** blt.h - reader of BLT files, the ballots of the ERS, OpenSTV, OpaVote and
** others, whole, into a ballot store.
**
**   4 2            candidates, seats
**   -2             withdrawn, any number of them, or none
**   3 1 3 4 0      three papers: candidate 1, then 3, then 4
**   (7) 1 2=3 - 4 0    paper "7": 2 and 3 at one rank, none at the next
**   1 0            an empty paper
**   0              the end of the ballots
**   "Amy" ... "Title"     each candidate's name, the title
**   "Source" "Comment"    Wichmann's, or neither
**
** Sources: Hill, Wichmann & Woodall, Algorithm 123, Computer Journal 30(3),
** 1987, pp. 277-281, section 3.1 "The Data"; OpenSTV 1.7, BltBallotLoader.py,
** 2010, for '#' comments, ids in parentheses, '=' and '-'; Lundell, Droop,
** wiki page BltFileFormat, 2018, for Wichmann's source and comment.
**
** Where they differ: line ends are blanks, as in the first two and Droop,
** except inside a ballot, which must end in its line: a forgotten 0 would
** make the next paper's weight a candidate of this one. An id means one
** paper, as in OpenSTV, and is not kept. The title may not be left out, or a
** missing name would go unnoticed. A quote inside a name is "" or \". Not
** read: words without quotes, Hill's (2 3) for 2=3, Droop's options in
** brackets, comments as in C, decimal weights.
*/
#ifndef URNA_BLT_H
#define URNA_BLT_H

#include "core/ballots.h"
#include "core/fault.h"

URNA_BEGIN

/* What a file says beside its ballots. The texts borrow from the file and
** stand as they do there, without their outer quotes; empty if unsaid. */
typedef struct urna_blt {
  int32_t seats;
  urna_text title, source, comment;
} urna_blt;

/* Copy a text, quotes undone, to 'out', which has room for its length;
** returns how much it wrote. */
size_t urna_blt_unquote(urna_text text, char *out);

/*
** Read a whole text into 'ballots', which are initialised and hold nothing.
** Candidate i becomes i - 1, those withdrawn of kind URNA_WITHDRAWN; that
** ballots name them, or name one twice, is kept. Two of the same name are
** refused ("same_name"), for the store tells candidates apart by name.
** 'file' is nullable. URNA_BAD_INPUT, URNA_NO_MEMORY: 'ballots' are empty.
*/
urna_status urna_blt_read(const char *text, size_t size, urna_blt *file,
                          urna_ballots *ballots, urna_error *error);

URNA_FINISH

#endif
