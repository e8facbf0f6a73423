/* See arena.h. */
#include "core/arena.h"

#include <stdlib.h>

#define BLOCK_SIZE ((size_t)1 << 16)

typedef struct urna_arena_block {
  struct urna_arena_block *older;
  size_t size;
  max_align_t bytes[];
} block;

void urna_arena_init(urna_arena *arena) {
  arena->newest = NULL;
  arena->used = 0;
}

void urna_arena_free(urna_arena *arena) {
  while (arena->newest) {
    block *older = arena->newest->older;
    free(arena->newest);
    arena->newest = older;
  }
  arena->used = 0;
}

static block *grow(urna_arena *arena, size_t least) {
  size_t size = least > BLOCK_SIZE ? least : BLOCK_SIZE;
  if (size > SIZE_MAX - sizeof(block)) return NULL;
  block *fresh = malloc(sizeof *fresh + size);
  if (!fresh) return NULL;
  fresh->older = arena->newest;
  fresh->size = size;
  arena->newest = fresh;
  arena->used = 0;
  return fresh;
}

static void *take(urna_arena *arena, size_t size, size_t align) {
  block *newest = arena->newest;
  size_t from = (arena->used + align - 1) / align * align;
  if (!newest || from > newest->size || size > newest->size - from) {
    newest = grow(arena, size);
    if (!newest) return NULL;
    from = 0;
  }
  arena->used = from + size;
  return (char *)newest->bytes + from;
}

void *urna_arena_take(urna_arena *arena, size_t size) {
  return take(arena, size, sizeof(max_align_t));
}

char *urna_arena_text(urna_arena *arena, size_t size) {
  return take(arena, size, 1);
}
