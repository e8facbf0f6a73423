/* Inverse questions against every way there is to switch, add or remove
** ballots. URNA_CASES=100000 tries as many of each question. */
#include "core/margin.h"

#include <stdlib.h>

#include "test.h"

enum { LISTS = 5, LOOKS = 60000, FURTHEST = 60 };

__extension__ typedef __int128 wide;

/* ---- random numbers: Park & Miller 1988 ---- */

static uint64_t state = 20200621;

static int64_t between(int64_t least, int64_t most) {
  state = state * 16807 % 2147483647;
  return least + (int64_t)(state % (uint64_t)(most - least + 1));
}

/* ---- the seats by the definition, on small numbers ---- */

typedef struct divisors {
  const char *name;
  urna_sequence d; /* what is asked with */
  int more;        /* of a quota: 0 Hare, 1 Droop; -1: divisors */
} divisors;

/* d(held) as num / den, or its square, written anew. */
static void divisor_of(const char *name, int32_t held, int64_t *num,
                       int64_t *den) {
  int64_t k = held;
  *den = 1;
  if (name[0] == 'd') *num = k + 1;              /* d'Hondt */
  if (name[0] == 's') *num = 2 * k + 1;          /* Sainte-Lague */
  if (name[0] == 'm') *num = k ? 10 * k + 5 : 7; /* 1.4 3 5, times 5 */
  if (name[0] == 'a') *num = k;                  /* Adams */
  if (name[0] == 'h') *num = k * (k + 1);        /* Huntington-Hill */
  if (name[0] == 'n') *num = 2 * k * (k + 1), *den = 2 * k + 1; /* Dean */
}

typedef struct problem {
  divisors method;
  int n, seats;
  bool more_votes, free, moves, all_if_none;
  int64_t votes[LISTS], base, share_num, share_den;
  bool exempt[LISTS], bonus[LISTS]; /* 27/20, while below */
  int32_t most[LISTS];
  bool held_in[LISTS], held_bonus[LISTS]; /* with the thresholds fixed */
  urna_margin_way way;
} problem;

typedef struct result {
  int32_t certain[LISTS], left;
  bool tied[LISTS];
  int ties;
} result;

static void stand(const problem *p, const int64_t *w, int64_t base, bool *in,
                  int64_t *weight) {
  bool above[LISTS], any = false;
  for (int i = 0; i < p->n; i++) {
    above[i] =
        base > 0 && (wide)w[i] * p->share_den >= (wide)p->share_num * base;
    any = any || above[i];
  }
  for (int i = 0; i < p->n; i++) {
    bool may = above[i] || p->exempt[i] || (p->all_if_none && !any);
    in[i] = p->free ? may : p->held_in[i];
    bool has_bonus = p->free ? p->bonus[i] && !above[i] : p->held_bonus[i];
    weight[i] = has_bonus ? 27 : 20;
  }
}

static int sign(wide a, wide b) {
  return (a > b) - (a < b);
}

/* Who comes before whom for the next seat. */
static int next_cmp(const problem *p, const int64_t *w, const int64_t *weight,
                    const int32_t *held, int64_t quota, int64_t parts, int i,
                    int j) {
  int64_t a, b, a_den, b_den;
  int order;
  if (p->method.more >= 0) {
    order = sign((wide)w[i] * parts - (wide)held[i] * quota,
                 (wide)w[j] * parts - (wide)held[j] * quota);
  } else {
    divisor_of(p->method.name, held[i], &a, &a_den);
    divisor_of(p->method.name, held[j], &b, &b_den);
    wide x = (wide)w[i] * weight[i], y = (wide)w[j] * weight[j];
    bool squared = p->method.name[0] == 'h';
    order = a == 0 && b == 0 ? sign(x, y)
            : squared        ? sign(x * x * b, y * y * a)
                             : sign(x * a_den * b, y * b_den * a);
  }
  if (order == 0 && p->more_votes) order = sign(w[i], w[j]);
  return order;
}

static result seats_of(const problem *p, const int64_t *w, int64_t base) {
  result r = {{0}, p->seats, {0}, 0};
  bool in[LISTS];
  int64_t weight[LISTS], sum = 0, quota = 0, parts = 1;
  stand(p, w, base, in, weight);
  for (int i = 0; i < p->n; i++) sum += in[i] ? w[i] : 0;
  if (p->method.more == 0) quota = sum, parts = p->seats;
  if (p->method.more == 1) quota = sum / (p->seats + 1) + 1;
  for (; r.left > 0; r.left--) {
    int best = -1, equals = 0;
    for (int i = 0; i < p->n; i++) {
      if (!in[i] || w[i] == 0 || r.certain[i] >= p->most[i]) continue;
      int order =
          best < 0 ? 1
                   : next_cmp(p, w, weight, r.certain, quota, parts, i, best);
      if (order > 0) best = i;
    }
    if (best < 0) return r;
    for (int i = 0; i < p->n; i++) {
      r.tied[i] =
          in[i] && w[i] > 0 && r.certain[i] < p->most[i]
          && next_cmp(p, w, weight, r.certain, quota, parts, i, best) == 0;
      equals += r.tied[i];
    }
    if (equals > r.left) {
      r.ties = equals;
      return r;
    }
    /* all of them, one by one: none can overtake another that equals it */
    for (int i = 0; i < p->n; i++) r.certain[i] += r.tied[i];
    r.left -= equals - 1;
    memset(r.tied, 0, sizeof r.tied);
  }
  return r;
}

/* The fewest and the most seats of some lists, over all ways to draw. */
static void range_of(const problem *p, const result *r,
                     const unsigned char *members, int *least, int *most) {
  int certain = 0, inside = 0;
  for (int i = 0; i < p->n; i++) {
    if (!members[i]) continue;
    certain += r->certain[i];
    inside += r->ties > 0 && r->tied[i];
  }
  int left = r->ties > 0 ? r->left : 0, outside = r->ties - inside;
  *least = certain + (left > outside ? left - outside : 0);
  *most = certain + (left < inside ? left : inside);
}

typedef struct aims {
  int count;
  urna_aim aim[2 * LISTS];
  unsigned char members[2 * LISTS][LISTS];
} aims;

static bool holds(const problem *p, const aims *a, const int64_t *w,
                  int64_t base, bool possible) {
  result r = seats_of(p, w, base);
  for (int k = 0; k < a->count; k++) {
    int least, most;
    range_of(p, &r, a->members[k], &least, &most);
    int32_t seats = a->aim[k].seats;
    bool good = a->aim[k].at_most ? (possible ? least : most) <= seats
                                  : (possible ? most : least) >= seats;
    if (good) return true;
  }
  return false;
}

/* ---- every way to move ballots ---- */

typedef struct hunt {
  const problem *p;
  const aims *a;
  int64_t w[LISTS], x, base;
  int64_t looks;
  bool found[2]; /* surely, possibly */
} hunt;

static void try_from(hunt *h, int i, int64_t taken, int64_t given) {
  const problem *p = h->p;
  if (h->found[0] && h->found[1]) return;
  if (i == p->n) {
    int64_t take = p->way == URNA_ADDED ? 0 : h->x;
    int64_t give = p->way == URNA_REMOVED ? 0 : h->x;
    if (taken != take || given != give) return;
    h->looks++;
    for (int k = 0; k < 2; k++)
      if (!h->found[k]) h->found[k] = holds(p, h->a, h->w, h->base, k == 1);
    return;
  }
  int64_t down = p->way == URNA_ADDED ? 0 : h->x - taken;
  int64_t up = p->way == URNA_REMOVED ? 0 : h->x - given;
  if (down > p->votes[i]) down = p->votes[i];
  for (int64_t step = -down; step <= up; step++) {
    h->w[i] = p->votes[i] + step;
    try_from(h, i + 1, taken - (step < 0 ? step : 0),
             given + (step > 0 ? step : 0));
  }
}

static int64_t base_after(const problem *p, int64_t x) {
  if (!p->moves || p->way == URNA_SWITCHED) return p->base;
  return p->way == URNA_ADDED ? p->base + x : p->base - x;
}

/* The first number that does it surely, and possibly; -1: not up to *to. */
static void hunt_down(const problem *p, const aims *a, int64_t first[2],
                      int64_t *to) {
  hunt h = {.p = p, .a = a};
  int64_t sum = 0;
  for (int i = 0; i < p->n; i++) sum += p->votes[i];
  first[0] = first[1] = -1;
  for (*to = -1; h.looks < LOOKS && *to < FURTHEST; (*to)++) {
    h.x = *to + 1;
    if (p->way != URNA_ADDED && h.x > sum) {
      *to = INT64_MAX;
      return;
    }
    h.base = base_after(p, h.x);
    h.found[0] = first[0] >= 0, h.found[1] = first[1] >= 0;
    try_from(&h, 0, 0, 0);
    for (int k = 0; k < 2; k++)
      if (first[k] < 0 && h.found[k]) first[k] = h.x;
    if (first[0] >= 0) return;
  }
}

/* ---- the same question asked ---- */

static unsigned char scratch[1 << 20];

static int64_t asked(const problem *p, const aims *a, bool possible,
                     int64_t *after, size_t *aim) {
  urna_mover movers[LISTS];
  for (int i = 0; i < p->n; i++) {
    urna_mover *m = &movers[i];
    *m = (urna_mover){.votes = p->votes[i],
                      .share = {0, 1},
                      .most = p->most[i],
                      .held = (int32_t)between(0, 3)};
    m->above = (urna_standing){true, 20};
    m->below = (urna_standing){p->exempt[i], p->bonus[i] ? 27 : 20};
    m->alone = (urna_standing){true, p->bonus[i] ? 27 : 20};
    if (p->free)
      m->share = (urna_ratio){p->share_num, p->share_den};
    else
      m->above = (urna_standing){p->held_in[i], p->held_bonus[i] ? 27 : 20};
  }
  urna_margin q = {.d = p->method.more < 0 ? &p->method.d : NULL,
                   .quota_more = p->method.more,
                   .quota_rounding = p->method.more == 1 ? URNA_QUOTA_BEYOND
                                                         : URNA_QUOTA_EXACT,
                   .more_votes = p->more_votes,
                   .seats = p->seats,
                   .way = p->way,
                   .possible = possible,
                   .base = p->base,
                   .base_moves = p->moves,
                   .all_if_none = p->free && p->all_if_none,
                   .n = (size_t)p->n,
                   .lists = movers,
                   .aim_count = (size_t)a->count,
                   .aims = a->aim,
                   .most = URNA_COUNT_MAX};
  urna_margin_answer answer = {.after = after};
  if (urna_margin_scratch(&q) > sizeof scratch) return -3;
  urna_status status = urna_margin_find(&q, scratch, &answer);
  *aim = answer.aim;
  return status == URNA_OK ? answer.votes : -2;
}

/* ---- random questions ---- */

static divisors methods[8];

static void make_methods(void) {
  urna_sequence modified = urna_sequence_linear(1, 2);
  urna_sequence_modify(&modified, (urna_ratio){7, 5}, NULL);
  divisors all[] = {{"dhondt", urna_sequence_linear(1, 1), -1},
                    {"sainte_lague", urna_sequence_linear(1, 2), -1},
                    {"modified", modified, -1},
                    {"adams", urna_sequence_linear(0, 1), -1},
                    {"huntington", urna_sequence_of(URNA_HUNTINGTON_HILL), -1},
                    {"n: dean", urna_sequence_of(URNA_DEAN), -1},
                    {"quota: hare", urna_sequence_linear(1, 1), 0},
                    {"quota: droop", urna_sequence_linear(1, 1), 1}};
  memcpy(methods, all, sizeof all);
}

static problem random_problem(int way, bool free, int method) {
  static const int64_t shares[][2] = {{1, 5}, {1, 3}, {1, 10}, {3, 20},
                                      {1, 2}, {2, 5}, {1, 4}};
  problem p = {.method = methods[method < 0 ? between(0, 5) : method]};
  bool is_quota = p.method.more >= 0;
  const int64_t *share = shares[between(0, 6)];
  p.n = (int)between(1, 20) == 1 ? 1 : (int)between(2, LISTS);
  int64_t most = p.n <= 2 ? 30 : p.n == 3 ? 20 : between(4, 12);
  p.seats = (int)between(1, 8);
  p.more_votes = between(0, 2) == 0;
  p.free = free;
  p.moves = between(0, 7) > 0;
  p.all_if_none = between(0, 3) == 0;
  p.way = (urna_margin_way)way;
  p.share_num = share[0], p.share_den = share[1];
  p.base = between(0, 1) ? 0 : between(0, 6);
  if (!p.moves) p.base++; /* a base of nothing that stays is none */
  for (int i = 0; i < p.n; i++) {
    p.votes[i] = between(0, most);
    p.base += p.votes[i];
    p.exempt[i] = between(0, 2) == 0;
    p.bonus[i] = !is_quota && p.exempt[i] && between(0, 1);
    p.most[i] = between(0, 9) == 0 ? (int32_t)between(0, 3) : 100;
    if (is_quota) p.most[i] = 100;
  }
  bool in[LISTS];
  int64_t weight[LISTS];
  p.free = true;
  stand(&p, p.votes, p.base, in, weight);
  p.free = free;
  for (int i = 0; i < p.n; i++) {
    p.held_in[i] = in[i];
    p.held_bonus[i] = weight[i] == 27;
  }
  return p;
}

static void add_aim(aims *a, int n, unsigned mask, int32_t seats,
                    bool at_most) {
  unsigned char *members = a->members[a->count];
  for (int i = 0; i < n; i++) members[i] = (mask >> i) & 1;
  a->aim[a->count] = (urna_aim){NULL, seats, at_most};
  a->count++;
}

/* 0 any seat, 1 a list gains or loses, 2 a coalition at least, 3 at most */
static bool random_aims(const problem *p, int kind, aims *a) {
  result r = seats_of(p, p->votes, base_after(p, 0));
  int only = (int)between(0, p->n - 1), turn = (int)between(0, 2);
  a->count = 0;
  if (kind >= 2) {
    int some = (1 << p->n) - (p->n > 1 ? 2 : 1); /* not all of several */
    unsigned mask = (unsigned)between(1, some);
    int32_t seats = (int32_t)between(0, p->seats);
    if (kind == 2 && seats == 0) seats = 1;
    add_aim(a, p->n, mask, seats, kind == 3);
  }
  for (int i = 0; kind < 2 && i < p->n; i++) {
    int least, most;
    if (kind == 1 && i != only) continue;
    unsigned char members[LISTS] = {0};
    members[i] = 1;
    range_of(p, &r, members, &least, &most);
    if (least < p->seats && (kind == 0 || turn != 1))
      add_aim(a, p->n, 1u << i, least + 1, false);
    if (most > 0 && (kind == 0 || turn != 2))
      add_aim(a, p->n, 1u << i, most - 1, true);
  }
  for (int k = 0; k < a->count; k++) a->aim[k].members = a->members[k];
  return a->count > 0;
}

static void show(const problem *p, const aims *a, const char *what, int64_t got,
                 int64_t want) {
  printf("  %s: got %lld, want %lld: %s, %d seats, way %d, free %d, moves %d, "
         "more %d, none %d, base %lld, share %lld/%lld\n",
         what, (long long)got, (long long)want, p->method.name, p->seats,
         p->way, p->free, p->moves, p->more_votes, p->all_if_none,
         (long long)p->base, (long long)p->share_num, (long long)p->share_den);
  for (int i = 0; i < p->n; i++)
    printf("    %lld%s%s most %d\n", (long long)p->votes[i],
           (p->free ? p->exempt[i] : p->held_in[i]) ? " in" : "",
           (p->free ? p->bonus[i] : p->held_bonus[i]) ? " bonus" : "",
           p->most[i]);
  for (int k = 0; k < a->count; k++) {
    printf("    aim ");
    for (int i = 0; i < p->n; i++) printf("%d", a->members[k][i]);
    printf(" %s %d\n", a->aim[k].at_most ? "<=" : ">=", a->aim[k].seats);
  }
}

static int shown;
static int64_t full, given_up;

/* That the witness is of so many ballots, and does it. */
static bool is_witness(const problem *p, const aims *a, const int64_t *after,
                       int64_t x, bool possible) {
  int64_t taken = 0, given = 0;
  for (int i = 0; i < p->n; i++) {
    int64_t step = after[i] - p->votes[i];
    if (after[i] < 0) return false;
    if (step < 0) taken -= step;
    if (step > 0) given += step;
  }
  return taken == (p->way == URNA_ADDED ? 0 : x)
         && given == (p->way == URNA_REMOVED ? 0 : x)
         && holds(p, a, after, base_after(p, x), possible);
}

static bool try_one(const problem *p, const aims *a) {
  int64_t first[2], to, after[LISTS];
  bool good = true;
  hunt_down(p, a, first, &to);
  for (int k = 0; k < 2; k++) {
    size_t aim;
    int64_t got = asked(p, a, k == 1, after, &aim);
    if (got == -2) { /* only where none will ever do */
      if (first[k] >= 0 || p->way != URNA_ADDED) {
        show(p, a, "given up", got, first[k]);
        good = false;
      }
      given_up++;
      continue;
    }
    bool fits = first[k] >= 0 ? got == first[k] : got == -1 || got > to;
    if (got >= 0 && !is_witness(p, a, after, got, k == 1)) fits = false;
    full += first[k] >= 0 || to == INT64_MAX;
    if (!fits && shown++ < 5)
      show(p, a, k ? "possibly" : "surely", got, first[k]);
    good = good && fits;
  }
  return good;
}

static void try_many(int64_t cases) {
  static const char *const kinds[] = {"any", "list", "at least", "at most"};
  static const char *const ways[] = {"switched", "added", "removed"};
  for (int kind = 0; kind < 4; kind++) {
    for (int way = 0; way < 3; way++) {
      int64_t wrong = 0, done = 0;
      full = 0;
      for (int64_t i = 0; i < cases; i++) {
        bool is_quota = i % 4 == 3;
        problem p = random_problem(way, i % 3 != 0,
                                   is_quota ? 6 + (int)(i / 4 % 2) : -1);
        aims a;
        if (!random_aims(&p, kind, &a)) continue;
        done++;
        wrong += !try_one(&p, &a);
      }
      if (cases > 2000 || wrong > 0)
        printf("%s, %s: %lld cases, %lld wrong; %lld of %lld to the end\n",
               kinds[kind], ways[way], (long long)done, (long long)wrong,
               (long long)full, (long long)(2 * done));
      CHECK(wrong == 0);
    }
  }
  if (given_up > 0) printf("given up: %lld\n", (long long)given_up);
}

/* ---- larger numbers ---- */

static problem plain_problem(int method, int way, int n, int seats) {
  problem p = {.method = methods[method],
               .n = n,
               .seats = seats,
               .way = (urna_margin_way)way,
               .share_num = 1,
               .share_den = 2};
  for (int i = 0; i < n; i++) {
    p.held_in[i] = true;
    p.most[i] = seats;
  }
  return p;
}

static void add_any(const problem *p, aims *a) {
  result r = seats_of(p, p->votes, 0);
  a->count = 0;
  for (int i = 0; i < p->n; i++) {
    if (r.certain[i] < p->seats)
      add_aim(a, p->n, 1u << i, r.certain[i] + 1, false);
    if (r.certain[i] > 0) add_aim(a, p->n, 1u << i, r.certain[i] - 1, true);
  }
  for (int k = 0; k < a->count; k++) a->aim[k].members = a->members[k];
}

/*
** With the thresholds fixed, a switch of any ballots moves each pair of lists
** by at most d(a) + d(b + 1) a ballot, so the fewest that change any seat are
** the fewest of any pair: floor((v_A d(b+1) - v_B d(a)) / (d(b+1) + d(a))) + 1
** from A, which holds a, to B, which holds b.
*/
static int64_t by_pairs(const problem *p) {
  result r = seats_of(p, p->votes, 0);
  int64_t least = -1;
  for (int i = 0; i < p->n; i++) {
    for (int j = 0; j < p->n; j++) {
      int64_t a, b, den;
      if (i == j || r.certain[i] == 0) continue;
      divisor_of(p->method.name, r.certain[i] - 1, &a, &den);
      divisor_of(p->method.name, r.certain[j], &b, &den);
      wide over = (wide)p->votes[i] * b - (wide)p->votes[j] * a;
      int64_t x = (int64_t)(over / (a + b)) + 1;
      if (x <= p->votes[i] && (least < 0 || x < least)) least = x;
    }
  }
  return least;
}

static void pairs(void) {
  int wrong = 0;
  for (int i = 0; i < 3000; i++) {
    problem p =
        plain_problem(i % 3, 0, (int)between(2, LISTS), (int)between(1, 120));
    int64_t most = between(0, 1) ? 5000 : 40000000;
    for (int j = 0; j < p.n; j++) p.votes[j] = between(1, most);
    if (seats_of(&p, p.votes, 0).ties > 0) continue;
    aims a;
    int64_t after[LISTS];
    size_t aim;
    add_any(&p, &a);
    int64_t got = asked(&p, &a, false, after, &aim), want = by_pairs(&p);
    if (got != want && wrong++ < 3) show(&p, &a, "pairs", got, want);
    if (!is_witness(&p, &a, after, got, false)) wrong++;
  }
  CHECK(wrong == 0);
}

/* The largest numbers there are: the sanitizers see an overflow. */
static void extremes(void) {
  for (int method = 0; method < 8; method++) {
    for (int way = 0; way < 3; way++) {
      problem p = plain_problem(method, way, 4, 60);
      p.votes[0] = INT64_C(1) << 52;
      p.votes[1] = (INT64_C(1) << 51) + 12345;
      p.votes[2] = INT64_C(1) << 40;
      p.votes[3] = 1;
      if (method == 4) p.votes[0] >>= 4, p.votes[1] >>= 4; /* its squares */
      aims a;
      int64_t after[LISTS];
      size_t aim;
      add_any(&p, &a);
      int64_t x = asked(&p, &a, false, after, &aim);
      CHECK(x > 0 && is_witness(&p, &a, after, x, false));
    }
  }
}

static void bounds(void) {
  unsigned char members[] = {1, 0};
  urna_aim aim = {members, 1, false};
  urna_mover movers[] = {{.votes = 5,
                          .share = {0, 1},
                          .below = {true, 1},
                          .above = {true, 1},
                          .alone = {true, 1},
                          .most = 9},
                         {.votes = 9,
                          .share = {0, 1},
                          .below = {true, 1},
                          .above = {true, 1},
                          .alone = {true, 1},
                          .most = 9}};
  urna_sequence d = urna_sequence_linear(1, 1);
  urna_count after[2];
  urna_margin q = {.d = &d,
                   .seats = 1,
                   .n = 2,
                   .lists = movers,
                   .aim_count = 1,
                   .aims = &aim,
                   .most = URNA_COUNT_MAX};
  urna_margin_answer answer = {.after = after};
  /* 5 + 3 against 9 - 3; with 2 it is a tie */
  CHECK(urna_margin_find(&q, scratch, &answer) == URNA_OK);
  CHECK(answer.votes == 3 && after[0] == 8 && after[1] == 6);
  CHECK(answer.excluded == 3);
  q.most = 2;
  CHECK(urna_margin_find(&q, scratch, &answer) == URNA_OK);
  CHECK(answer.votes == -1 && answer.excluded == 3);
  q.most = URNA_COUNT_MAX;
  aim.seats = 2;
  CHECK(urna_margin_find(&q, scratch, &answer) == URNA_BAD_INPUT);
  aim = (urna_aim){members, 0, true};
  members[1] = 1;
  CHECK(urna_margin_find(&q, scratch, &answer) == URNA_BAD_INPUT);
  members[1] = 0;
  movers[0].above.weight = URNA_PRICE_WEIGHT + 1;
  CHECK(urna_margin_find(&q, scratch, &answer) == URNA_BAD_INPUT);
  movers[0].above.weight = 1;
  movers[0].votes = URNA_COUNT_MAX;
  CHECK(urna_margin_find(&q, scratch, &answer) == URNA_BAD_INPUT);
  q.seats = 0;
  CHECK(urna_margin_scratch(&q) == 0);
}

int main(void) {
  const char *cases = getenv("URNA_CASES");
  make_methods();
  bounds();
  pairs();
  extremes();
  try_many(cases ? strtoll(cases, NULL, 10) : 340);
  return test_report("margin (seed 20200621)");
}
