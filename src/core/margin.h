/*
** margin.h - the fewest ballots that, switched, added or removed, give some
** lists at least, or at most, so many seats.
**
** The favoured lists surely have 'need' of the seats if at some price (see
** price.h) they win as many and the others no more than are left. At a price
** the votes that each list must reach, or come down to, for each number of
** seats are known, so the cheapest way for many lists together is a knapsack
** over them. What must be taken falls as the price rises and what must be
** given grows, so the best price is where the two meet: found by halving, not
** over some grid but over the prices at which a claim of a list that loses
** stands exactly, of which there are finitely many.
**
** A list may stand below or above a threshold, and count otherwise there: it
** then has two intervals of votes. Moves across a threshold against the
** question's own direction (a list that loses its bonus by growing) are tried
** one by one. Where the number of ballots moves the threshold or the quota,
** what suffices for 100 need not do for 101: stretches of ballots are then
** looked at under the best that any threshold and any quota within could be,
** and left only if even that needs more ballots than the stretch has.
** Source: Balinski & Young, Fair Representation, 2nd ed., 2001, app. A (the
** divisor that gives an apportionment, here the price); the search over it is
** our own. No ties are drawn: what is sure holds for every draw.
*/
#ifndef URNA_MARGIN_H
#define URNA_MARGIN_H

#include "core/price.h"

URNA_BEGIN

typedef enum urna_margin_way {
  URNA_SWITCHED, /* from list to list; the total stays */
  URNA_ADDED,    /* voters who come */
  URNA_REMOVED   /* voters who stay away */
} urna_margin_way;

/* How a list takes part on one side of its threshold. */
typedef struct urna_standing {
  bool takes_part;
  int64_t weight; /* 1 .. URNA_PRICE_WEIGHT, in parts common to all lists */
} urna_standing;

typedef struct urna_mover {
  urna_count votes; /* 0 .. URNA_COUNT_MAX; 0 never wins a seat */
  urna_ratio share; /* of the base, to stand above; 0/1: always above */
  urna_standing below, above;
  urna_standing alone; /* where no list stands above, if all_if_none */
  int32_t most;        /* seats it may have */
  int32_t held;        /* about how many it has: only where a search starts */
} urna_mover;

typedef enum urna_rounding_up {
  URNA_QUOTA_EXACT,
  URNA_QUOTA_CEILING,
  URNA_QUOTA_BEYOND /* the next whole number above, as Droop's */
} urna_rounding_up;

/* Some lists are to have at least 'seats', or at most; then they are not all
** of several. */
typedef struct urna_aim {
  const unsigned char *members; /* 1 for each list that is meant */
  int32_t seats;
  bool at_most;
} urna_aim;

typedef struct urna_margin {
  const urna_sequence *d; /* NULL: largest remainders of a quota */
  int32_t quota_more;     /* votes over seats + so many */
  urna_rounding_up quota_rounding;
  bool more_votes; /* of equal claims that of more votes wins */
  int32_t seats;
  urna_margin_way way;
  bool possible;    /* enough if a tie makes it possible */
  urna_count base;  /* of the thresholds */
  bool base_moves;  /* with ballots added and removed */
  bool all_if_none; /* where no list stands above, count as 'alone' says */
  size_t n;
  const urna_mover *lists;
  size_t aim_count;
  const urna_aim *aims; /* any one of them is enough */
  urna_count most;      /* ballots that are of interest */
} urna_margin;

typedef struct urna_margin_answer {
  urna_count votes;    /* -1: no number up to 'most' does it */
  size_t aim;          /* which of them it reaches */
  urna_count *after;   /* room for n: the votes of a way to do it */
  urna_count excluded; /* no number below this does it */
  int64_t looks;       /* how many stretches and choices were looked at */
} urna_margin_answer;

/* How much scratch memory a question needs; 0: more than there can be. */
size_t urna_margin_scratch(const urna_margin *q);

/*
** Answer a question. 'scratch' is of that size and aligned for anything.
** URNA_BAD_INPUT: a number is out of bounds. URNA_OVERFLOW: the search was
** given up, for it would take too long: answer->votes is -1, or a number that
** does it where a smaller one, from 'excluded' on, might as well.
*/
urna_status urna_margin_find(const urna_margin *q, void *scratch,
                             urna_margin_answer *answer);

URNA_FINISH

#endif
