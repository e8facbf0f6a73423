/* see seed.h */
#define _DEFAULT_SOURCE /* getentropy */

#include "lua/seed.h"

#include <time.h>
#include <unistd.h>

urna_count urna_draw_seed(void) {
  uint64_t seed = 0;
  if (getentropy(&seed, sizeof seed) != 0)
    seed = (uint64_t)time(NULL) ^ (uint64_t)(uintptr_t)&seed;
  return (urna_count)(seed >> 11);
}
