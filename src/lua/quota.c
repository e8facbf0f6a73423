/* quota.c - binds core/quota.h and core/quota_method.h. */
#include "core/quota.h"

#include <lauxlib.h>
#include <stdint.h>
#include <string.h>

#include "core/quota_method.h"
#include "core/wide.h"
#include "lua/check.h"
#include "lua/openers.h"

/* Arguments of a call, all in scratch userdata, for any call may jump away. */
typedef struct call {
  size_t n;
  int32_t seats;
  urna_claimant *lists;
  size_t *heap;
  unsigned char *tied, *eligible, *barred;
} call;

static int32_t small(lua_State *L, urna_count value, const char *what) {
  if (value > INT32_MAX) luaL_error(L, "%s is beyond 2^31 - 1", what);
  return (int32_t)value;
}

static void set_num(lua_State *L, urna_claimant *list, urna_count value) {
  (void)L;
  list->weight.num = value;
}

static void set_den(lua_State *L, urna_claimant *list, urna_count value) {
  (void)L;
  list->weight.den = value;
}

static void set_precedence(lua_State *L, urna_claimant *list,
                           urna_count value) {
  (void)L;
  list->precedence = value;
}

static void set_least(lua_State *L, urna_claimant *list, urna_count value) {
  list->least = small(L, value, "least");
}

static void set_most(lua_State *L, urna_claimant *list, urna_count value) {
  list->most = small(L, value, "most");
}

static const struct {
  const char *name;
  void (*set)(lua_State *, urna_claimant *, urna_count);
} parts[] = {{"num", set_num},
             {"den", set_den},
             {"precedence", set_precedence},
             {"least", set_least},
             {"most", set_most}};

/* The optional arrays of the options at 'at', by list. */
static void load_parts(lua_State *L, int at, const call *c) {
  for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
    lua_getfield(L, at, parts[p].name);
    if (!lua_isnil(L, -1)) {
      luaL_checktype(L, -1, LUA_TTABLE);
      for (size_t i = 0; i < c->n; i++)
        parts[p].set(
            L, &c->lists[i],
            urna_check_element(L, lua_gettop(L), i + 1, parts[p].name));
    }
    lua_pop(L, 1);
  }
}

/* Lua aligns to 8 bytes, a number of 128 bits needs 16. */
static void *scratch(lua_State *L, size_t count, size_t size) {
  enum { ALIGN = 16 };
  if (count > SIZE_MAX / 2 / size) luaL_error(L, "there are too many lists");
  uintptr_t at = (uintptr_t)lua_newuserdata(L, (count + 1) * size + ALIGN);
  return (void *)((at + ALIGN - 1) / ALIGN * ALIGN);
}

/* Room for 'n' lists; leaves two scratch userdata on the stack. */
static call new_call(lua_State *L, size_t n, urna_count seats) {
  call c = {.n = n, .seats = small(L, seats, "seats")};
  c.lists = scratch(L, n, sizeof *c.lists);
  c.heap = scratch(L, n, sizeof *c.heap + 3);
  c.tied = (unsigned char *)(c.heap + n + 1);
  c.eligible = c.tied + n + 1;
  c.barred = c.eligible + n + 1;
  return c;
}

/* The votes from element 'from' + 1 of the table at 'at'. */
static void load_votes(lua_State *L, int at, size_t from, const call *c) {
  for (size_t i = 0; i < c->n; i++)
    c->lists[i] = (urna_claimant){
        .votes = urna_check_element(L, at, from + i + 1, "votes"),
        .weight = {1, 1},
        .most = INT32_MAX};
}

static call check_call(lua_State *L, int seats, int votes, int options) {
  luaL_checktype(L, votes, LUA_TTABLE);
  call c =
      new_call(L, urna_length(L, votes), urna_check_count(L, seats, "seats"));
  load_votes(L, votes, 0, &c);
  if (lua_istable(L, options)) load_parts(L, options, &c);
  return c;
}

static int check_status(lua_State *L, urna_status status) {
  if (status == URNA_BAD_INPUT)
    return luaL_error(L, "a weight is not a ratio of numbers from 1 to 2^20, "
                         "or a number of seats is out of bounds");
  if (status == URNA_OVERFLOW)
    return luaL_error(L, "the weighed votes are too great to be compared "
                         "exactly");
  return 0;
}

static int flag(lua_State *L, int options, const char *name) {
  if (!lua_istable(L, options)) return 0;
  lua_getfield(L, options, name);
  int is_set = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return is_set;
}

static urna_quota_rule check_rule(lua_State *L, int at) {
  static const char *const names[] = {"exact",   "floor",  "nearest",
                                      "ceiling", "beyond", NULL};
  luaL_checktype(L, at, LUA_TTABLE);
  urna_quota_rule rule = {
      .constant = urna_check_field(L, at, "votes", 0),
      .more = small(L, urna_check_field(L, at, "more", 0), "more")};
  lua_getfield(L, at, "rounding");
  rule.rounding = (urna_rounding)luaL_checkoption(L, -1, "exact", names);
  lua_pop(L, 1);
  return rule;
}

static urna_remainders check_remainders(lua_State *L, int options) {
  urna_remainders rule = {.share = {0, 1}};
  if (!lua_istable(L, options)) return rule;
  rule.once = flag(L, options, "once") != 0;
  rule.share.num = urna_check_field(L, options, "share_num", 0);
  rule.share.den = urna_check_field(L, options, "share_den", 1);
  if (rule.share.den == 0) luaL_error(L, "a denominator is 0");
  return rule;
}

static void push_seats(lua_State *L, const call *c) {
  lua_createtable(L, (int)c->n, 0);
  for (size_t i = 0; i < c->n; i++) {
    lua_pushinteger(L, c->lists[i].seats);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* Numbers of the lists that are marked. */
static void push_marked(lua_State *L, size_t n, const unsigned char *marks) {
  lua_newtable(L);
  for (size_t i = 0, count = 0; i < n; i++) {
    if (!marks[i]) continue;
    lua_pushinteger(L, (lua_Integer)(i + 1));
    lua_rawseti(L, -2, (int)++count);
  }
}

static void push_order(lua_State *L, const size_t *order, int32_t count) {
  lua_createtable(L, count, 0);
  for (int32_t i = 0; i < count; i++) {
    lua_pushinteger(L, (lua_Integer)(order[i] + 1));
    lua_rawseti(L, -2, i + 1);
  }
}

static urna_u128 common_divisor(urna_u128 a, urna_u128 b) {
  while (b != 0) {
    urna_u128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

static void set_digits(lua_State *L, urna_u128 value, int is_negative, int at) {
  char digits[URNA_WIDE_DIGITS + 1] = "-";
  urna_wide_digits(urna_wide_of(value), digits + is_negative);
  urna_push_digits(L, digits);
  lua_rawseti(L, -2, at);
}

/* num / den as { num, den } in lowest terms; num may be negative. */
static void push_ratio(lua_State *L, urna_i128 num, urna_i128 den) {
  int is_negative = num < 0;
  urna_u128 above = (urna_u128)(is_negative ? -num : num);
  urna_u128 by = common_divisor(above, (urna_u128)den);
  lua_createtable(L, 2, 0);
  set_digits(L, above / by, is_negative, 1);
  set_digits(L, (urna_u128)den / by, 0, 2);
}

/* { quota, full, remainders }, the lists having their full seats. */
static void push_extra(lua_State *L, const call *c, const urna_quota *quota) {
  urna_i128 parts_of_one = (urna_i128)quota->den * quota->scale;
  lua_createtable(L, 0, 4);
  push_ratio(L, quota->num, parts_of_one);
  lua_setfield(L, -2, "quota");
  push_seats(L, c);
  lua_setfield(L, -2, "full");
  lua_createtable(L, (int)c->n, 0);
  for (size_t i = 0; i < c->n; i++) {
    push_ratio(L, urna_quota_remainder(quota, &c->lists[i], c->lists[i].seats),
               parts_of_one);
    lua_rawseti(L, -2, (int)i + 1);
  }
  lua_setfield(L, -2, "remainders");
}

/* What becomes of the seats that full quotas leave or take too much. */
typedef struct rest {
  urna_remainders rule;
  int gives, takes_back; /* whether anything is done about them */
} rest;

static rest check_rest(lua_State *L, int options) {
  return (rest){.rule = check_remainders(L, options),
                .gives = !flag(L, options, "full_only"),
                .takes_back = flag(L, options, "take_back")};
}

/* Seats left to place, or negative to take back; leaves scratch on the
** stack, 'order', if there is something to do. */
static int64_t settle(lua_State *L, const call *c, const urna_quota *quota,
                      const rest *r, int64_t left, size_t **order,
                      urna_status *status) {
  int32_t settled = 0;
  *status = URNA_OK;
  if (left == 0 || (left > 0 ? !r->gives : !r->takes_back)) return left;
  int64_t many = left < 0 ? -left : left;
  *order = scratch(L, (size_t)many, sizeof **order);
  *status = urna_quota_settle(quota, c->n, c->lists, left, &r->rule, *order,
                              &settled, c->heap, c->tied);
  return left < 0 ? left + settled : left - settled;
}

/*
** quota(rule, seats, votes, options): seats by list; tied lists or nil; seats
** left to place, negative to take back; how many full quotas there are more
** than seats; what explains them or nil. nil where the quota is 0 votes.
*/
static int quota(lua_State *L) {
  lua_settop(L, 4);
  urna_quota_rule rule = check_rule(L, 1);
  rest r = check_rest(L, 4);
  call c = check_call(L, 2, 3, 4);
  urna_quota found;
  urna_status status = urna_quota_find(&rule, c.n, c.lists, c.seats, &found);
  if (status == URNA_BAD_CALL) return 0;
  check_status(L, status);
  int64_t left = c.seats - urna_quota_fill(&found, c.n, c.lists);
  int64_t over = left < 0 ? -left : 0, placed = left;
  int explains = flag(L, 4, "explain");
  if (explains) push_extra(L, &c, &found);
  int extra = lua_gettop(L);
  size_t *order = NULL;
  left = settle(L, &c, &found, &r, left, &order, &status);
  push_seats(L, &c);
  if (status == URNA_TIE)
    push_marked(L, c.n, c.tied);
  else
    lua_pushnil(L);
  lua_pushinteger(L, (lua_Integer)left);
  lua_pushinteger(L, (lua_Integer)over);
  if (!explains) return 4;
  placed = placed < 0 ? left - placed : placed - left;
  push_order(L, order, order ? (int32_t)placed : 0);
  lua_setfield(L, extra, "order");
  lua_pushvalue(L, extra);
  return 5;
}

/* One vector of a batch: marks what it came to. */
static urna_status award_vector(lua_State *L, const call *c,
                                const urna_quota_rule *rule, const rest *r,
                                int64_t *left) {
  urna_quota found;
  urna_status status = urna_quota_find(rule, c->n, c->lists, c->seats, &found);
  check_status(L, status);
  *left = 0;
  if (status == URNA_BAD_CALL) return URNA_OK; /* no votes, no seats */
  size_t *order = NULL;
  int top = lua_gettop(L);
  *left = c->seats - urna_quota_fill(&found, c->n, c->lists);
  *left = settle(L, c, &found, r, *left, &order, &status);
  lua_settop(L, top);
  return status;
}

/* Set 'value' behind the last element of the table at 'at'. */
static void append(lua_State *L, int at, size_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_rawseti(L, at, (int)urna_length(L, at) + 1);
}

/*
** quota_batch(rule, seats, votes, n, options): as quota, of many vectors of
** 'n' lists one behind the other: seats likewise; numbers of the vectors with
** ties; numbers of those with more full quotas than seats.
*/
static int quota_batch(lua_State *L) {
  lua_settop(L, 5);
  urna_quota_rule rule = check_rule(L, 1);
  rest r = check_rest(L, 5);
  luaL_checktype(L, 3, LUA_TTABLE);
  size_t n = (size_t)urna_check_count(L, 4, "lists"), all = urna_length(L, 3);
  if (n == 0 || all % n != 0)
    return luaL_error(L, "the votes are not vectors of that many lists");
  call c = new_call(L, n, urna_check_count(L, 2, "seats"));
  lua_createtable(L, (int)all, 0);
  lua_newtable(L);
  lua_newtable(L);
  int seats = lua_gettop(L) - 2;
  for (size_t from = 0; from < all; from += n) {
    int64_t left;
    load_votes(L, 3, from, &c);
    if (award_vector(L, &c, &rule, &r, &left) == URNA_TIE)
      append(L, seats + 1, from / n + 1);
    else if (left < 0)
      append(L, seats + 2, from / n + 1);
    for (size_t i = 0; i < n; i++) {
      lua_pushinteger(L, c.lists[i].seats);
      lua_rawseti(L, seats, (int)(from + i) + 1);
    }
  }
  return 3;
}

/* The method's own arguments. */
typedef struct method {
  int32_t *drawn, count;
  size_t *order;
  urna_open_seat *open;
} method;

/* { house = list }: who was drawn for a seat. */
static void load_drawn(lua_State *L, int options, const call *c, method *m) {
  memset(m->drawn, 0, ((size_t)c->seats + 1) * sizeof *m->drawn);
  if (!lua_istable(L, options)) return;
  lua_getfield(L, options, "drawn");
  for (int32_t i = 0; lua_istable(L, -1) && i < c->seats; i++) {
    lua_rawgeti(L, -1, i + 1);
    if (!lua_isnil(L, -1))
      m->drawn[i] = small(L, urna_check_count(L, -1, "drawn"), "drawn");
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static void push_open(lua_State *L, const method *m) {
  lua_createtable(L, m->count, 0);
  for (int32_t i = 0; i < m->count; i++) {
    lua_createtable(L, 0, 3);
    lua_pushinteger(L, m->open[i].house);
    lua_setfield(L, -2, "house");
    lua_pushinteger(L, m->open[i].equals);
    lua_setfield(L, -2, "equals");
    lua_pushboolean(L, m->open[i].starts);
    lua_setfield(L, -2, "starts");
    lua_rawseti(L, -2, i + 1);
  }
}

/* { number of the list = its average } of those who might have the seat, and
** of those who came before it but have all of their quota. */
static void push_averages(lua_State *L, const call *c, int64_t scale) {
  lua_createtable(L, (int)c->n, 0);
  for (size_t i = 0; i < c->n; i++) {
    const urna_claimant *list = &c->lists[i];
    if (!c->eligible[i] && !c->barred[i]) continue;
    push_ratio(L, list->weighed, (urna_i128)scale * ((int64_t)list->seats + 1));
    lua_rawseti(L, -2, (int)i + 1);
  }
}

/* One step; the lists have their seats from before it. */
static void push_step(lua_State *L, const call *c, size_t winner, int32_t house,
                      urna_i128 sum, int64_t scale) {
  size_t rival;
  urna_quota_method_tell(c->n, c->lists, sum, house, winner, &rival,
                         c->eligible, c->barred);
  lua_createtable(L, 0, 5);
  lua_pushinteger(L, (lua_Integer)(winner + 1));
  lua_setfield(L, -2, "winner");
  if (rival != SIZE_MAX) {
    lua_pushinteger(L, (lua_Integer)(rival + 1));
    lua_setfield(L, -2, "rival");
  }
  push_averages(L, c, scale);
  lua_setfield(L, -2, "quotients");
  push_marked(L, c->n, c->eligible);
  lua_setfield(L, -2, "eligible");
  push_marked(L, c->n, c->barred);
  lua_setfield(L, -2, "barred");
}

/* The awards from the first, told again, and all weighed votes: the quota is
** its part of them. The lists' seats are spent. */
static void push_steps(lua_State *L, const call *c, const method *m) {
  urna_i128 sum;
  int64_t scale;
  urna_quota_weigh(c->n, c->lists, &sum, &scale);
  push_ratio(L, sum, scale);
  for (size_t i = 0; i < c->n; i++) c->lists[i].seats = 0;
  lua_createtable(L, c->seats, 0);
  for (int32_t i = 0; i < c->seats; i++) {
    push_step(L, c, m->order[i], i + 1, sum, scale);
    lua_rawseti(L, -2, i + 1);
    c->lists[m->order[i]].seats++;
  }
}

/*
** quota_method(seats, votes, options): certain seats by list; the open seats
** or nil; who competed for the last seat of the house, or nil where that is
** not open; and where they are asked for all votes, weighed, and the steps.
*/
static int quota_method(lua_State *L) {
  lua_settop(L, 3);
  call c = check_call(L, 1, 2, 3);
  size_t room = (size_t)c.seats;
  method m = {.drawn = scratch(L, room, sizeof *m.drawn)};
  m.order = scratch(L, room, sizeof *m.order);
  m.open = scratch(L, room, sizeof *m.open);
  load_drawn(L, 3, &c, &m);
  urna_status status = urna_quota_method_award(
      c.n, c.lists, c.seats, m.drawn, m.order, m.open, &m.count, c.tied);
  if (status == URNA_BAD_CALL)
    return luaL_error(L, "a list that was drawn does not compete");
  check_status(L, status);
  push_seats(L, &c);
  if (status == URNA_TIE)
    push_open(L, &m);
  else
    lua_pushnil(L);
  if (memchr(c.tied, 1, c.n))
    push_marked(L, c.n, c.tied);
  else
    lua_pushnil(L);
  if (!flag(L, 3, "explain")) return 3;
  push_steps(L, &c, &m);
  return 5;
}

static const luaL_Reg functions[] = {{"quota", quota},
                                     {"quota_batch", quota_batch},
                                     {"quota_method", quota_method},
                                     {NULL, NULL}};

void urna_open_quota(lua_State *L) {
  urna_register(L, functions);
}
