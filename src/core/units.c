/* see units.h */
#include "core/units.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/names.h"

#define FIRST_BITS 8u                  /* of the number of slots */
#define UNITS_MAX  (UINT32_C(1) << 30) /* of 2^31 slots */

void urna_units_init(urna_units *units, uint64_t seed, size_t limit,
                     size_t most) {
  memset(units, 0, sizeof *units);
  units->seed = seed;
  units->duplicate_limit = limit;
  units->most = most;
  urna_arena_init(&units->arena);
}

void urna_units_free(urna_units *units) {
  free(units->items);
  free(units->slots);
  free(units->duplicates);
  urna_arena_free(&units->arena);
  memset(units, 0, sizeof *units);
}

/* ---- lengths, seven bits to a byte, the least first ---- */

#define LENGTH_ROOM 10

static size_t put_length(unsigned char *at, size_t length) {
  size_t size = 0;
  for (; length >= 0x80; length >>= 7)
    at[size++] = (unsigned char)(length | 0x80);
  at[size++] = (unsigned char)length;
  return size;
}

static size_t take_length(const unsigned char **at) {
  size_t length = 0;
  unsigned shift = 0;
  for (; **at & 0x80; shift += 7) length |= (size_t)(*(*at)++ & 0x7F) << shift;
  return length | (size_t) * (*at)++ << shift;
}

/* ---- keys ---- */

void urna_unit_key_clear(urna_unit_key *key) {
  key->length = 0;
}

void urna_unit_key_free(urna_unit_key *key) {
  free(key->bytes);
  memset(key, 0, sizeof *key);
}

static bool has_room(urna_unit_key *key, size_t length) {
  if (length > SIZE_MAX / 4 - LENGTH_ROOM - key->length) return false;
  size_t least = key->length + length + LENGTH_ROOM;
  if (least <= key->room) return true;
  unsigned char *bytes = realloc(key->bytes, 2 * least);
  if (!bytes) return false;
  key->bytes = bytes;
  key->room = 2 * least;
  return true;
}

urna_status urna_unit_key_put(urna_unit_key *key, const char *text,
                              size_t length) {
  if (!has_room(key, length)) return URNA_NO_MEMORY;
  key->length += put_length(key->bytes + key->length, length);
  if (length > 0) memcpy(key->bytes + key->length, text, length);
  key->length += length;
  return URNA_OK;
}

bool urna_unit_key_next(const unsigned char **at, const unsigned char *end,
                        const char **text, size_t *length) {
  if (*at >= end) return false;
  *length = take_length(at);
  *text = (const char *)*at;
  *at += *length;
  return true;
}

const unsigned char *urna_units_key(const urna_units *units, uint32_t unit,
                                    size_t *length) {
  const unsigned char *at = units->items[unit].bytes;
  *length = take_length(&at);
  return at;
}

/* ---- duplicates: the least offsets, the greatest of them on the top ---- */

static void sift_up(urna_duplicate *heap, size_t at) {
  urna_duplicate item = heap[at];
  for (; at > 0 && heap[(at - 1) / 2].offset < item.offset; at = (at - 1) / 2)
    heap[at] = heap[(at - 1) / 2];
  heap[at] = item;
}

static void sift_down(urna_duplicate *heap, size_t count) {
  urna_duplicate item = heap[0];
  size_t at = 0;
  for (size_t child; (child = 2 * at + 1) < count; at = child) {
    if (child + 1 < count && heap[child + 1].offset > heap[child].offset)
      child++;
    if (heap[child].offset <= item.offset) break;
    heap[at] = heap[child];
  }
  heap[at] = item;
}

static void keep(urna_units *units, uint64_t offset, uint32_t unit) {
  urna_duplicate *heap = units->duplicates;
  urna_duplicate item = {.offset = offset, .unit = unit};
  if (units->duplicate_kept < units->duplicate_limit) {
    heap[units->duplicate_kept] = item;
    sift_up(heap, units->duplicate_kept++);
  } else if (units->duplicate_limit > 0 && heap[0].offset > offset) {
    heap[0] = item;
    sift_down(heap, units->duplicate_kept);
  }
}

/* Of a unit's two records the later is a duplicate. */
static void repeat(urna_units *units, uint32_t number, uint64_t offset) {
  urna_unit *unit = &units->items[number];
  uint64_t later = offset;
  if (offset < unit->offset) {
    later = unit->offset;
    unit->offset = offset;
  }
  units->duplicate_count++;
  keep(units, later, number);
}

static int by_offset(const void *a, const void *b) {
  const urna_duplicate *x = a, *y = b;
  return (x->offset > y->offset) - (x->offset < y->offset);
}

void urna_units_report(urna_units *units) {
  size_t count = units->duplicate_kept;
  urna_duplicate *list = units->duplicates;
  for (size_t i = 0; i < count; i++)
    list[i].first = units->items[list[i].unit].offset;
  if (count > 1) qsort(list, count, sizeof *list, by_offset);
}

/* ---- room, all of it before anything is changed ---- */

/* Does 'most' allow 'size' bytes in place of 'instead' that are given back? */
static bool may_take(urna_units *units, size_t size, size_t instead) {
  size_t used = units->used - instead;
  if (units->most == 0) return true;
  if (used <= units->most && size <= units->most - used) return true;
  units->is_full = true;
  return false;
}

static void *grown(urna_units *units, void *items, size_t old_size,
                   size_t new_size) {
  if (!may_take(units, new_size, old_size)) return NULL;
  void *moved = realloc(items, new_size);
  if (moved) units->used += new_size - old_size;
  return moved;
}

static bool room_for_item(urna_units *units) {
  if (units->count < units->room) return true;
  uint32_t room = units->room ? units->room + units->room / 2 : 64;
  if (units->count >= UNITS_MAX) return false;
  urna_unit *items = grown(units, units->items, units->room * sizeof *items,
                           room * sizeof *items);
  if (!items) return false;
  units->items = items;
  units->room = room;
  return true;
}

static bool room_for_duplicate(urna_units *units) {
  size_t kept = units->duplicate_kept, room = units->duplicate_room;
  if (kept < room || kept == units->duplicate_limit) return true;
  size_t wanted = room ? room * 2 : 16;
  if (wanted > units->duplicate_limit) wanted = units->duplicate_limit;
  urna_duplicate *list = grown(units, units->duplicates, room * sizeof *list,
                               wanted * sizeof *list);
  if (!list) return false;
  units->duplicates = list;
  units->duplicate_room = wanted;
  return true;
}

/* A slot's place is told by the top bits of its tag, so that slots move to a
** table twice as large in their order and with no look at the keys. */
static uint32_t free_slot(const urna_units *units, uint32_t tag) {
  uint32_t i = tag >> units->shift;
  while (units->slots[i]) i = (i + 1) & units->mask;
  return i;
}

/* At most four slots in five are taken: memory that is touched for the first
** time costs more than the longer search. */
static bool has_slot(const urna_units *units) {
  return units->slots && units->count < units->mask / 5 * 4;
}

static bool more_slots(urna_units *units) {
  size_t size = units->slots ? (size_t)units->mask + 1 : 0;
  size_t wanted = size ? size * 2 : (size_t)1 << FIRST_BITS;
  size_t bytes = wanted * sizeof *units->slots;
  size_t old_bytes = size * sizeof *units->slots;
  if (!may_take(units, bytes, old_bytes)) return false;
  uint64_t *old = units->slots, *slots = calloc(wanted, sizeof *slots);
  if (!slots) return false;
  units->used += bytes - old_bytes;
  units->slots = slots;
  units->mask = (uint32_t)(wanted - 1);
  units->shift = size ? units->shift - 1 : 32 - FIRST_BITS;
  for (size_t i = 0; i < size; i++)
    if (old[i]) slots[free_slot(units, (uint32_t)(old[i] >> 32))] = old[i];
  free(old);
  return true;
}

/* A copy of the key behind its length; NULL: no room. */
static const unsigned char *keep_key(urna_units *units,
                                     const unsigned char *key, size_t length) {
  unsigned char prefix[LENGTH_ROOM];
  size_t size = put_length(prefix, length);
  if (length > SIZE_MAX - size || !may_take(units, size + length, 0))
    return NULL;
  char *bytes = urna_arena_text(&units->arena, size + length);
  if (!bytes) return NULL;
  memcpy(bytes, prefix, size);
  if (length > 0) memcpy(bytes + size, key, length);
  units->used += size + length;
  return (unsigned char *)bytes;
}

/* ---- the set ---- */

static bool is_key(const urna_units *units, uint32_t unit,
                   const unsigned char *key, size_t length) {
  size_t size;
  const unsigned char *bytes = urna_units_key(units, unit, &size);
  return size == length && memcmp(bytes, key, length) == 0;
}

/* The number of a key's unit; or 'count' if it has none, and '*slot' is where
** it would be. */
static uint32_t find(const urna_units *units, const unsigned char *key,
                     size_t length, uint32_t tag, uint32_t *slot) {
  *slot = 0;
  if (!units->slots) return units->count;
  uint32_t i = tag >> units->shift;
  for (uint64_t at; (at = units->slots[i]) != 0; i = (i + 1) & units->mask)
    if (at >> 32 == tag && is_key(units, (uint32_t)at - 1, key, length))
      return (uint32_t)at - 1;
  *slot = i;
  return units->count;
}

static uint32_t tag_of(const urna_units *units, const unsigned char *key,
                       size_t length) {
  return (uint32_t)(urna_names_hash(units->seed, key, length) >> 32);
}

/* As urna_units_add, and '*unit' is the number. */
static urna_status note(urna_units *units, const unsigned char *key,
                        size_t length, uint64_t offset, uint32_t *unit) {
  uint32_t slot, tag = tag_of(units, key, length);
  *unit = find(units, key, length, tag, &slot);
  if (*unit < units->count) {
    if (!room_for_duplicate(units)) return URNA_NO_MEMORY;
    repeat(units, *unit, offset);
    return URNA_TIE;
  }
  if (!has_slot(units)) {
    if (!more_slots(units)) return URNA_NO_MEMORY;
    slot = free_slot(units, tag);
  }
  if (!room_for_item(units)) return URNA_NO_MEMORY;
  const unsigned char *bytes = keep_key(units, key, length);
  if (!bytes) return URNA_NO_MEMORY;
  units->items[units->count++] = (urna_unit){offset, bytes};
  units->slots[slot] = (uint64_t)tag << 32 | units->count;
  return URNA_OK;
}

urna_status urna_units_add(urna_units *units, const unsigned char *key,
                           size_t length, uint64_t offset, uint64_t *first) {
  uint32_t unit;
  urna_status status = note(units, key, length, offset, &unit);
  if (status >= 0) *first = units->items[unit].offset;
  return status;
}

/* Both sets' own duplicates stay what they are; where both have a unit, the
** later of its two first records becomes one. */
urna_status urna_units_merge(urna_units *units, const urna_units *other) {
  size_t length;
  uint32_t unit;
  uint64_t count = other->duplicate_count;
  for (uint32_t i = 0; i < other->count; i++) {
    const unsigned char *key = urna_units_key(other, i, &length);
    if (note(units, key, length, other->items[i].offset, &unit) < 0)
      return URNA_NO_MEMORY;
  }
  for (size_t i = 0; i < other->duplicate_kept; i++) {
    const urna_duplicate *duplicate = &other->duplicates[i];
    const unsigned char *key = urna_units_key(other, duplicate->unit, &length);
    uint32_t slot, tag = tag_of(units, key, length);
    unit = find(units, key, length, tag, &slot);
    assert(unit < units->count);
    if (!room_for_duplicate(units)) return URNA_NO_MEMORY;
    keep(units, duplicate->offset, unit);
  }
  units->duplicate_count += count;
  return URNA_OK;
}
