/* see thiele.h */
#include "core/thiele.h"

#include <stdlib.h>
#include <string.h>

#include "core/ratio.h"

__extension__ typedef unsigned __int128 wide;

#define NOBODY UINT32_MAX
#define ROUNDS 8 /* tangents tried at a node, at most */

typedef enum place { FREE, IN, OUT } place;

/* One candidate put in or out; a choice is put out when it comes back. */
typedef struct step {
  uint32_t candidate;
  bool is_choice;
} step;

typedef struct search {
  const urna_thiele *thiele;
  const urna_approvals *from;
  urna_thiele_best *best;
  size_t *starts;       /* of the supporters of each candidate */
  uint32_t *supporters; /* voters */
  place *places;        /* by candidate */
  step *trail;
  size_t steps;
  uint32_t left;    /* seats */
  uint32_t *gained; /* by voter, of those that are in */
  uint32_t *most;   /* by voter, how many of the free it could gain */
  uint32_t *hits;   /* by voter, in the sets of all tangents so far */
  wide *slopes;     /* by voter, of its tangent */
  wide *pulls;      /* by candidate: the slopes of its supporters */
  uint32_t *free;   /* candidates, the greatest pull first */
  uint32_t free_count;
  size_t room; /* for committees */
  wide score;  /* of those that are in */
  wide target; /* the best score so far, if 'has_target' */
  bool has_target, has_failed;
} search;

/* ---- weights ---- */

urna_status urna_thiele_harmonic(uint32_t n, uint64_t *weights, uint64_t *den) {
  uint64_t multiple = 1;
  for (uint64_t k = 2; k <= n; k++) {
    wide next = (wide)multiple * (k / urna_common_divisor(multiple, k));
    if (next > UINT64_MAX) return URNA_OVERFLOW;
    multiple = (uint64_t)next;
  }
  for (uint32_t k = 0; k < n; k++) weights[k] = multiple / (k + 1);
  *den = multiple;
  return URNA_OK;
}

static void write_digits(wide value, char digits[URNA_THIELE_DIGITS]) {
  char backwards[URNA_THIELE_DIGITS];
  int length = 0;
  do {
    backwards[length++] = (char)('0' + (int)(value % 10));
    value /= 10;
  } while (value != 0);
  for (int i = 0; i < length; i++) digits[i] = backwards[length - 1 - i];
  digits[length] = '\0';
}

/* ---- what is in and out ---- */

static wide worth(const search *s, uint32_t voter, uint32_t gained) {
  return (wide)(uint64_t)s->from->weights[voter] * s->thiele->weights[gained];
}

static void put(search *s, uint32_t candidate, place where, bool is_choice) {
  s->trail[s->steps++] = (step){candidate, is_choice};
  s->places[candidate] = where;
  if (where == OUT) return;
  s->left--;
  for (size_t i = s->starts[candidate]; i < s->starts[candidate + 1]; i++) {
    uint32_t voter = s->supporters[i];
    s->score += worth(s, voter, s->gained[voter]++);
  }
}

static void take_back(search *s, uint32_t candidate) {
  place was = s->places[candidate];
  s->places[candidate] = FREE;
  if (was == OUT) return;
  s->left++;
  for (size_t i = s->starts[candidate]; i < s->starts[candidate + 1]; i++) {
    uint32_t voter = s->supporters[i];
    s->score -= worth(s, voter, --s->gained[voter]);
  }
}

/* Back to the last choice, whose candidate goes out; false: there is none. */
static bool turn(search *s) {
  while (s->steps > 0) {
    step last = s->trail[--s->steps];
    take_back(s, last.candidate);
    if (!last.is_choice) continue;
    put(s, last.candidate, OUT, false);
    return true;
  }
  return false;
}

/* ---- committees ---- */

static bool is_member(const search *s, uint32_t candidate, uint32_t last) {
  return s->places[candidate] == IN || candidate == last;
}

static void keep(search *s, uint32_t last) {
  urna_thiele_best *best = s->best;
  size_t seats = s->thiele->seats;
  if (best->kept == s->room) {
    size_t room = s->room ? 2 * s->room : 16;
    uint16_t *grown =
        realloc(best->committees, (room * seats + 1) * sizeof *grown);
    s->has_failed = !grown;
    if (!grown) return;
    best->committees = grown;
    s->room = room;
  }
  uint16_t *to = best->committees + best->kept++ * seats;
  for (uint32_t i = 0; i < s->from->candidates; i++)
    if (is_member(s, i, last)) *to++ = (uint16_t)i;
}

/* Those that are in, and 'last' if it is somebody, have the score 'total'. */
static void meet(search *s, uint32_t last, wide total) {
  urna_thiele_best *best = s->best;
  if (s->has_target && total < s->target) return;
  bool is_better = !s->has_target || total > s->target;
  for (uint32_t i = 0; i < s->from->candidates; i++) {
    bool member = is_member(s, i, last);
    best->is_certain[i] = member && (is_better || best->is_certain[i]);
    best->is_possible[i] = member || (!is_better && best->is_possible[i]);
  }
  if (is_better) {
    best->kept = 0;
    best->is_complete = true;
  }
  s->target = total;
  s->has_target = true;
  if (best->kept < s->thiele->limit)
    keep(s, last);
  else
    best->is_complete = false;
}

/* May a committee as good as the best, of this node, be news? */
static bool is_open(const search *s) {
  const urna_thiele_best *best = s->best;
  if (best->is_complete) return true;
  for (uint32_t i = 0; i < s->from->candidates; i++) {
    if (best->is_certain[i] && s->places[i] != IN) return true;
    if (!best->is_possible[i] && s->places[i] != OUT) return true;
  }
  return false;
}

static bool is_worse(const search *s, wide bound) {
  if (!s->has_target || bound > s->target) return false;
  return bound < s->target || !is_open(s);
}

/* ---- the bound ---- */

static void list_free(search *s) {
  s->free_count = 0;
  for (uint32_t i = 0; i < s->from->candidates; i++)
    if (s->places[i] == FREE) s->free[s->free_count++] = i;
}

/* Into 'hits', how many of the first 'n' of the free ones each approves. */
static void hit(search *s, uint32_t n) {
  for (uint32_t k = 0; k < n; k++) {
    uint32_t c = s->free[k];
    for (size_t i = s->starts[c]; i < s->starts[c + 1]; i++)
      s->hits[s->supporters[i]]++;
  }
}

static void clear_hits(search *s) {
  memset(s->hits, 0, s->from->count * sizeof *s->hits);
}

static void find_most(search *s) {
  clear_hits(s);
  hit(s, s->free_count);
  for (size_t v = 0; v < s->from->count; v++)
    s->most[v] = s->hits[v] < s->left ? s->hits[v] : s->left;
}

/*
** Every voter's tangent where it has hits * num / den of the free ones; the
** sum of the tangents at no candidate at all. At the most that a voter can
** gain, the steeper of its tangents is the better one.
*/
static wide set_slopes(search *s, uint32_t num, uint32_t den) {
  wide base = s->score;
  for (uint32_t v = 0; v < s->from->count; v++) {
    if (s->most[v] == 0) continue;
    const uint64_t *weights = s->thiele->weights + s->gained[v];
    wide papers = (wide)(uint64_t)s->from->weights[v], above = 0;
    uint32_t gain = s->hits[v] * num / den;
    if (gain >= s->most[v]) gain = s->most[v] - 1;
    for (uint32_t k = 0; k < gain; k++) above += weights[k] - weights[gain];
    base += papers * above;
    s->slopes[v] = papers * weights[gain];
  }
  return base;
}

static void set_pulls(search *s) {
  for (uint32_t k = 0; k < s->free_count; k++) {
    uint32_t c = s->free[k];
    wide sum = 0;
    for (size_t i = s->starts[c]; i < s->starts[c + 1]; i++)
      sum += s->slopes[s->supporters[i]];
    s->pulls[c] = sum;
  }
}

/* The greatest pull first; insertion, for they are nearly in order. */
static void sort_free(search *s) {
  for (uint32_t k = 1; k < s->free_count; k++) {
    uint32_t c = s->free[k], at = k;
    for (; at > 0 && s->pulls[s->free[at - 1]] < s->pulls[c]; at--)
      s->free[at] = s->free[at - 1];
    s->free[at] = c;
  }
}

static wide bound_of(search *s, uint32_t num, uint32_t den) {
  wide bound = set_slopes(s, num, den);
  set_pulls(s);
  sort_free(s);
  for (uint32_t k = 0; k < s->left; k++) bound += s->pulls[s->free[k]];
  return bound;
}

/*
** Candidates that would pull the bound below the target by being in, or out.
** True: there were some, and the node is another now.
*/
static bool fix(search *s, wide bound) {
  if (!s->has_target) return false;
  size_t before = s->steps;
  uint32_t left = s->left;
  wide last = s->pulls[s->free[left - 1]], next = s->pulls[s->free[left]];
  for (uint32_t k = 0; k < s->free_count; k++) {
    wide pull = s->pulls[s->free[k]];
    if (k < left && bound - (pull - next) < s->target)
      put(s, s->free[k], IN, false);
    if (k >= left && bound - (last - pull) < s->target)
      put(s, s->free[k], OUT, false);
  }
  return s->steps > before;
}

/* ---- the search ---- */

/* One seat is left: every free candidate makes a committee. */
static void finish_one(search *s) {
  clear_hits(s);
  set_slopes(s, 0, 1);
  set_pulls(s);
  for (uint32_t k = 0; k < s->free_count; k++)
    meet(s, s->free[k], s->score + s->pulls[s->free[k]]);
}

static void finish_all(search *s) {
  for (uint32_t k = 0; k < s->free_count; k++) put(s, s->free[k], IN, false);
  meet(s, NOBODY, s->score);
}

typedef enum verdict { DONE, CHANGED, BRANCH } verdict;

/* Bound the node by tangents at averages of sets, the first of them the
** average of all. */
static verdict bound_node(search *s) {
  wide least = 0;
  for (uint32_t i = 0; i < ROUNDS; i++) {
    wide bound =
        i == 0 ? bound_of(s, s->left, s->free_count) : bound_of(s, 1, i);
    if (is_worse(s, bound)) return DONE;
    if (fix(s, bound)) return CHANGED;
    if (i > 2 && bound >= least) break;
    if (i == 0 || bound < least) least = bound;
    if (i == 0) clear_hits(s);
    hit(s, s->left);
  }
  return BRANCH;
}

static verdict look(search *s) {
  list_free(s);
  if (s->left > s->free_count) return DONE;
  find_most(s);
  if (s->left == 0) {
    meet(s, NOBODY, s->score);
  } else if (s->left == s->free_count) {
    finish_all(s);
  } else if (s->left == 1) {
    finish_one(s);
  } else {
    return bound_node(s);
  }
  return DONE;
}

static void explore(search *s) {
  bool is_going = true;
  while (is_going && !s->has_failed) {
    if (s->best->nodes == s->thiele->effort) return;
    s->best->nodes++;
    verdict found = look(s);
    if (found == BRANCH) put(s, s->free[0], IN, true);
    if (found == DONE) is_going = turn(s);
  }
  s->best->is_proven = !s->has_failed;
}

static void invert(search *s) {
  const urna_approvals *from = s->from;
  size_t marks = from->starts[from->count];
  for (size_t i = 0; i < marks; i++) s->starts[from->marks[i] + 1]++;
  for (uint32_t c = 0; c < from->candidates; c++)
    s->starts[c + 1] += s->starts[c];
  /* each start moves to its end, and then they all move on by one */
  for (size_t v = 0; v < from->count; v++)
    for (size_t i = from->starts[v]; i < from->starts[v + 1]; i++)
      s->supporters[s->starts[from->marks[i]]++] = (uint32_t)v;
  for (uint32_t c = from->candidates; c > 0; c--)
    s->starts[c] = s->starts[c - 1];
  s->starts[0] = 0;
}

static void start(search *s) {
  s->left = s->thiele->seats;
  s->best->is_complete = true;
  invert(s);
  for (uint32_t c = 0; c < s->from->candidates; c++)
    if (s->thiele->is_in[c]) put(s, c, IN, false);
}

static bool make_room(search *s) {
  size_t voters = s->from->count + 1, candidates = s->from->candidates + 1;
  s->starts = calloc(candidates + 1, sizeof *s->starts);
  s->supporters =
      malloc((s->from->starts[s->from->count] + 1) * sizeof *s->supporters);
  s->places = calloc(candidates, sizeof *s->places);
  s->trail = malloc(candidates * sizeof *s->trail);
  s->gained = calloc(voters, sizeof *s->gained);
  s->most = malloc(voters * sizeof *s->most);
  s->hits = malloc(voters * sizeof *s->hits);
  s->slopes = malloc(voters * sizeof *s->slopes);
  s->pulls = malloc(candidates * sizeof *s->pulls);
  s->free = malloc(candidates * sizeof *s->free);
  s->best->is_certain = calloc(candidates, sizeof *s->best->is_certain);
  s->best->is_possible = calloc(candidates, sizeof *s->best->is_possible);
  return s->starts && s->supporters && s->places && s->trail && s->gained
         && s->most && s->hits && s->slopes && s->pulls && s->free
         && s->best->is_certain && s->best->is_possible;
}

static void free_room(search *s) {
  free(s->starts);
  free(s->supporters);
  free(s->places);
  free(s->trail);
  free(s->gained);
  free(s->most);
  free(s->hits);
  free(s->slopes);
  free(s->pulls);
  free(s->free);
}

urna_status urna_thiele_search(const urna_thiele *thiele,
                               urna_thiele_best *best) {
  search s = {.thiele = thiele, .from = thiele->approvals, .best = best};
  memset(best, 0, sizeof *best);
  s.has_failed = !make_room(&s);
  if (!s.has_failed) {
    start(&s);
    explore(&s);
    write_digits(s.target, best->score);
  }
  free_room(&s);
  if (s.has_failed) urna_thiele_free(best);
  return s.has_failed ? URNA_NO_MEMORY : URNA_OK;
}

void urna_thiele_free(urna_thiele_best *best) {
  free(best->committees);
  free(best->is_certain);
  free(best->is_possible);
  memset(best, 0, sizeof *best);
}
