/* see logarithm.h */
#include "core/logarithm.h"

__extension__ typedef unsigned __int128 wide;
__extension__ typedef __int128 signed_wide;

/* Each square is cut below 2^-62 of itself, and counts half as much as the
** one before it: 2^-61 in all, besides the last bit. */
int64_t urna_logarithm_of(uint64_t n) {
  int whole = 63 - __builtin_clzll(n);
  uint64_t mantissa = n << (63 - whole); /* of 1, which is 2^63, up to 2 */
  int64_t log = whole;
  for (int i = 0; i < URNA_LOGARITHM_BITS; i++) {
    wide square = (wide)mantissa * mantissa;
    int bit = (int)(square >> 127);
    mantissa = (uint64_t)(square >> (63 + bit));
    log = log << 1 | bit;
  }
  return log;
}

/* Newton's steps from a straight line, 6 % off at most; they are taken at 62
** bits, where the line is finer than the logarithm. */
uint64_t urna_logarithm_raise(int64_t log) {
  const int64_t ln2 = INT64_C(2977044471); /* ln 2 * 2^32 */
  const int64_t part = log & (URNA_LOGARITHM_ONE - 1);
  const int64_t aim = (INT64_C(62) << URNA_LOGARITHM_BITS) + part;
  uint64_t n = (UINT64_C(1) << 62) + ((uint64_t)part << 18);
  for (int i = 0; i < 4; i++) {
    signed_wide more = (signed_wide)n * (aim - urna_logarithm_of(n));
    more = (more >> URNA_LOGARITHM_BITS) * ln2;
    n += (uint64_t)(int64_t)(more >> 32);
  }
  int shift = 62 - (int)(log >> URNA_LOGARITHM_BITS);
  return shift > 0 ? ((n >> (shift - 1)) + 1) >> 1 : n;
}

int64_t urna_logarithm_ten(int64_t power) {
  const int64_t log10 = INT64_C(3829922337353294527); /* log2 10 * 2^60 */
  return (int64_t)(((signed_wide)log10 * power) >> (60 - URNA_LOGARITHM_BITS));
}
