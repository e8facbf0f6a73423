/* stv.c - binds core/parcels.h and core/meek.h. */
#include <limits.h>
#include <string.h>

#include "core/count.h"
#include "core/meek.h"
#include "lua/ballots.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define PARCELS "urna.parcels"
#define MEEK    "urna.meek"

/* What both objects are: papers in the ballots that they keep alive. */
typedef struct box {
  urna_meek meek; /* the parcels alone, or with their tree */
  int ballots_at; /* in the registry; LUA_NOREF once closed */
  size_t count, mark_count;
} box;

static int done(lua_State *L, urna_status status) {
  if (status == URNA_NO_MEMORY) return luaL_error(L, "not enough memory");
  return 0;
}

/* ---- reading ---- */

static urna_overvote check_overvote(lua_State *L, int index) {
  static const char *const names[] = {"exhaust", "skip", "sole", NULL};
  lua_getfield(L, index, "overvotes");
  int found = luaL_checkoption(L, -1, "exhaust", names);
  lua_pop(L, 1);
  return (urna_overvote)found;
}

static uint32_t check_small(lua_State *L, int index, const char *name) {
  urna_count value = urna_check_field(L, index, name, 0);
  if (value > UINT16_MAX) luaL_error(L, "%s is beyond 65535", name);
  return (uint32_t)value;
}

static urna_reading check_reading(lua_State *L, int index) {
  static const char *const known[] = {"overvotes", "skips_exhaust", "choices",
                                      "repetition_exhausts", NULL};
  luaL_checktype(L, index, LUA_TTABLE);
  urna_check_options(L, index, known);
  urna_reading reading = {.overvote = check_overvote(L, index)};
  reading.skips_exhaust = check_small(L, index, "skips_exhaust");
  reading.choices = check_small(L, index, "choices");
  lua_getfield(L, index, "repetition_exhausts");
  reading.repetition_exhausts = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return reading;
}

/* ---- the two objects ---- */

/* A box on the stack that its collector may meet, of the ballots at 1. */
static box *push_box(lua_State *L, const char *class) {
  const urna_ballots *ballots = urna_check_ballots(L, 1);
  box *self = lua_newuserdata(L, sizeof *self);
  memset(self, 0, sizeof *self);
  self->ballots_at = LUA_NOREF;
  urna_set_class(L, class);
  lua_pushvalue(L, 1);
  self->ballots_at = luaL_ref(L, LUA_REGISTRYINDEX);
  self->count = ballots->count;
  self->mark_count = ballots->mark_count;
  return self;
}

/* The open box at 1, its ballots as they were; raises. */
static box *check_box(lua_State *L, const char *class) {
  box *self = luaL_checkudata(L, 1, class);
  if (self->ballots_at == LUA_NOREF) luaL_error(L, "%s is closed", class);
  lua_rawgeti(L, LUA_REGISTRYINDEX, self->ballots_at);
  const urna_ballots *ballots = urna_check_ballots(L, -1);
  lua_pop(L, 1);
  if (ballots->count != self->count || ballots->mark_count != self->mark_count)
    luaL_error(L, "the ballots have changed while they were counted");
  return self;
}

static int close_box(lua_State *L, const char *class) {
  box *self = luaL_checkudata(L, 1, class);
  urna_meek_free(&self->meek);
  luaL_unref(L, LUA_REGISTRYINDEX, self->ballots_at);
  self->ballots_at = LUA_NOREF;
  return 0;
}

static int box_text(lua_State *L, const char *class) {
  const box *self = luaL_checkudata(L, 1, class);
  lua_pushfstring(L, self->ballots_at == LUA_NOREF ? "%s (closed)" : "%s",
                  class);
  return 1;
}

static uint32_t candidates_of(const box *self) {
  return self->meek.parcels.ballots->candidates.name_count;
}

/* The number, from 0, of the candidate at 'index'. */
static uint32_t check_candidate(lua_State *L, const box *self, int index) {
  urna_count number = urna_check_count(L, index, "a candidate's number");
  if (number < 1 || number > candidates_of(self))
    luaL_error(L, "there is no candidate %d", (int)number);
  return (uint32_t)number - 1;
}

/* ---- parcels ---- */

static int close_parcels(lua_State *L) {
  return close_box(L, PARCELS);
}

static int parcels_text(lua_State *L) {
  return box_text(L, PARCELS);
}

static int new_parcels(lua_State *L) {
  urna_reading reading = check_reading(L, 2);
  const urna_ballots *ballots = urna_check_ballots(L, 1);
  box *self = push_box(L, PARCELS);
  done(L, urna_parcels_init(&self->meek.parcels, ballots, &reading));
  return 1;
}

static int stand(lua_State *L) {
  box *self = check_box(L, PARCELS);
  uint32_t candidate = check_candidate(L, self, 2);
  urna_parcels_stand(&self->meek.parcels, candidate, lua_toboolean(L, 3));
  return 0;
}

static int all_papers(lua_State *L) {
  box *self = check_box(L, PARCELS);
  uint32_t made;
  done(L, urna_parcels_all(&self->meek.parcels, &made));
  urna_push_integer(L, made);
  return 1;
}

static uint32_t check_parcel(lua_State *L, const box *self, int index) {
  urna_count number = urna_check_count(L, index, "a parcel");
  if (number > UINT32_MAX
      || !urna_parcels_has(&self->meek.parcels, (uint32_t)number))
    luaL_error(L, "there is no parcel %d", (int)number);
  return (uint32_t)number;
}

/* The parcels of the array at 2, in scratch that stays on the stack. */
static uint32_t *check_parcels(lua_State *L, const box *self, size_t *count) {
  luaL_checktype(L, 2, LUA_TTABLE);
  *count = urna_length(L, 2);
  uint32_t *numbers = lua_newuserdata(L, (*count + 1) * sizeof *numbers);
  for (size_t i = 0; i < *count; i++) {
    lua_rawgeti(L, 2, (int)i + 1);
    numbers[i] = check_parcel(L, self, lua_gettop(L));
    lua_pop(L, 1);
    for (size_t k = 0; k < i; k++)
      if (numbers[k] == numbers[i])
        luaL_error(L, "parcel %d is named twice", (int)numbers[i]);
  }
  return numbers;
}

static void push_count(lua_State *L, urna_count value) {
  char digits[URNA_COUNT_DIGITS];
  urna_count_write(value, digits);
  urna_push_digits(L, digits);
}

static void set_count(lua_State *L, int table, int i, urna_count value) {
  push_count(L, value);
  lua_rawseti(L, table, i);
}

/* sort(parcels): three arrays, of candidates that got papers, of the parcels
** and of their papers; and the exhausted papers. */
static int sort(lua_State *L) {
  box *self = check_box(L, PARCELS);
  uint32_t candidates = candidates_of(self);
  size_t count;
  const uint32_t *numbers = check_parcels(L, self, &count);
  urna_sorted sorted;
  sorted.parcels =
      lua_newuserdata(L, (candidates + 1) * sizeof *sorted.parcels);
  sorted.papers = lua_newuserdata(L, (candidates + 1) * sizeof *sorted.papers);
  done(L, urna_parcels_sort(&self->meek.parcels, numbers, count, &sorted));
  lua_newtable(L);
  lua_newtable(L);
  lua_newtable(L);
  int papers = lua_gettop(L), n = 0;
  for (uint32_t c = 0; c < candidates; c++) {
    if (sorted.parcels[c] == URNA_NO_PARCEL) continue;
    n++;
    set_count(L, papers - 2, n, (urna_count)c + 1);
    set_count(L, papers - 1, n, sorted.parcels[c]);
    set_count(L, papers, n, sorted.papers[c]);
  }
  push_count(L, sorted.papers[candidates]);
  return 4;
}

/* split(parcel, papers): a parcel of the last papers of another. */
static int split(lua_State *L) {
  box *self = check_box(L, PARCELS);
  uint32_t made, parcel = check_parcel(L, self, 2);
  urna_count papers = urna_check_count(L, 3, "papers");
  if (papers < 1 || papers >= self->meek.parcels.parcels[parcel].papers)
    return luaL_error(L, "a parcel is split into two that hold papers");
  urna_status status =
      urna_parcels_split(&self->meek.parcels, parcel, papers, &made);
  if (status == URNA_BAD_CALL)
    return luaL_error(L, "all ballots cannot be split before they are sorted");
  done(L, status);
  urna_push_integer(L, made);
  return 1;
}

static const luaL_Reg parcel_methods[] = {
    {"all", all_papers}, {"close", close_parcels}, {"sort", sort},
    {"split", split},    {"stand", stand},         {NULL, NULL}};

/* ---- a Meek count ---- */

static int close_meek(lua_State *L) {
  return close_box(L, MEEK);
}

static int meek_text(lua_State *L) {
  return box_text(L, MEEK);
}

static int new_meek(lua_State *L) {
  urna_reading reading = check_reading(L, 2);
  const urna_ballots *ballots = urna_check_ballots(L, 1);
  box *self = push_box(L, MEEK);
  done(L, urna_meek_init(&self->meek, ballots, &reading));
  return 1;
}

/* A tree that lost papers to a lack of memory must not be counted. */
static int changed(lua_State *L, box *self, urna_status status) {
  if (status == URNA_OK) return 0;
  urna_meek_free(&self->meek);
  luaL_unref(L, LUA_REGISTRYINDEX, self->ballots_at);
  self->ballots_at = LUA_NOREF;
  return done(L, status);
}

static int elect(lua_State *L) {
  box *self = check_box(L, MEEK);
  uint32_t candidate = check_candidate(L, self, 2);
  return changed(L, self, urna_meek_elect(&self->meek, candidate));
}

static int exclude(lua_State *L) {
  box *self = check_box(L, MEEK);
  uint32_t candidate = check_candidate(L, self, 2);
  return changed(L, self, urna_meek_exclude(&self->meek, candidate));
}

static int papers(lua_State *L) {
  const box *self = check_box(L, MEEK);
  push_count(L, urna_meek_papers(&self->meek));
  return 1;
}

/* How many branches there are: what a count costs. */
static int branches(lua_State *L) {
  const box *self = check_box(L, MEEK);
  urna_push_integer(L, self->meek.count);
  return 1;
}

static uint64_t power_of_ten(urna_count digits) {
  uint64_t power = 1;
  for (urna_count i = 0; i < digits; i++) power *= 10;
  return power;
}

/* Leaves the factor of candidate 'c' on the stack; false if there is none. */
static bool push_keep(lua_State *L, uint32_t c) {
  lua_rawgeti(L, 4, (int)c + 1);
  if (!lua_isnil(L, -1)) return true;
  lua_pop(L, 1);
  return false;
}

static const char *check_digits(lua_State *L, size_t *length) {
  if (lua_type(L, -1) != LUA_TSTRING)
    luaL_error(L, "a keep factor is the digits of a whole number");
  return lua_tolstring(L, -1, length);
}

static uint64_t check_keep(lua_State *L, uint64_t scale) {
  size_t length;
  const char *digits = check_digits(L, &length);
  uint64_t value = 0;
  for (size_t i = 0; i < length; i++) {
    if (digits[i] < '0' || digits[i] > '9' || value > scale) break;
    value = value * 10 + (uint64_t)(digits[i] - '0');
    if (i + 1 == length && value <= scale) return value;
  }
  luaL_error(L, "\"%s\" is not a keep factor", digits);
  return 0;
}

static void push_wide(lua_State *L, urna_wide n) {
  char digits[48];
  size_t at = sizeof digits - 1;
  digits[at] = '\0';
  do { /* by 32-bit halves: what 64 bits can divide */
    uint64_t rest = 0, parts[4] = {n.high >> 32, n.high & UINT32_MAX,
                                   n.low >> 32, n.low & UINT32_MAX};
    for (int i = 0; i < 4; i++) {
      uint64_t part = rest << 32 | parts[i];
      parts[i] = part / 10;
      rest = part % 10;
    }
    n = (urna_wide){parts[0] << 32 | parts[1], parts[2] << 32 | parts[3]};
    digits[--at] = (char)('0' + rest);
  } while (n.high != 0 || n.low != 0);
  urna_push_digits(L, digits + at);
}

static int count_plainly(lua_State *L, const box *self, urna_count digits,
                         urna_keeping keeping) {
  uint32_t candidates = candidates_of(self);
  uint64_t scale = power_of_ten(digits);
  uint64_t *keep = lua_newuserdata(L, (candidates + 1) * sizeof *keep);
  urna_wide *votes = lua_newuserdata(L, (candidates + 1) * sizeof *votes);
  for (uint32_t c = 0; c < candidates; c++) {
    keep[c] = scale;
    if (!push_keep(L, c)) continue;
    keep[c] = check_keep(L, scale);
    lua_pop(L, 1);
  }
  done(L, urna_meek_count(&self->meek, scale, keeping, keep, votes));
  urna_push_array(L, candidates);
  for (uint32_t c = 0; c < candidates; c++) {
    push_wide(L, votes[c]);
    lua_rawseti(L, -2, (int)c + 1);
  }
  return 1;
}

/* Naturals in an object, for any error may jump away. */
#define NATURALS "urna.naturals"

typedef struct naturals {
  size_t count;
  urna_natural of[];
} naturals;

static int free_naturals(lua_State *L) {
  naturals *n = luaL_checkudata(L, 1, NATURALS);
  for (size_t i = 0; i < n->count; i++) urna_natural_free(&n->of[i]);
  return 0;
}

static urna_natural *push_naturals(lua_State *L, size_t count) {
  size_t size = sizeof(naturals) + (count + 1) * sizeof(urna_natural);
  naturals *n = lua_newuserdata(L, size);
  memset(n, 0, size);
  n->count = count;
  urna_set_class(L, NATURALS);
  return n->of;
}

static void set_power(lua_State *L, urna_natural *to, urna_count digits) {
  char text[64];
  text[0] = '1';
  memset(text + 1, '0', (size_t)digits);
  done(L, urna_natural_parse(to, text, (size_t)digits + 1));
}

static void take_keep(lua_State *L, urna_natural *to,
                      const urna_natural *scale) {
  size_t length;
  const char *digits = check_digits(L, &length);
  urna_status status = urna_natural_parse(to, digits, length);
  done(L, status);
  if (status != URNA_OK || urna_natural_cmp(to, scale) > 0)
    luaL_error(L, "\"%s\" is not a keep factor", digits);
}

static int count_finely(lua_State *L, const box *self, urna_count digits,
                        urna_keeping keeping) {
  uint32_t candidates = candidates_of(self);
  urna_natural *scale = push_naturals(L, 1);
  urna_natural *keep = push_naturals(L, candidates);
  urna_natural *votes = push_naturals(L, candidates);
  set_power(L, scale, digits);
  for (uint32_t c = 0; c < candidates; c++) {
    if (push_keep(L, c)) {
      take_keep(L, &keep[c], scale);
      lua_pop(L, 1);
    } else {
      done(L, urna_natural_copy(&keep[c], scale));
    }
  }
  done(L, urna_meek_count_finely(&self->meek, scale, keeping, keep, votes));
  urna_push_array(L, candidates);
  for (uint32_t c = 0; c < candidates; c++) {
    char *text = lua_newuserdata(L, urna_natural_room(&votes[c]));
    done(L, urna_natural_digits(&votes[c], text));
    urna_push_digits(L, text);
    lua_rawseti(L, -3, (int)c + 1);
    lua_pop(L, 1);
  }
  return 1;
}

#define DIGITS_MAX 60

/* count(digits, keeping, keep): votes by candidate in units of 10^-digits. */
static int count(lua_State *L) {
  static const char *const names[] = {"up", "down", "equally", NULL};
  const box *self = check_box(L, MEEK);
  urna_count digits = urna_check_count(L, 2, "digits");
  if (digits > DIGITS_MAX)
    return luaL_error(L, "a count is in at most %d decimals", DIGITS_MAX);
  urna_keeping keeping = (urna_keeping)luaL_checkoption(L, 3, NULL, names);
  luaL_checktype(L, 4, LUA_TTABLE);
  lua_settop(L, 4);
  bool is_plain =
      digits <= 18 && power_of_ten(digits) <= (uint64_t)URNA_MEEK_SCALE_MAX;
  return is_plain ? count_plainly(L, self, digits, keeping)
                  : count_finely(L, self, digits, keeping);
}

static const luaL_Reg meek_methods[] = {{"branches", branches},
                                        {"close", close_meek},
                                        {"count", count},
                                        {"elect", elect},
                                        {"exclude", exclude},
                                        {"papers", papers},
                                        {NULL, NULL}};

static const luaL_Reg natural_methods[] = {{"close", free_naturals},
                                           {NULL, NULL}};

static const luaL_Reg functions[] = {
    {"meek", new_meek}, {"parcels", new_parcels}, {NULL, NULL}};

void urna_open_stv(lua_State *L) {
  urna_make_class(L, PARCELS, parcel_methods, parcels_text, NULL);
  urna_make_class(L, MEEK, meek_methods, meek_text, NULL);
  urna_make_class(L, NATURALS, natural_methods, free_naturals, NULL);
  urna_register(L, functions);
}
