/*
** lanes.h - 64 bytes at a time, on whatever the machine has.
**
** A file that includes this first defines one of URNA_AVX512, URNA_AVX2,
** URNA_SSE2, or none for plain C; each has the same four operations with the
** same answers. All of them read 64 bytes, whatever length they are asked
** about: the caller sees to it that they may be read.
*/
#ifndef URNA_LANES_H
#define URNA_LANES_H

#include <stdint.h>
#include <string.h>

#if defined(URNA_AVX512) || defined(URNA_AVX2) || defined(URNA_SSE2)
#include <immintrin.h>
#endif

/*
** What two bytes in a row can be wrong in, by the high half of the first, its
** low half, and the high half of the second: an error is in all three.
** Source: Keiser & Lemire, Validating UTF-8 in less than one instruction per
** byte, Software: Practice and Experience 51(5), 2021, table 8.
*/
#define UTF8_SHORT     1   /* a lead byte, and no continuation behind it */
#define UTF8_LONG      2   /* ASCII, and a continuation behind it */
#define UTF8_OVER_3    4   /* e0, and less than a0 */
#define UTF8_LARGE     8   /* f4, and 90 or more; or f5 and more */
#define UTF8_SURROGATE 16  /* ed, and a0 or more */
#define UTF8_OVER_2    32  /* c0 or c1 */
#define UTF8_OVER_4    64  /* f0, and less than 90; or f5 and more */
#define UTF8_PAIR      128 /* two continuations: right if a lead is before */
#define UTF8_CARRY     (UTF8_SHORT | UTF8_LONG | UTF8_PAIR)

/* By the high half of the first byte. */
#define UTF8_FIRST_HIGH                                                        \
  UTF8_LONG, UTF8_LONG, UTF8_LONG, UTF8_LONG, UTF8_LONG, UTF8_LONG, UTF8_LONG, \
      UTF8_LONG, UTF8_PAIR, UTF8_PAIR, UTF8_PAIR, UTF8_PAIR,                   \
      UTF8_SHORT | UTF8_OVER_2, UTF8_SHORT,                                    \
      UTF8_SHORT | UTF8_OVER_3 | UTF8_SURROGATE,                               \
      UTF8_SHORT | UTF8_LARGE | UTF8_OVER_4

/* By its low half. */
#define UTF8_FIRST_LOW                                                         \
  UTF8_CARRY | UTF8_OVER_3 | UTF8_OVER_2 | UTF8_OVER_4,                        \
      UTF8_CARRY | UTF8_OVER_2, UTF8_CARRY, UTF8_CARRY,                        \
      UTF8_CARRY | UTF8_LARGE, UTF8_CARRY | UTF8_LARGE | UTF8_OVER_4,          \
      UTF8_CARRY | UTF8_LARGE | UTF8_OVER_4,                                   \
      UTF8_CARRY | UTF8_LARGE | UTF8_OVER_4,                                   \
      UTF8_CARRY | UTF8_LARGE | UTF8_OVER_4,                                   \
      UTF8_CARRY | UTF8_LARGE | UTF8_OVER_4,                                   \
      UTF8_CARRY | UTF8_LARGE | UTF8_OVER_4,                                   \
      UTF8_CARRY | UTF8_LARGE | UTF8_OVER_4,                                   \
      UTF8_CARRY | UTF8_LARGE | UTF8_OVER_4,                                   \
      UTF8_CARRY | UTF8_LARGE | UTF8_OVER_4 | UTF8_SURROGATE,                  \
      UTF8_CARRY | UTF8_LARGE | UTF8_OVER_4,                                   \
      UTF8_CARRY | UTF8_LARGE | UTF8_OVER_4

/* By the high half of the second. */
#define UTF8_SECOND_HIGH                                                       \
  UTF8_SHORT, UTF8_SHORT, UTF8_SHORT, UTF8_SHORT, UTF8_SHORT, UTF8_SHORT,      \
      UTF8_SHORT, UTF8_SHORT,                                                  \
      UTF8_LONG | UTF8_OVER_2 | UTF8_PAIR | UTF8_OVER_3 | UTF8_OVER_4,         \
      UTF8_LONG | UTF8_OVER_2 | UTF8_PAIR | UTF8_OVER_3 | UTF8_LARGE,          \
      UTF8_LONG | UTF8_OVER_2 | UTF8_PAIR | UTF8_SURROGATE | UTF8_LARGE,       \
      UTF8_LONG | UTF8_OVER_2 | UTF8_PAIR | UTF8_SURROGATE | UTF8_LARGE,       \
      UTF8_SHORT, UTF8_SHORT, UTF8_SHORT, UTF8_SHORT

#if !defined(URNA_AVX512) && !defined(URNA_AVX2)

/* Which bytes are behind an odd number of the bits, or are one that makes it
** odd: inside quotes, or an opening one. */
static inline uint64_t lane_inside(uint64_t quotes) {
  if (__builtin_expect(quotes == 0, 1)) return 0;
  for (int shift = 1; shift < 64; shift *= 2) quotes ^= quotes << shift;
  return quotes;
}

#endif

/* Bits 0 .. n - 1; n <= 64. */
static inline uint64_t lane_first(uint32_t n) {
  return n < 64 ? (UINT64_C(1) << n) - 1 : ~UINT64_C(0);
}

#if !defined(URNA_AVX512) && !defined(URNA_AVX2)

/* Write the numbers of the bits of 'mask', each plus 'base', and return how many
** there are. */
static inline uint32_t lane_positions(uint64_t mask, uint32_t base,
                                      uint16_t *to) {
  uint32_t count = 0;
  for (; mask; mask &= mask - 1)
    to[count++] = (uint16_t)(base + (uint32_t)__builtin_ctzll(mask));
  return count;
}

/* The first 'n' of 64 bytes mixed with a seed. */
static inline uint64_t lane_hash(const unsigned char *p, uint32_t n,
                                 uint64_t seed) {
  __extension__ typedef unsigned __int128 wide;
  uint64_t hash = seed ^ n, word;
  for (; n > 0; p += 8) {
    memcpy(&word, p, 8);
    uint32_t used = n < 8 ? n : 8;
    word <<= 64 - 8 * used;
    wide product = (wide)(hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    hash = (uint64_t)product ^ (uint64_t)(product >> 64);
    n -= used;
  }
  return hash ^ hash >> 29;
}

#endif

#if !defined(URNA_AVX512)

/* Add 'n' numbers to others. */
static inline void lane_add(int64_t *to, const int64_t *more, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) to[i] += more[i];
}

#endif

#if defined(URNA_AVX512) || defined(URNA_AVX2)

/* Which bytes are behind an odd number of the bits, or are one that makes it
** odd: inside quotes, or an opening one. */
static inline uint64_t lane_inside(uint64_t quotes) {
  return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(
      _mm_cvtsi64_si128((long long)quotes), _mm_set1_epi8(-1), 0));
}

/* The four quarters of 64 bytes mixed with a seed, by rounds of AES. */
static inline uint64_t lane_mix(const __m128i *quarter, uint32_t n,
                                uint64_t seed) {
  __m128i key = _mm_set_epi64x((long long)seed, (long long)(seed ^ n));
  __m128i a = _mm_aesenc_si128(_mm_xor_si128(quarter[0], key), quarter[1]);
  __m128i b = _mm_aesenc_si128(_mm_xor_si128(quarter[2], key), quarter[3]);
  a = _mm_aesenc_si128(a, _mm_xor_si128(b, key));
  a = _mm_aesenc_si128(a, key);
  return (uint64_t)_mm_cvtsi128_si64(a);
}

#endif

#if defined(URNA_AVX512)

/* The first 'n' of 64 bytes mixed with a seed. */
static inline uint64_t lane_hash(const unsigned char *p, uint32_t n,
                                 uint64_t seed) {
  __m512i all = _mm512_maskz_loadu_epi8(lane_first(n), p);
  __m128i quarter[4] = {
      _mm512_castsi512_si128(all), _mm512_extracti32x4_epi32(all, 1),
      _mm512_extracti32x4_epi32(all, 2), _mm512_extracti32x4_epi32(all, 3)};
  return lane_mix(quarter, n, seed);
}

/* Which of 64 bytes are 'c'. */
static inline uint64_t lane_equal(const unsigned char *p, unsigned char c) {
  return _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(p),
                                _mm512_set1_epi8((char)c));
}

/* Which of 64 bytes are not ASCII. */
static inline uint64_t lane_high(const unsigned char *p) {
  return _mm512_movepi8_mask(_mm512_loadu_si512(p));
}

/* Do 'p' and 'q' differ in any of the bytes of 'mask'? */
static inline uint64_t lane_differ(const unsigned char *p,
                                   const unsigned char *q, uint64_t mask) {
  return _mm512_mask_cmpneq_epi8_mask(mask, _mm512_loadu_si512(p),
                                      _mm512_loadu_si512(q));
}

/* Write the numbers of the bits of 'mask', each plus 'base', and return how many
** there are. Writes up to 64 numbers, whatever that is. */
static inline uint32_t lane_positions(uint64_t mask, uint32_t base,
                                      uint16_t *to) {
  const __m512i ascending = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46,
      45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28,
      27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9,
      8, 7, 6, 5, 4, 3, 2, 1, 0);
  __m512i found = _mm512_maskz_compress_epi8(mask, ascending);
  __m512i plus = _mm512_set1_epi16((short)base);
  uint32_t count = (uint32_t)__builtin_popcountll(mask);
  _mm512_storeu_si512(
      to, _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(found)),
                           plus));
  if (__builtin_expect(count > 32, 0))
    _mm512_storeu_si512(
        to + 32,
        _mm512_add_epi16(
            _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(found, 1)), plus));
  return count;
}

#define URNA_LANE_COUNTS

/*
** The counts in eight fields at once, or in the first 'n' of them: of 1 to 7
** digits each, field i from p + ends[i - 1] + 1 up to p + ends[i]. Up to 8 bytes
** before 'p' are read. Returns something but 0 if any is not such a count.
*/
static inline uint64_t lane_counts(const unsigned char *p, const uint16_t *ends,
                                   uint32_t n, int64_t *counts) {
  __mmask8 used = (__mmask8)(n < 8 ? (1u << n) - 1 : 0xffu);
  __m512i seven = _mm512_set1_epi64(7);
  __m512i end = _mm512_cvtepi16_epi64(
      _mm_loadu_si128((const __m128i *)(const void *)ends));
  __m512i start = _mm512_cvtepi16_epi64(
      _mm_loadu_si128((const __m128i *)(const void *)(ends - 1)));
  /* the length less 1: from 0 to 6 */
  __m512i length =
      _mm512_sub_epi64(_mm512_sub_epi64(end, start), _mm512_set1_epi64(2));
  uint64_t bad = _mm512_mask_cmpge_epu64_mask(used, length, seven);
  __m512i words =
      _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), used, end, p - 8, 1);
  /* the last of the eight bytes are the digits; the others count as zeros */
  __m512i keep = _mm512_maskz_sllv_epi64(
      used, _mm512_set1_epi64(-1),
      _mm512_slli_epi64(_mm512_sub_epi64(seven, length), 3));
  __m512i digits =
      _mm512_and_si512(_mm512_xor_si512(words, _mm512_set1_epi8('0')), keep);
  bad |= _mm512_cmpgt_epu8_mask(digits, _mm512_set1_epi8(9));
  __m512i pairs = _mm512_maddubs_epi16(digits, _mm512_set1_epi16(0x010a));
  __m512i fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00010064));
  __m512i value =
      _mm512_add_epi64(_mm512_mul_epu32(fours, _mm512_set1_epi64(10000)),
                       _mm512_srli_epi64(fours, 32));
  _mm512_mask_storeu_epi64(counts, used, value);
  return bad;
}

/* Add 'n' numbers to others. */
static inline void lane_add(int64_t *to, const int64_t *more, uint32_t n) {
  for (uint32_t i = 0; i < n; i += 8) {
    __mmask8 used = (__mmask8)(n - i < 8 ? (1u << (n - i)) - 1 : 0xffu);
    __m512i sum = _mm512_add_epi64(_mm512_maskz_loadu_epi64(used, to + i),
                                   _mm512_maskz_loadu_epi64(used, more + i));
    _mm512_mask_storeu_epi64(to + i, used, sum);
  }
}

#define URNA_LANE_UTF8

static inline __m512i lane_utf8_table(const unsigned char *of) {
  return _mm512_broadcast_i32x4(
      _mm_loadu_si128((const __m128i *)(const void *)of));
}

/* Which of 64 bytes, with the three before them, are no UTF-8. */
static inline uint64_t lane_utf8_errors(const unsigned char *p) {
  static const unsigned char a[16] = {UTF8_FIRST_HIGH},
                             b[16] = {UTF8_FIRST_LOW},
                             c[16] = {UTF8_SECOND_HIGH};
  __m512i low = _mm512_set1_epi8(15), here = _mm512_loadu_si512(p);
  __m512i one = _mm512_loadu_si512(p - 1), two = _mm512_loadu_si512(p - 2),
          three = _mm512_loadu_si512(p - 3);
  __m512i wrong = _mm512_and_si512(
      _mm512_and_si512(
          _mm512_shuffle_epi8(lane_utf8_table(a),
                              _mm512_and_si512(_mm512_srli_epi16(one, 4), low)),
          _mm512_shuffle_epi8(lane_utf8_table(b), _mm512_and_si512(one, low))),
      _mm512_shuffle_epi8(lane_utf8_table(c),
                          _mm512_and_si512(_mm512_srli_epi16(here, 4), low)));
  /* two continuations are right behind a lead of three bytes or of four */
  __m512i lead = _mm512_or_si512(
      _mm512_subs_epu8(two, _mm512_set1_epi8((char)(0xe0 - 0x80))),
      _mm512_subs_epu8(three, _mm512_set1_epi8((char)(0xf0 - 0x80))));
  __m512i due = _mm512_and_si512(lead, _mm512_set1_epi8((char)0x80));
  return _mm512_test_epi8_mask(_mm512_xor_si512(wrong, due),
                               _mm512_set1_epi8((char)0xff));
}

#elif defined(URNA_AVX2)

static inline uint64_t lane_bits(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(low)
         | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

static inline __m256i lane_load(const unsigned char *p) {
  return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* As for AVX-512. Writes up to 7 numbers more than there are, whatever that
** is, so that most masks go the same way. */
static inline uint32_t lane_positions(uint64_t mask, uint32_t base,
                                      uint16_t *to) {
  uint32_t count = (uint32_t)_mm_popcnt_u64(mask);
  for (uint32_t done = 0; done < count; done += 8)
    for (uint32_t i = done; i < done + 8; i++, mask = _blsr_u64(mask))
      to[i] = (uint16_t)(base + (uint32_t)_tzcnt_u64(mask));
  return count;
}

/* The first 'n' of 64 bytes mixed with a seed. */
static inline uint64_t lane_hash(const unsigned char *p, uint32_t n,
                                 uint64_t seed) {
  static const uint64_t bits[16] = {UINT64_MAX, UINT64_MAX, UINT64_MAX,
                                    UINT64_MAX, UINT64_MAX, UINT64_MAX,
                                    UINT64_MAX, UINT64_MAX};
  const unsigned char *used = (const unsigned char *)bits + 64 - n;
  __m256i low = _mm256_and_si256(lane_load(p), lane_load(used));
  __m256i high = _mm256_and_si256(lane_load(p + 32), lane_load(used + 32));
  __m128i quarter[4] = {
      _mm256_castsi256_si128(low), _mm256_extracti128_si256(low, 1),
      _mm256_castsi256_si128(high), _mm256_extracti128_si256(high, 1)};
  return lane_mix(quarter, n, seed);
}

static inline uint64_t lane_equal(const unsigned char *p, unsigned char c) {
  __m256i all = _mm256_set1_epi8((char)c);
  return lane_bits(_mm256_cmpeq_epi8(lane_load(p), all),
                   _mm256_cmpeq_epi8(lane_load(p + 32), all));
}

static inline uint64_t lane_high(const unsigned char *p) {
  return lane_bits(lane_load(p), lane_load(p + 32));
}

static inline uint64_t lane_differ(const unsigned char *p,
                                   const unsigned char *q, uint64_t mask) {
  __m256i low = _mm256_cmpeq_epi8(lane_load(p), lane_load(q));
  __m256i high = _mm256_cmpeq_epi8(lane_load(p + 32), lane_load(q + 32));
  return ~lane_bits(low, high) & mask;
}

#define URNA_LANE_UTF8

static inline __m256i lane_utf8_table(const unsigned char *of) {
  return _mm256_broadcastsi128_si256(
      _mm_loadu_si128((const __m128i *)(const void *)of));
}

static inline __m256i lane_utf8_half(const unsigned char *p) {
  static const unsigned char a[16] = {UTF8_FIRST_HIGH},
                             b[16] = {UTF8_FIRST_LOW},
                             c[16] = {UTF8_SECOND_HIGH};
  __m256i low = _mm256_set1_epi8(15), here = lane_load(p);
  __m256i one = lane_load(p - 1), two = lane_load(p - 2),
          three = lane_load(p - 3);
  __m256i wrong = _mm256_and_si256(
      _mm256_and_si256(
          _mm256_shuffle_epi8(lane_utf8_table(a),
                              _mm256_and_si256(_mm256_srli_epi16(one, 4), low)),
          _mm256_shuffle_epi8(lane_utf8_table(b), _mm256_and_si256(one, low))),
      _mm256_shuffle_epi8(lane_utf8_table(c),
                          _mm256_and_si256(_mm256_srli_epi16(here, 4), low)));
  __m256i lead = _mm256_or_si256(
      _mm256_subs_epu8(two, _mm256_set1_epi8((char)(0xe0 - 0x80))),
      _mm256_subs_epu8(three, _mm256_set1_epi8((char)(0xf0 - 0x80))));
  __m256i due = _mm256_and_si256(lead, _mm256_set1_epi8((char)0x80));
  return _mm256_cmpeq_epi8(_mm256_xor_si256(wrong, due),
                           _mm256_setzero_si256());
}

/* Which of 64 bytes, with the three before them, are no UTF-8; two continuations
** are right behind a lead of three bytes or of four. */
static inline uint64_t lane_utf8_errors(const unsigned char *p) {
  return ~lane_bits(lane_utf8_half(p), lane_utf8_half(p + 32));
}

#elif defined(URNA_SSE2)

static inline __m128i lane_load(const unsigned char *p) {
  return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline uint64_t lane_bits(__m128i v, int at) {
  return (uint64_t)(uint32_t)_mm_movemask_epi8(v) << at;
}

static inline uint64_t lane_equal(const unsigned char *p, unsigned char c) {
  __m128i all = _mm_set1_epi8((char)c);
  uint64_t bits = 0;
  for (int i = 0; i < 64; i += 16)
    bits |= lane_bits(_mm_cmpeq_epi8(lane_load(p + i), all), i);
  return bits;
}

static inline uint64_t lane_high(const unsigned char *p) {
  uint64_t bits = 0;
  for (int i = 0; i < 64; i += 16) bits |= lane_bits(lane_load(p + i), i);
  return bits;
}

static inline uint64_t lane_differ(const unsigned char *p,
                                   const unsigned char *q, uint64_t mask) {
  uint64_t same = 0;
  for (int i = 0; i < 64; i += 16)
    same |= lane_bits(_mm_cmpeq_epi8(lane_load(p + i), lane_load(q + i)), i);
  return ~same & mask;
}

#else

/* The high bits of eight bytes as eight bits, the first byte lowest. */
static inline uint64_t lane_gather(uint64_t high) {
  return ((high >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static inline uint64_t lane_word(const unsigned char *p) {
  uint64_t word = 0;
  for (int i = 7; i >= 0; i--) word = word << 8 | p[i];
  return word;
}

/* A high bit for each byte of 'x' that is zero, exactly. */
static inline uint64_t lane_zeros(uint64_t x) {
  uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
  return ~(((x & low) + low) | x | low);
}

static inline uint64_t lane_equal(const unsigned char *p, unsigned char c) {
  uint64_t all = UINT64_C(0x0101010101010101) * c, bits = 0;
  for (int i = 0; i < 8; i++)
    bits |= lane_gather(lane_zeros(lane_word(p + 8 * i) ^ all)) << 8 * i;
  return bits;
}

static inline uint64_t lane_high(const unsigned char *p) {
  uint64_t top = UINT64_C(0x8080808080808080), bits = 0;
  for (int i = 0; i < 8; i++)
    bits |= lane_gather(lane_word(p + 8 * i) & top) << 8 * i;
  return bits;
}

static inline uint64_t lane_differ(const unsigned char *p,
                                   const unsigned char *q, uint64_t mask) {
  uint64_t same = 0;
  for (int i = 0; i < 8; i++)
    same |= lane_gather(lane_zeros(lane_word(p + 8 * i) ^ lane_word(q + 8 * i)))
            << 8 * i;
  return ~same & mask;
}

#endif

#endif
