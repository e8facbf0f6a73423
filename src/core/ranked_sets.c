/* ranked_sets.c - the scanner of each instruction set that this machine has;
** see ranked.h. Which those are is told by tally.h. */
#include <string.h>

#include "core/ranked.h"
#include "core/tally.h"

URNA_BEGIN
urna_ranked_scanner urna_ranked_scan_plain;
URNA_FINISH

#if defined(__x86_64__) && defined(__GNUC__)

URNA_BEGIN
urna_ranked_scanner urna_ranked_scan_avx512;
urna_ranked_scanner urna_ranked_scan_avx2;
urna_ranked_scanner urna_ranked_scan_sse2;
URNA_FINISH

static urna_ranked_scanner *scanner_of(const char *set) {
  if (strcmp(set, "avx512") == 0) return urna_ranked_scan_avx512;
  if (strcmp(set, "avx2") == 0) return urna_ranked_scan_avx2;
  if (strcmp(set, "sse2") == 0) return urna_ranked_scan_sse2;
  return urna_ranked_scan_plain;
}

#else

static urna_ranked_scanner *scanner_of(const char *set) {
  (void)set;
  return urna_ranked_scan_plain;
}

#endif

urna_ranked_scanner *urna_ranked_scanner_of(const char *set) {
  for (const char *const *sets = urna_tally_sets(); *sets; sets++)
    if (strcmp(*sets, set) == 0) return scanner_of(set);
  return NULL;
}
