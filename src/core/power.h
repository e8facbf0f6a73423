/*
** power.h - power indices of weighted majority games, exact.
**
** A coalition wins if its seats reach the quota; a member is critical where
** it would lose without that member. Coalitions are counted by their size and
** seats, never one by one: lists^2 * seats steps, whatever their number.
** Source: Felsenthal & Machover, The Measurement of Voting Power, 1998, ch. 3,
** 6; Brams & Affuso, Theory and Decision 7, 1976, for the generating functions.
*/
#ifndef URNA_POWER_H
#define URNA_POWER_H

#include "core/rational.h"

URNA_BEGIN

/* 2^n coalitions times the least common multiple of 1 .. n, by which shares of
** a coalition are whole numbers, have to stay below 2^256: 236 bits. */
#define URNA_POWER_LISTS 100

/* Sums of seats that matter, times lists and one: 48 bytes for each, 96 MB. */
#define URNA_POWER_CELLS ((size_t)1 << 21)

/* Shares of power, which add up to 1 over the lists. */
typedef enum urna_power_index {
  URNA_BANZHAF,        /* of all times that somebody is critical */
  URNA_SHAPLEY_SHUBIK, /* of the orders of all lists: who makes them win */
  URNA_DEEGAN_PACKEL,  /* of the minimal coalitions, each parted evenly */
  URNA_HOLLER,         /* of all memberships of minimal coalitions */
  URNA_JOHNSTON,       /* of the vulnerable ones, parted among the critical */
  URNA_POWER_INDICES
} urna_power_index;

/* What a list can do. */
typedef struct urna_power {
  urna_natural swings;    /* coalitions that it is critical in */
  urna_natural minimal;   /* minimal winning coalitions that it is in */
  urna_rational absolute; /* swings of the coalitions of the others */
  urna_rational share[URNA_POWER_INDICES];
} urna_power;

typedef struct urna_powers {
  size_t n;
  urna_power *lists;
  urna_natural winning;    /* coalitions */
  urna_natural minimal;    /* winning ones in which everybody is critical */
  urna_natural vulnerable; /* winning ones in which somebody is */
} urna_powers;             /* all zero: of no lists */

void urna_powers_free(urna_powers *powers);

/* How many cells the lists take, to be compared with URNA_POWER_CELLS;
** SIZE_MAX if they are no game. */
size_t urna_power_cells(size_t n, const int64_t *seats, int64_t quota);

/*
** The power of 'n' lists, 1 .. URNA_POWER_LISTS, with 0 seats or more, where a
** coalition wins with 'quota' seats, 1 .. their sum. Empty powers go in.
** URNA_BAD_INPUT: it is no game. URNA_OVERFLOW: it takes too many cells.
** URNA_NO_MEMORY. 'powers' stays empty then.
*/
urna_status urna_power_find(size_t n, const int64_t *seats, int64_t quota,
                            urna_powers *powers);

URNA_FINISH

#endif
