/* tally_sse2.c - the scanner of a tally for one instruction set; see tally_scan.h. */
#if defined(__x86_64__) && defined(__GNUC__)
#define URNA_SSE2
#define URNA_SCANNER urna_tally_scan_sse2
#include "core/tally_scan.h"
#else
typedef int urna_tally_sse2_is_not_here;
#endif
