/* see meek.h */
#include "core/meek.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

#define ROOT      0u
#define NO_BRANCH 0u /* the root is nobody's child */

static uint32_t candidates_of(const urna_meek *meek) {
  return meek->parcels.ballots->candidates.name_count;
}

/* ---- branches ---- */

static urna_status add_branch(urna_meek *meek, uint32_t parent,
                              uint32_t candidate, uint32_t *made) {
  if (meek->count == meek->room) {
    uint32_t room = meek->room + meek->room / 2 + 64;
    urna_branch *grown = realloc(meek->branches, room * sizeof *grown);
    if (!grown) return URNA_NO_MEMORY;
    meek->branches = grown;
    meek->room = room;
  }
  *made = meek->count++;
  meek->branches[*made] =
      (urna_branch){.parent = parent, .candidate = candidate};
  if (*made != ROOT) {
    meek->branches[*made].sibling = meek->branches[parent].child;
    meek->branches[parent].child = *made;
  }
  return URNA_OK;
}

static urna_status find_branch(urna_meek *meek, uint32_t parent,
                               uint32_t candidate, uint32_t *found) {
  uint32_t child = meek->branches[parent].child;
  while (child != NO_BRANCH && meek->branches[child].candidate != candidate)
    child = meek->branches[child].sibling;
  if (child == NO_BRANCH) return add_branch(meek, parent, candidate, found);
  *found = child;
  return URNA_OK;
}

/* ---- papers into the tree ---- */

/* Scratch for one more sorting inside those under way. */
static urna_status reserve_depth(urna_meek *meek, uint32_t depth) {
  if (depth < meek->depth) return URNA_OK;
  size_t each = (size_t)candidates_of(meek) + 1, wanted = (depth + 1) * each;
  uint32_t *parcels = realloc(meek->sorted.parcels, wanted * sizeof *parcels);
  if (!parcels) return URNA_NO_MEMORY;
  meek->sorted.parcels = parcels;
  urna_count *papers = realloc(meek->sorted.papers, wanted * sizeof *papers);
  if (!papers) return URNA_NO_MEMORY;
  meek->sorted.papers = papers;
  meek->depth = depth + 1;
  return URNA_OK;
}

static void join_leaf(urna_meek *meek, uint32_t leaf, uint32_t parcel) {
  uint32_t *there = &meek->branches[leaf].parcel;
  if (*there == URNA_NO_PARCEL)
    *there = parcel;
  else
    urna_parcels_join(&meek->parcels, *there, parcel);
}

/* Have the papers of this branch come past the candidate? */
static bool has_passed(const urna_meek *meek, uint32_t branch,
                       uint32_t candidate) {
  for (; branch != ROOT; branch = meek->branches[branch].parent)
    if (meek->branches[branch].candidate == candidate) return true;
  return false;
}

static urna_status put_under(urna_meek *meek, uint32_t parent, uint32_t parcel,
                             uint32_t candidate, urna_count papers,
                             uint32_t depth);

/*
** Sort a parcel among the children of 'parent', and what comes to an elected
** candidate among theirs: as deep as elected candidates follow each other.
*/
static urna_status sort_under(urna_meek *meek, uint32_t parent, uint32_t parcel,
                              uint32_t depth) {
  uint32_t candidates = candidates_of(meek);
  size_t at = (size_t)depth * (candidates + 1);
  if (reserve_depth(meek, depth) != URNA_OK) return URNA_NO_MEMORY;
  urna_sorted sorted = {meek->sorted.parcels + at, meek->sorted.papers + at};
  urna_status status = urna_parcels_sort(&meek->parcels, &parcel, 1, &sorted);
  for (uint32_t c = 0; c < candidates && status == URNA_OK; c++)
    if (meek->sorted.parcels[at + c] != URNA_NO_PARCEL)
      status = put_under(meek, parent, meek->sorted.parcels[at + c], c,
                         meek->sorted.papers[at + c], depth + 1);
  return status;
}

/* What came to one candidate; papers that name one again whom they have passed
** go on at once. */
static urna_status put_under(urna_meek *meek, uint32_t parent, uint32_t parcel,
                             uint32_t candidate, urna_count papers,
                             uint32_t depth) {
  uint32_t child;
  bool is_elected = meek->is_elected[candidate];
  if (is_elected && has_passed(meek, parent, candidate))
    return sort_under(meek, parent, parcel, depth);
  urna_status status = find_branch(meek, parent, candidate, &child);
  if (status != URNA_OK) return status;
  meek->branches[child].papers += papers;
  if (is_elected) return sort_under(meek, child, parcel, depth);
  join_leaf(meek, child, parcel);
  return URNA_OK;
}

/* ---- life ---- */

urna_status urna_meek_init(urna_meek *meek, const urna_ballots *ballots,
                           const urna_reading *reading) {
  uint32_t root, all = URNA_NO_PARCEL;
  memset(meek, 0, sizeof *meek);
  urna_status status = urna_parcels_init(&meek->parcels, ballots, reading);
  if (status != URNA_OK) return status;
  meek->is_elected = calloc((size_t)candidates_of(meek) + 1, sizeof(bool));
  if (!meek->is_elected) status = URNA_NO_MEMORY;
  if (status == URNA_OK) status = add_branch(meek, ROOT, 0, &root);
  if (status == URNA_OK) status = urna_parcels_all(&meek->parcels, &all);
  if (status == URNA_OK) status = sort_under(meek, ROOT, all, 0);
  if (status != URNA_OK) urna_meek_free(meek);
  return status;
}

void urna_meek_free(urna_meek *meek) {
  urna_parcels_free(&meek->parcels);
  free(meek->branches);
  free(meek->is_elected);
  free(meek->sorted.parcels);
  free(meek->sorted.papers);
  memset(meek, 0, sizeof *meek);
}

urna_count urna_meek_papers(const urna_meek *meek) {
  urna_count sum = 0;
  for (uint32_t i = meek->branches[ROOT].child; i != NO_BRANCH;
       i = meek->branches[i].sibling)
    sum += meek->branches[i].papers;
  return sum;
}

/* ---- elections and exclusions ---- */

/* The parcel of a leaf, which has none any more. */
static uint32_t take_parcel(urna_meek *meek, uint32_t leaf) {
  uint32_t parcel = meek->branches[leaf].parcel;
  meek->branches[leaf].parcel = URNA_NO_PARCEL;
  return parcel;
}

urna_status urna_meek_elect(urna_meek *meek, uint32_t candidate) {
  urna_status status = URNA_OK;
  uint32_t count = meek->count; /* those made meanwhile hold others' papers */
  meek->is_elected[candidate] = true;
  for (uint32_t i = 1; i < count && status == URNA_OK; i++) {
    if (meek->branches[i].candidate != candidate) continue;
    uint32_t parcel = take_parcel(meek, i);
    if (parcel != URNA_NO_PARCEL) status = sort_under(meek, i, parcel, 0);
  }
  return status;
}

urna_status urna_meek_exclude(urna_meek *meek, uint32_t candidate) {
  urna_status status = URNA_OK;
  uint32_t count = meek->count;
  urna_parcels_stand(&meek->parcels, candidate, false);
  for (uint32_t i = 1; i < count && status == URNA_OK; i++) {
    if (meek->branches[i].candidate != candidate) continue;
    uint32_t parcel = take_parcel(meek, i);
    meek->branches[i].papers = 0;
    if (parcel != URNA_NO_PARCEL)
      status = sort_under(meek, meek->branches[i].parent, parcel, 0);
  }
  return status;
}

/* ---- counting ---- */

/* a * b / scale, rounded up if 'up' is scale - 1, down if it is 0. */
static uint64_t scaled(uint64_t a, uint64_t b, uint64_t scale, uint64_t up) {
  if (scale <= UINT64_C(1000000000)) return (a * b + up) / scale;
  return (uint64_t)(((wide)a * b + up) / scale);
}

typedef struct part {
  uint64_t kept, passed;
} part;

static part keep_part(uint64_t weight, uint64_t factor, uint64_t scale,
                      urna_keeping keeping) {
  if (factor == scale) return (part){weight, 0};
  uint64_t kept;
  if (keeping == URNA_KEEP_DOWN)
    return (part){scaled(weight, factor, scale, 0),
                  scaled(weight, scale - factor, scale, 0)};
  if (keeping == URNA_KEEP_UP)
    kept = scaled(weight, factor, scale, scale - 1);
  else
    kept = factor < weight ? factor : weight;
  return (part){kept, weight - kept};
}

static void add_papers(urna_wide *sum, uint64_t each, urna_count papers) {
  wide total = ((wide)sum->high << 64 | sum->low) + (wide)each * (wide)papers;
  *sum = (urna_wide){(uint64_t)(total >> 64), (uint64_t)total};
}

urna_status urna_meek_count(const urna_meek *meek, uint64_t scale,
                            urna_keeping keeping, const uint64_t *keep,
                            urna_wide *votes) {
  uint64_t *passed = malloc(meek->count * sizeof *passed);
  if (!passed) return URNA_NO_MEMORY;
  memset(votes, 0, candidates_of(meek) * sizeof *votes);
  passed[ROOT] = scale;
  for (uint32_t i = 1; i < meek->count; i++) {
    const urna_branch *branch = &meek->branches[i];
    uint64_t weight = passed[branch->parent];
    passed[i] = 0;
    if (weight == 0 || branch->papers == 0) continue;
    uint32_t c = branch->candidate;
    uint64_t factor = meek->is_elected[c] ? keep[c] : scale;
    part both = keep_part(weight, factor, scale, keeping);
    passed[i] = both.passed;
    add_papers(&votes[c], both.kept, branch->papers);
  }
  free(passed);
  return URNA_OK;
}

/* ---- counting in finer units ---- */

typedef struct fine {
  const urna_natural *scale;
  urna_natural one, kept, rest, papers; /* scratch */
} fine;

/* to = a * b / scale, rounded up or down. */
static urna_status scale_finely(fine *f, urna_natural *to,
                                const urna_natural *a, const urna_natural *b,
                                bool up) {
  urna_status status = urna_natural_multiply(to, a, b);
  if (status == URNA_OK)
    status = urna_natural_divide(to, &f->rest, to, f->scale);
  if (status == URNA_OK && up && !urna_natural_is_zero(&f->rest))
    status = urna_natural_add(to, to, &f->one);
  return status;
}

/* What is kept of 'weight' into f->kept, what is passed into 'passed'. */
static urna_status keep_finely(fine *f, urna_natural *passed,
                               const urna_natural *weight,
                               const urna_natural *factor,
                               urna_keeping keeping) {
  urna_status status;
  if (keeping == URNA_KEEP_EQUALLY) {
    bool is_less = urna_natural_cmp(factor, weight) < 0;
    status = urna_natural_copy(&f->kept, is_less ? factor : weight);
  } else {
    status = scale_finely(f, &f->kept, weight, factor, keeping == URNA_KEEP_UP);
  }
  if (status == URNA_OK && keeping != URNA_KEEP_DOWN)
    return urna_natural_subtract(passed, weight, &f->kept);
  if (status == URNA_OK)
    status = urna_natural_subtract(passed, f->scale, factor);
  if (status == URNA_OK)
    status = scale_finely(f, passed, weight, passed, false);
  return status;
}

static urna_status count_branch(fine *f, const urna_meek *meek, uint32_t i,
                                urna_keeping keeping, const urna_natural *keep,
                                urna_natural *passed, urna_natural *votes) {
  const urna_branch *branch = &meek->branches[i];
  const urna_natural *weight = &passed[branch->parent];
  uint32_t c = branch->candidate;
  if (urna_natural_is_zero(weight) || branch->papers == 0) return URNA_OK;
  urna_status status =
      keep_finely(f, &passed[i], weight,
                  meek->is_elected[c] ? &keep[c] : f->scale, keeping);
  if (status == URNA_OK)
    status = urna_natural_set(&f->papers, (uint64_t)branch->papers);
  if (status == URNA_OK)
    status = urna_natural_multiply(&f->kept, &f->kept, &f->papers);
  if (status == URNA_OK)
    status = urna_natural_add(&votes[c], &votes[c], &f->kept);
  return status;
}

urna_status urna_meek_count_finely(const urna_meek *meek,
                                   const urna_natural *scale,
                                   urna_keeping keeping,
                                   const urna_natural *keep,
                                   urna_natural *votes) {
  fine f = {.scale = scale};
  urna_natural *passed = calloc(meek->count, sizeof *passed);
  urna_status status = passed ? urna_natural_set(&f.one, 1) : URNA_NO_MEMORY;
  for (uint32_t c = 0; c < candidates_of(meek) && status == URNA_OK; c++)
    status = urna_natural_set(&votes[c], 0);
  if (status == URNA_OK) status = urna_natural_copy(&passed[ROOT], scale);
  for (uint32_t i = 1; i < meek->count && status == URNA_OK; i++)
    status = count_branch(&f, meek, i, keeping, keep, passed, votes);
  for (uint32_t i = 0; passed && i < meek->count; i++)
    urna_natural_free(&passed[i]);
  free(passed);
  urna_natural_free(&f.one);
  urna_natural_free(&f.kept);
  urna_natural_free(&f.rest);
  urna_natural_free(&f.papers);
  return status;
}
