/* ranked.c - binds core/ranked.h: ranked ballots from the text of a tape. */
#include <string.h>

#include "core/ranked.h"
#include "core/tally.h"
#include "io/intake.h"
#include "lua/ballots.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"
#include "lua/seed.h"
#include "lua/tape.h"
#include "lua/teller.h"

#define CLASS "urna.ranking"

#define BLOCK ((size_t)256 << 10)

/* ---- all that a reading owns ---- */

typedef struct ranking {
  urna_ranked ranked;
  urna_ranked_plan plan;
  urna_ranked_scanner *scanner;
} ranking;

static int free_ranking(lua_State *L) {
  ranking *self = luaL_checkudata(L, 1, CLASS);
  urna_ranked_free(&self->ranked);
  memset(self, 0, sizeof *self);
  return 0;
}

/* The array of strings 'name' of the options, which keep them; may be nil. */
static urna_words check_words(lua_State *L, const char *name) {
  urna_words words = {NULL, 0};
  lua_getfield(L, 1, name);
  if (lua_isnil(L, -1)) return words;
  luaL_checktype(L, -1, LUA_TTABLE);
  words.count = urna_length(L, -1);
  urna_text *items = lua_newuserdata(L, (words.count + 1) * sizeof *items);
  for (size_t i = 0; i < words.count; i++) {
    lua_rawgeti(L, -2, (int)i + 1);
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "%s[%d] is not a string", name, (int)i + 1);
    items[i].start = lua_tolstring(L, -1, &items[i].length);
    lua_pop(L, 1);
  }
  words.items = items;
  return words;
}

/* The column 'name' of the options, from 0; URNA_NO_COLUMN for nil. */
static size_t check_column(lua_State *L, const char *name, size_t columns) {
  size_t column = (size_t)urna_check_field(L, 1, name, 0);
  if (column > columns) luaL_error(L, "%s: there is no such column", name);
  return column == 0 ? URNA_NO_COLUMN : column - 1;
}

static void read_columns(lua_State *L, urna_ranked_plan *plan) {
  plan->column_count = (size_t)urna_check_field(L, 1, "columns", 0);
  if (plan->column_count < 1 || plan->column_count > INT32_MAX)
    luaL_error(L, "columns is the number of headings");
  plan->weight = check_column(L, "weight", plan->column_count);
  plan->list = check_column(L, "list", plan->column_count);
  if (plan->list == URNA_NO_COLUMN) {
    lua_getfield(L, 1, "ranks");
    plan->ranks = urna_check_numbers(L, -1, "ranks", plan->column_count, 1,
                                     &plan->rank_count);
  }
  if (plan->list == URNA_NO_COLUMN && plan->rank_count == 0)
    luaL_error(L, "ranks are needed, or a list");
}

static void read_marks(lua_State *L, urna_ranked_plan *plan) {
  lua_getfield(L, 1, "delimiter");
  plan->delimiter = urna_check_delimiter(L, -1);
  if (!plan->delimiter) plan->delimiter = ',';
  lua_getfield(L, 1, "separator");
  const char *separator = luaL_optstring(L, -1, ",");
  if (strlen(separator) != 1 || !strchr(",>| ;", *separator))
    luaL_error(L, "a separator is one of , > | ; and a space");
  plan->separator = *separator;
  plan->overvote = check_words(L, "overvote");
  plan->skip = check_words(L, "skip");
  plan->write_in = check_words(L, "write_in");
}

static void read_scanner(lua_State *L, ranking *self) {
  lua_getfield(L, 1, "isa");
  const char *set =
      lua_isnil(L, -1) ? urna_tally_sets()[0] : luaL_checkstring(L, -1);
  self->scanner = urna_ranked_scanner_of(set);
  if (!self->scanner)
    luaL_error(L, "this machine has no instruction set '%s'", set);
}

/* Candidates that are given are all that there are. */
static urna_status read_candidates(lua_State *L, urna_ranked_plan *plan,
                                   urna_ballots *ballots) {
  urna_words given = check_words(L, "candidates");
  urna_status status = URNA_OK;
  if (!given.items) return URNA_OK;
  plan->is_closed = true;
  for (size_t i = 0; i < given.count && status == URNA_OK; i++) {
    uint32_t number;
    if (given.items[i].length == 0) luaL_error(L, "a candidate has a name");
    status = urna_ballots_candidate(ballots, given.items[i].start,
                                    given.items[i].length, &number);
  }
  return status;
}

static ranking *push_ranking(lua_State *L) {
  ranking *self = lua_newuserdata(L, sizeof *self);
  memset(self, 0, sizeof *self);
  urna_set_class(L, CLASS);
  read_columns(L, &self->plan);
  read_marks(L, &self->plan);
  read_scanner(L, self);
  self->plan.seed = (uint64_t)urna_check_field(L, 1, "seed", urna_draw_seed());
  self->plan.fault_limit = (size_t)urna_check_field(L, 1, "limit", 100);
  return self;
}

/* ---- ranked_ballots ---- */

static void push_fault_list(lua_State *L, const ranking *self) {
  size_t kept = self->ranked.fault_count < self->plan.fault_limit
                    ? self->ranked.fault_count
                    : self->plan.fault_limit;
  urna_push_array(L, kept);
  for (size_t i = 0; i < kept; i++) {
    const urna_ranked_fault *fault = &self->ranked.faults[i];
    urna_push_error(L, &fault->error);
    urna_set_string(L, "reason", fault->reason);
    urna_set_size(L, "row_line", fault->row_line);
    urna_push_integer(L, fault->offset);
    lua_setfield(L, -2, "offset");
    lua_rawseti(L, -2, (int)i + 1);
  }
}

static void push_report(lua_State *L, const ranking *self, size_t reached) {
  lua_newtable(L);
  urna_push_integer(L, (size_t)self->ranked.records);
  lua_setfield(L, -2, "records");
  urna_push_integer(L, self->ranked.fault_count);
  lua_setfield(L, -2, "fault_count");
  urna_push_integer(L, reached);
  lua_setfield(L, -2, "reached");
  push_fault_list(L, self);
  lua_setfield(L, -2, "faults");
}

/* Ballots to read into: those that are given, or new ones. */
static urna_ballots *push_store(lua_State *L) {
  lua_getfield(L, 1, "into");
  if (!lua_isnil(L, -1)) return urna_check_ballots(L, -1);
  lua_pop(L, 1);
  return urna_push_ballots(L);
}

static urna_intake read_intake(lua_State *L, urna_teller *teller) {
  urna_intake intake = {.progress = urna_teller_tell, .context = teller};
  intake.first = (size_t)urna_check_field(L, 1, "first", 0);
  intake.block = (size_t)urna_check_field(L, 1, "block", (urna_count)BLOCK);
  if (intake.block < 1) luaL_error(L, "a block has at least one byte");
  return intake;
}

static int fail(lua_State *L, urna_status status, urna_error *error) {
  if (status == URNA_OVERFLOW) return urna_fail_ballots(L, status);
  if (status == URNA_END)
    urna_error_set(error, "cancelled", "the reading was cancelled");
  return urna_fail(L, status, error);
}

/*
** ranked_ballots{ tape, first, into, columns, ranks, list, separator, weight,
** delimiter, overvote, skip, write_in, candidates, limit, block, isa, seed,
** progress }: ballots, { records, faults, fault_count, reached }; or nil and a
** fault.
*/
static int ranked_ballots(lua_State *L) {
  static const char *const known[] = {
      "tape", "first",     "into",       "columns",   "ranks",
      "list", "separator", "weight",     "delimiter", "overvote",
      "skip", "write_in",  "candidates", "limit",     "block",
      "isa",  "seed",      "progress",   NULL};
  urna_error error = {.code = NULL};
  size_t reached = 0;
  urna_check_options(L, 1, known);
  lua_settop(L, 1);
  luaL_checkstack(L, 40, NULL); /* whatever is borrowed stays on it */
  urna_ballots *ballots = push_store(L);
  ranking *self = push_ranking(L);
  lua_getfield(L, 1, "tape");
  urna_tape *tape = urna_check_tape(L, -1);
  urna_teller teller = urna_make_teller(L, 1, tape);
  urna_intake intake = read_intake(L, &teller);
  urna_status status = read_candidates(L, &self->plan, ballots);
  if (status == URNA_OK)
    status =
        urna_ranked_init(&self->ranked, &self->plan, self->scanner, ballots);
  if (status == URNA_OK)
    status = urna_intake_feed(&intake, tape, &self->ranked, &reached, &error);
  if (teller.has_raised) return lua_error(L);
  if (status != URNA_OK) return fail(L, status, &error);
  lua_pushvalue(L, 2);
  push_report(L, self, reached);
  return 2;
}

static const luaL_Reg methods[] = {{"close", free_ranking}, {NULL, NULL}};

static const luaL_Reg functions[] = {{"ranked_ballots", ranked_ballots},
                                     {NULL, NULL}};

void urna_open_ranked(lua_State *L) {
  urna_make_class(L, CLASS, methods, NULL, NULL);
  urna_register(L, functions);
}
