/*
** crossing.h - the price at which what is taken from the harmed meets what is
** given to the favoured, where ballots are switched.
**
** As the price rises the one falls and the other grows, so the greater of
** them is least where they cross. What is taken changes only at the prices
** that are a claim of a harmed list; the search goes down from the first
** price at which nothing need be taken, over ever more claims, and then
** halves: first the claims of one seat of one list, of which there is one for
** every number of votes, then what is left of the others. It ends with no
** such price between two neighbours, so nothing was rounded over.
** Working parts of margin.h, and no more.
*/
#ifndef URNA_CROSSING_H
#define URNA_CROSSING_H

#include "core/holding.h"

URNA_BEGIN

typedef struct urna_crossing {
  urna_count took, gave; /* forced: taken from the favoured, given to others */
  urna_count shift;      /* as much may be given more than is taken */
  urna_count extra;      /* as many ballots are needed besides */
  urna_price at;         /* found: where it is best, */
  urna_count taken, given; /* and what it takes there, with what is forced */
} urna_crossing;

/* What has to be taken and given at 'c->at'. */
void urna_crossing_weigh(urna_holding *s, urna_crossing *c);

/* Find the best price. False: none needs less than 's->bound' ballots. */
bool urna_crossing_find(urna_holding *s, urna_crossing *c);

URNA_FINISH

#endif
