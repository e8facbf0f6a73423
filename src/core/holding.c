/* see holding.h */
#include "core/holding.h"

#define NEVER URNA_HOLDING_NEVER

/* ---- claims ---- */

/* Whether the list's claim to a seat stands above the price in this part. */
static bool wins(const urna_holding *s, const urna_holder *h,
                 const urna_part *p, int32_t seat, const urna_price *at) {
  const urna_pricing *pricing = &s->pricing[h->favoured];
  urna_count votes = urna_part_votes(h, p);
  if (votes == 0) return false;
  urna_price claim = urna_price_of(pricing, p->weight, seat, votes);
  int order = urna_price_cmp(pricing, &claim, at);
  return order > 0 || (order == 0 && s->equal[h->favoured]);
}

static int32_t count_seats(const urna_holding *s, const urna_holder *h,
                           urna_part *p, const urna_price *at) {
  if (!p->takes_part) return 0;
  int32_t count = p->held;
  while (count < h->most && wins(s, h, p, count + 1, at)) count++;
  while (count > 0 && !wins(s, h, p, count, at)) count--;
  p->held = count;
  return count;
}

/* Of two parts that it stands in, the one that is better for its side. */
static bool is_better(const urna_holder *h, int64_t a, int64_t b) {
  return h->favoured ? a > b : a < b;
}

void urna_holding_look(urna_holding *s, const urna_price *at) {
  for (size_t i = 0; i < s->n; i++) {
    urna_holder *h = &s->lists[i];
    bool is_first = true;
    for (int j = 0; j < h->part_count; j++) {
      if (!urna_part_is_home(h, &h->parts[j])) continue;
      int32_t count = count_seats(s, h, &h->parts[j], at);
      if (is_first || is_better(h, count, h->held)) h->held = count;
      is_first = false;
    }
  }
}

/* The claim of a list to a seat, in the part that is best for its side. */
static bool claim_of(const urna_holding *s, const urna_holder *h, int32_t seat,
                     urna_price *at) {
  const urna_pricing *pricing = &s->pricing[h->favoured];
  bool found = false;
  for (int j = 0; j < h->part_count; j++) {
    const urna_part *p = &h->parts[j];
    if (!urna_part_is_home(h, p)) continue;
    urna_count votes = urna_part_votes(h, p);
    bool may = p->takes_part && votes > 0 && seat <= h->most;
    if (!may && h->favoured) continue;
    if (!may) return false;
    urna_price claim = urna_price_of(pricing, p->weight, seat, votes);
    if (!found || is_better(h, urna_price_cmp(pricing, &claim, at), 0))
      *at = claim;
    found = true;
  }
  return found;
}

/* ---- ranks ---- */

/* Of one side, the list whose next claim is greatest, or whose last one is
** least; NULL if there is none. */
static urna_holder *outermost(urna_holding *s, bool favoured, bool next,
                              urna_price *at) {
  urna_holder *found = NULL;
  for (size_t i = 0; i < s->n; i++) {
    urna_holder *h = &s->lists[i];
    urna_price claim;
    if (h->favoured != favoured || (!next && h->ranked == 0)) continue;
    if (!claim_of(s, h, h->ranked + next, &claim)) continue;
    int order = found ? urna_price_cmp(&s->pricing[favoured], &claim, at) : 0;
    if (found && (next ? order <= 0 : order >= 0)) continue;
    found = h;
    *at = claim;
  }
  return found;
}

static int64_t sum_ranked(urna_holding *s, bool favoured) {
  int64_t sum = 0;
  for (size_t i = 0; i < s->n; i++) {
    urna_holder *h = &s->lists[i];
    urna_price claim;
    if (h->favoured != favoured) continue;
    while (h->ranked > 0 && !claim_of(s, h, h->ranked, &claim)) h->ranked--;
    sum += h->ranked;
  }
  return sum;
}

bool urna_holding_nth(urna_holding *s, bool favoured, int64_t k,
                      urna_price *at) {
  int64_t sum = sum_ranked(s, favoured);
  for (; sum < k; sum++) {
    urna_holder *up = outermost(s, favoured, true, at);
    if (!up) return false;
    up->ranked++;
  }
  for (; sum > k; sum--) outermost(s, favoured, false, at)->ranked--;
  for (;;) {
    urna_price next;
    urna_holder *down = outermost(s, favoured, false, at);
    urna_holder *up = outermost(s, favoured, true, &next);
    if (!up || !down) return down != NULL;
    if (urna_price_cmp(&s->pricing[favoured], &next, at) <= 0) return true;
    up->ranked++;
    down->ranked--;
  }
}

bool urna_holding_next(urna_holding *s, urna_price *at) {
  urna_holder *up = outermost(s, false, true, at);
  if (up) up->ranked++;
  return up != NULL;
}

/* ---- what one list costs ---- */

/* The votes of a part with which the list holds what it is to hold. */
static bool span(const urna_holding *s, const urna_holder *h,
                 const urna_part *p, int32_t seats, const urna_price *at,
                 urna_count *low, urna_count *high) {
  const urna_pricing *pricing = &s->pricing[h->favoured];
  bool equal = !s->equal[h->favoured];
  *low = p->low;
  *high = p->high;
  if (h->favoured && seats > 0) {
    if (!p->takes_part || seats > h->most) return false;
    urna_count most = urna_price_most(pricing, p->weight, seats, at, equal);
    if (*low <= most) *low = most + 1;
  } else if (!h->favoured && p->takes_part && seats < h->most) {
    urna_count most = urna_price_most(pricing, p->weight, seats + 1, at, equal);
    if (*high > most) *high = most;
  }
  return *low <= *high;
}

bool urna_holding_hold(const urna_holding *s, const urna_holder *h,
                       int32_t seats, const urna_price *at, urna_count *after,
                       urna_count *low, urna_count *high) {
  bool found = false;
  for (int j = 0; j < h->part_count; j++) {
    urna_count from, to;
    if (!span(s, h, &h->parts[j], seats, at, &from, &to)) continue;
    if (h->part_count > 1 && (h->favoured ? to < h->votes : from > h->votes))
      continue;
    urna_count votes = h->votes < from ? from : h->votes > to ? to : h->votes;
    if (found && (h->favoured ? votes >= *after : votes <= *after)) continue;
    *after = votes;
    *low = from;
    *high = to;
    found = true;
  }
  return found;
}

/* What goes into its side's own direction; what goes against it is not for
** the price to change, and counted by who forced it. */
static urna_count cost_of(const urna_holding *s, const urna_holder *h,
                          int32_t seats, const urna_price *at) {
  urna_count after, low, high;
  if (!urna_holding_hold(s, h, seats, at, &after, &low, &high)) return NEVER;
  urna_count cost = h->favoured ? after - h->votes : h->votes - after;
  return cost > 0 ? cost : 0;
}

/* ---- many lists ---- */

/* One side at a price. Seats are counted as gained, as dropped, or, where it
** has to drop more than it may keep, as kept. */
typedef struct sack {
  int32_t size; /* seats to distribute */
  bool is_kept;
  int current; /* which of the two 'best' is valid */
} sack;

static bool is_in(const urna_holding *s, const urna_holder *h, bool favoured) {
  return h->favoured == favoured && !(s->grouped && !h->parts[0].takes_part);
}

static sack pack(urna_holding *s, bool favoured) {
  int64_t sum = 0;
  for (size_t i = 0; i < s->n; i++)
    if (is_in(s, &s->lists[i], favoured)) sum += s->lists[i].held;
  int64_t excess = favoured ? s->need - sum : sum - s->spare;
  sack k = {.is_kept = !favoured && excess > s->spare};
  if (k.is_kept) excess = s->spare;
  k.size = excess > 0 ? (int32_t)excess : 0;
  for (int32_t seats = 0; seats <= k.size; seats++)
    s->best[0][seats] = k.is_kept || seats == 0 ? 0 : NEVER;
  return k;
}

static int32_t seats_of(const urna_holder *h, const sack *k, int32_t d) {
  return k->is_kept ? d : h->favoured ? h->held + d : h->held - d;
}

/* Fills 'cost' for 0 to the returned number of seats. Costs only rise, but
** where seats are kept. */
static int32_t price_list(urna_holding *s, const urna_holder *h, const sack *k,
                          const urna_price *at) {
  int32_t most = h->favoured ? h->most - h->held : h->held;
  if (most > k->size) most = k->size;
  s->work += 40 * (INT64_C(1) + most);
  for (int32_t d = 0; d <= most; d++) {
    urna_count cost = cost_of(s, h, seats_of(h, k, d), at);
    s->cost[d] = cost >= s->cap ? NEVER : cost;
    if (s->cost[d] == NEVER && !k->is_kept) return d;
  }
  return most;
}

static void add_list(urna_holding *s, sack *k, int32_t most, int32_t *choice) {
  const urna_count *old = s->best[k->current];
  urna_count *best = s->best[!k->current];
  s->work += (INT64_C(1) + k->size) * (INT64_C(1) + most);
  for (int32_t seats = 0; seats <= k->size; seats++) {
    urna_count least = NEVER;
    for (int32_t d = 0; d <= most && d <= seats; d++) {
      urna_count sum = old[seats - d] + s->cost[d];
      if (sum >= least) continue;
      least = sum;
      choice[seats] = d;
    }
    best[seats] = least;
  }
  k->current = !k->current;
}

static void choose_seats(urna_holding *s, bool favoured, const sack *k,
                         const urna_price *at) {
  int32_t left = k->size;
  for (size_t i = s->n; i-- > 0;) {
    urna_holder *h = &s->lists[i];
    if (!is_in(s, h, favoured)) continue;
    int32_t d = s->choice[i * ((size_t)s->room + 1) + (size_t)left];
    urna_holding_hold(s, h, seats_of(h, k, d), at, &h->after, &h->low,
                      &h->high);
    left -= d;
  }
}

/* ---- many lists, every choice ---- */

typedef struct trial {
  urna_holding *s;
  bool favoured;
  const urna_price *at;
  urna_count best;
  int32_t *chosen, *now; /* seats by list: of the best, and on trial */
} trial;

static urna_count plus(urna_count a, urna_count b) {
  return a + b < NEVER ? a + b : NEVER;
}

/* Try all seats of the lists from 'i', with 'seats' left to give or to keep,
** after so many ballots and so many votes that the others may go to. */
static void try_from(trial *t, size_t i, int32_t seats, urna_count cost,
                     urna_count end) {
  urna_holding *s = t->s;
  if (cost >= t->best || (t->favoured && end > s->most_low)) return;
  while (i < s->n && !is_in(s, &s->lists[i], t->favoured)) i++;
  if (i == s->n) {
    if (t->favoured ? seats > 0 : end < s->least_high) return;
    t->best = cost;
    for (size_t j = 0; j < s->n; j++) t->chosen[j] = t->now[j];
    return;
  }
  urna_holder *h = &s->lists[i];
  for (int32_t c = 0; c <= h->most && c <= seats; c++) {
    urna_count after, low, high;
    t->now[i] = c;
    s->work += 100;
    if (!urna_holding_hold(s, h, c, t->at, &after, &low, &high)) continue;
    try_from(t, i + 1, seats - c, plus(cost, cost_of(s, h, c, t->at)),
             plus(end, t->favoured ? low : high));
  }
}

static urna_count cost_of_trial(urna_holding *s, bool favoured,
                                const urna_price *at, bool choose) {
  trial t = {.s = s, .favoured = favoured, .at = at, .best = NEVER};
  t.chosen = s->choice;
  t.now = s->choice + s->n;
  try_from(&t, 0, favoured ? s->need : s->spare, 0, 0);
  for (size_t i = 0; choose && t.best < NEVER && i < s->n; i++) {
    urna_holder *h = &s->lists[i];
    if (is_in(s, h, favoured))
      urna_holding_hold(s, h, t.chosen[i], at, &h->after, &h->low, &h->high);
  }
  return t.best;
}

urna_count urna_holding_cost(urna_holding *s, bool favoured,
                             const urna_price *at, bool choose) {
  if (s->is_limited) return cost_of_trial(s, favoured, at, choose);
  sack k = pack(s, favoured);
  for (size_t i = 0; i < s->n; i++) {
    if (!is_in(s, &s->lists[i], favoured)) continue;
    int32_t most = price_list(s, &s->lists[i], &k, at);
    add_list(s, &k, most, s->choice + i * ((size_t)s->room + 1));
  }
  urna_count cost = s->best[k.current][k.size];
  if (choose && cost < NEVER) choose_seats(s, favoured, &k, at);
  return cost;
}
