/*
** tallied.h - the object of a tally that was made, with all that it owns.
*/
#ifndef URNA_LUA_TALLIED_H
#define URNA_LUA_TALLIED_H

#include <lua.h>

#include "core/groups.h"

URNA_BEGIN

typedef struct urna_tallied {
  urna_tally tally;
  urna_groups groups; /* made when they are asked for */
  bool has_tally, has_groups;
  urna_tally_plan plan;
  urna_tally_column *columns;
  urna_filter *filters;
  const char **names; /* of all filters */
  size_t *lengths;
  char *text;                           /* that the names are in */
  uint32_t by[URNA_KEYS_MAX], by_count; /* columns of keys, in order */
  uint32_t *sums, sum_count;            /* columns of sums, in order */
  urna_formula *formulas;               /* in userdata kept in the registry */
  int formulas_at;
  bool is_reported; /* the duplicates are in order */
  size_t sources;   /* texts that were counted */
} urna_tallied;

/* A new object on the stack, with nothing in it. */
urna_tallied *urna_new_tallied(lua_State *L);

/* The object at 'index'; raises. */
urna_tallied *urna_check_tallied(lua_State *L, int index);

URNA_FINISH

#endif
