/* see occur.h */
#include "core/occur.h"

#include <string.h>

#define EACH UINT64_C(0x0101010101010101)
#define LOW  UINT64_C(0x7f7f7f7f7f7f7f7f)

/* A one in the lowest bit of each of eight bytes that is zero. */
static uint64_t zeros(uint64_t word) {
  return (~(((word & LOW) + LOW) | word | LOW)) >> 7;
}

/* The sum of eight bytes, each up to 31. */
static size_t sum_of(uint64_t bytes) {
  return (bytes * EACH) >> 56;
}

size_t urna_occur_count(const char *text, size_t size, char byte) {
  const uint64_t all = EACH * (unsigned char)byte;
  size_t count = 0, i = 0;
  while (size - i >= 8) {
    uint64_t seen = 0, word;
    for (int n = 0; n < 31 && size - i >= 8; n++, i += 8) {
      memcpy(&word, text + i, 8);
      seen += zeros(word ^ all);
    }
    count += sum_of(seen);
  }
  for (; i < size; i++) count += text[i] == byte;
  return count;
}
