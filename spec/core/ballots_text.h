/*
** ballots_text.h - a ballot store as one line, for tests of its readers:
** "2x 0 {1 3} - 2;" is two papers that rank candidate 0 first, then 1 and 3
** together, then nobody, then 2.
*/
#ifndef URNA_BALLOTS_TEXT_H
#define URNA_BALLOTS_TEXT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ballots.h"

static inline void mark_text(uint16_t mark, char *out, size_t room) {
  static const struct {
    uint16_t mark;
    const char *text;
  } words[] = {{URNA_MARK_SKIP, "-"},
               {URNA_MARK_OPEN, "{"},
               {URNA_MARK_CLOSE, "}"},
               {URNA_MARK_OVERVOTE, "!"}};
  snprintf(out, room, "%u", (unsigned)mark);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (words[i].mark == mark) snprintf(out, room, "%s", words[i].text);
}

/* Into 'out', NUL-terminated, cut where it does not fit. */
static inline const char *ballots_text(const urna_ballots *ballots, char *out,
                                       size_t room) {
  size_t used = 0;
  out[0] = '\0';
  for (size_t i = 0; i < ballots->count && used + 40 < room; i++) {
    const uint16_t *mark = ballots->marks + ballots->starts[i];
    used += (size_t)snprintf(out + used, room - used, "%lldx",
                             (long long)urna_ballots_weight(ballots, i));
    for (; *mark != URNA_MARK_END && used + 16 < room; mark++) {
      char word[16];
      mark_text(*mark, word, sizeof word);
      bool is_tight = *mark == URNA_MARK_CLOSE || out[used - 1] == '{';
      used += (size_t)snprintf(out + used, room - used, "%s%s",
                               is_tight ? "" : " ", word);
    }
    used += (size_t)snprintf(out + used, room - used, ";");
  }
  return out;
}

/* Is this the name of candidate i? */
static inline int is_named(const urna_ballots *ballots, uint32_t i,
                           const char *name) {
  const urna_name *found = &ballots->candidates.names[i];
  return i < ballots->candidates.name_count && found->length == strlen(name)
         && memcmp(ballots->candidates.text + found->offset, name,
                   found->length)
                == 0;
}

/* A whole file of the samples beside the checkout, at URNA_SHARED or
** ../shared; NULL if there is none. To be freed. */
static inline char *read_sample(const char *name, size_t *size) {
  char path[512];
  const char *shared = getenv("URNA_SHARED");
  snprintf(path, sizeof path, "%s/%s", shared ? shared : "../shared", name);
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  char *text = malloc(1 << 20);
  *size = text ? fread(text, 1, 1 << 20, file) : 0;
  fclose(file);
  return text;
}

#endif
