/* see ratio.h */
#include "core/ratio.h"

__extension__ typedef __int128 wide;

int urna_ratio_cmp(urna_ratio a, urna_ratio b) {
  wide left = (wide)a.num * b.den, right = (wide)b.num * a.den;
  return (left > right) - (left < right);
}

urna_ratio urna_ratio_reduce(urna_ratio a) {
  int64_t by = (int64_t)urna_common_divisor((uint64_t)a.num, (uint64_t)a.den);
  return (urna_ratio){a.num / by, a.den / by};
}

urna_status urna_ratio_of_up(urna_ratio share, urna_count total,
                             urna_count *least) {
  wide up = ((wide)share.num * total + share.den - 1) / share.den;
  if (up > INT64_MAX) return URNA_OVERFLOW;
  *least = (urna_count)up;
  return URNA_OK;
}

urna_status urna_ratio_round(urna_ratio a, int decimals, int64_t *rounded) {
  int64_t power = 1;
  if (decimals < 0 || decimals > 15) return URNA_OVERFLOW;
  for (int i = 0; i < decimals; i++) power *= 10;
  wide scaled = (wide)a.num * power;
  if (scaled > ((wide)1 << 125)) return URNA_OVERFLOW;
  wide value = (2 * scaled + a.den) / (2 * (wide)a.den);
  if (value > INT64_MAX) return URNA_OVERFLOW;
  *rounded = (int64_t)value;
  return URNA_OK;
}
