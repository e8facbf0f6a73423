/* see sheet.h */
#include "core/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "core/count.h"

/* ---- names as cells ---- */

static bool is_special(const unsigned char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (text[i] == '"' || text[i] == ',' || text[i] == '\r' || text[i] == '\n')
      return true;
  return false;
}

static size_t quote(char *to, const unsigned char *text, size_t length) {
  char *at = to;
  *at++ = '"';
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '"') *at++ = '"';
    *at++ = (char)text[i];
  }
  *at++ = '"';
  return (size_t)(at - to);
}

static size_t put_name(char *to, const urna_name *name,
                       const unsigned char *text) {
  if (is_special(text, name->length)) return quote(to, text, name->length);
  memcpy(to, text, name->length);
  return name->length;
}

static urna_status add_names(urna_sheet *sheet, uint32_t i) {
  const urna_names *names = &sheet->groups->tally->names[sheet->groups->by[i]];
  /* at worst every byte is a quote that is doubled */
  size_t most = 2 * names->text_length + 2 * (size_t)names->name_count;
  char *all = realloc(sheet->names, sheet->names_size + most + 1);
  if (all) sheet->names = all;
  sheet->cells[i] = malloc((names->name_count + 1) * sizeof(urna_cell));
  if (!all || !sheet->cells[i]) return URNA_NO_MEMORY;
  for (uint32_t n = 0; n < names->name_count; n++) {
    const urna_name *name = &names->names[n];
    size_t length =
        put_name(all + sheet->names_size, name, names->text + name->offset);
    sheet->cells[i][n] = (urna_cell){sheet->names_size, length};
    sheet->names_size += length;
  }
  return URNA_OK;
}

urna_status urna_sheet_init(urna_sheet *sheet, const urna_groups *groups,
                            const uint32_t *sums, uint32_t sum_count) {
  *sheet = (urna_sheet){.groups = groups, .sums = sums, .sum_count = sum_count};
  urna_status status = URNA_OK;
  for (uint32_t i = 0; i < groups->by_count && status == URNA_OK; i++)
    status = add_names(sheet, i);
  return status;
}

void urna_sheet_free(urna_sheet *sheet) {
  for (int i = 0; i < URNA_KEYS_MAX; i++) free(sheet->cells[i]);
  free(sheet->names);
  free(sheet->text);
  *sheet = (urna_sheet){.groups = NULL};
}

/* ---- lines ---- */

static bool room_for(urna_sheet *sheet, size_t more) {
  if (sheet->room - sheet->size >= more) return true;
  size_t room = (sheet->size + more) * 2;
  char *text = realloc(sheet->text, room);
  if (!text) return false;
  sheet->text = text;
  sheet->room = room;
  return true;
}

/* Is the sum known, or the number of records that is always so? */
static bool is_known(const urna_sheet *sheet, const urna_group *group,
                     uint32_t sum) {
  uint32_t sums = sheet->groups->tally->sum_count;
  return sum == sums || !group->missing
         || group->missing[sum] < group->cell[sums];
}

static size_t line_room(const urna_sheet *sheet, const urna_group *group) {
  size_t room = sheet->sum_count * (size_t)URNA_COUNT_DIGITS + 4;
  for (uint32_t i = 0; i < sheet->groups->by_count; i++)
    room += sheet->cells[i][group->names[i]].length + 1;
  return room;
}

static char *put_sums(const urna_sheet *sheet, const urna_group *group,
                      char *at) {
  for (uint32_t i = 0; i < sheet->sum_count; i++) {
    if (is_known(sheet, group, sheet->sums[i]))
      at += urna_count_write(group->cell[sheet->sums[i]], at);
    *at++ = ',';
  }
  return at;
}

/* Every cell is followed by a comma, the last becomes the end of the line. One
** empty cell alone would read as no record at all. */
static void put_line(urna_sheet *sheet, const urna_group *group) {
  char *start = sheet->text + sheet->size, *at = start;
  for (uint32_t i = 0; i < sheet->groups->by_count; i++) {
    urna_cell cell = sheet->cells[i][group->names[i]];
    memcpy(at, sheet->names + cell.offset, cell.length);
    at += cell.length;
    *at++ = ',';
  }
  at = put_sums(sheet, group, at);
  if (at == start + 1) {
    start[0] = start[1] = '"';
    at = start + 3;
  }
  at[-1] = '\n';
  sheet->size += (size_t)(at - start);
}

urna_status urna_sheet_write(urna_sheet *sheet, size_t from, size_t to) {
  sheet->size = 0;
  for (size_t i = from; i < to; i++) {
    const urna_group *group = &sheet->groups->items[i];
    if (!room_for(sheet, line_room(sheet, group))) return URNA_NO_MEMORY;
    put_line(sheet, group);
  }
  return URNA_OK;
}
