/*
** lookalike.h - names that are spelled apart and look alike.
**
** Two names with the same skeleton and different bytes are near-duplicates:
** to be reported, never to be merged. A skeleton is the name with canonical
** decompositions, marks in canonical order, letters of Cyrillic and Greek
** that are drawn like Latin ones as those, full width as usual width; any
** white space as one space and none at the ends, any dash as "-", any
** quotation mark as '"' or "'"; without what is not drawn at all.
** Case makes no likeness, nor does transliteration: Ниш is not Niš. ASCII
** letters and digits stand for themselves, l, 1 and I are three. Characters
** beyond U+FFFF, compatibility ideographs and bytes that are no UTF-8 stand
** for themselves too.
** Source: Unicode 15.0, UAX 15 (decomposition, section 1.3; at most 30 marks
** in a row are put in order, section 13) and UTS 39, section 4; which letters
** are drawn alike is said in tools/lookalike_table.py.
*/
#ifndef URNA_LOOKALIKE_H
#define URNA_LOOKALIKE_H

#include "core/fault.h"

URNA_BEGIN

/* A skeleton has at most three bytes for each of its name. */
#define URNA_SKELETON_ROOM(length) (3 * (length))

/* Write the skeleton, for which 'out' has room; returns its length. That of
** a skeleton is itself, if the text is UTF-8. */
size_t urna_lookalike_skeleton(const char *text, size_t length, char *out);

/* One of several names that look alike, and its index in what was given. */
typedef struct urna_lookalike {
  urna_text name; /* borrowed */
  size_t number;
} urna_lookalike;

/* Two of them or more, bytewise ascending. */
typedef struct urna_lookalikes {
  const urna_lookalike *names;
  size_t count;
} urna_lookalikes;

/* All groups, by their first names bytewise ascending. */
typedef struct urna_likenesses {
  urna_lookalikes *groups;
  urna_lookalike *names;
  size_t group_count;
} urna_likenesses;

/*
** Find all groups among 'n' names, which are borrowed; of equal ones the
** first stands for all. The result depends on neither their order nor the
** seed, but for the numbers. 'found' is zeroed. URNA_NO_MEMORY.
*/
urna_status urna_lookalike_find(const urna_text *names, size_t n, uint64_t seed,
                                urna_likenesses *found);
void urna_likenesses_free(urna_likenesses *found);

URNA_FINISH

#endif
