/*
** approvals.h - approval ballots: the candidates that each paper approves,
** papers that approve the same ones as one voter of their weight.
**
** Voters are put into classes: by the seats they have won (Thiele), by their
** load (Phragmen), by the money they have left (equal shares). What a
** candidate is worth is a sum over the classes of its supporters, so papers
** are counted by candidate and class, and exact arithmetic of any size is
** done once for a class, not once for a paper.
** Source: Lackner & Skowron, Multi-Winner Voting with Approval Preferences,
** 2023, ch. 2, doi:10.1007/978-3-031-09016-5.
*/
#ifndef URNA_APPROVALS_H
#define URNA_APPROVALS_H

#include <stdbool.h>

#include "core/ballots.h"

URNA_BEGIN

/* Candidates are those that stand, in the ballots' order, from 0; those that
** have withdrawn are on no paper. Owns everything. */
typedef struct urna_approvals {
  uint16_t *marks; /* voter i approves marks[starts[i]] up to, and without, */
  size_t *starts;  /* marks[starts[i + 1]], ascending; at least one */
  urna_count *weights;
  size_t count;        /* of voters */
  uint32_t candidates; /* of those that stand */
  uint32_t longest;    /* how many the voter approves who approves most */
  urna_count papers;   /* all there are, also those that approve nobody */
} urna_approvals;

/*
** Read ballots: a paper approves all that it names, or with 'first_rank' those
** at the first rank that it uses. A candidate named twice is approved once; an
** overvote that names nobody approves nobody. URNA_NO_MEMORY leaves 'a' empty.
*/
urna_status urna_approvals_read(urna_approvals *a, const urna_ballots *ballots,
                                bool first_rank);
void urna_approvals_free(urna_approvals *a);

/* Every voter in the class of the number of candidates approved. */
void urna_approvals_by_size(const urna_approvals *a, uint32_t *classes);

/*
** Voters of class k go to class to[k] if they approve 'candidate', and to
** others[k] if they do not; NULL: these stay.
*/
void urna_approvals_move(const urna_approvals *a, uint32_t *classes,
                         uint32_t candidate, const uint32_t *to,
                         const uint32_t *others);

/* Papers by candidate and class, counts[candidate * n + class], and those of
** each class in all; every class is below 'n'. */
void urna_approvals_count(const urna_approvals *a, const uint32_t *classes,
                          size_t n, urna_count *counts, urna_count *all);

URNA_FINISH

#endif
