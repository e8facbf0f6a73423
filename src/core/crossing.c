/* see crossing.h */
#include "core/crossing.h"

/* The search between two prices: too low, where more is taken than given,
** and high enough. */
typedef struct between {
  urna_holding *s;
  urna_crossing *c;
  urna_price low, high;
  urna_count low_taken, low_given, high_taken, high_given;
  bool is_hopeless;
} between;

void urna_crossing_weigh(urna_holding *s, urna_crossing *c) {
  urna_holding_look(s, &c->at);
  c->taken = urna_holding_cost(s, false, &c->at, false) + c->took;
  c->given = urna_holding_cost(s, true, &c->at, false) + c->gave;
}

/* Take 'at' for one of the two ends; whether it was high enough. To both
** sides of a price at which taken and given are too many, one of them is. */
static bool narrow(between *b, const urna_price *at) {
  b->c->at = *at;
  urna_crossing_weigh(b->s, b->c);
  urna_count taken = b->c->taken, given = b->c->given - b->c->shift;
  bool is_enough = taken <= given;
  if ((is_enough ? taken : given) + b->c->extra >= b->s->bound)
    b->is_hopeless = true;
  if (is_enough) {
    b->high = *at;
    b->high_taken = taken, b->high_given = b->c->given;
  } else {
    b->low = *at;
    b->low_taken = taken, b->low_given = b->c->given;
  }
  return is_enough;
}

/* Go down over 1, 2, 4 ... claims of the harmed until it is too low. False:
** it never is. */
static bool gallop(between *b) {
  urna_price at;
  for (int64_t step = 1; !b->is_hopeless; step *= 2) {
    int64_t done = 0;
    while (done < step && urna_holding_next(b->s, &at)) done++;
    if (done == 0) {
      at = urna_price_zero();
      return !narrow(b, &at);
    }
    if (!narrow(b, &at)) return true;
  }
  return false;
}

/* The claims to one seat that stand between the prices: those of more than
** 'from' votes, up to 'to'. */
typedef struct row {
  const urna_part *part;
  int32_t seat;
  urna_count from, to;
} row;

static bool set_row(const between *b, const urna_holder *h, row *r) {
  const urna_pricing *pricing = &b->s->pricing[0];
  urna_count most =
      b->s->is_limited ? b->s->total : urna_part_votes(h, r->part);
  int64_t weight = r->part->weight;
  r->from = urna_price_most(pricing, weight, r->seat, &b->low, true);
  r->to = urna_price_most(pricing, weight, r->seat, &b->high, false);
  if (r->to > most) r->to = most;
  return r->to > r->from;
}

/* How many seats the harmed hold too many at the low price. Leaves what they
** hold at the high price in 'ranked', and at the low one in 'held'. */
static int64_t find_excess(between *b) {
  int64_t excess = -b->s->spare;
  urna_holding_look(b->s, &b->high);
  for (size_t i = 0; i < b->s->n; i++)
    b->s->lists[i].ranked = b->s->lists[i].held;
  urna_holding_look(b->s, &b->low);
  for (size_t i = 0; i < b->s->n; i++)
    if (!b->s->lists[i].favoured) excess += b->s->lists[i].held;
  return excess > b->s->spare ? INT32_MAX : excess;
}

/* The first seat that a list could be made to drop at either price, and the
** last; where lists that lose may also grow, there may be any. */
static int32_t first_seat(const between *b, const urna_holder *h,
                          int64_t excess) {
  int64_t first = h->ranked - excess + 1;
  return first < 1 || b->s->is_limited ? 1 : (int32_t)first;
}

static int32_t last_seat(const between *b, const urna_holder *h) {
  return b->s->is_limited ? h->most : h->held;
}

/* The row number 'wanted' of those that have claims left, or, if it is
** SIZE_MAX, the widest; returns how many there are. */
static size_t find_row(const between *b, int64_t excess, size_t wanted,
                       row *found) {
  size_t count = 0;
  for (size_t i = 0; i < b->s->n; i++) {
    const urna_holder *h = &b->s->lists[i];
    for (int j = 0; !h->favoured && j < h->part_count; j++) {
      row r = {.part = &h->parts[j]};
      if (!r.part->takes_part) continue;
      int32_t last = last_seat(b, h);
      for (r.seat = first_seat(b, h, excess); r.seat <= last; r.seat++) {
        if (!set_row(b, h, &r)) continue;
        bool is_wider = count == 0 || r.to - r.from > found->to - found->from;
        if (wanted == SIZE_MAX ? is_wider : count == wanted) *found = r;
        count++;
      }
    }
  }
  return count;
}

static void halve_row(between *b, row r) {
  while (r.from < r.to && !b->is_hopeless) {
    urna_count middle = r.from + (r.to - r.from + 1) / 2;
    urna_price at =
        urna_price_of(&b->s->pricing[0], r.part->weight, r.seat, middle);
    if (narrow(b, &at))
      r.to = middle - 1;
    else
      r.from = middle;
  }
}

/* Where every row has but one claim left, the one in the middle is as good a
** guess as any of where the middle of all is. */
static void halve_all(between *b) {
  while (!b->is_hopeless) {
    row r;
    int64_t excess = find_excess(b);
    size_t count = find_row(b, excess, SIZE_MAX, &r);
    if (count == 0) return;
    if (r.to - r.from == 1) find_row(b, excess, count / 2, &r);
    halve_row(b, r);
  }
}

static bool finish(between *b, bool is_low) {
  urna_crossing *c = b->c;
  urna_count most = b->high_given - c->shift;
  if (is_low && (most >= b->low_taken)) {
    c->at = b->low;
    c->taken = b->low_taken, c->given = b->low_given;
    most = c->taken;
  } else {
    c->at = b->high;
    c->taken = b->high_taken, c->given = b->high_given;
  }
  return most + c->extra < b->s->bound;
}

/* Above every claim that votes could be behind. */
static urna_price find_top(const urna_holding *s) {
  urna_price top = urna_price_zero();
  for (size_t i = 0; i < s->n; i++) {
    const urna_holder *h = &s->lists[i];
    for (int j = 0; h->most > 0 && j < h->part_count; j++) {
      if (!h->parts[j].takes_part) continue;
      urna_price claim =
          urna_price_of(&s->pricing[0], h->parts[j].weight, 1, s->total + 1);
      if (urna_price_cmp(&s->pricing[0], &claim, &top) > 0) top = claim;
    }
  }
  return top;
}

static bool find_limited(between *b) {
  urna_price at = find_top(b->s);
  if (!narrow(b, &at) || b->is_hopeless) return false;
  at = urna_price_zero();
  bool is_low = !narrow(b, &at);
  if (is_low) halve_all(b);
  return !b->is_hopeless && finish(b, is_low);
}

bool urna_crossing_find(urna_holding *s, urna_crossing *c) {
  between b = {.s = s, .c = c};
  urna_price at;
  if (s->is_limited) return find_limited(&b);
  if (!urna_holding_nth(s, false, (int64_t)s->spare + 1, &at))
    at = urna_price_zero();
  if (!narrow(&b, &at)) { /* what is forced is more than any price gives */
    return !b.is_hopeless && c->taken + c->extra < s->bound;
  }
  bool is_low = gallop(&b);
  if (is_low) halve_all(&b);
  return !b.is_hopeless && finish(&b, is_low);
}
