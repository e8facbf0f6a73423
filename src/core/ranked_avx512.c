/* ranked_avx512.c - the scanner of ranked ballots for one instruction set; see
** ranked_scan.h. */
#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>
#include <stdlib.h>
#include <string.h>

#include "core/ranked.h"
#include "core/utf8.h"

/* From here on the compiler may use the set, whatever the machine is. */
#if defined(__clang__)
#pragma clang attribute push(                                                  \
    __attribute__((                                                            \
        target("avx512f,avx512bw,avx512vl,avx512vbmi2,aes,pclmul,bmi,bmi2"))), \
    apply_to = function)
#else
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512vbmi2,aes,pclmul,bmi,bmi2")
#endif

#define URNA_AVX512
#define URNA_SCANNER urna_ranked_scan_avx512
#include "core/ranked_scan.h"

#if defined(__clang__)
#pragma clang attribute pop
#endif

#else
typedef int urna_ranked_avx512_is_not_here;
#endif
