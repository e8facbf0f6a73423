/* See utf8.h. */
#include "core/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static bool is_tail(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

/* How many bytes a leading byte claims; 1 for one that may not lead. */
static size_t claim(unsigned char lead) {
  if (lead < 0xC0 || lead >= 0xF8) return 1;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Is the second byte one that this leading byte allows? */
static bool is_second(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0; /* else overlong */
    case 0xED:
      return second <= 0x9F; /* else a surrogate */
    case 0xF0:
      return second >= 0x90; /* else overlong */
    case 0xF4:
      return second <= 0x8F; /* else above U+10FFFF */
    default:
      return true;
  }
}

/* Length of the character at 'at', not ASCII; 0 where it is ill-formed. */
static size_t character(const unsigned char *at, size_t left) {
  size_t length = claim(*at);
  if (*at < 0xC2 || *at > 0xF4 || length > left) return 0;
  for (size_t i = 1; i < length; i++)
    if (!is_tail(at[i])) return 0;
  return is_second(at[0], at[1]) ? length : 0;
}

size_t urna_utf8_check(const char *text, size_t length) {
  const unsigned char *bytes = (const unsigned char *)text;
  size_t i = 0;
  while (i < length) {
    uint64_t eight;
    while (length - i >= sizeof eight) {
      memcpy(&eight, bytes + i, sizeof eight);
      if (eight & UINT64_C(0x8080808080808080)) break;
      i += sizeof eight;
    }
    while (i < length && bytes[i] < 0x80) i++;
    while (i < length && bytes[i] >= 0x80) {
      size_t step = character(bytes + i, length - i);
      if (step == 0) return i;
      i += step;
    }
  }
  return length;
}

size_t urna_utf8_culprit(const char *text, size_t length) {
  const unsigned char *bytes = (const unsigned char *)text;
  if (length == 0) return 0;
  size_t most = claim(bytes[0]), n = 1;
  while (n < most && n < length && is_tail(bytes[n])) n++;
  return n;
}

size_t urna_utf8_cut(const char *text, size_t length, size_t limit) {
  if (length <= limit) return length;
  size_t cut = limit;
  while (cut > 0 && limit - cut < 4 && is_tail((unsigned char)text[cut])) cut--;
  /* text that is not UTF-8 has no boundary to respect */
  return is_tail((unsigned char)text[cut]) ? limit : cut;
}
