/*
** divisor.h - highest averages: award seats one at a time by
** weight * votes / d(k), where k is the number of seats a list holds.
**
** Quotients are compared by their cross products, never divided: in 64 bits
** where these provably fit, else in 128, else in 256. Instead of one at a
** time, all seats are given at first whose quotients are at least a trial
** divisor that is a little too great; what is left goes one by one. So the
** cost hardly grows with the house, and the result is exactly the same.
** Source: Balinski & Young, Fair Representation, 2nd ed., 2001, app. A;
** the trial divisor: Pukelsheim, Proportional Representation, 2nd ed., 2017,
** ch. 4 (jump and step).
*/
#ifndef URNA_DIVISOR_H
#define URNA_DIVISOR_H

#include "core/sequence.h"
#include "core/wide.h"

URNA_BEGIN

/*
** A quotient is infinite where d(k) is 0 and for the first 'least' seats. An
** infinite one is above all others; of two, that of more weighted votes is
** greater, and of as many votes the one for which fewer seats are held.
*/
typedef struct urna_contender {
  urna_count votes;      /* from 0; 0 never wins a seat */
  urna_ratio weight;     /* of the votes; 1/1 unless the law says so */
  urna_count precedence; /* of equal quotients the greater wins; equal: tie */
  int32_t held, least, most; /* seats it has, is sure of, may have */
} urna_contender;

/* What numerator and denominator of a weight are at most. */
#define URNA_WEIGHT_MAX (INT64_C(1) << 20)

/* A seat and who took it over whom; 'rival' is SIZE_MAX where nobody else
** could have had it. */
typedef struct urna_award {
  size_t winner, rival;
  int32_t winner_held, rival_held; /* before the seat: d(held) divided */
  int by_precedence;               /* equal quotients, settled by it */
} urna_award;

/* What a list bids for its next seat. Scratch: one for each list. */
typedef struct urna_bid {
  uint64_t above[4], below[2]; /* the quotient; infinite: below is 0 */
  uint32_t heap;               /* the list in this place of the heap */
  int32_t now;                 /* seats that the list holds so far */
} urna_bid;

/* weight * votes / d(k) in lowest terms; 1/0 is infinite. */
typedef struct urna_quotient {
  urna_u256 num;
  urna_u128 den;
  bool is_squared; /* both belong to its square */
} urna_quotient;

/* The quotient of 'list' if it held 'held' seats. Its weight is in bounds,
** and so is d(held). */
urna_quotient urna_divisor_quotient(const urna_sequence *d,
                                    const urna_contender *list, int32_t held);

/*
** Award 'seats' seats to 'lists', of length 'n', whose 'held' it updates.
** Borrows 'bids', of length 'n'. Writes the awards in order into 'awards' if
** not NULL (room for 'seats'), and their number into '*awarded'.
** URNA_TIE: seats are left that several equals compete for; tied[i] is 1 for
** each of them, and nothing of what is left has been awarded. Fewer awards
** than seats without a tie: nobody may take more.
** URNA_BAD_INPUT: a weight or a count is out of bounds (error->index says
** whose), or all lists come to the end of the divisors; URNA_OVERFLOW: the
** greatest products might not fit 256 bits, or powers of two not 62.
*/
urna_status urna_divisor_award(const urna_sequence *d, size_t n,
                               urna_contender *lists, int32_t seats,
                               urna_bid *bids, urna_award *awards,
                               int32_t *awarded, unsigned char *tied,
                               urna_error *error);

/*
** Who would take one seat more: the first of the greatest quotients, as they
** are compared before any precedence; '*winner' is SIZE_MAX if nobody may.
** Borrows and refuses as urna_divisor_award does.
*/
urna_status urna_divisor_next(const urna_sequence *d, size_t n,
                              const urna_contender *lists, urna_bid *bids,
                              size_t *winner, urna_error *error);

URNA_FINISH

#endif
