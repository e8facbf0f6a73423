/* See clock.h. */
#define _POSIX_C_SOURCE 200809L

#include "io/clock.h"

#include <time.h>

double urna_clock_seconds(void) {
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
