/* ranked_sse2.c - the scanner of ranked ballots for one instruction set; see ranked_scan.h. */
#if defined(__x86_64__) && defined(__GNUC__)
#define URNA_SSE2
#define URNA_SCANNER urna_ranked_scan_sse2
#include "core/ranked_scan.h"
#else
typedef int urna_ranked_sse2_is_not_here;
#endif
