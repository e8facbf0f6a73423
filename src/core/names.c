/* see names.h */
#include "core/names.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

#define FIRST_ROOM 64u
#define SPARSE     8192u

void urna_names_init(urna_names *names, char delimiter, uint64_t seed) {
  memset(names, 0, sizeof *names);
  names->delimiter = delimiter;
  names->seed = seed;
}

void urna_names_free(urna_names *names) {
  free(names->spellings);
  free(names->cells);
  free(names->names);
  free(names->text);
  free(names->spelling_slots);
  free(names->name_slots);
  memset(names, 0, sizeof *names);
}

static uint64_t mix(uint64_t a, uint64_t b) {
  wide product = (wide)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t urna_names_hash(uint64_t seed, const unsigned char *bytes,
                         size_t length) {
  uint64_t hash = seed ^ length, word;
  for (; length >= 8; length -= 8, bytes += 8) {
    memcpy(&word, bytes, 8);
    hash = mix(hash ^ word, UINT64_C(0x9e3779b97f4a7c15));
  }
  word = 0;
  if (length > 0) memcpy(&word, bytes, length);
  return mix(hash ^ word, UINT64_C(0xbf58476d1ce4e5b9));
}

/* Room for one more of 'size' bytes, in blocks aligned to 64. */
static void *grown(void *items, uint32_t count, uint32_t *room, size_t size) {
  if (count < *room) return items;
  uint32_t wanted = *room ? *room * 2 : FIRST_ROOM;
  if (wanted < *room) return NULL;
  void *moved = aligned_alloc(64, (wanted * size + 63) / 64 * 64);
  if (!moved) return NULL;
  if (count) memcpy(moved, items, count * size);
  free(items);
  *room = wanted;
  return moved;
}

/*
** Slots for one more. A small table is nearly empty, for a slot that is taken
** by another costs a wrong guess of the processor, ten times the lookup; a large
** one at most half full, for there memory is what costs.
*/
static uint32_t *more_slots(uint32_t *slots, uint32_t *mask, uint32_t count) {
  uint32_t spare = *mask < SPARSE ? 16 : 2;
  if (slots && (count + 1) * spare <= *mask) return slots;
  uint32_t size = slots ? (*mask + 1) * 2 : FIRST_ROOM * 16;
  uint32_t *found = calloc(size, sizeof *found);
  if (found) *mask = size - 1;
  return found;
}

static void put(uint32_t *slots, uint32_t mask, uint64_t hash,
                uint32_t number) {
  uint32_t i = (uint32_t)hash & mask;
  while (slots[i]) i = (i + 1) & mask;
  slots[i] = number + 1;
}

static urna_status room_for_name(urna_names *names) {
  uint32_t mask = names->name_mask;
  uint32_t *slots = more_slots(names->name_slots, &mask, names->name_count);
  if (!slots) return URNA_NO_MEMORY;
  if (slots != names->name_slots) {
    for (uint32_t i = 0; i < names->name_count; i++)
      put(slots, mask, names->names[i].hash, i);
    free(names->name_slots);
    names->name_slots = slots;
    names->name_mask = mask;
  }
  urna_name *list =
      grown(names->names, names->name_count, &names->name_room, sizeof *list);
  if (!list) return URNA_NO_MEMORY;
  names->names = list;
  return URNA_OK;
}

static urna_status room_for_text(urna_names *names, size_t length) {
  size_t wanted = names->text_room ? names->text_room : 4096;
  while (wanted - names->text_length < length) wanted *= 2;
  if (wanted == names->text_room) return URNA_OK;
  unsigned char *text = realloc(names->text, wanted);
  if (!text) return URNA_NO_MEMORY;
  names->text = text;
  names->text_room = wanted;
  return URNA_OK;
}

static uint32_t find(const urna_names *names, const unsigned char *text,
                     size_t length, uint64_t hash) {
  if (!names->name_slots) return URNA_NO_NAME;
  uint32_t i = (uint32_t)hash & names->name_mask;
  for (; names->name_slots[i]; i = (i + 1) & names->name_mask) {
    const urna_name *name = &names->names[names->name_slots[i] - 1];
    if (name->hash == hash && name->length == length
        && memcmp(names->text + name->offset, text, length) == 0)
      return names->name_slots[i] - 1;
  }
  return URNA_NO_NAME;
}

uint32_t urna_names_find(const urna_names *names, const unsigned char *text,
                         size_t length) {
  return find(names, text, length,
              urna_names_hash(names->seed, text, length));
}

urna_status urna_names_add(urna_names *names, const unsigned char *text,
                           size_t length, uint32_t *number) {
  uint64_t hash = urna_names_hash(names->seed, text, length);
  *number = find(names, text, length, hash);
  if (*number != URNA_NO_NAME) return URNA_OK;
  if (room_for_name(names) != URNA_OK
      || room_for_text(names, length + 1) != URNA_OK)
    return URNA_NO_MEMORY;
  *number = names->name_count++;
  names->names[*number] =
      (urna_name){.offset = names->text_length, .length = length, .hash = hash};
  memcpy(names->text + names->text_length, text, length);
  names->text_length += length;
  put(names->name_slots, names->name_mask, hash, *number);
  return URNA_OK;
}

static urna_status room_for_spelling(urna_names *names) {
  uint32_t mask = names->spelling_mask;
  uint32_t *slots =
      more_slots(names->spelling_slots, &mask, names->spelling_count);
  if (!slots) return URNA_NO_MEMORY;
  if (slots != names->spelling_slots) {
    for (uint32_t i = 0; i < names->spelling_count; i++)
      put(slots, mask, names->spellings[i].hash, i);
    free(names->spelling_slots);
    names->spelling_slots = slots;
    names->spelling_mask = mask;
  }
  urna_spelling *list = grown(names->spellings, names->spelling_count,
                              &names->spelling_room, sizeof *list);
  if (!list) return URNA_NO_MEMORY;
  names->spellings = list;
  uint32_t *cells = grown(names->cells, names->spelling_count,
                          &names->cell_room, sizeof *cells);
  if (!cells) return URNA_NO_MEMORY;
  names->cells = cells;
  return URNA_OK;
}

urna_status urna_names_spell(urna_names *names, const unsigned char *raw,
                             uint32_t length, uint64_t hash, uint32_t name,
                             uint32_t *spelling) {
  if (room_for_spelling(names) != URNA_OK) return URNA_NO_MEMORY;
  *spelling = names->spelling_count++;
  urna_spelling *kept = &names->spellings[*spelling];
  memset(kept, 0, sizeof *kept);
  memcpy(kept->raw, raw, length);
  kept->mask = length < 64 ? (UINT64_C(1) << length) - 1 : ~UINT64_C(0);
  kept->length = length;
  kept->name = name;
  kept->next = *spelling;
  kept->hash = hash;
  names->cells[*spelling] = 0;
  put(names->spelling_slots, names->spelling_mask, hash, *spelling);
  return URNA_OK;
}
