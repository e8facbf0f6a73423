/* tally_avx2.c - the scanner of a tally for one instruction set; see tally_scan.h. */
#if defined(__x86_64__) && defined(__GNUC__)
#pragma GCC target("avx2,bmi,bmi2")
#define URNA_AVX2
#define URNA_SCANNER urna_tally_scan_avx2
#include "core/tally_scan.h"
#else
typedef int urna_tally_avx2_is_not_here;
#endif
