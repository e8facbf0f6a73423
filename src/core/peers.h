/*
** peers.h - records beside others of their group: which lie far from its
** middle, which have no vote for a list that all others voted for, in which
** two neighbouring lists look exchanged, which say the same as another.
**
** The middle is the median, the spread 1.4826 times the median distance from
** it; to its square is added the noise that a record as small as this one has
** by chance, so that a few ballots are no deviation. Whole numbers alone: a
** share is in millionths, a z in hundredths.
** Source: Rousseeuw & Croux, Alternatives to the median absolute deviation,
** J. Amer. Statist. Assoc. 88, 1993, pp. 1273-1283.
*/
#ifndef URNA_PEERS_H
#define URNA_PEERS_H

#include "core/rows.h"

URNA_BEGIN

#define URNA_MILLION 1000000

/* Not known. */
#define URNA_NO_VALUE INT64_MIN

/*
** The rows of a selection, by group. Places are those in the selection.
** Everything is borrowed: 'group' and 'members' are as long as the selection,
** 'starts' has one place more.
*/
typedef struct urna_peers {
  urna_rows rows;
  size_t *group;   /* of each place */
  size_t *members; /* places, group by group, each in order */
  size_t *starts;  /* where in 'members' each group begins, and the end */
  size_t group_count;
  uint64_t seed; /* of a hash that no result depends on */
} urna_peers;

/* What is compared: 'value' in millionths, up to 2 of either sign, or
** URNA_NO_VALUE; it is a share of 'size' papers, or moves as one does.
** 'rate' is what the noise is of, in millionths; below 0: the group's
** median. */
typedef struct urna_measure {
  int64_t value, size, rate;
} urna_measure;

typedef struct urna_outlier {
  size_t place;
  int64_t value, median; /* millionths */
  int64_t z;             /* hundredths, with its sign */
} urna_outlier;

/* A place and a list of it, or the first of two. */
typedef struct urna_spot {
  size_t place, list;
} urna_spot;

/* How many slots urna_peers_group wants for 'n' rows. */
size_t urna_peers_slots(size_t n);

/*
** Group the rows of 'peers' by their texts in the key columns, all in one
** group if there is no column. 'slots' has urna_peers_slots(rows) places.
*/
void urna_peers_group(urna_peers *peers, urna_columns keys, size_t *slots);

/* A part of a whole, up to 2; nothing is no share of nothing. */
urna_measure urna_measure_share(urna_count part, urna_count whole);

/*
** Places whose value is further than 'limit', hundredths of z, from the
** median of their group, of 'least' known values at least. 'measures' is by
** place; 'scratch' and 'found' have room for the selection. Returns how many.
*/
size_t urna_peers_outliers(const urna_peers *peers,
                           const urna_measure *measures, int64_t limit,
                           size_t least, int64_t *scratch, urna_outlier *found);

/* Of counts that may end in any digit how many there are, and how many end in
** 0 or 5. */
typedef struct urna_ends {
  size_t counts, round;
} urna_ends;

/*
** The last digits of the parts of a group that have, by chance alone, a
** variance p (w - p) / w of 'variance' papers at least, so that their digits
** are even. 'parts' and 'wholes' are by place, URNA_MISSING if not known.
*/
urna_ends urna_peers_ends(const urna_peers *peers, const urna_count *parts,
                          const urna_count *wholes, size_t group,
                          urna_count variance);

/* The sums of one group by list, of its records in which all lists are
** given. */
typedef struct urna_group_sums {
  urna_count *lists; /* borrowed */
  urna_count total;
  size_t records;
} urna_group_sums;

/*
** The sums of 'group' over the columns of the lists. URNA_OVERFLOW.
*/
urna_status urna_peers_sum(const urna_peers *peers, urna_columns lists,
                           size_t group, urna_group_sums *sums);

/*
** Lists without a vote at 'place' that have, in the other records of its
** group, five in a hundred votes or more, so that ten or more were to be
** expected here. 'found' has room for every list. Returns how many.
*/
size_t urna_peers_zeros(const urna_peers *peers, urna_columns lists,
                        const urna_group_sums *sums, size_t place,
                        urna_spot *found);

/*
** Pairs of neighbouring lists at 'place' that are both further than six
** standard deviations of a count from what the group's other records let
** expect, and within two once they are exchanged. 'found' likewise.
*/
size_t urna_peers_swaps(const urna_peers *peers, urna_columns lists,
                        const urna_group_sums *sums, size_t place,
                        urna_spot *found);

/*
** For each place the first one of its group with the same counts in all
** columns, itself if there is none before it, or if a count is missing or the
** lists have fewer than 'least' votes. 'slots' as for urna_peers_group.
*/
void urna_peers_equals(const urna_peers *peers, urna_columns columns,
                       urna_columns lists, urna_count least, size_t *first,
                       size_t *slots);

URNA_FINISH

#endif
