/*
** arena.h - memory that grows, never moves and is released all at once.
**
** Blocks in a list; pieces are cut from the newest. Cells of a table that
** had to be rewritten, doubled quotes made single, live here.
*/
#ifndef URNA_ARENA_H
#define URNA_ARENA_H

#include "core/status.h"

URNA_BEGIN

typedef struct urna_arena {
  struct urna_arena_block *newest;
  size_t used; /* of the newest block */
} urna_arena;

void urna_arena_init(urna_arena *arena);
void urna_arena_free(urna_arena *arena);

/* 'size' bytes, aligned for any object, owned by the arena; NULL: no memory. */
void *urna_arena_take(urna_arena *arena, size_t size);

/* As above for text: unaligned, so that nothing is lost between pieces. */
char *urna_arena_text(urna_arena *arena, size_t size);

URNA_FINISH

#endif
