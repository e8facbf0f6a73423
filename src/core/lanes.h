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

/* Bits 0 .. n - 1; n <= 64. */
static inline uint64_t lane_first(uint32_t n) {
  return n < 64 ? (UINT64_C(1) << n) - 1 : ~UINT64_C(0);
}

#if !defined(URNA_AVX512)

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

#if defined(URNA_AVX512)

/* The first 'n' of 64 bytes mixed with a seed, by rounds of AES. */
static inline uint64_t lane_hash(const unsigned char *p, uint32_t n,
                                 uint64_t seed) {
  __m512i all = _mm512_maskz_loadu_epi8(lane_first(n), p);
  __m128i key = _mm_set_epi64x((long long)seed, (long long)(seed ^ n));
  __m128i a = _mm_aesenc_si128(_mm_xor_si128(_mm512_castsi512_si128(all), key),
                               _mm512_extracti32x4_epi32(all, 1));
  __m128i b =
      _mm_aesenc_si128(_mm_xor_si128(_mm512_extracti32x4_epi32(all, 2), key),
                       _mm512_extracti32x4_epi32(all, 3));
  a = _mm_aesenc_si128(a, _mm_xor_si128(b, key));
  a = _mm_aesenc_si128(a, key);
  return (uint64_t)_mm_cvtsi128_si64(a);
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

#elif defined(URNA_AVX2)

static inline uint64_t lane_bits(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(low)
         | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

static inline __m256i lane_load(const unsigned char *p) {
  return _mm256_loadu_si256((const __m256i *)(const void *)p);
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
