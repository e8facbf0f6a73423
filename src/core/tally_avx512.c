/* tally_avx512.c - the scanner of a tally for one instruction set; see tally_scan.h. */
#if defined(__x86_64__) && defined(__GNUC__)
#pragma GCC target("avx512f,avx512bw,avx512vl,aes,bmi,bmi2")
#define URNA_AVX512
#define URNA_SCANNER urna_tally_scan_avx512
#include "core/tally_scan.h"
#else
typedef int urna_tally_avx512_is_not_here;
#endif
