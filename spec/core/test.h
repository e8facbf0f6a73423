/*
** test.h - the little that the tests of the C side need. Each test_*.c is a
** program: it runs its checks, names those that fail, prints the numbers and
** exits with 1 if one did.
*/
#ifndef URNA_TEST_H
#define URNA_TEST_H

#include <stdio.h>
#include <string.h>

static int test_passed, test_failed;

static inline void test_note(int good, const char *what, const char *file,
                             int line) {
  if (good) {
    test_passed++;
    return;
  }
  test_failed++;
  printf("%s:%d: failed: %s\n", file, line, what);
}

#define CHECK(what) test_note((what) != 0, #what, __FILE__, __LINE__)

/* The 'length' bytes at 'start' are the string 'expected'. */
#define CHECK_TEXT(start, length, expected)                                    \
  test_note((size_t)(length) == strlen(expected)                               \
                && memcmp(start, expected, strlen(expected)) == 0,             \
            #start " is " #expected, __FILE__, __LINE__)

#define CHECK_STRING(got, expected)                                            \
  test_note((got) != NULL && strcmp(got, expected) == 0,                       \
            #got " is " #expected, __FILE__, __LINE__)

static inline int test_report(const char *name) {
  printf("%s: %d passed, %d failed\n", name, test_passed, test_failed);
  return test_failed > 0;
}

#endif
