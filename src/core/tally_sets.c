/* tally_sets.c - which scanners this machine has; see tally.h. */
#include <string.h>

#include "core/tally.h"

URNA_BEGIN
urna_tally_scanner urna_tally_scan_plain;
URNA_FINISH

#if defined(__x86_64__) && defined(__GNUC__)

URNA_BEGIN
urna_tally_scanner urna_tally_scan_avx512;
urna_tally_scanner urna_tally_scan_avx2;
urna_tally_scanner urna_tally_scan_sse2;
URNA_FINISH

static int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
         && __builtin_cpu_supports("avx512vl")
         && __builtin_cpu_supports("avx512vbmi2")
         && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("aes")
         && __builtin_cpu_supports("pclmul");
}

static int has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")
         && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt")
         && __builtin_cpu_supports("aes") && __builtin_cpu_supports("pclmul");
}

const char *const *urna_tally_sets(void) {
  static const char *const all[] = {"avx512", "avx2", "sse2", "plain", NULL};
  __builtin_cpu_init();
  return has_avx512() ? all : has_avx2() ? all + 1 : all + 2;
}

static urna_tally_scanner *scanner_of(const char *set) {
  if (strcmp(set, "avx512") == 0) return urna_tally_scan_avx512;
  if (strcmp(set, "avx2") == 0) return urna_tally_scan_avx2;
  if (strcmp(set, "sse2") == 0) return urna_tally_scan_sse2;
  return urna_tally_scan_plain;
}

#else

const char *const *urna_tally_sets(void) {
  static const char *const all[] = {"plain", NULL};
  return all;
}

static urna_tally_scanner *scanner_of(const char *set) {
  (void)set;
  return urna_tally_scan_plain;
}

#endif

urna_tally_scanner *urna_tally_scanner_of(const char *set) {
  for (const char *const *sets = urna_tally_sets(); *sets; sets++)
    if (strcmp(*sets, set) == 0) return scanner_of(set);
  return NULL;
}
