/*
** quota.h - quotas: a seat for every full quota of a list's votes, and what
** is left by the greatest remainders.
**
** Both are one act: the next seat goes to the greatest votes - seats * quota.
** Where a small quota fills more seats than there are, those taken back are
** the last that this act gave, with the smallest remainders. All is whole
** numbers: weighed votes and quota are held over one denominator.
** Source: Pukelsheim, Proportional Representation, 2nd ed., 2017, ch. 5;
** Gallagher, British Journal of Political Science 22(4), 1992, pp. 469-496.
*/
#ifndef URNA_QUOTA_H
#define URNA_QUOTA_H

#include <stdbool.h>

#include "core/ratio.h"

URNA_BEGIN

__extension__ typedef __int128 urna_i128;

typedef enum urna_rounding {
  URNA_EXACT,
  URNA_FLOOR,
  URNA_NEAREST, /* half up */
  URNA_CEILING,
  URNA_BEYOND /* floor + 1, as Droop's */
} urna_rounding;

/* How many votes a seat takes: all votes over seats + 'more', rounded; or
** 'constant' votes, where that is not 0. */
typedef struct urna_quota_rule {
  urna_count constant;
  int32_t more;
  urna_rounding rounding;
} urna_quota_rule;

typedef struct urna_claimant {
  urna_count votes;      /* 0 .. URNA_COUNT_MAX; 0 takes no seat */
  urna_ratio weight;     /* of the votes; 1/1 unless the law says so */
  urna_count precedence; /* of equal remainders the greater comes first */
  int32_t least, most;   /* seats it has in any case, and at most */
  int32_t full, seats;   /* set: full quotas of its votes, seats it has */
  urna_i128 weighed;     /* set: its votes, weighed, in 'scale' parts */
  urna_i128 rest;        /* set: its remainder beyond those seats */
} urna_claimant;

/* num / den votes, in as many parts as the weighed votes are. */
typedef struct urna_quota {
  urna_i128 num;
  int32_t den;
  int64_t scale; /* the denominator that the weights have in common */
} urna_quota;

/* All weighed votes are below 2^94 parts, so that no product can overflow. */
#define URNA_WEIGHED_BITS 94

/*
** Weigh the votes of 'lists'; '*sum' is that of them all, '*scale' in how
** many parts. URNA_OVERFLOW: beyond URNA_WEIGHED_BITS, or the weights'
** denominators have nothing below 2^20 in common. URNA_BAD_INPUT: a count, a
** weight or a number of seats is out of bounds.
*/
urna_status urna_quota_weigh(size_t n, urna_claimant *lists, urna_i128 *sum,
                             int64_t *scale);

/*
** The quota of these lists, which it weighs: as above. URNA_BAD_CALL: the
** quota is 0 votes.
*/
urna_status urna_quota_find(const urna_quota_rule *rule, size_t n,
                            urna_claimant *lists, int32_t seats,
                            urna_quota *quota);

/*
** Give every list its full seats, but not less than 'least' nor more than
** 'most'. Returns their sum, which may be above the seats there are.
*/
int64_t urna_quota_fill(const urna_quota *quota, size_t n,
                        urna_claimant *lists);

/* Who takes part in the remainders, and how often. */
typedef struct urna_remainders {
  urna_ratio share; /* its votes are this much of a quota; 0/1: all */
  bool once;        /* a list takes one seat at most */
} urna_remainders;

/*
** Give 'left' seats by the greatest remainders, or take back -'left' by the
** smallest, where it is negative. Writes who into 'order', with room for as
** many, and how many into '*settled'; 'heap' has room for 'n'. URNA_TIE: of
** the equals in 'tied' not all can be served, and none is. Fewer settled
** without a tie: nobody is left who may.
*/
urna_status urna_quota_settle(const urna_quota *quota, size_t n,
                              urna_claimant *lists, int64_t left,
                              const urna_remainders *rule, size_t *order,
                              int32_t *settled, size_t *heap,
                              unsigned char *tied);

/* Its votes less 'seats' quotas, in parts of 1 / (den * scale) votes. */
urna_i128 urna_quota_remainder(const urna_quota *quota,
                               const urna_claimant *list, int64_t seats);

URNA_FINISH

#endif
