/* ballots.c - binds core/ballots.h, and core/ranked.h that fills them. */
#define _DEFAULT_SOURCE /* getentropy */

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/count.h"
#include "core/ranked.h"
#include "core/tally.h"
#include "io/source.h"
#include "lua/check.h"
#include "lua/convert.h"
#include "lua/openers.h"

#define CLASS   "urna.ballots"
#define SCRATCH "urna.ranking"

#define BLOCK ((size_t)256 << 10)

static const char *const KINDS[] = {"standing", "write_in", "withdrawn", NULL};

typedef struct box {
  urna_ballots ballots;
  bool is_open;
} box;

/* Names come from outside, so what orders them must not be known there. The
** result does not depend on it. */
static urna_count draw_seed(void) {
  uint64_t seed = 0;
  if (getentropy(&seed, sizeof seed) != 0)
    seed = (uint64_t)time(NULL) ^ (uint64_t)(uintptr_t)&seed;
  return (urna_count)(seed >> 11);
}

static urna_ballots *check_ballots(lua_State *L, int index) {
  box *self = luaL_checkudata(L, index, CLASS);
  if (!self->is_open) luaL_error(L, "the ballots are closed");
  return &self->ballots;
}

static urna_ballots *push_ballots(lua_State *L) {
  box *self = lua_newuserdata(L, sizeof *self);
  memset(self, 0, sizeof *self);
  urna_set_class(L, CLASS);
  urna_ballots_init(&self->ballots, (uint64_t)draw_seed());
  self->is_open = true;
  return &self->ballots;
}

static int close_ballots(lua_State *L) {
  box *self = luaL_checkudata(L, 1, CLASS);
  urna_ballots_free(&self->ballots);
  self->is_open = false;
  return 0;
}

static int to_string(lua_State *L) {
  const box *self = luaL_checkudata(L, 1, CLASS);
  lua_pushstring(L, self->is_open ? "urna.ballots" : "urna.ballots (closed)");
  return 1;
}

static int fail(lua_State *L, urna_status status) {
  urna_error error = {.code = NULL};
  urna_error_set(&error, "too_many_ballots",
                 "there are more than 65520 candidates, 4294967295 marks or "
                 "9223372036854775807 papers");
  return urna_fail(L, status, &error);
}

/* ---- what they hold ---- */

static void push_count(lua_State *L, urna_count count) {
  char digits[URNA_COUNT_DIGITS];
  urna_count_write(count, digits);
  urna_push_digits(L, digits);
}

static int count(lua_State *L) {
  urna_push_integer(L, check_ballots(L, 1)->count);
  return 1;
}

static int papers(lua_State *L) {
  push_count(L, check_ballots(L, 1)->papers);
  return 1;
}

static int candidates(lua_State *L) {
  const urna_ballots *ballots = check_ballots(L, 1);
  const urna_names *names = &ballots->candidates;
  urna_push_array(L, names->name_count);
  for (uint32_t i = 0; i < names->name_count; i++) {
    const urna_name *name = &names->names[i];
    lua_createtable(L, 0, 2);
    lua_pushlstring(L, (const char *)names->text + name->offset, name->length);
    lua_setfield(L, -2, "name");
    urna_set_string(L, "kind", KINDS[ballots->kinds[i]]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  return 1;
}

/* The number, from 0, of the ballot at argument 2. */
static size_t check_number(lua_State *L, const urna_ballots *ballots) {
  urna_count number = urna_check_count(L, 2, "the number of a ballot");
  if (number < 1 || (uint64_t)number > ballots->count)
    luaL_error(L, "there is no ballot %d", (int)number);
  return (size_t)number - 1;
}

/* What stands at one rank; returns the marks behind it. */
static const uint16_t *push_rank(lua_State *L, const uint16_t *mark) {
  int n = 0;
  if (*mark == URNA_MARK_SKIP) {
    lua_pushboolean(L, 0);
  } else if (*mark == URNA_MARK_OVERVOTE) {
    lua_newtable(L);
  } else if (*mark != URNA_MARK_OPEN) {
    lua_pushinteger(L, *mark + 1);
  } else {
    lua_newtable(L);
    while (*++mark != URNA_MARK_CLOSE) {
      lua_pushinteger(L, *mark + 1);
      lua_rawseti(L, -2, ++n);
    }
  }
  return mark + 1;
}

static int preferences(lua_State *L) {
  const urna_ballots *ballots = check_ballots(L, 1);
  size_t i = check_number(L, ballots);
  const uint16_t *mark = ballots->marks + ballots->starts[i];
  lua_newtable(L);
  for (int n = 1; *mark != URNA_MARK_END; n++) {
    mark = push_rank(L, mark);
    lua_rawseti(L, -2, n);
  }
  return 1;
}

static int weight(lua_State *L) {
  const urna_ballots *ballots = check_ballots(L, 1);
  push_count(L, urna_ballots_weight(ballots, check_number(L, ballots)));
  return 1;
}

static void set_count(lua_State *L, const char *name, urna_count value) {
  push_count(L, value);
  lua_setfield(L, -2, name);
}

/* ballots:firsts(): { of, skipped, overvoted, empty }. */
static int firsts(lua_State *L) {
  const urna_ballots *ballots = check_ballots(L, 1);
  size_t names = ballots->candidates.name_count;
  urna_firsts found = {.of = NULL};
  found.of = lua_newuserdata(L, (names + 1) * sizeof *found.of);
  urna_ballots_firsts(ballots, &found);
  lua_createtable(L, 0, 4);
  set_count(L, "skipped", found.skipped);
  set_count(L, "overvoted", found.overvoted);
  set_count(L, "empty", found.empty);
  urna_push_array(L, names);
  for (size_t i = 0; i < names; i++) {
    push_count(L, found.of[i]);
    lua_rawseti(L, -2, (int)i + 1);
  }
  lua_setfield(L, -2, "of");
  return 1;
}

/* ---- what is put into them ---- */

/* ballots:candidate(name, kind): its number, a new one if need be. */
static int candidate(lua_State *L) {
  urna_ballots *ballots = check_ballots(L, 1);
  size_t length;
  luaL_checktype(L, 2, LUA_TSTRING);
  const char *name = lua_tolstring(L, 2, &length);
  if (length == 0) return luaL_error(L, "a candidate has a name");
  int kind = lua_isnoneornil(L, 3) ? -1 : luaL_checkoption(L, 3, NULL, KINDS);
  uint32_t number;
  urna_status status = urna_ballots_candidate(ballots, name, length, &number);
  if (status != URNA_OK) return fail(L, status);
  if (kind >= 0)
    urna_ballots_set_kind(ballots, number, (urna_candidate_kind)kind);
  lua_pushinteger(L, (lua_Integer)number + 1);
  return 1;
}

/* The candidate at 'index' of the stack, by its number; from 0. */
static uint16_t check_candidate(lua_State *L, const urna_ballots *ballots,
                                int index) {
  urna_count number = urna_check_count(L, index, "a candidate's number");
  if (number < 1 || number > ballots->candidates.name_count)
    luaL_error(L, "there is no candidate %d", (int)number);
  return (uint16_t)(number - 1);
}

/* Several candidates at one rank, the table on the top of the stack. */
static size_t read_group(lua_State *L, const urna_ballots *ballots,
                         uint16_t *marks) {
  size_t n = urna_length(L, -1);
  for (size_t i = 1; i <= n; i++) {
    lua_rawgeti(L, -1, (int)i);
    marks[i] = check_candidate(L, ballots, -1);
    lua_pop(L, 1);
  }
  if (n < 2) {
    marks[0] = n == 1 ? marks[1] : URNA_MARK_OVERVOTE;
    return 1;
  }
  marks[0] = URNA_MARK_OPEN;
  marks[n + 1] = URNA_MARK_CLOSE;
  return n + 2;
}

/* How many marks the ranks at 'index' take at most. */
static size_t count_marks(lua_State *L, int index) {
  size_t ranks = urna_length(L, index), most = 1;
  for (size_t i = 1; i <= ranks; i++) {
    lua_rawgeti(L, index, (int)i);
    most += lua_istable(L, -1) ? urna_length(L, -1) + 2 : 1;
    lua_pop(L, 1);
  }
  return most;
}

/* ballots:add(weight, ranks): each rank a candidate's number, several in a
** table, which is empty where they are not named, or false if it is skipped. */
static int add(lua_State *L) {
  urna_ballots *ballots = check_ballots(L, 1);
  urna_count papers_of = urna_check_count(L, 2, "the weight of a ballot");
  if (papers_of < 1) return luaL_error(L, "a ballot's weight is at least 1");
  luaL_checktype(L, 3, LUA_TTABLE);
  size_t ranks = urna_length(L, 3), n = 0;
  uint16_t *marks = lua_newuserdata(L, count_marks(L, 3) * sizeof *marks);
  for (size_t i = 1; i <= ranks; i++) {
    lua_rawgeti(L, 3, (int)i);
    if (lua_istable(L, -1))
      n += read_group(L, ballots, marks + n);
    else if (lua_isboolean(L, -1) && !lua_toboolean(L, -1))
      marks[n++] = URNA_MARK_SKIP;
    else
      marks[n++] = check_candidate(L, ballots, -1);
    lua_pop(L, 1);
  }
  while (n > 0 && marks[n - 1] == URNA_MARK_SKIP) n--;
  urna_status status = urna_ballots_add(ballots, marks, n, papers_of);
  if (status != URNA_OK) return fail(L, status);
  lua_pushboolean(L, 1);
  return 1;
}

/* ballots:append(other). */
static int append(lua_State *L) {
  urna_ballots *ballots = check_ballots(L, 1);
  const urna_ballots *other = check_ballots(L, 2);
  if (ballots == other) return luaL_error(L, "these are the same ballots");
  urna_status status = urna_ballots_append(ballots, other);
  if (status != URNA_OK) return fail(L, status);
  lua_pushboolean(L, 1);
  return 1;
}

/* ---- ranked text: all that its reading owns ---- */

typedef struct ranking {
  urna_ranked ranked;
  urna_ranked_plan plan;
  urna_ranked_scanner *scanner;
  char *buffer; /* what is fed, and room behind it */
  size_t have, room;
} ranking;

static int free_ranking(lua_State *L) {
  ranking *self = luaL_checkudata(L, 1, SCRATCH);
  urna_ranked_free(&self->ranked);
  free(self->buffer);
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
  urna_set_class(L, SCRATCH);
  read_columns(L, &self->plan);
  read_marks(L, &self->plan);
  read_scanner(L, self);
  self->plan.seed = (uint64_t)urna_check_field(L, 1, "seed", draw_seed());
  self->plan.fault_limit = (size_t)urna_check_field(L, 1, "limit", 100);
  return self;
}

/* ---- what gives blocks, and what feeds them ---- */

/* Puts up to 'room' bytes at 'to'; 0 of them: there are no more. */
typedef urna_status giver(void *context, char *to, size_t room, size_t *got);

typedef struct memory {
  const char *at, *end;
} memory;

static urna_status give_memory(void *context, char *to, size_t room,
                               size_t *got) {
  memory *self = context;
  size_t left = (size_t)(self->end - self->at);
  *got = left < room ? left : room;
  memcpy(to, self->at, *got);
  self->at += *got;
  return URNA_OK;
}

static bool room_for_block(ranking *self, size_t block) {
  size_t wanted = self->have + block + URNA_RANKED_PAD;
  if (wanted <= self->room) return true;
  char *buffer = realloc(self->buffer, wanted);
  if (!buffer) return false;
  self->buffer = buffer;
  self->room = wanted;
  return true;
}

/* Feed all that is given. What is left of a block goes in front of the next;
** a record that is longer than a block makes the next one larger. */
static urna_status feed_all(ranking *self, giver *give, void *context,
                            size_t block) {
  urna_status status = URNA_OK;
  size_t step = block;
  for (bool is_last = false; status == URNA_OK && !is_last;) {
    size_t got, used = 0;
    if (!room_for_block(self, step)) return URNA_NO_MEMORY;
    status = give(context, self->buffer + self->have, step, &got);
    if (status != URNA_OK) break;
    self->have += got;
    is_last = got == 0;
    status = urna_ranked_feed(&self->ranked, self->buffer, self->have, is_last,
                              &used);
    self->have -= used;
    memmove(self->buffer, self->buffer + used, self->have);
    step = used > 0 ? block : 2 * step;
  }
  return status;
}

/* ---- ranked_ballots ---- */

/* The text: a string, or a source's. */
static void read_text(lua_State *L, memory *text) {
  size_t size;
  lua_getfield(L, 1, "text");
  if (lua_type(L, -1) == LUA_TSTRING) {
    text->at = lua_tolstring(L, -1, &size);
  } else {
    const urna_source *source = urna_check_source(L, lua_gettop(L));
    text->at = source->text;
    size = source->size;
  }
  text->end = text->at + size;
}

/* Past the headings, where the text has them. */
static void skip_headings(lua_State *L, ranking *self, memory *text) {
  lua_getfield(L, 1, "headings");
  if (!lua_toboolean(L, -1)) return;
  urna_csv csv;
  urna_csv_init(&csv, text->at, (size_t)(text->end - text->at),
                self->plan.delimiter);
  urna_csv_next(&csv);
  self->ranked.offset = (size_t)(csv.at - text->at);
  self->ranked.line = csv.line;
  text->at = csv.at;
  urna_csv_free(&csv);
}

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

static void push_report(lua_State *L, const ranking *self) {
  lua_newtable(L);
  set_count(L, "records", (urna_count)self->ranked.records);
  set_count(L, "fault_count", (urna_count)self->ranked.fault_count);
  push_fault_list(L, self);
  lua_setfield(L, -2, "faults");
}

/* Ballots to read into: those that are given, or new ones. */
static urna_ballots *push_store(lua_State *L) {
  lua_getfield(L, 1, "into");
  if (!lua_isnil(L, -1)) return check_ballots(L, -1);
  lua_pop(L, 1);
  return push_ballots(L);
}

/*
** ranked_ballots{ text, into, headings, columns, ranks, list, separator, weight,
** delimiter, overvote, skip, write_in, candidates, limit, block, isa, seed }:
** ballots, { records, faults, fault_count }; or nil and a fault.
*/
static int ranked_ballots(lua_State *L) {
  static const char *const known[] = {
      "text",       "into",   "headings",  "columns",  "ranks", "list",
      "separator",  "weight", "delimiter", "overvote", "skip",  "write_in",
      "candidates", "limit",  "block",     "isa",      "seed",  NULL};
  memory text;
  urna_check_options(L, 1, known);
  lua_settop(L, 1);
  luaL_checkstack(L, 40, NULL); /* whatever is borrowed stays on it */
  urna_ballots *ballots = push_store(L);
  ranking *self = push_ranking(L);
  read_text(L, &text);
  size_t block = (size_t)urna_check_field(L, 1, "block", (urna_count)BLOCK);
  if (block < 1) return luaL_error(L, "a block has at least one byte");
  urna_status status = read_candidates(L, &self->plan, ballots);
  if (status == URNA_OK)
    status =
        urna_ranked_init(&self->ranked, &self->plan, self->scanner, ballots);
  if (status == URNA_OK) {
    skip_headings(L, self, &text);
    status = feed_all(self, give_memory, &text, block);
  }
  if (status != URNA_OK) return fail(L, status);
  lua_pushvalue(L, 2);
  push_report(L, self);
  return 2;
}

/* ballots(): empty ones. */
static int new_ballots(lua_State *L) {
  push_ballots(L);
  return 1;
}

static const luaL_Reg methods[] = {{"add", add},
                                   {"append", append},
                                   {"candidate", candidate},
                                   {"candidates", candidates},
                                   {"close", close_ballots},
                                   {"count", count},
                                   {"firsts", firsts},
                                   {"papers", papers},
                                   {"preferences", preferences},
                                   {"weight", weight},
                                   {NULL, NULL}};

static const luaL_Reg scratch[] = {{"close", free_ranking}, {NULL, NULL}};

static const luaL_Reg functions[] = {
    {"ballots", new_ballots}, {"ranked_ballots", ranked_ballots}, {NULL, NULL}};

void urna_open_ballots(lua_State *L) {
  urna_make_class(L, CLASS, methods, to_string, count);
  urna_make_class(L, SCRATCH, scratch, NULL, NULL);
  urna_register(L, functions);
}
