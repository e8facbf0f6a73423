/* see divisor.h */
#include "core/divisor.h"

#include <assert.h>
#include <string.h>

#define INLINE __attribute__((always_inline)) static inline
#define NOBODY SIZE_MAX

/* The bits of a weighted count and of a trial divisor's inverse: together
** they fit 127. */
#define WEIGHED_BITS 86
#define RATE_BITS    40

/* What the cross products of one call fit; the functions that compare are
** compiled once for each. */
typedef enum width { NARROW, MIDDLE, BROAD } width; /* 64, 128, 256 bits */

/* One call of urna_divisor_award. */
typedef struct auction {
  const urna_sequence *d;
  const urna_contender *lists;
  urna_bid *bids;
  size_t n;
  int32_t seats, given;
  bool is_plain, is_squared; /* plain: every weight is 1/1 */
  bool is_ordered;           /* the heap is one, not only its top */
  int64_t common;       /* votes are counted in 1/common; 0: each list's in its
                       ** own denominator */
  int64_t room;         /* seats that the lists may take at most */
  urna_u128 most_votes; /* weighted */
  int64_t most_unit;
  int32_t last_seat; /* the greatest k that any d(k) is asked for */
  uint32_t in_heap;
  urna_award *awards;
  unsigned char *tied;
  urna_bid last_bid;  /* of the last seat that was awarded one by one */
  size_t last_winner; /* whose it was; or NOBODY */
} auction;

/* ---- what a list brings ---- */

INLINE urna_u128 weighed(const auction *x, const urna_contender *list) {
  if (x->is_plain) return (urna_u128)list->votes;
  urna_u128 votes = (urna_u128)list->votes * (uint64_t)list->weight.num;
  return x->common ? votes * (uint64_t)(x->common / list->weight.den) : votes;
}

/* What weighed() is to be divided by. */
INLINE uint64_t unit(const auction *x, const urna_contender *list) {
  return x->common ? 1 : (uint64_t)list->weight.den;
}

/* Its weighted votes, rounded down: only for a guess. */
INLINE urna_u128 about(const auction *x, const urna_contender *list) {
  urna_u128 votes = weighed(x, list);
  return x->common ? votes : votes / (uint64_t)list->weight.den;
}

/* Seats that a list may hold: its own limit, or the divisors'. */
INLINE int32_t limit(const auction *x, const urna_contender *list) {
  return list->most < x->d->length ? list->most : x->d->length;
}

INLINE bool may_take(const auction *x, const urna_contender *list,
                     int32_t now) {
  return list->votes > 0 && now < limit(x, list);
}

/* ---- quotients ---- */

INLINE void put_wide(uint64_t *limbs, urna_u128 value) {
  limbs[0] = (uint64_t)value;
  limbs[1] = (uint64_t)(value >> 64);
}

/* What list 'i' bids if it holds 'now' seats. */
INLINE void place(const auction *x, size_t i, int32_t now, urna_bid *bid,
                  width w) {
  const urna_contender *list = &x->lists[i];
  urna_ratio d = urna_sequence_at(x->d, now);
  urna_u128 votes = weighed(x, list), by = (uint64_t)d.den;
  uint64_t below = unit(x, list);
  if (x->is_squared) by = votes, below *= below;
  uint64_t divisor = now < list->least ? 0 : (uint64_t)d.num;
  bid->now = now;
  if (w == NARROW) {
    bid->above[0] = (uint64_t)votes * (uint64_t)by;
    bid->below[0] = below * divisor;
  } else {
    urna_u256 above = urna_wide_product(votes, by);
    memcpy(bid->above, above.limb, sizeof bid->above);
    put_wide(bid->below, (urna_u128)below * divisor);
  }
}

INLINE urna_u128 wide_at(const uint64_t *limbs) {
  return (urna_u128)limbs[1] << 64 | limbs[0];
}

INLINE urna_u256 broad_at(const uint64_t *limbs) {
  return (urna_u256){{limbs[0], limbs[1], limbs[2], limbs[3]}};
}

/* -1, 0, 1 by the cross products; two infinite ones are equal. */
INLINE int product_cmp(const urna_bid *a, const urna_bid *b, width w) {
  if (w == NARROW) {
    uint64_t left = a->above[0] * b->below[0];
    uint64_t right = b->above[0] * a->below[0];
    return (left > right) - (left < right);
  }
  if (w == MIDDLE) {
    urna_u128 left = wide_at(a->above) * wide_at(b->below);
    urna_u128 right = wide_at(b->above) * wide_at(a->below);
    return (left > right) - (left < right);
  }
  return urna_wide_cmp(urna_wide_times(broad_at(a->above), wide_at(b->below)),
                       urna_wide_times(broad_at(b->above), wide_at(a->below)));
}

INLINE bool is_infinite(const urna_bid *bid, width w) {
  return bid->below[0] == 0 && (w == NARROW || bid->below[1] == 0);
}

static int infinite_cmp(const auction *x, size_t i, const urna_bid *a, size_t j,
                        const urna_bid *b) {
  const urna_contender *one = &x->lists[i], *other = &x->lists[j];
  urna_u128 left = weighed(x, one) * unit(x, other);
  urna_u128 right = weighed(x, other) * unit(x, one);
  if (left != right) return left > right ? 1 : -1;
  return (a->now < b->now) - (a->now > b->now);
}

/* The bids of lists 'i' and 'j', which may be other than their next. */
INLINE int quotient_cmp(const auction *x, size_t i, const urna_bid *a, size_t j,
                        const urna_bid *b, width w) {
  int order = product_cmp(a, b, w);
  if (order != 0 || !is_infinite(a, w)) return order;
  return infinite_cmp(x, i, a, j, b);
}

static int precedence_cmp(const auction *x, size_t i, size_t j) {
  urna_count one = x->lists[i].precedence, other = x->lists[j].precedence;
  return (one > other) - (one < other);
}

/* 0 is a tie. */
INLINE int bid_cmp(const auction *x, size_t i, const urna_bid *a, size_t j,
                   const urna_bid *b, width w) {
  int order = quotient_cmp(x, i, a, j, b, w);
  return order ? order : precedence_cmp(x, i, j);
}

/* ---- the heap of the next bids, the greatest on top ---- */

/* Equals stand in the order of the lists. */
INLINE bool outbids(const auction *x, size_t i, size_t j, width w) {
  int order = bid_cmp(x, i, &x->bids[i], j, &x->bids[j], w);
  return order ? order > 0 : i < j;
}

INLINE void sift(auction *x, size_t at, width w) {
  urna_bid *bids = x->bids;
  uint32_t moving = bids[at].heap;
  for (;;) {
    size_t child = 2 * at + 1;
    if (child >= x->in_heap) break;
    if (child + 1 < x->in_heap
        && outbids(x, bids[child + 1].heap, bids[child].heap, w))
      child++;
    if (!outbids(x, bids[child].heap, moving, w)) break;
    bids[at].heap = bids[child].heap;
    at = child;
  }
  bids[at].heap = moving;
}

/* Where few seats are left, to look at all is quicker than order. */
#define FEW_SEATS 6

INLINE void bring_up(auction *x, width w) {
  urna_bid *bids = x->bids;
  size_t top = 0;
  for (size_t at = 1; at < x->in_heap; at++)
    if (outbids(x, bids[at].heap, bids[top].heap, w)) top = at;
  uint32_t best = bids[top].heap;
  bids[top].heap = bids[0].heap;
  bids[0].heap = best;
}

/* The place on the top has changed. */
INLINE void renew(auction *x, width w) {
  if (x->in_heap == 0) return;
  if (x->is_ordered)
    sift(x, 0, w);
  else
    bring_up(x, w);
}

INLINE void fill_heap(auction *x, width w) {
  x->in_heap = 0;
  for (size_t i = 0; i < x->n; i++) {
    if (!may_take(x, &x->lists[i], x->bids[i].now)) continue;
    place(x, i, x->bids[i].now, &x->bids[i], w);
    x->bids[x->in_heap++].heap = (uint32_t)i;
  }
  x->is_ordered = x->awards || x->seats - x->given > FEW_SEATS;
  if (!x->is_ordered) renew(x, w);
  for (size_t at = x->is_ordered ? x->in_heap / 2 : 0; at-- > 0;)
    sift(x, at, w);
}

/* The list on the top takes a seat and bids for another. */
INLINE void take_seat(auction *x, width w) {
  size_t winner = x->bids[0].heap;
  int32_t now = x->bids[winner].now + 1;
  x->bids[winner].now = now;
  if (may_take(x, &x->lists[winner], now))
    place(x, winner, now, &x->bids[winner], w);
  else
    x->bids[0].heap = x->bids[--x->in_heap].heap;
  renew(x, w);
}

/* The best but the top. */
INLINE size_t runner_up(const auction *x, width w) {
  if (x->in_heap < 2) return NOBODY;
  size_t left = x->bids[1].heap;
  if (x->in_heap == 2) return left;
  size_t right = x->bids[2].heap;
  return outbids(x, right, left, w) ? right : left;
}

INLINE void note(const auction *x, urna_award *award, width w) {
  size_t winner = x->bids[0].heap, rival = runner_up(x, w);
  const urna_bid *bids = x->bids;
  *award = (urna_award){
      .winner = winner, .rival = rival, .winner_held = bids[winner].now};
  if (rival == NOBODY) return;
  award->rival_held = bids[rival].now;
  award->by_precedence =
      precedence_cmp(x, winner, rival) != 0
      && quotient_cmp(x, winner, &bids[winner], rival, &bids[rival], w) == 0;
}

INLINE void award_seats(auction *x, width w) {
  for (; x->given < x->seats && x->in_heap > 0; x->given++) {
    if (x->awards) note(x, &x->awards[x->given], w);
    x->last_winner = x->bids[0].heap;
    x->last_bid = x->bids[x->last_winner];
    take_seat(x, w);
  }
}

/* ---- ties ---- */

/* Whether list 'i' holds or lacks the seat that is a tie; what it holds of it
** is taken back. */
INLINE bool is_equal(auction *x, size_t i, width w) {
  const urna_contender *list = &x->lists[i];
  urna_bid *bid = &x->bids[i], held;
  if (may_take(x, list, bid->now)
      && bid_cmp(x, i, bid, x->last_winner, &x->last_bid, w) == 0)
    return true;
  if (list->votes == 0 || bid->now <= list->held) return false;
  place(x, i, bid->now - 1, &held, w);
  if (bid_cmp(x, i, &held, x->last_winner, &x->last_bid, w) != 0) return false;
  bid->now--;
  x->given--;
  return true;
}

/* Equals stand together in the order of awards: they are the last. */
INLINE urna_status settle(auction *x, width w) {
  if (x->last_winner == NOBODY || x->in_heap == 0) return URNA_OK;
  size_t next = x->bids[0].heap;
  if (bid_cmp(x, next, &x->bids[next], x->last_winner, &x->last_bid, w) != 0)
    return URNA_OK;
  for (size_t i = 0; i < x->n; i++) x->tied[i] = is_equal(x, i, w);
  return URNA_TIE;
}

/* Powers of two are known up to 2^62: a list that could go on is a stop. */
static bool ran_out(const auction *x) {
  if (x->d->ends || x->d->length == INT32_MAX) return false;
  for (size_t i = 0; i < x->n; i++)
    if (x->bids[i].now >= x->d->length && x->lists[i].most > x->d->length)
      return true;
  return false;
}

INLINE urna_status run(auction *x, width w) {
  fill_heap(x, w);
  award_seats(x, w);
  return ran_out(x) ? URNA_OVERFLOW : settle(x, w);
}

static urna_status run_narrow(auction *x) {
  return run(x, NARROW);
}

static urna_status run_middle(auction *x) {
  return run(x, MIDDLE);
}

static urna_status run_broad(auction *x) {
  return run(x, BROAD);
}

/* ---- what is handed in ---- */

static urna_status refuse(urna_error *error, size_t index, const char *code,
                          const char *message) {
  urna_error_set(error, code, message);
  if (error) error->index = index;
  return URNA_BAD_INPUT;
}

static bool is_weight(int64_t part) {
  return part >= 1 && part <= URNA_WEIGHT_MAX;
}

static urna_status check_lists(auction *x, urna_error *error) {
  const int32_t most = INT32_MAX - 1 - x->seats;
  x->is_plain = true;
  for (size_t i = 0; i < x->n; i++) {
    const urna_contender *list = &x->lists[i];
    if (list->votes < 0 || list->held < 0)
      return refuse(error, i + 1, "bad_count", "a count is negative");
    if (!is_weight(list->weight.num) || !is_weight(list->weight.den))
      return refuse(error, i + 1, "bad_weight",
                    "a weight is not a ratio of numbers from 1 to 2^20");
    if (list->held > most)
      return refuse(error, i + 1, "divisors_overflow",
                    "the divisors grow beyond 2^31 - 1 seats");
    if (list->weight.num != list->weight.den) x->is_plain = false;
  }
  return URNA_OK;
}

/* The least common multiple of the weights' denominators, so that all votes
** can be weighed in whole numbers; 0 if it grows beyond 2^20. */
static int64_t common_denominator(const auction *x) {
  int64_t common = 1;
  for (size_t i = 0; !x->is_plain && i < x->n; i++) {
    uint64_t den = (uint64_t)x->lists[i].weight.den;
    if ((uint64_t)common % den == 0) continue;
    common *= (int64_t)(den / urna_wide_gcd((uint64_t)common, den));
    if (common > URNA_WEIGHT_MAX) return 0;
  }
  return common;
}

/* Count who takes part, and start everybody with what he holds. */
static void survey(auction *x, int64_t *room_by_most) {
  *room_by_most = 0;
  for (size_t i = 0; i < x->n; i++) {
    const urna_contender *list = &x->lists[i];
    int32_t held = list->held, bound = limit(x, list);
    x->bids[i].now = held;
    if (list->votes == 0 || held >= list->most) continue;
    *room_by_most += list->most - held;
    if (held >= bound) continue;
    x->room += bound - held;
    int32_t last = bound - 1 - held < x->seats ? bound - 1 : held + x->seats;
    if (last > x->last_seat) x->last_seat = last;
    urna_u128 votes = weighed(x, list);
    if (votes > x->most_votes) x->most_votes = votes;
    if (list->weight.den > x->most_unit) x->most_unit = list->weight.den;
  }
}

static urna_status check_room(const auction *x, int64_t room_by_most,
                              urna_error *error) {
  int64_t wanted = x->seats < room_by_most ? x->seats : room_by_most;
  if (!x->d->ends || x->room >= wanted) return URNA_OK;
  return refuse(error, 0, "divisors_end",
                "the lists come to the end of the divisors before all seats "
                "are awarded");
}

/* A factor of 1 takes no bits. */
static int factor_bits(urna_u128 factor) {
  return factor == 1 ? 0 : urna_wide_bits(factor);
}

/* How many bits a cross product may take; beyond 256 it is none. */
static urna_status measure(const auction *x, width *w) {
  urna_ratio most;
  if (urna_sequence_bounds(x->d, x->last_seat, &most) != URNA_OK)
    return URNA_OVERFLOW;
  int votes = urna_wide_bits(x->most_votes);
  int units = x->common ? 0 : factor_bits((urna_u128)x->most_unit);
  int above = votes + factor_bits((urna_u128)most.den);
  if (x->is_squared) above = 2 * votes, units = 2 * units;
  int bits = above + units + urna_wide_bits((urna_u128)most.num);
  if (bits > 256) return URNA_OVERFLOW;
  *w = bits <= 64 ? NARROW : bits <= 128 ? MIDDLE : BROAD;
  return URNA_OK;
}

/* Everything that can be refused, before anything is done. */
static urna_status prepare(auction *x, width *w, urna_error *error) {
  int64_t room_by_most;
  urna_status status = check_lists(x, error);
  if (status != URNA_OK) return status;
  x->common = common_denominator(x);
  survey(x, &room_by_most);
  if (x->common > 1 && urna_wide_bits(x->most_votes) > WEIGHED_BITS) {
    x->common = x->room = 0;
    x->most_votes = 0;
    survey(x, &room_by_most);
  }
  status = check_room(x, room_by_most, error);
  if (status != URNA_OK) return status;
  return measure(x, w) == URNA_OK ? URNA_OK : urna_sequence_refuse(error);
}

/* ---- the start near the answer ---- */

/* A trial divisor D = 2^shift / rate, exactly. */
typedef struct trial {
  uint64_t rate;
  int shift;
} trial;

/* The seats of d(k) <= votes / D where d runs between k and k + 1/2 above k:
** those of d(k) = k + 1/2, and perhaps one more. */
static int64_t between_upto(const auction *x, const urna_contender *list,
                            trial t) {
  const urna_u128 most = UINT32_MAX - 3;
  urna_u128 rated = weighed(x, list) * t.rate;
  uint64_t by = unit(x, list);
  urna_u128 twice = (t.shift ? rated >> (t.shift - 1) : rated << 1) / by;
  int64_t k = (int64_t)((twice < most ? twice : most) + 1) / 2;
  if (k == 0) k = 1; /* d(0) = 0 */
  urna_ratio d = urna_sequence_other(x->d, k);
  urna_u256 own, other;
  if (x->is_squared) {
    own = urna_wide_right(urna_wide_product(rated, rated), 2 * t.shift);
    other = urna_wide_product((urna_u128)by * by, (uint64_t)d.num);
  } else {
    own = urna_wide_right(urna_wide_product(rated, (uint64_t)d.den), t.shift);
    other = urna_wide_product(by, (uint64_t)d.num);
  }
  return k + (urna_wide_cmp(own, other) >= 0);
}

/* How many quotients of a list are at least D. */
INLINE int64_t seats_at(const auction *x, const urna_contender *list, trial t) {
  const urna_u128 most = INT64_MAX / 2;
  if (!x->d->is_whole) return between_upto(x, list, t);
  urna_u128 rated = weighed(x, list) * t.rate >> t.shift;
  if (!x->common) rated /= unit(x, list);
  return urna_sequence_upto(x->d, (int64_t)(rated < most ? rated : most));
}

/* Give every list the seats whose quotients are at least D; returns how many
** were given. 'moving' are the votes of lists that no limit holds. */
static int64_t give(auction *x, trial t, urna_u128 *moving) {
  int64_t given = 0;
  *moving = 0;
  for (size_t i = 0; i < x->n; i++) {
    const urna_contender *list = &x->lists[i];
    int32_t held = list->held, most = limit(x, list);
    if (list->votes == 0 || held >= most) continue;
    int32_t least = list->least > held ? list->least : held;
    if (most - held > x->seats) most = held + x->seats;
    int64_t seats = seats_at(x, list, t);
    if (seats > least && seats < most) *moving += about(x, list);
    if (seats < least) seats = least;
    if (seats > most) seats = most;
    x->bids[i].now = (int32_t)seats;
    given += seats - held;
  }
  return given;
}

/* The trial divisor of which 'votes' hold 'aim'. False: out of bounds. */
static bool try_aim(int64_t aim, urna_u128 votes, trial *t) {
  assert(aim > 0 && votes > 0);
  int size = urna_wide_bits(votes), bits = urna_wide_bits((urna_u128)aim);
  uint64_t leading =
      (uint64_t)(size <= 64 ? votes << (64 - size) : votes >> (size - 64));
  leading |= UINT64_C(1) << 63; /* it is there; the analyzer cannot see it */
  t->shift = RATE_BITS - bits + size;
  t->rate = (uint64_t)(((urna_u128)aim << (RATE_BITS + 64 - bits)) / leading);
  return t->shift >= 0 && t->shift < 128;
}

typedef struct search {
  urna_u128 votes;        /* of all lists */
  int64_t aim, low, high; /* low: too few seats; high, if not 0: too many */
  int64_t step;           /* of the line along which the divisors run */
  int32_t margin, slack;  /* seats that a start should and may lack */
} search;

#define AIM_MAX (INT64_C(1) << 60)

static int32_t square_root(size_t n) {
  int32_t root = 0;
  while ((size_t)(root + 1) * (size_t)(root + 1) <= n) root++;
  return root;
}

/* Where rounding up and down cancel out, less a margin, for to begin with too
** many seats is to begin anew. False: one by one from nothing. */
static bool aim_first(const auction *x, search *s) {
  int64_t twice_first, seats = x->seats;
  size_t n = 0;
  s->votes = 0;
  if (!urna_sequence_line(x->d, &twice_first, &s->step)) return false;
  for (size_t i = 0; i < x->n; i++) {
    const urna_contender *list = &x->lists[i];
    if (!may_take(x, list, list->held)) continue;
    s->votes += about(x, list) + 1;
    seats += list->held;
    n++;
  }
  s->margin = 1 + square_root(n) / 3;
  s->slack = 8 + s->margin + (int32_t)(n / 8);
  __extension__ __int128 twice =
      (__int128)2 * s->step * (seats - s->margin)
      + (__int128)(twice_first - s->step) * (int64_t)n;
  s->aim = twice > 1 && twice < AIM_MAX ? (int64_t)(twice / 2) : 0;
  s->low = s->high = 0;
  return s->aim > 0;
}

/* As many more as seats lack, if the lists that move share them. */
static bool aim_again(search *s, int64_t lacking, urna_u128 moving) {
  int over = urna_wide_bits(s->votes) - 50;
  uint64_t all = (uint64_t)(over > 0 ? s->votes >> over : s->votes);
  uint64_t some = (uint64_t)(over > 0 ? moving >> over : moving);
  uint64_t size = (uint64_t)(lacking < 0 ? -lacking : lacking);
  urna_u128 change =
      some ? (urna_u128)size * (uint64_t)s->step * all / some : AIM_MAX;
  int64_t by = change < AIM_MAX ? (int64_t)change : AIM_MAX;
  int64_t aim = lacking < 0 ? s->aim - by : s->aim + by;
  if (aim <= s->low || (s->high && aim >= s->high))
    aim = s->high ? s->low + (s->high - s->low) / 2 : 2 * s->low + 1;
  s->aim = aim;
  return aim > s->low && aim < AIM_MAX && (!s->high || aim < s->high);
}

static void give_nothing(auction *x) {
  for (size_t i = 0; i < x->n; i++) x->bids[i].now = x->lists[i].held;
}

/* Whatever the aim, all quotients at least D are before all others: where
** they are no more than the seats, all of them win and no equals are parted. */
static void start(auction *x) {
  search s;
  trial t;
  urna_u128 moving;
  int64_t given = 0;
  if (!aim_first(x, &s)) return;
  for (int tries = 0; tries < 12 && try_aim(s.aim, s.votes, &t); tries++) {
    given = give(x, t, &moving);
    if (given <= x->seats)
      s.low = s.aim;
    else
      s.high = s.aim;
    if (given <= x->seats && given + s.slack >= x->seats) break;
    if (!aim_again(&s, x->seats - s.margin - given, moving)) break;
  }
  if (given > x->seats) {
    give_nothing(x);
    given = s.low > 0 && try_aim(s.low, s.votes, &t) ? give(x, t, &moving) : 0;
  }
  x->given = (int32_t)given;
}

/* All that the lists may take is no more than there is. */
static void give_all(auction *x) {
  for (size_t i = 0; i < x->n; i++)
    if (may_take(x, &x->lists[i], x->bids[i].now))
      x->bids[i].now = limit(x, &x->lists[i]);
  x->given = (int32_t)x->room;
}

/* ---- the calls ---- */

static auction opened(const urna_sequence *d, size_t n,
                      const urna_contender *lists, int32_t seats,
                      urna_bid *bids) {
  return (auction){.d = d,
                   .lists = lists,
                   .bids = bids,
                   .n = n,
                   .seats = seats,
                   .is_squared = urna_sequence_is_squared(d),
                   .most_unit = 1,
                   .last_winner = NOBODY};
}

static urna_status run_width(auction *x, width w) {
  if (w == NARROW) return run_narrow(x);
  return w == MIDDLE ? run_middle(x) : run_broad(x);
}

urna_status urna_divisor_award(const urna_sequence *d, size_t n,
                               urna_contender *lists, int32_t seats,
                               urna_bid *bids, urna_award *awards,
                               int32_t *awarded, unsigned char *tied,
                               urna_error *error) {
  auction x = opened(d, n, lists, seats, bids);
  width w;
  if (seats < 0 || n > UINT32_MAX)
    return refuse(error, 0, "bad_count", "a count is out of bounds");
  urna_status status = prepare(&x, &w, error);
  if (status != URNA_OK) return status;
  x.awards = awards;
  x.tied = tied;
  memset(tied, 0, n);
  if (!awards && x.room <= seats)
    give_all(&x);
  else if (!awards)
    start(&x);
  status = run_width(&x, w);
  if (status < 0) return urna_sequence_refuse(error);
  for (size_t i = 0; i < n; i++) lists[i].held = bids[i].now;
  *awarded = x.given;
  return status;
}

urna_status urna_divisor_next(const urna_sequence *d, size_t n,
                              const urna_contender *lists, urna_bid *bids,
                              size_t *winner, urna_error *error) {
  auction x = opened(d, n, lists, 0, bids);
  width w;
  urna_status status = prepare(&x, &w, error);
  if (status != URNA_OK) return status;
  *winner = NOBODY;
  for (size_t i = 0; i < n; i++) {
    if (!may_take(&x, &lists[i], lists[i].held)) continue;
    place(&x, i, lists[i].held, &bids[i], BROAD);
    if (*winner == NOBODY
        || quotient_cmp(&x, i, &bids[i], *winner, &bids[*winner], BROAD) > 0)
      *winner = i;
  }
  return URNA_OK;
}

/* ---- a quotient to be shown ---- */

static void reduce(uint64_t *above, int n, uint64_t *below, int m) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < m; j++) {
      uint64_t by = urna_wide_gcd(above[i], below[j]);
      above[i] /= by;
      below[j] /= by;
    }
}

urna_quotient urna_divisor_quotient(const urna_sequence *d,
                                    const urna_contender *list, int32_t held) {
  urna_ratio by = urna_sequence_at(d, held);
  bool is_squared = urna_sequence_is_squared(d);
  uint64_t votes = (uint64_t)list->votes, num = (uint64_t)list->weight.num;
  uint64_t den = (uint64_t)list->weight.den;
  if (held < list->least || by.num == 0)
    return (urna_quotient){urna_wide_of(1), 0, is_squared};
  if (votes == 0) return (urna_quotient){urna_wide_of(0), 1, is_squared};
  uint64_t above[] = {votes, num, (uint64_t)by.den, (uint64_t)d->scale};
  uint64_t below[] = {den, (uint64_t)by.num, 1};
  if (is_squared) above[2] = votes, above[3] = num, below[2] = den;
  reduce(above, 4, below, 3);
  return (urna_quotient){urna_wide_product((urna_u128)above[0] * above[1],
                                           (urna_u128)above[2] * above[3]),
                         (urna_u128)below[0] * below[1] * below[2], is_squared};
}
