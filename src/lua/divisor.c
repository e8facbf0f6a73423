/* divisor.c - binds core/divisor.h and core/sequence.h. */
#include "core/divisor.h"

#include <lauxlib.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "core/count.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define CLASS "urna.sequence"

/* ---- sequences ---- */

typedef struct sequence {
  urna_sequence d;
  urna_ratio listed[]; /* of a listed one */
} sequence;

static const urna_sequence *check_sequence(lua_State *L, int index) {
  const sequence *self = luaL_checkudata(L, index, CLASS);
  return &self->d;
}

/* What the core says was wrong, of the list or the divisor it names. */
static int raise(lua_State *L, const char *what, const urna_error *error) {
  if (error->index == 0) return luaL_error(L, "%s", error->message);
  return luaL_error(L, "%s %d: %s", what, (int)error->index, error->message);
}

/* A whole number, or { num, den }, on the top, which it pops. */
static urna_ratio take_ratio(lua_State *L, const char *what) {
  urna_ratio ratio = {0, 1};
  int at = lua_gettop(L);
  if (lua_istable(L, at)) {
    ratio.num = urna_check_element(L, at, 1, what);
    ratio.den = urna_check_element(L, at, 2, what);
  } else {
    ratio.num = urna_check_count(L, at, what);
  }
  lua_pop(L, 1);
  return ratio;
}

static int64_t check_part(lua_State *L, const char *name, int64_t least) {
  urna_count value = urna_check_field(L, 1, name, -1);
  if (value < least || value > URNA_DIVISOR_MAX)
    luaL_error(L, "%s must be a whole number from %d to 2^31 - 1", name,
               (int)least);
  return value;
}

static urna_sequence check_linear(lua_State *L) {
  static const char *const known[] = {"kind", "first", "start", "step", NULL};
  urna_error error = {.index = 0};
  urna_check_options(L, 1, known);
  int64_t start = check_part(L, "start", 0);
  urna_sequence d = urna_sequence_linear(start, check_part(L, "step", 1));
  lua_getfield(L, 1, "first");
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    return d;
  }
  urna_ratio first = take_ratio(L, "first");
  if (urna_sequence_modify(&d, first, &error) != URNA_OK)
    raise(L, "divisor", &error);
  return d;
}

static sequence *push_sequence(lua_State *L, size_t listed) {
  sequence *self =
      lua_newuserdata(L, sizeof *self + listed * sizeof *self->listed);
  urna_set_class(L, CLASS);
  return self;
}

static void push_listed(lua_State *L) {
  static const char *const known[] = {"kind", "divisors", "ends", NULL};
  urna_error error = {.index = 0};
  urna_check_options(L, 1, known);
  lua_getfield(L, 1, "divisors");
  luaL_checktype(L, -1, LUA_TTABLE);
  lua_getfield(L, 1, "ends");
  bool ends = lua_toboolean(L, -1);
  lua_pop(L, 1);
  int from = lua_gettop(L);
  size_t n = urna_length(L, from);
  if (n > INT32_MAX / 2) luaL_error(L, "there are too many divisors");
  sequence *self = push_sequence(L, n);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, from, (int)i + 1);
    self->listed[i] = take_ratio(L, "divisors");
  }
  if (urna_sequence_list(&self->d, self->listed, n, ends, &error) != URNA_OK)
    raise(L, "divisor", &error);
}

static const char *const KINDS[] = {"linear",          "adams", "dean", "macau",
                                    "huntington_hill", "table", NULL};

/* sequence{ kind, ... }: see core.meta.lua. */
static int new_sequence(lua_State *L) {
  static const char *const known[] = {"kind", NULL};
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_getfield(L, 1, "kind");
  int kind = luaL_checkoption(L, 2, NULL, KINDS);
  if (kind == 5) {
    push_listed(L);
    return 1;
  }
  if (kind != 0) urna_check_options(L, 1, known);
  urna_sequence d = kind == 0   ? check_linear(L)
                    : kind == 1 ? urna_sequence_linear(0, 1)
                    : kind == 2 ? urna_sequence_of(URNA_DEAN)
                    : kind == 3 ? urna_sequence_of(URNA_MACAU)
                                : urna_sequence_of(URNA_HUNTINGTON_HILL);
  push_sequence(L, 0)->d = d;
  return 1;
}

/* ---- numbers and quotients ---- */

static void push_wide(lua_State *L, urna_u256 value) {
  char digits[URNA_WIDE_DIGITS];
  if ((value.limb[1] | value.limb[2] | value.limb[3]) == 0
      && value.limb[0] <= (uint64_t)URNA_COUNT_MAX) {
    urna_push_integer(L, value.limb[0]);
    return;
  }
  urna_wide_digits(value, digits);
  lua_pushstring(L, digits);
}

/* { num, den }, or { num, den, squared = true }. */
static void push_pair(lua_State *L, urna_u256 num, urna_u128 den,
                      bool is_squared) {
  lua_createtable(L, 2, is_squared);
  push_wide(L, num);
  lua_rawseti(L, -2, 1);
  push_wide(L, urna_wide_of(den));
  lua_rawseti(L, -2, 2);
  if (!is_squared) return;
  lua_pushboolean(L, 1);
  lua_setfield(L, -2, "squared");
}

static void push_quotient(lua_State *L, const urna_sequence *d,
                          const urna_contender *list, int32_t held) {
  urna_quotient q = urna_divisor_quotient(d, list, held);
  push_pair(L, q.num, q.den, q.is_squared);
}

/* Seats held, after which there is a divisor. */
static int32_t check_held(lua_State *L, const urna_sequence *d, int at) {
  urna_count held = urna_check_count(L, at, "held");
  urna_ratio most;
  if (held >= d->length || urna_sequence_bounds(d, held, &most) != URNA_OK)
    luaL_error(L, "there is no divisor for so many seats");
  return (int32_t)held;
}

/* sequence:at(held): what votes are divided by for the next seat. */
static int sequence_at(lua_State *L) {
  const urna_sequence *d = check_sequence(L, 1);
  urna_contender one = {.votes = 1, .weight = {1, 1}};
  urna_quotient q = urna_divisor_quotient(d, &one, check_held(L, d, 2));
  if (q.den == 0) q.num = urna_wide_of(0); /* 1/d is 1/0 */
  push_pair(L, urna_wide_of(q.den), urna_wide_low(q.num), q.is_squared);
  if (q.den != 0) return 1;
  lua_pushinteger(L, 1);
  lua_rawseti(L, -2, 2);
  return 1;
}

/* ---- the arguments of a call ---- */

/* All in scratch userdata or on the stack, for any call may jump away. */
typedef struct call {
  const urna_sequence *d;
  size_t n;
  int32_t seats;
  urna_contender *lists;
  urna_bid *bids;
  unsigned char *tied;
  urna_award *awards; /* NULL unless asked for */
} call;

enum { FEW = 32 };

/* Enough for most: no garbage is made then. */
typedef struct scratch {
  urna_contender lists[FEW];
  urna_bid bids[FEW];
  unsigned char tied[FEW];
} scratch;

/* Leaves a userdata on the stack if 'few' are not enough. */
static void make_room(lua_State *L, call *c, scratch *few) {
  c->lists = few->lists;
  c->bids = few->bids;
  c->tied = few->tied;
  if (c->n <= FEW) return;
  if (c->n > INT_MAX / 256) luaL_error(L, "there are too many lists");
  char *block = lua_newuserdata(
      L, c->n * (sizeof *c->lists + sizeof *c->bids + sizeof *c->tied));
  c->lists = (urna_contender *)(void *)block;
  c->bids = (urna_bid *)(void *)(c->lists + c->n);
  c->tied = (unsigned char *)(c->bids + c->n);
}

static void make_awards(lua_State *L, call *c) {
  c->awards = lua_newuserdata(L, ((size_t)c->seats + 1) * sizeof *c->awards);
}

static int32_t small(lua_State *L, urna_count value, const char *what) {
  if (value > INT32_MAX) luaL_error(L, "%s is beyond 2^31 - 1", what);
  return (int32_t)value;
}

static int raise_votes(lua_State *L, size_t i) {
  return luaL_error(L,
                    "votes[%d] must be a whole number from 0 to 2^53 - 1, or "
                    "its digits up to 2^63 - 1, got %s",
                    (int)i,
                    lua_isnumber(L, -1) || lua_isstring(L, -1)
                        ? lua_tostring(L, -1)
                        : luaL_typename(L, -1));
}

static urna_count votes_of_digits(lua_State *L, size_t i) {
  size_t length;
  const char *reason, *text = lua_tolstring(L, -1, &length);
  urna_count votes;
  if (length == 0 || urna_count_read(text, length, 0, &votes, &reason) != 0)
    raise_votes(L, i);
  return votes;
}

/* Element 'i' of the array at 'index'. Exact is also what an integer of Lua
** 5.3 and later holds beyond 2^53 - 1. */
static urna_count votes_at(lua_State *L, int index, size_t i) {
  urna_count votes;
  lua_rawgeti(L, index, (int)i);
#if LUA_VERSION_NUM >= 503
  if (lua_isinteger(L, -1)) {
    votes = lua_tointeger(L, -1);
    if (votes < 0) raise_votes(L, i);
    lua_pop(L, 1);
    return votes;
  }
#endif
  if (lua_type(L, -1) == LUA_TSTRING) {
    votes = votes_of_digits(L, i);
  } else {
    lua_Number x = lua_tonumber(L, -1);
    bool is_count = lua_type(L, -1) == LUA_TNUMBER && x >= 0
                    && x <= (lua_Number)URNA_COUNT_MAX
                    && x == (lua_Number)(urna_count)x;
    if (!is_count) raise_votes(L, i);
    votes = (urna_count)x;
  }
  lua_pop(L, 1);
  return votes;
}

static const urna_contender PLAIN = {.weight = {1, 1}, .most = INT32_MAX};

static void read_votes(lua_State *L, int index, size_t from, const call *c) {
  for (size_t i = 0; i < c->n; i++) {
    c->lists[i] = PLAIN;
    c->lists[i].votes = votes_at(L, index, from + i + 1);
  }
}

/* Set one thing of a list to element 'i' of an array. */
static void set_list(lua_State *L, urna_contender *list, int which, size_t i,
                     const char *name) {
  urna_count value = urna_check_element(L, -1, i, name);
  switch (which) {
    case 0:
      list->weight.num = value;
      break;
    case 1:
      list->weight.den = value;
      break;
    case 2:
      list->precedence = value;
      break;
    case 3:
      list->held = small(L, value, name);
      break;
    case 4:
      list->least = small(L, value, name);
      break;
    default:
      list->most = small(L, value, name);
      break;
  }
}

/* The arrays by list in the table at 'options', each of which may lack. */
static void read_arrays(lua_State *L, int options, const call *c) {
  static const char *const names[] = {"num",  "den",   "precedence",
                                      "held", "least", "most"};
  for (int which = 0; which < 6; which++) {
    lua_getfield(L, options, names[which]);
    if (!lua_isnil(L, -1)) {
      if (!lua_istable(L, -1)) luaL_error(L, "%s is no array", names[which]);
      if (urna_length(L, -1) > c->n)
        luaL_error(L, "%s has more elements than votes", names[which]);
      for (size_t i = 0; i < c->n; i++)
        set_list(L, &c->lists[i], which, i + 1, names[which]);
    }
    lua_pop(L, 1);
  }
}

/* ---- the results of a call ---- */

static void push_seats(lua_State *L, const call *c) {
  lua_createtable(L, (int)c->n, 0);
  for (size_t i = 0; i < c->n; i++) {
    lua_pushinteger(L, c->lists[i].held);
    lua_rawseti(L, -2, (int)i + 1);
  }
}

static void push_tied(lua_State *L, const call *c) {
  lua_newtable(L);
  for (size_t i = 0, count = 0; i < c->n; i++) {
    if (!c->tied[i]) continue;
    lua_pushinteger(L, (lua_Integer)(i + 1));
    lua_rawseti(L, -2, (int)++count);
  }
}

static void set_list_number(lua_State *L, const char *name, size_t i) {
  lua_pushinteger(L, (lua_Integer)(i + 1));
  lua_setfield(L, -2, name);
}

static void push_award(lua_State *L, const call *c, const urna_award *award) {
  lua_createtable(L, 0, 5);
  set_list_number(L, "winner", award->winner);
  push_quotient(L, c->d, &c->lists[award->winner], award->winner_held);
  lua_setfield(L, -2, "quotient");
  if (award->rival != SIZE_MAX) {
    set_list_number(L, "rival", award->rival);
    push_quotient(L, c->d, &c->lists[award->rival], award->rival_held);
    lua_setfield(L, -2, "rival_quotient");
  }
  lua_pushboolean(L, award->by_precedence);
  lua_setfield(L, -2, "by_precedence");
}

static void push_awards(lua_State *L, const call *c, int32_t awarded) {
  lua_createtable(L, awarded, 0);
  for (int32_t i = 0; i < awarded; i++) {
    push_award(L, c, &c->awards[i]);
    lua_rawseti(L, -2, i + 1);
  }
}

/* Award, or raise; whether there is a tie. */
static bool award_seats(lua_State *L, const call *c, int32_t *awarded) {
  urna_error error = {.index = 0};
  urna_status status =
      urna_divisor_award(c->d, c->n, c->lists, c->seats, c->bids, c->awards,
                         awarded, c->tied, &error);
  if (status < 0) raise(L, "list", &error);
  return status == URNA_TIE;
}

static void push_quotient_of(lua_State *L, const call *c, size_t i,
                             int32_t held, const char *name) {
  push_quotient(L, c->d, &c->lists[i], held);
  lua_setfield(L, -2, name);
}

/* From the greatest quotient that got no seat to the least that did: every
** divisor above the one and up to the other gives these seats. */
static void push_interval(lua_State *L, const call *c, int32_t awarded) {
  urna_error error = {.index = 0};
  size_t next;
  lua_createtable(L, 0, 3);
  if (urna_divisor_next(c->d, c->n, c->lists, c->bids, &next, &error) < 0)
    raise(L, "list", &error);
  if (next != SIZE_MAX)
    push_quotient_of(L, c, next, c->lists[next].held, "above");
  if (awarded > 0) {
    const urna_award *last = &c->awards[awarded - 1];
    const urna_contender *list = &c->lists[last->winner];
    if (urna_divisor_quotient(c->d, list, last->winner_held).den != 0)
      push_quotient_of(L, c, last->winner, last->winner_held, "upto");
  }
  lua_pushboolean(L, urna_sequence_is_squared(c->d));
  lua_setfield(L, -2, "squared");
}

static void push_extra(lua_State *L, const call *c, int32_t awarded) {
  lua_createtable(L, 0, 2);
  push_awards(L, c, awarded);
  lua_setfield(L, -2, "awards");
  push_interval(L, c, awarded);
  lua_setfield(L, -2, "divisor");
}

/* ---- the calls ---- */

static void read_options(lua_State *L, int options, call *c) {
  static const char *const known[] = {"num",   "den",  "precedence", "held",
                                      "least", "most", "explain",    NULL};
  urna_check_options(L, options, known);
  read_arrays(L, options, c);
  lua_getfield(L, options, "explain");
  bool explain = lua_toboolean(L, -1);
  lua_pop(L, 1);
  if (explain) make_awards(L, c);
}

/* award(sequence, seats, votes [, options]): seats by list, the tied lists or
** nil, seats awarded in this call, what explains them or nil. */
static int award(lua_State *L) {
  scratch few;
  call c = {.d = check_sequence(L, 1)};
  int32_t awarded = 0;
  c.seats = small(L, urna_check_count(L, 2, "seats"), "seats");
  luaL_checktype(L, 3, LUA_TTABLE);
  bool has_options = !lua_isnoneornil(L, 4);
  c.n = urna_length(L, 3);
  make_room(L, &c, &few);
  read_votes(L, 3, 0, &c);
  if (has_options) read_options(L, 4, &c);
  bool is_tie = award_seats(L, &c, &awarded);
  push_seats(L, &c);
  if (is_tie)
    push_tied(L, &c);
  else
    lua_pushnil(L);
  lua_pushinteger(L, awarded);
  if (!c.awards) return 3;
  push_extra(L, &c, awarded);
  return 4;
}

/* Append 'number' to the array at 'index', made if it is nil. */
static void append(lua_State *L, int index, size_t number) {
  if (lua_isnil(L, index)) {
    lua_newtable(L);
    lua_replace(L, index);
  }
  urna_push_integer(L, number);
  lua_rawseti(L, index, (int)urna_length(L, index) + 1);
}

/* award_batch(sequence, seats, flat_votes, n): the seats of every vector of n
** votes, one behind the other, and the numbers of those with a tie or nil. */
static int award_batch(lua_State *L) {
  enum { SEATS = 5, TIES = 6 };
  scratch few;
  call c = {.d = check_sequence(L, 1)};
  c.seats = small(L, urna_check_count(L, 2, "seats"), "seats");
  luaL_checktype(L, 3, LUA_TTABLE);
  c.n = (size_t)urna_check_count(L, 4, "n");
  size_t total = urna_length(L, 3);
  if (c.n == 0 || total % c.n != 0 || total > INT_MAX)
    return luaL_error(L, "%d votes are not vectors of %d", (int)total,
                      (int)c.n);
  lua_settop(L, 4);
  lua_createtable(L, (int)total, 0);
  lua_pushnil(L);
  make_room(L, &c, &few);
  for (size_t from = 0; from < total; from += c.n) {
    int32_t awarded;
    read_votes(L, 3, from, &c);
    if (award_seats(L, &c, &awarded)) append(L, TIES, from / c.n + 1);
    for (size_t i = 0; i < c.n; i++) {
      lua_pushinteger(L, c.lists[i].held);
      lua_rawseti(L, SEATS, (int)(from + i + 1));
    }
  }
  lua_settop(L, TIES);
  return 2;
}

/* first and step, where no sequence is given. */
static urna_sequence check_line(lua_State *L) {
  urna_count first = urna_check_field(L, 1, "first", 1);
  urna_count step = urna_check_field(L, 1, "step", 1);
  if (first < 1 || first > 1000 || step < 1 || step > 1000)
    luaL_error(L, "a divisor sequence starts at 1 .. 1000 in steps of as many");
  return urna_sequence_linear(first, step);
}

static void read_named_votes(lua_State *L, call *c, scratch *few) {
  lua_getfield(L, 1, "votes");
  luaL_checktype(L, -1, LUA_TTABLE);
  int votes = lua_gettop(L);
  c->n = urna_length(L, votes);
  make_room(L, c, few);
  for (size_t i = 0; i < c->n; i++) {
    c->lists[i] = PLAIN;
    c->lists[i].votes = urna_check_element(L, votes, i + 1, "votes");
  }
}

/*
** averages{ sequence or first and step, seats, votes, num, den, precedence,
** held, least, most, explain }: seats by list, seats awarded in this call,
** the tied lists or nil, the awards in order or nil.
*/
static int averages(lua_State *L) {
  scratch few;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_getfield(L, 1, "sequence");
  urna_sequence own = check_line(L);
  call c = {.d = lua_isnil(L, 2) ? &own : check_sequence(L, 2)};
  int32_t awarded = 0;
  c.seats = small(L, urna_check_field(L, 1, "seats", 0), "seats");
  read_named_votes(L, &c, &few);
  read_arrays(L, 1, &c);
  lua_getfield(L, 1, "explain");
  if (lua_toboolean(L, -1)) make_awards(L, &c);
  bool is_tie = award_seats(L, &c, &awarded);
  push_seats(L, &c);
  lua_pushinteger(L, awarded);
  if (is_tie)
    push_tied(L, &c);
  else
    lua_pushnil(L);
  if (c.awards)
    push_awards(L, &c, awarded);
  else
    lua_pushnil(L);
  return 4;
}

/* average(votes, num, den, sequence, held): the quotient for the seat that
** follows 'held', as award explains it. */
static int average(lua_State *L) {
  urna_contender list = {.votes = urna_check_count(L, 1, "votes")};
  list.weight.num = urna_check_count(L, 2, "the weight's numerator");
  list.weight.den = urna_check_count(L, 3, "the weight's denominator");
  const urna_sequence *d = check_sequence(L, 4);
  if (list.weight.num == 0 || list.weight.num > URNA_WEIGHT_MAX
      || list.weight.den == 0 || list.weight.den > URNA_WEIGHT_MAX)
    return luaL_error(L, "a weight is not a ratio of numbers from 1 to 2^20");
  push_quotient(L, d, &list, check_held(L, d, 5));
  return 1;
}

static const luaL_Reg functions[] = {
    {"averages", averages},       {"average", average},       {"award", award},
    {"award_batch", award_batch}, {"sequence", new_sequence}, {NULL, NULL}};

static const luaL_Reg methods[] = {{"at", sequence_at}, {NULL, NULL}};

void urna_open_divisor(lua_State *L) {
  urna_make_class(L, CLASS, methods, NULL, NULL);
  urna_register(L, functions);
}
