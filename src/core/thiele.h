/*
** thiele.h - the committees of the highest Thiele score: a voter with j
** elected candidates adds weights[0] + ... + weights[j - 1]. With 1, 1/2,
** 1/3 ... this is proportional approval voting.
**
** Branch and bound. A node has candidates that are in, out and free. Its
** bound is linear programming's by way of a tangent: with any fractional
** choice of the free ones, a voter's concave gain lies below its tangent
** there, so the total lies below a constant plus the greatest 'pulls' of so
** many candidates as there are seats left. Choices are averages of the sets
** that such bounds prefer (Frank & Wolfe). A candidate that the bound does
** not allow in, or out, is fixed. Integers only: weights are over one
** denominator, and sums stay below 2^53 papers * 2^64 * 7 < 2^120.
** Source: Thiele, Om Flerfoldsvalg, 1895; Lackner & Skowron, Multi-Winner
** Voting with Approval Preferences, 2023, section 2.2; Frank & Wolfe, Naval
** Research Logistics Quarterly 3, 1956, pp. 95-110.
*/
#ifndef URNA_THIELE_H
#define URNA_THIELE_H

#include "core/approvals.h"

URNA_BEGIN

/* Room for the digits of a score and a final NUL. */
#define URNA_THIELE_DIGITS 40

typedef struct urna_thiele {
  const urna_approvals *approvals;
  const uint64_t *weights; /* never growing; as many as a voter can win: the */
                           /* lesser of 'seats' and approvals->longest */
  uint32_t seats;          /* at most approvals->candidates */
  const bool *is_in;       /* by candidate: only committees with these */
  size_t limit;            /* committees to keep */
  uint64_t effort;         /* nodes to look at */
} urna_thiele;

typedef struct urna_thiele_best {
  uint16_t *committees; /* 'seats' ascending candidates each */
  size_t kept;
  char score[URNA_THIELE_DIGITS]; /* over the weights' denominator */
  bool *is_certain;               /* by candidate: in all that are best */
  bool *is_possible;              /* in one of them; both also of those */
                                  /* beyond the limit */
  bool is_complete;               /* all that are best are kept */
  bool is_proven;                 /* false: the effort did not suffice */
  uint64_t nodes;
} urna_thiele_best;

/* 1, 1/2, ... 1/n as whole numbers over '*den'. URNA_OVERFLOW: more than 46. */
urna_status urna_thiele_harmonic(uint32_t n, uint64_t *weights, uint64_t *den);

/* URNA_NO_MEMORY leaves 'best' empty. */
urna_status urna_thiele_search(const urna_thiele *thiele,
                               urna_thiele_best *best);
void urna_thiele_free(urna_thiele_best *best);

URNA_FINISH

#endif
