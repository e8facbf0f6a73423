/* see margin.h */
#include "core/margin.h"

#include <string.h>

#include "core/crossing.h"

#define NEVER URNA_HOLDING_NEVER
#define MANY  URNA_PRICE_MANY

/* When a search is given up: after so many choices and stretches, or after so
** many steps of work, which are some seconds. */
#define LOOKS_MAX (INT64_C(1) << 17)
#define WORK_MAX  (INT64_C(1) << 32)

/* Ballots and votes that belong together: those of all lists, or, where a
** quota is of the votes that take part, of the lists that do and of the
** others. */
typedef enum group { ALL, INSIDE, OUTSIDE } group;

/* What a stretch of ballots is searched with. */
typedef struct search {
  urna_crossing c;
  const urna_margin *q;
  urna_margin_answer *answer;
  const urna_aim *aim;
  urna_count first, last;        /* ballots of this stretch */
  urna_count inside, outside;    /* votes of those that take part, of others */
  urna_count less, more;         /* changes of the votes that take part */
  urna_count out_took, out_gave; /* forced, of lists that take no part */
  urna_count up, down;           /* forced, of all */
  urna_count limit; /* ballots up to which all is to be excluded, and one */
  urna_holding s;
  bool is_empty; /* try to leave the harmed without any claim */
  bool is_none;  /* try to leave no list above its threshold */
  bool is_exact; /* no threshold moves within the stretch */
  bool is_rough; /* of a quota only the least and the most are known */
  bool gave_up;
} search;

/* Whether the seats take a quota of what some lists have together. */
static bool has_quota(const search *f) {
  return f->q->d == NULL && !f->is_empty && !f->is_rough;
}

static urna_count most_of(urna_count a, urna_count b) {
  return a > b ? a : b;
}

static urna_count least_of(urna_count a, urna_count b) {
  return a < b ? a : b;
}

/* ---- thresholds ---- */

static bool has_threshold(const urna_margin *q, const urna_mover *m) {
  if (m->share.num == 0) return false;
  return q->all_if_none || m->below.takes_part != m->above.takes_part
         || (m->below.takes_part && m->below.weight != m->above.weight);
}

/* The votes that stand above, of a base of nothing one: nobody has it then. */
static urna_count line_of(const urna_mover *m, urna_count base) {
  urna_price_level product = (urna_price_level)m->share.num * base;
  urna_price_level line = (product + m->share.den - 1) / m->share.den;
  if (line < 1) return 1;
  return line > MANY ? MANY : (urna_count)line;
}

static urna_count base_after(const urna_margin *q, urna_count ballots) {
  if (!q->base_moves || q->way == URNA_SWITCHED) return q->base;
  urna_count base =
      q->way == URNA_ADDED ? q->base + ballots : q->base - ballots;
  return base < 0 ? 0 : base;
}

/* The last number of ballots up to which a list's line stays where it is. */
static urna_count last_with_line(const urna_margin *q, const urna_mover *m,
                                 urna_count ballots) {
  urna_count line = line_of(m, base_after(q, ballots));
  urna_price_level num = m->share.num, den = m->share.den, last;
  if (q->way == URNA_ADDED)
    last = line * den / num - q->base;
  else
    last = line == 1 ? q->most : q->base - ((line - 1) * den / num + 1);
  return last > q->most ? q->most : (urna_count)last;
}

/* The last number of ballots up to which nothing crosses a line by itself. */
static urna_count last_alike(const urna_margin *q, urna_count ballots) {
  urna_count last = q->most;
  if (!q->base_moves || q->way == URNA_SWITCHED) return last;
  for (size_t i = 0; i < q->n; i++) {
    if (!has_threshold(q, &q->lists[i])) continue;
    urna_count own = last_with_line(q, &q->lists[i], ballots);
    if (own < last) last = own;
  }
  return last < ballots ? ballots : last;
}

/* ---- the parts that a list's votes may be in ---- */

static void add_part(const search *f, urna_holder *h, urna_standing standing,
                     urna_part part) {
  if (f->q->way == URNA_ADDED && part.low < h->votes) part.low = h->votes;
  if (f->q->way == URNA_REMOVED && part.high > h->votes) part.high = h->votes;
  if (part.low > part.high) return;
  part.weight = standing.weight;
  part.takes_part = standing.takes_part;
  part.held = h->ranked;
  h->parts[h->part_count++] = part;
}

/* Below and above the lines of both ends of the stretch. */
static void add_parts(search *f, urna_holder *h, const urna_mover *m) {
  urna_count one = line_of(m, base_after(f->q, f->first));
  urna_count other = line_of(m, base_after(f->q, f->last));
  urna_part below = {.high = most_of(one, other) - 1};
  urna_part above = {
      .low = least_of(one, other), .high = MANY, .is_above = true};
  f->is_exact = f->is_exact && one == other;
  add_part(f, h, f->is_none ? m->alone : m->below, below);
  if (!f->is_none) add_part(f, h, m->above, above);
}

static void set_holder(search *f, size_t i) {
  const urna_mover *m = &f->q->lists[i];
  urna_holder *h = &f->s.lists[i];
  int32_t most = m->most;
  if (f->q->d && f->q->d->length < most) most = f->q->d->length;
  if (f->q->seats < most) most = f->q->seats;
  *h = (urna_holder){.votes = m->votes, .most = most};
  h->favoured = !f->aim->members[i] == f->aim->at_most;
  h->ranked = m->held < 0 ? 0 : m->held > most ? most : m->held;
  if (has_threshold(f->q, m))
    add_parts(f, h, m);
  else if (!f->is_none)
    add_part(f, h, m->above, (urna_part){.high = MANY, .is_above = true});
}

/* False where a list's votes can be nowhere. */
static bool set_holders(search *f) {
  bool all = true;
  f->is_exact = true;
  for (size_t i = 0; i < f->s.n; i++) {
    set_holder(f, i);
    all = all && f->s.lists[i].part_count > 0;
  }
  return all;
}

/* ---- whether any list stands above ---- */

static bool needs_above(const search *f) {
  return f->q->all_if_none && !f->is_none;
}

static bool has_above(const search *f) {
  urna_count base = base_after(f->q, f->first);
  for (size_t i = 0; i < f->s.n; i++) {
    const urna_mover *m = &f->q->lists[i];
    if (m->share.num == 0 || f->s.lists[i].after >= line_of(m, base))
      return true;
  }
  return false;
}

static int above_part(const urna_holder *h) {
  for (int j = 0; j < h->part_count; j++)
    if (h->parts[j].is_above) return j;
  return -1;
}

static bool is_kept_above(const search *f) {
  for (size_t i = 0; i < f->s.n; i++) {
    const urna_holder *h = &f->s.lists[i];
    if (h->part_count == 1 && h->parts[0].is_above) return true;
  }
  return false;
}

static void keep_part(urna_holder *h, int which) {
  h->parts[0] = h->parts[which];
  h->part_count = 1;
}

/* The part to which only a move against the list's own side leads, and which
** is better for the side all the same; -1 if there is none. */
static int odd_part(const urna_holder *h) {
  if (h->part_count < 2) return -1;
  const urna_part *below = &h->parts[0], *above = &h->parts[1];
  bool is_bonus = below->takes_part
                  && (!above->takes_part || below->weight > above->weight);
  if (h->favoured) return is_bonus && below->high < h->votes ? 0 : -1;
  return is_bonus && above->low > h->votes ? 1 : -1;
}

/* ---- what is forced, whatever the price ---- */

static void add_forced(search *f, const urna_holder *h) {
  const urna_part *p = &h->parts[0];
  if (h->part_count > 1) return;
  bool is_out = has_quota(f) && !p->takes_part;
  urna_count up = p->low > h->votes ? p->low - h->votes : 0;
  urna_count down = h->votes > p->high ? h->votes - p->high : 0;
  f->up += up;
  f->down += down;
  if (is_out) {
    f->out_gave += up;
    f->out_took += down;
  } else if (h->favoured) {
    f->c.took += down;
  } else {
    f->c.gave += up;
  }
}

static void sum_forced(search *f) {
  f->c.took = f->c.gave = f->out_took = f->out_gave = 0;
  f->inside = f->outside = f->up = f->down = 0;
  for (size_t i = 0; i < f->s.n; i++) {
    const urna_holder *h = &f->s.lists[i];
    add_forced(f, h);
    if (has_quota(f) && !h->parts[0].takes_part)
      f->outside += h->votes;
    else
      f->inside += h->votes;
  }
}

/* The best claim that a favoured list could come to make. False: its votes,
** and so its claim, may grow without end. */
static bool find_best_claim(const search *f, urna_price *best) {
  const urna_pricing *pricing = &f->s.pricing[1];
  *best = urna_price_zero();
  for (size_t i = 0; i < f->s.n; i++) {
    const urna_holder *h = &f->s.lists[i];
    for (int j = 0; h->favoured && j < h->part_count; j++) {
      const urna_part *p = &h->parts[j];
      if (!p->takes_part || p->high == 0 || h->most == 0) continue;
      if (p->high >= MANY) return false;
      urna_price claim = urna_price_of(pricing, p->weight, 1, p->high);
      if (urna_price_cmp(pricing, &claim, best) > 0) *best = claim;
    }
  }
  return true;
}

/* Votes that a harmed list may have in a part at most, if no price can be
** above 'best', where there is such. */
static urna_count room_in(const search *f, const urna_holder *h,
                          const urna_part *p, const urna_price *best) {
  if (!p->takes_part) return p->high;
  if (f->s.spare >= h->most) return p->high;
  if (f->is_empty) return 0;
  if (!best) return p->high;
  return least_of(p->high, urna_price_most(&f->s.pricing[0], p->weight,
                                           f->s.spare + 1, best, true));
}

static urna_count room_for(const search *f, const urna_holder *h,
                           const urna_price *best) {
  urna_count most = 0;
  for (int j = 0; j < h->part_count; j++) {
    const urna_part *p = &h->parts[j];
    urna_count room = h->favoured ? p->high : room_in(f, h, p, best);
    most = most_of(most, room);
  }
  return most;
}

/* Votes that the harmed may have together: of each the first remainder, and
** a quota for each of the seats that they may have. */
static urna_count room_by_quota(const search *f, const urna_price *best) {
  const urna_pricing *pricing = &f->s.pricing[0];
  urna_price_level sum =
      (urna_price_level)f->s.spare * pricing->quota / pricing->parts;
  for (size_t i = 0; i < f->s.n; i++) {
    const urna_holder *h = &f->s.lists[i];
    if (!h->favoured && h->parts[0].takes_part)
      sum += urna_price_most(pricing, 1, 1, best, true) + 1;
  }
  return sum < NEVER ? (urna_count)sum : NEVER;
}

/* Whether the votes in the end fit between what all parts have room for. */
static bool has_room(const search *f, urna_count least, urna_count most) {
  urna_count low = 0, high[2] = {0, 0};
  urna_price best;
  bool has_best = f->is_empty || find_best_claim(f, &best);
  for (size_t i = 0; i < f->s.n; i++) {
    const urna_holder *h = &f->s.lists[i];
    if (has_quota(f) && !h->parts[0].takes_part) continue;
    urna_count *sum = &high[h->favoured];
    low = least_of(low + h->parts[0].low, NEVER);
    *sum = least_of(*sum + room_for(f, h, has_best ? &best : NULL), NEVER);
  }
  if (has_quota(f) && has_best)
    high[0] = least_of(high[0], room_by_quota(f, &best));
  return low <= most && high[0] + high[1] >= least;
}

static bool has_room_for_all(const search *f) {
  urna_count sum = f->inside + f->outside;
  if (has_quota(f)) return true; /* of each change there is to be room */
  if (f->q->way == URNA_SWITCHED) return has_room(f, sum, sum);
  if (f->q->way == URNA_ADDED)
    return has_room(f, sum + f->first, sum + f->last);
  return has_room(f, sum - f->last, sum - f->first);
}

static bool is_beyond(const search *f) {
  return f->up >= f->s.bound || f->down >= f->s.bound;
}

/* ---- the least at any price ---- */

static void set_equals(search *f, bool from_below) {
  f->s.equal[0] = from_below && !f->q->possible;
  f->s.equal[1] = from_below || f->q->possible;
}

/* Where ballots are only added, the price is the least at which nothing need
** be taken; only removed, the greatest at which nothing need be given. */
static bool find_end(search *f) {
  bool is_removed = f->q->way == URNA_REMOVED;
  set_equals(f, is_removed);
  if (is_removed) {
    if (!urna_holding_nth(&f->s, true, f->s.need, &f->c.at)) return false;
  } else if (!urna_holding_nth(&f->s, false, (int64_t)f->s.spare + 1,
                               &f->c.at)) {
    f->c.at = urna_price_zero();
  }
  urna_crossing_weigh(&f->s, &f->c);
  return true;
}

static bool find_price(search *f) {
  f->s.cap = f->s.bound + most_of(f->c.shift, 0);
  if (f->is_empty) {
    set_equals(f, false);
    f->c.at = urna_price_zero();
    urna_crossing_weigh(&f->s, &f->c);
    return true;
  }
  if (f->q->way != URNA_SWITCHED && !f->s.is_limited) return find_end(f);
  set_equals(f, false);
  return urna_crossing_find(&f->s, &f->c);
}

/* How many ballots it is, from what is taken and given among the lists that
** count for the price. */
static urna_count ballots_of(const search *f) {
  urna_count taken = f->c.taken, given = f->c.given;
  if (!has_quota(f)) return most_of(most_of(taken, given), f->first);
  if (f->q->way == URNA_SWITCHED)
    return most_of(taken, given - f->c.shift) + f->c.extra;
  if (f->q->way == URNA_ADDED) {
    given = most_of(f->less, given);
    if (taken + f->out_took > 0 || given > f->more) return NEVER;
    return most_of(given + f->out_gave, f->first);
  }
  taken = most_of(-f->more, taken);
  if (given + f->out_gave > 0 || taken > -f->less) return NEVER;
  return most_of(taken + f->out_took, f->first);
}

static urna_count find_least(search *f) {
  f->answer->looks++;
  if (f->answer->looks > LOOKS_MAX || f->s.work > WORK_MAX) f->gave_up = true;
  if (f->gave_up || !find_price(f)) return NEVER;
  return ballots_of(f);
}

static void set_whole_part(urna_holder *h) {
  for (int j = 0; j < h->part_count; j++) {
    if (!urna_part_is_home(h, &h->parts[j])) continue;
    h->low = h->parts[j].low;
    h->high = h->parts[j].high;
    h->after = urna_part_votes(h, &h->parts[j]);
    return;
  }
}

static void choose(search *f) {
  for (size_t i = 0; i < f->s.n; i++) set_whole_part(&f->s.lists[i]);
  urna_holding_look(&f->s, &f->c.at);
  urna_holding_cost(&f->s, false, &f->c.at, true);
  if (!f->is_empty) urna_holding_cost(&f->s, true, &f->c.at, true);
}

/* ---- ballots that are left over ---- */

static bool is_of(const urna_holder *h, group which) {
  return which == ALL || h->parts[0].takes_part == (which == INSIDE);
}

/* Give 'ballots' more to lists that lost none, or take them from lists that
** gained none: first from or to those that are moved already, then of the
** same side, then any. */
static bool place(search *f, group which, urna_count ballots, bool give) {
  for (int turn = 0; ballots > 0 && turn < 3; turn++) {
    for (size_t i = 0; ballots > 0 && i < f->s.n; i++) {
      urna_holder *h = &f->s.lists[i];
      bool is_moved = h->after != h->votes;
      if (!is_of(h, which) || (turn < 2 && h->favoured != give)) continue;
      if (turn == 0 && !is_moved) continue;
      if (give ? h->after < h->votes : h->after > h->votes) continue;
      urna_count room = give ? h->high - h->after : h->after - h->low;
      urna_count step = least_of(room, ballots);
      if (step <= 0) continue;
      h->after += give ? step : -step;
      ballots -= step;
    }
  }
  return ballots == 0;
}

/* Take and give so many among the lists of a group; what the choice takes and
** gives already is part of it. */
static bool balance(search *f, group which, urna_count take, urna_count give) {
  for (size_t i = 0; i < f->s.n; i++) {
    const urna_holder *h = &f->s.lists[i];
    if (!is_of(h, which)) continue;
    if (h->after < h->votes) take -= h->votes - h->after;
    if (h->after > h->votes) give -= h->after - h->votes;
  }
  if (take < 0 || give < 0) return false;
  return place(f, which, take, false) && place(f, which, give, true);
}

static bool balance_groups(search *f, urna_count ballots) {
  urna_count change = f->less, taken;
  if (f->q->way == URNA_ADDED)
    return balance(f, INSIDE, 0, change)
           && balance(f, OUTSIDE, 0, ballots - change);
  if (f->q->way == URNA_REMOVED)
    return balance(f, INSIDE, -change, 0)
           && balance(f, OUTSIDE, ballots + change, 0);
  taken = most_of(f->c.taken, f->c.given - change);
  return balance(f, INSIDE, taken, taken + change)
         && balance(f, OUTSIDE, ballots - taken, ballots - taken - change);
}

static bool balance_all(search *f, urna_count ballots) {
  if (has_quota(f)) return balance_groups(f, ballots);
  return balance(f, ALL, f->q->way == URNA_ADDED ? 0 : ballots,
                 f->q->way == URNA_REMOVED ? 0 : ballots);
}

static bool settle(search *f, urna_count ballots) {
  choose(f);
  if (!balance_all(f, ballots)) return false;
  if (needs_above(f) && !has_above(f)) return false;
  f->s.bound = ballots;
  f->answer->votes = ballots;
  f->answer->aim = (size_t)(f->aim - f->q->aims);
  for (size_t i = 0; i < f->s.n; i++) f->answer->after[i] = f->s.lists[i].after;
  return true;
}

/* ---- where ballots have nowhere to go: every choice ---- */

static void sum_ends(const search *f, group which, bool favoured,
                     urna_count *low, urna_count *high) {
  *low = *high = 0;
  for (size_t i = 0; i < f->s.n; i++) {
    const urna_holder *h = &f->s.lists[i];
    if (!is_of(h, which) || h->favoured != favoured) continue;
    *low = least_of(*low + h->parts[0].low, NEVER);
    *high = least_of(*high + h->parts[0].high, NEVER);
  }
}

/* With all lists in one part each, and 'total' votes in the end. */
static urna_count least_with_total(search *f, group which, urna_count total) {
  urna_count low[2], high[2];
  sum_ends(f, which, false, &low[0], &high[0]);
  sum_ends(f, which, true, &low[1], &high[1]);
  f->s.is_limited = true;
  f->s.total = total;
  f->s.most_low = total - low[0];
  f->s.least_high = total - high[1];
  urna_count least = NEVER;
  if (!f->is_empty || low[0] + low[1] <= total) least = find_least(f);
  return least;
}

/* As many ballots as the search is about, and what the total is then. */
static void try_each_number(search *f, urna_count least) {
  urna_count last = least_of(f->last, f->s.bound - 1);
  urna_count sum = f->inside + f->outside;
  urna_count sign = f->q->way == URNA_ADDED     ? 1
                    : f->q->way == URNA_REMOVED ? -1
                                                : 0;
  for (urna_count x = least; x <= last && !f->gave_up; x++) {
    urna_count bound = f->s.bound;
    urna_count found = least_with_total(f, ALL, sum + sign * x);
    if (found < bound && (sign == 0 || found <= x)) {
      settle(f, sign == 0 ? found : x);
      return;
    }
    if (sign == 0) return;
  }
}

static void try_every_choice(search *f, urna_count least) {
  if (!has_quota(f)) {
    try_each_number(f, least);
  } else {
    least = least_with_total(f, INSIDE, f->inside + f->less);
    if (least < f->s.bound && least <= f->last) settle(f, least);
  }
  f->s.is_limited = false;
}

/* ---- one choice of parts ---- */

static void look_at(search *f);

/* Keep one list above, each in turn. */
static void dig_above(search *f) {
  for (size_t i = 0; i < f->s.n; i++) {
    urna_holder *h = &f->s.lists[i], saved = *h;
    int above = above_part(h);
    if (h->part_count < 2 || above < 0) continue;
    keep_part(h, above);
    look_at(f);
    *h = saved;
  }
}

/* The least was no way to do it, for want of votes to take, of a list to give
** them to, or of a list above: keep each list to one part, then try every
** choice. */
static void dig(search *f, urna_count least) {
  if (needs_above(f) && !is_kept_above(f)) {
    dig_above(f);
    return;
  }
  for (size_t i = 0; i < f->s.n; i++) {
    urna_holder *h = &f->s.lists[i], saved = *h;
    if (h->part_count < 2) continue;
    for (int j = 0; j < 2; j++) {
      *h = saved;
      keep_part(h, j);
      look_at(f);
    }
    *h = saved;
    return;
  }
  try_every_choice(f, least);
}

/* What is found: the least, and if nothing moves within, a way to do it. */
static void note_least(search *f, urna_count least) {
  if (least >= f->s.bound) return;
  if (!f->is_exact)
    f->s.bound = least;
  else if (!settle(f, least))
    dig(f, least);
}

static int64_t quota_of(const urna_margin *q, urna_count votes) {
  int32_t parts = q->seats + q->quota_more;
  if (q->quota_rounding == URNA_QUOTA_EXACT) return votes;
  if (q->quota_rounding == URNA_QUOTA_BEYOND) return votes / parts + 1;
  return votes / parts + (votes % parts > 0);
}

static void set_quotas(search *f, urna_count less, urna_count more) {
  f->less = less;
  f->more = more;
  bool is_switched = f->q->way == URNA_SWITCHED;
  f->c.shift = is_switched ? more : 0;
  f->c.extra = is_switched ? most_of(f->out_took, f->out_gave + less) : 0;
  f->s.pricing[0].quota = quota_of(f->q, f->inside + more);
  f->s.pricing[1].quota = quota_of(f->q, f->inside + less);
}

/* The least for any change of the votes that take part from 'less' to 'more':
** at the best of all quotas between. Whatever the change is, all that is
** taken is switched, and all that is given. */
static urna_count least_between(search *f, urna_count less, urna_count more) {
  if (less > more) return NEVER;
  set_quotas(f, less, more);
  if (!has_room(f, f->inside + less, f->inside + more)) return NEVER;
  urna_count least = find_least(f);
  if (least >= f->s.bound || less == more || f->q->way != URNA_SWITCHED)
    return least;
  f->c.shift = f->out_took - f->out_gave;
  f->c.extra = f->out_took;
  return most_of(least, find_least(f));
}

/* Search all these changes, of which 'least' is known: by halves, the more
** promising first. */
static void search_changes(search *f, urna_count less, urna_count more,
                           urna_count least) {
  if (least >= f->s.bound || f->gave_up) return;
  if (less == more) {
    note_least(f, least_between(f, less, more));
    return;
  }
  urna_count middle = less + (more - less) / 2;
  urna_count low = least_between(f, less, middle);
  urna_count high = least_between(f, middle + 1, more);
  bool low_first = low < high || (low == high && less >= 0);
  if (low_first) search_changes(f, less, middle, low);
  search_changes(f, middle + 1, more, high);
  if (!low_first) search_changes(f, less, middle, low);
}

static void search_from(search *f, urna_count less, urna_count more) {
  search_changes(f, less, more, least_between(f, less, more));
}

static bool has_outside(const search *f) {
  for (size_t i = 0; i < f->s.n; i++)
    if (!f->s.lists[i].parts[0].takes_part) return true;
  return false;
}

static void search_quotas(search *f) {
  urna_count most = least_of(f->last, f->s.bound - 1);
  urna_count first = has_outside(f) ? 0 : f->first;
  f->s.grouped = true;
  if (f->q->way == URNA_ADDED) {
    search_from(f, most_of(first, 1 - f->inside), most);
  } else if (f->q->way == URNA_REMOVED) {
    search_from(f, -least_of(most, f->inside - 1), -first);
  } else {
    if (f->inside > 0) search_from(f, 0, 0);
    search_from(f, 1, least_of(most, f->outside));
    search_from(f, -least_of(most, f->inside - 1), -1);
  }
  f->s.grouped = false;
}

static void look_at(search *f) {
  sum_forced(f);
  if (is_beyond(f) || f->gave_up || !has_room_for_all(f)) return;
  if (has_quota(f)) {
    search_quotas(f);
    return;
  }
  f->c.shift = f->c.extra = 0;
  note_least(f, find_least(f));
}

/* The votes that take part, at least and at most, while some lists may yet do
** so or not: of these only the most counts. */
static void set_rough_quotas(search *f) {
  urna_count sure = 0, all = 0, total = 0;
  urna_count moved = least_of(f->last, f->s.bound - 1);
  for (size_t i = 0; i < f->s.n; i++) {
    const urna_holder *h = &f->s.lists[i];
    int parts = 0;
    for (int j = 0; j < h->part_count; j++) parts += h->parts[j].takes_part;
    if (parts == h->part_count) sure += h->votes;
    if (parts > 0) all += h->votes;
    total += h->votes;
  }
  if (f->q->way != URNA_ADDED) sure -= least_of(moved, sure);
  if (f->q->way != URNA_REMOVED) all += moved;
  if (f->q->way == URNA_SWITCHED) all = least_of(all, total);
  f->s.pricing[0].quota = quota_of(f->q, all);
  f->s.pricing[1].quota = quota_of(f->q, most_of(sure, 1));
}

/* Whether the choice of parts that has been made so far needs too many ballots
** even at the best of all quotas that could come of it. If not, 'after' tells
** where the lists would stand. */
static bool is_out_of_reach(search *f) {
  f->is_rough = true;
  sum_forced(f);
  f->c.shift = f->c.extra = 0;
  set_rough_quotas(f);
  urna_count least = find_least(f);
  if (least < f->s.bound) choose(f);
  f->is_rough = false;
  return least >= f->s.bound;
}

static bool is_open(const search *f, const urna_holder *h) {
  return odd_part(h) >= 0 || (has_quota(f) && h->part_count > 1);
}

/* Try the parts of the lists from number 'i': with a quota, of which every
** list is a part, all; else those that are against a list's own side. First
** the part in which the list would stand if it were free to. */
static void try_parts(search *f, size_t i) {
  while (i < f->s.n && !is_open(f, &f->s.lists[i])) i++;
  sum_forced(f);
  if (f->gave_up || is_beyond(f)) return;
  if (i == f->s.n) {
    look_at(f);
    return;
  }
  if (has_quota(f) && is_out_of_reach(f)) return;
  urna_holder *h = &f->s.lists[i], saved = *h;
  urna_count stands = has_quota(f) ? h->after : h->votes;
  int first = stands >= h->parts[1].low;
  for (int turn = 0; turn < 2; turn++) {
    *h = saved;
    keep_part(h, turn == 0 ? first : !first);
    try_parts(f, i + 1);
  }
  *h = saved;
}

/* ---- stretches of ballots ---- */

/* The fewest ballots of a stretch, or at least a number below which none
** suffice; 'bound' or more if there are none. */
static urna_count search_stretch(search *f, urna_count first, urna_count last,
                                 urna_count bound) {
  f->first = first;
  f->last = last;
  f->s.bound = least_of(bound, last + 1);
  if (set_holders(f)) try_parts(f, 0);
  return f->s.bound;
}

/* Stretch by stretch, each as long as the last but one taught, until one that
** no threshold moves in has an answer; or to 'bound', which is then excluded
** as all before it are. */
static void search_all(search *f, urna_count bound) {
  urna_count first = 0, length = 0;
  while (first < bound && !f->gave_up) {
    urna_count alike = least_of(last_alike(f->q, first), bound - 1);
    urna_count last = least_of(most_of(alike, first + length), bound - 1);
    urna_count found = search_stretch(f, first, last, bound);
    if (found > last) {
      length = 2 * (last - first + 1);
      first = last + 1;
    } else if (f->is_exact) {
      return;
    } else {
      length = (last - first) / 4;
      first = most_of(first, found);
    }
  }
}

static void set_aim(search *f, size_t number) {
  const urna_aim *aim = f->aim = &f->q->aims[number];
  f->s.need = aim->at_most ? f->q->seats - aim->seats : aim->seats;
  f->s.spare = f->q->seats - f->s.need;
  f->s.pricing[0] = f->s.pricing[1] =
      (urna_pricing){.d = f->q->d,
                     .parts = f->q->quota_rounding == URNA_QUOTA_EXACT
                                  ? f->q->seats + f->q->quota_more
                                  : 1,
                     .more_votes = f->q->more_votes};
}

/* A list that is alone cannot lose by growing. */
static bool is_vain(const search *f) {
  return f->q->way == URNA_ADDED && f->q->n == 1 && f->aim->at_most;
}

static urna_count bound_of_answer(const search *f) {
  return f->answer->votes >= 0 ? f->answer->votes : f->limit;
}

static urna_count bound_of(const search *f) {
  urna_count bound = bound_of_answer(f);
  return is_vain(f) ? least_of(bound, 1) : bound;
}

static void note_nothing(search *f, size_t number) {
  f->answer->votes = 0;
  f->answer->aim = number;
  for (size_t i = 0; i < f->q->n; i++)
    f->answer->after[i] = f->q->lists[i].votes;
}

/* With some list above, and, where it matters, with none. */
static void search_sides(search *f) {
  f->is_none = false;
  search_all(f, bound_of(f));
  f->is_none = true;
  if (f->q->all_if_none) search_all(f, bound_of(f));
}

static void search_aim(search *f, size_t number) {
  set_aim(f, number);
  if (f->s.need == 0 && bound_of(f) > 0) note_nothing(f, number);
  f->is_empty = false;
  search_sides(f);
  if (!f->aim->at_most) return;
  f->is_empty = true;
  f->s.need = 0;
  search_sides(f);
}

/* An aim that no number of ballots added may ever reach, none of which can be
** excluded by itself, must not stand before one that a few reach: so all are
** searched for few first, and then for more. */
static void search_aims(search *f) {
  bool grows = f->q->way == URNA_ADDED && f->q->base_moves;
  f->limit = grows ? 64 : f->q->most + 1;
  for (;;) {
    f->limit = least_of(f->limit, f->q->most + 1);
    for (size_t i = 0; i < f->q->aim_count && !f->gave_up; i++)
      search_aim(f, i);
    if (f->gave_up) return;
    f->answer->excluded = bound_of_answer(f);
    if (f->answer->votes >= 0 || f->limit > f->q->most) return;
    f->limit *= 64;
  }
}

/* ---- the question ---- */

static size_t room_of(const urna_margin *q) {
  return (size_t)q->seats + 1;
}

size_t urna_margin_scratch(const urna_margin *q) {
  if (q->seats < 1 || q->n > SIZE_MAX / 1024) return 0;
  if (q->n > ((size_t)1 << 26) / room_of(q)) return 0;
  return q->n * sizeof(urna_holder) + 3 * room_of(q) * sizeof(urna_count)
         + (q->n + 1) * (room_of(q) + 1) * sizeof(int32_t);
}

static bool is_standing(urna_standing standing) {
  return standing.weight >= 1 && standing.weight <= URNA_PRICE_WEIGHT;
}

static bool is_mover(const urna_mover *m) {
  return m->votes >= 0 && m->votes <= URNA_COUNT_MAX && m->most >= 0
         && m->share.num >= 0 && m->share.num <= URNA_COUNT_MAX
         && m->share.den >= 1 && m->share.den <= URNA_COUNT_MAX
         && is_standing(m->below) && is_standing(m->above)
         && is_standing(m->alone);
}

/* Where all are to have fewer, ballots given could go nowhere. */
static bool is_aim(const urna_margin *q, const urna_aim *aim) {
  size_t members = 0;
  for (size_t i = 0; i < q->n; i++) members += aim->members[i] != 0;
  return aim->seats >= 0 && aim->seats <= q->seats
         && !(aim->at_most && members == q->n && q->n > 1);
}

static urna_status check(const urna_margin *q) {
  urna_count sum = 0;
  urna_ratio most;
  for (size_t i = 0; i < q->n; i++) {
    if (!is_mover(&q->lists[i])) return URNA_BAD_INPUT;
    sum += q->lists[i].votes;
    if (sum > URNA_COUNT_MAX) return URNA_BAD_INPUT;
  }
  for (size_t i = 0; i < q->aim_count; i++)
    if (!is_aim(q, &q->aims[i])) return URNA_BAD_INPUT;
  if (q->base < 0 || q->base > URNA_COUNT_MAX || q->most < 0)
    return URNA_BAD_INPUT;
  if (!q->d)
    return q->quota_more < 0 || q->quota_more > 2 ? URNA_BAD_INPUT : URNA_OK;
  int32_t seats = q->seats < q->d->length ? q->seats : q->d->length;
  return urna_sequence_bounds(q->d, seats - 1, &most);
}

static urna_count most_ballots(const urna_margin *q) {
  urna_count sum = 0;
  for (size_t i = 0; i < q->n; i++) sum += q->lists[i].votes;
  if (q->way != URNA_ADDED) return least_of(q->most, sum);
  return least_of(q->most, URNA_COUNT_MAX - most_of(sum, q->base));
}

urna_status urna_margin_find(const urna_margin *asked, void *scratch,
                             urna_margin_answer *answer) {
  urna_status status = check(asked);
  if (status != URNA_OK) return status;
  urna_margin q = *asked;
  q.most = most_ballots(&q);
  search f = {.q = &q, .answer = answer};
  f.s.n = q.n;
  f.s.room = q.seats;
  f.s.lists = scratch;
  f.s.cost = (urna_count *)(void *)(f.s.lists + q.n);
  f.s.best[0] = f.s.cost + room_of(&q);
  f.s.best[1] = f.s.best[0] + room_of(&q);
  f.s.choice = (int32_t *)(void *)(f.s.best[1] + room_of(&q));
  answer->votes = -1;
  answer->looks = 0;
  answer->excluded = 0;
  search_aims(&f);
  return f.gave_up ? URNA_OVERFLOW : URNA_OK;
}
