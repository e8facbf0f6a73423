/* see record.h */
#include "core/record.h"

#include "core/count.h"

static urna_count count_at(urna_columns columns, size_t i, size_t row) {
  return columns.table->columns[columns.at[i]].counts[row];
}

urna_record_state urna_record_look(urna_columns columns, size_t row) {
  size_t given = 0;
  bool any = false;
  if (columns.count == 0) return URNA_RECORD_GIVEN;
  for (size_t i = 0; i < columns.count; i++) {
    urna_count count = count_at(columns, i, row);
    given += count != URNA_MISSING;
    any = any || count > 0;
  }
  if (given == 0) return URNA_RECORD_BLANK;
  if (given < columns.count) return URNA_RECORD_PARTIAL;
  return any ? URNA_RECORD_GIVEN : URNA_RECORD_ZERO;
}

bool urna_record_leader(urna_columns lists, size_t row,
                        urna_record_lead *lead) {
  urna_record_lead best = {0, -1, 0};
  for (size_t i = 0; i < lists.count; i++) {
    urna_count votes = count_at(lists, i, row);
    if (votes == URNA_MISSING) return false;
    if (urna_count_add(&best.all, votes) != URNA_OK) return false;
    if (votes > best.votes) best.votes = votes, best.list = i;
  }
  if (lists.count > 0) *lead = best;
  return lists.count > 0;
}

void urna_record_gather(urna_columns columns, size_t row, urna_count *fields) {
  for (size_t i = 0; i < columns.count; i++)
    fields[i] = count_at(columns, i, row);
}
