/* test_occur.c - bytes counted eight at a time are those counted one by one. */
#include "core/occur.h"

#include "test.h"

static size_t one_by_one(const char *text, size_t size, char byte) {
  size_t count = 0;
  for (size_t i = 0; i < size; i++) count += text[i] == byte;
  return count;
}

int main(void) {
  char text[700];
  uint32_t draw = 20240602;
  CHECK(urna_occur_count("", 0, '\n') == 0);
  CHECK(urna_occur_count("a\nb\n", 4, '\n') == 2);
  for (size_t i = 0; i < sizeof text; i++) {
    draw = draw * 1664525u + 1013904223u;
    /* neighbours of the byte, and bytes whose high bit is set */
    text[i] = "\n\n\n\t\v\x8a\xff\0"[draw >> 29];
  }
  for (size_t size = 0; size <= sizeof text; size++)
    CHECK(urna_occur_count(text + size / 3, size - size / 3, '\n')
          == one_by_one(text + size / 3, size - size / 3, '\n'));
  memset(text, '"', sizeof text);
  CHECK(urna_occur_count(text, sizeof text, '"') == sizeof text);
  return test_report("occur");
}
