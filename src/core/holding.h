/*
** holding.h - what the lists hold at a price, and the fewest ballots with
** which some hold more and the others less.
**
** A list's votes may stand in one interval or two, a part each: below its
** threshold and above. A harmed list is to hold at most so many seats, for
** which votes are taken; a favoured one at least so many, for which votes are
** given. Which lists change, and by how many seats, is a knapsack: the best
** of the first i lists for k seats is the least of what the i-th costs for d
** of them and the others for k - d. Working parts of margin.h, and no more.
*/
#ifndef URNA_HOLDING_H
#define URNA_HOLDING_H

#include "core/margin.h"

URNA_BEGIN

/* More than any number of ballots, and than the sum of many. */
#define URNA_HOLDING_NEVER (INT64_C(1) << 60)

typedef struct urna_part {
  urna_count low, high; /* votes that it spans; low > high: none */
  int64_t weight;
  bool takes_part, is_above;
  int32_t held; /* seats at the price of the last look: only a start */
} urna_part;

typedef struct urna_holder {
  urna_count votes;
  urna_part parts[2];
  int part_count;
  bool favoured;
  int32_t most, held; /* seats it may have; has at the price looked at */
  int32_t ranked;     /* seats that urna_holding_nth went up to */
  urna_count after, low, high; /* chosen: votes, and how far they may go */
} urna_holder;

typedef struct urna_holding {
  size_t n;
  urna_holder *lists;
  urna_pricing pricing[2]; /* of the harmed and of the favoured */
  bool equal[2];           /* a claim that equals the price wins */
  int32_t need, spare;     /* seats that the one side needs, the other may */
  bool grouped;            /* parts that take no part are left out */
  urna_count bound;        /* as many ballots are of no interest, */
  urna_count cap;          /* nor is a list that alone takes as many */
  bool is_limited;         /* the votes that lists may go to have limits: */
  urna_count most_low, least_high; /* sums, of favoured and of harmed, */
  urna_count total;                /* and of all in the end */
  urna_count *cost, *best[2];
  int32_t *choice;
  int32_t room; /* seats that the knapsack has room for */
  int64_t work; /* done so far: about so many nanoseconds */
} urna_holding;

/* Whether a part is where the list stands, unless it is forced to another. */
static inline bool urna_part_is_home(const urna_holder *h, const urna_part *p) {
  return h->part_count == 1 || (p->low <= h->votes && h->votes <= p->high);
}

/* The nearest votes that a part has to the list's own. */
static inline urna_count urna_part_votes(const urna_holder *h,
                                         const urna_part *p) {
  return h->votes < p->low ? p->low : h->votes > p->high ? p->high : h->votes;
}

/*
** The price of the 'k'-th best claim of one side, with the votes the lists
** have. False: there are not so many.
*/
bool urna_holding_nth(urna_holding *s, bool favoured, int64_t k,
                      urna_price *at);

/* The price of the next best claim of the harmed; false: there is none. */
bool urna_holding_next(urna_holding *s, urna_price *at);

/* Set 'held' of every list. */
void urna_holding_look(urna_holding *s, const urna_price *at);

/*
** The votes nearest to its own, in the direction of its side, with which a
** list holds at least, or at most, 'seats'; and how far they may go then.
*/
bool urna_holding_hold(const urna_holding *s, const urna_holder *h,
                       int32_t seats, const urna_price *at, urna_count *after,
                       urna_count *low, urna_count *high);

/*
** The fewest ballots for one side at a price, after a look at it:
** URNA_HOLDING_NEVER if none do, or 'bound' many would not. Sets 'after',
** 'low' and 'high' of its lists if 'choose'. Where it is limited, the least
** votes of the favoured may add up to 'most_low' only, and the most of the
** harmed must to 'least_high'; every choice is tried then, for that is of use
** only where a few lists have next to no votes to spare.
*/
urna_count urna_holding_cost(urna_holding *s, bool favoured,
                             const urna_price *at, bool choose);

URNA_FINISH

#endif
