/*
** ranked_scan.h - the scanner of ranked ballots, compiled once for each
** instruction set: see lanes.h. A file defines URNA_SCANNER, its function's
** name, and includes this.
**
** The idea: a piece of text is first turned into the places of its
** separators, 64 bytes at a time, quotes and characters checked on the way.
** If the separators of a record are as many as there are columns and its last
** is a line end, its fields are known; a name of up to eight bytes is then
** one word, one multiplication leads to where its mark stands, and the mark
** goes where the store will have it. What is irregular, or has a name that is
** new, goes to the exact reader, urna_ranked_record, which alone judges.
*/
#include <stdlib.h>

#include "core/lanes.h"
#include "core/ranked.h"
#include "core/utf8.h"

URNA_BEGIN
urna_ranked_scanner URNA_SCANNER; /* a definition takes this visibility */
URNA_FINISH

#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#define UNKNOWN UINT32_MAX

#define PIECE_LEAST 256u
#define PIECE_MOST  8192u /* so that a piece and its places stay near */

typedef struct scan {
  urna_ranked *ranked;
  const unsigned char *at; /* where the piece begins: a record does, too */
  uint32_t columns;
  unsigned char delimiter;
  bool is_plain;  /* the ranks follow each other, and there is no weight */
  uint32_t first; /* the column of the first rank */
  uint32_t ranks;
  /* Of the piece: */
  uint32_t count;                   /* separators */
  uint32_t lines;                   /* those that are line ends */
  bool has_more_lines;              /* inside quotes */
  bool has_returns;                 /* before line ends */
  uint32_t places[PIECE_MOST + 80]; /* behind a 0, of the byte behind each */
} scan;

/* What one window of 64 bytes hands to the next, in bit 0. */
typedef struct carry {
  uint64_t inside;  /* all ones: within quotes */
  uint64_t ended;   /* the last byte was a separator */
  uint64_t quote;   /* it was a quote */
  uint64_t closing; /* and one that closes */
} carry;

/* The places of the 'count' bits of 'mask', each plus 'base' + 1. May write up
** to 64 beyond them. */
#if defined(URNA_AVX512)

static inline void put_places(uint32_t *places, uint64_t mask, uint32_t count,
                              uint32_t base) {
  __m512i number = _mm512_add_epi32(
      _mm512_set1_epi32((int)base + 1),
      _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
  (void)count;
  for (int i = 0; i < 4; i++) {
    __mmask16 part = (__mmask16)(mask >> 16 * i);
    _mm512_storeu_si512(places, _mm512_maskz_compress_epi32(part, number));
    places += __builtin_popcount(part);
    number = _mm512_add_epi32(number, _mm512_set1_epi32(16));
  }
}

#else

/* The lowest bit; any of 64 where there is none. */
static inline uint32_t lowest(uint64_t mask) {
#if defined(URNA_AVX2)
  return (uint32_t)_tzcnt_u64(mask);
#else
  return (uint32_t)__builtin_ctzll(mask | UINT64_C(1) << 63);
#endif
}

static inline void put_places(uint32_t *places, uint64_t mask, uint32_t count,
                              uint32_t base) {
  uint32_t k = 0;
  do {
    for (uint32_t i = 0; i < 16; i++) {
      places[k + i] = base + 1 + lowest(mask);
      mask &= mask - 1;
    }
    k += 16;
  } while (unlikely(k < count));
}

#endif

/* Bits from each quote that opens up to the one that closes, without it. */
static inline uint64_t within(uint64_t quotes, uint64_t before) {
  for (int i = 1; i < 64; i *= 2) quotes ^= quotes << i;
  return quotes ^ before;
}

/*
** A window with quotes in it, or within them. Takes what is quoted out of the
** separators and of the carriage returns. False: the quoting is irregular.
*/
static inline bool unquote(carry *c, uint64_t quotes, uint64_t *separators,
                           uint64_t *returns) {
  uint64_t inside = within(quotes, c->inside);
  *separators &= ~inside;
  *returns &= ~inside;
  uint64_t opening = quotes & inside, closing = quotes & ~inside;
  uint64_t may_open = (*separators | quotes) << 1 | c->ended | c->quote;
  uint64_t may_follow = *separators | *returns | quotes;
  uint64_t behind = closing << 1 | c->closing;
  if ((opening & ~may_open) | (behind & ~may_follow)) return false;
  c->inside = (uint64_t)((int64_t)inside >> 63);
  c->closing = closing >> 63;
  return true;
}

/* Keep no separator behind a byte that is not UTF-8. */
static void drop_bad_text(scan *s, uint32_t length) {
  size_t good = urna_utf8_check((const char *)s->at, length);
  if (good == length) return;
  for (; s->count > 0 && s->places[s->count] > good; s->count--)
    if (s->at[s->places[s->count] - 1] == '\n') s->lines--;
}

/*
** Find the separators from s->at on, up to 'limit' bytes, or to the window
** before one that is irregular. Returns how far it came.
*/
static uint32_t find_places(scan *s, uint32_t limit) {
  const unsigned char *at = s->at;
  carry c = {.ended = 1};
  uint64_t high = 0;
  uint32_t i = 0, found = 0, line_count = 0;
  s->has_returns = s->has_more_lines = false;
  for (; i < limit; i += 64) {
    uint64_t valid = lane_first(limit - i);
    uint64_t lines = lane_equal(at + i, '\n') & valid;
    uint64_t separators = (lane_equal(at + i, s->delimiter) & valid) | lines;
    uint64_t quotes = lane_equal(at + i, '"') & valid;
    uint64_t returns = lane_equal(at + i, '\r') & valid;
    if (unlikely((lane_equal(at + i, 0) & valid) != 0)) break;
    if (unlikely((quotes | c.inside | c.closing) != 0)) {
      if (!unquote(&c, quotes, &separators, &returns)) break;
      s->has_more_lines |= (lines & ~separators) != 0;
      lines &= separators;
    }
    if (unlikely(returns != 0)) {
      uint64_t next = i + 64 < limit && at[i + 64] == '\n';
      if (returns & ~(lines >> 1 | next << 63)) break;
      s->has_returns = true;
    }
    high |= lane_high(at + i) & valid;
    uint32_t count = (uint32_t)__builtin_popcountll(separators);
    put_places(s->places + 1 + found, separators, count, i);
    found += count;
    line_count += (uint32_t)__builtin_popcountll(lines);
    c.ended = separators >> 63;
    c.quote = quotes >> 63;
  }
  s->count = found;
  s->lines = line_count;
  if (i > limit) i = limit;
  if (unlikely(high != 0)) drop_bad_text(s, i);
  return i;
}

/* ---- the marks of a record ---- */

/* How many records from the first on have as many fields as there are
** columns. */
static uint32_t count_even(const scan *s) {
  uint32_t rows = s->count / s->columns, n = 0;
  const uint32_t *q = s->places + s->columns;
  for (; n < rows && s->at[*q - 1] == '\n'; n++) q += s->columns;
  if (likely(n == s->lines)) return n;
  q = s->places + 1;
  for (uint32_t k = 0; k < n; k++, q += s->columns)
    for (uint32_t j = 0; j + 1 < s->columns; j++)
      if (s->at[q[j] - 1] == '\n') return k;
  return n;
}

static uint32_t find_spelling(const urna_names *names, const unsigned char *p,
                              uint32_t length, uint64_t hash) {
  if (!names->spelling_slots) return URNA_NO_NAME;
  uint32_t i = (uint32_t)hash & names->spelling_mask;
  for (; names->spelling_slots[i]; i = (i + 1) & names->spelling_mask) {
    uint32_t number = names->spelling_slots[i] - 1;
    const urna_spelling *known = &names->spellings[number];
    if (known->hash == hash && known->length == length
        && lane_differ(p, known->raw, known->mask) == 0)
      return number;
  }
  return URNA_NO_NAME;
}

/* The mark of a field that the table has not at its first place. */
static uint16_t find_mark(scan *s, const unsigned char *p, uint32_t length) {
  urna_ranked *ranked = s->ranked;
  urna_names *names = &ranked->spellings;
  if (length <= 8 || length > 64)
    return urna_ranked_find(ranked, (const char *)p, length);
  uint64_t hash = lane_hash(p, length, names->seed);
  uint32_t number = find_spelling(names, p, length, hash);
  if (likely(number != URNA_NO_NAME))
    return (uint16_t)names->spellings[number].cell;
  uint16_t mark = urna_ranked_find(ranked, (const char *)p, length);
  if (mark != URNA_MARK_UNKNOWN
      && urna_names_spell(names, p, length, hash, 0, &number) == URNA_OK)
    names->spellings[number].cell = mark;
  return mark;
}

static inline uint64_t key_of(const unsigned char *p, uint32_t length) {
#if defined(URNA_AVX512) || defined(URNA_AVX2)
  uint64_t word;
  memcpy(&word, p, 8);
  return _bzhi_u64(word, 8 * length);
#else
  return urna_ranked_key((const char *)p, length);
#endif
}

/* The mark of a field that is not empty, from where it is sought first. */
static inline uint16_t mark_of(scan *s, const unsigned char *p,
                               uint32_t length) {
  if (length <= 8) {
    uint64_t key = key_of(p, length);
    const urna_word *word = urna_ranked_slot(s->ranked, key);
    if (likely(word->bytes == key)) return (uint16_t)word->mark;
    return find_mark(s, p, length);
  }
  const urna_names *names = &s->ranked->spellings;
  if (unlikely(length > 64 || !names->spelling_slots))
    return find_mark(s, p, length);
  uint64_t hash = lane_hash(p, length, names->seed);
  uint32_t slot = names->spelling_slots[(uint32_t)hash & names->spelling_mask];
  const urna_spelling *known = &names->spellings[slot ? slot - 1 : 0];
  if (likely(known->length == length
             && lane_differ(p, known->raw, known->mask) == 0))
    return (uint16_t)known->cell;
  return find_mark(s, p, length);
}

/* The marks of ranks that stand one behind the other; 'ends' are the places
** of theirs. Returns how many there are, or UNKNOWN. The table's parts are kept
** at hand, for the compiler cannot know that marks do not change them. */
static inline uint32_t take_in_order(scan *s, const uint32_t *ends,
                                     uint16_t *marks) {
  const unsigned char *at = s->at;
  const urna_ranked *ranked = s->ranked;
  const urna_word *table = ranked->table;
  uint64_t factor = ranked->factor;
  uint32_t shift = ranked->table_shift;
  uint32_t n = s->ranks, last = ends[n - 1], from = ends[-1], j = 0;
  for (; j < n; j++) {
    const unsigned char *p = at + from;
    uint32_t end = ends[j], length = end - from - 1;
    from = end;
    if (likely(length - 1 < 8)) {
      uint64_t key = key_of(p, length);
      const urna_word *word = &table[(key * factor) >> shift];
      marks[j] = (uint16_t)word->mark;
      if (likely(word->bytes == key)) continue;
    } else if (length == 0) {
      if (last - end == n - 1 - j) break; /* nothing but empty ones follows */
      marks[j] = URNA_MARK_SKIP;
      continue;
    }
    marks[j] = mark_of(s, p, length);
    if (unlikely(marks[j] == URNA_MARK_UNKNOWN)) return UNKNOWN;
    table = ranked->table; /* it may have grown */
    factor = ranked->factor;
    shift = ranked->table_shift;
  }
  return j;
}

/* The same of columns in any order. */
static uint32_t take_by_column(scan *s, const uint32_t *ends, uint16_t *marks) {
  const size_t *ranks = s->ranked->plan->ranks;
  for (uint32_t j = 0; j < s->ranks; j++) {
    const uint32_t *end = &ends[ranks[j]];
    uint32_t length = *end - end[-1] - 1;
    marks[j] = URNA_MARK_SKIP;
    if (length > 0) marks[j] = mark_of(s, s->at + end[-1], length);
    if (marks[j] == URNA_MARK_UNKNOWN) return UNKNOWN;
  }
  return s->ranks;
}

/* A weight of one to 15 digits; 0: it is for the exact reader. */
static urna_count take_weight(const scan *s, const uint32_t *ends) {
  size_t column = s->ranked->plan->weight;
  if (column == URNA_NO_COLUMN) return 1;
  const uint32_t *end = &ends[column];
  uint32_t length = *end - end[-1] - 1;
  const unsigned char *p = s->at + end[-1];
  urna_count weight = 0;
  if (length > 15) return 0;
  for (uint32_t i = 0; i < length; i++) {
    if (p[i] < '0' || p[i] > '9') return 0;
    weight = weight * 10 + (p[i] - '0');
  }
  return weight;
}

/* ---- records ---- */

/* A record into the store's own room. False: it is for the exact reader. */
static inline bool take_plain(scan *s, const uint32_t *ends) {
  urna_ballots *ballots = s->ranked->ballots;
  uint16_t *marks = ballots->marks + ballots->mark_count;
  uint32_t n = take_in_order(s, ends + s->first, marks);
  if (unlikely(n == UNKNOWN)) return false;
  while (n > 0 && unlikely(marks[n - 1] == URNA_MARK_SKIP)) n--;
  marks[n] = URNA_MARK_END;
  urna_ballots_note(ballots, n + 1);
  return true;
}

/* A record of any kind, by way of ranked->marks. URNA_END: for the exact
** reader. */
static urna_status take_any(scan *s, const uint32_t *ends) {
  urna_ranked *ranked = s->ranked;
  urna_count weight = take_weight(s, ends);
  if (weight < 1 || !urna_ballots_may_take(ranked->ballots, weight))
    return URNA_END;
  if (s->ranks > 0) {
    uint32_t n = take_by_column(s, ends, ranked->marks);
    if (n == UNKNOWN) return URNA_END;
    while (n > 0 && ranked->marks[n - 1] == URNA_MARK_SKIP) n--;
    ranked->mark_count = n;
  } else {
    const uint32_t *end = &ends[ranked->plan->list];
    if (!urna_ranked_list(ranked, (const char *)s->at + end[-1],
                          *end - end[-1] - 1))
      return URNA_END;
  }
  return urna_ballots_add(ranked->ballots, ranked->marks, ranked->mark_count,
                          weight);
}

/* Room for so many records, or for the marks of one. */
static urna_status make_room(scan *s, uint32_t rows) {
  urna_ballots *ballots = s->ranked->ballots;
  if (!s->is_plain) return urna_ranked_room(s->ranked, s->ranks + 1);
  if (!urna_ballots_may_take(ballots, rows)) return URNA_OVERFLOW;
  return urna_ballots_reserve(ballots, rows, (size_t)rows * (s->ranks + 1));
}

/* The record whose fields end at 'ends'. Without the carriage return, if it
** has one before its line end. */
static inline urna_status take_row(scan *s, uint32_t *ends) {
  uint32_t *last = &ends[s->columns - 1];
  bool has_return = unlikely(s->has_returns) && *last - last[-1] > 1
                    && s->at[*last - 2] == '\r';
  if (has_return) --*last;
  urna_status status = URNA_END;
  if (likely(s->is_plain))
    status = take_plain(s, ends) ? URNA_OK : URNA_END;
  else
    status = take_any(s, ends);
  if (has_return) ++*last;
  return status;
}

/* Take records of the piece up to the first that is for the exact reader;
** '*taken' of them. */
static urna_status take_rows(scan *s, uint32_t rows, uint32_t *taken) {
  urna_ranked *ranked = s->ranked;
  uint32_t *ends = s->places + 1, n = 0;
  *taken = 0;
  if (rows == 0) return URNA_OK;
  urna_status status = make_room(s, rows);
  for (; n < rows && status == URNA_OK; n++, ends += s->columns) {
    status = take_row(s, ends);
    if (unlikely(status != URNA_OK)) break;
  }
  urna_ranked_count_lines(ranked, ranked->at);
  ranked->at += ends[-1];
  ranked->records += n;
  if (!s->has_more_lines) {
    ranked->line += n;
    ranked->counted = ranked->at;
  }
  *taken = n;
  return status == URNA_END ? URNA_OK : status;
}

static void begin(scan *s, urna_ranked *ranked) {
  const urna_ranked_plan *plan = ranked->plan;
  s->ranked = ranked;
  s->columns = (uint32_t)plan->column_count;
  s->delimiter = (unsigned char)plan->delimiter;
  s->ranks = (uint32_t)plan->rank_count;
  s->first = s->ranks ? (uint32_t)plan->ranks[0] : 0;
  s->is_plain = s->ranks > 0 && plan->weight == URNA_NO_COLUMN;
  for (uint32_t j = 0; j < s->ranks; j++)
    s->is_plain &= plan->ranks[j] == s->first + j;
  s->places[0] = 0;
}

urna_status URNA_SCANNER(urna_ranked *ranked) {
  scan s;
  uint32_t piece = PIECE_MOST;
  begin(&s, ranked);
  for (;;) {
    size_t left = ranked->size - ranked->at;
    uint32_t limit = left < piece ? (uint32_t)left : piece, taken;
    s.at = (const unsigned char *)ranked->text + ranked->at;
    uint32_t reached = find_places(&s, limit);
    uint32_t rows = s.count / s.columns;
    urna_status status = take_rows(&s, count_even(&s), &taken);
    if (status != URNA_OK) return status;
    bool is_short = rows == 0 && reached == piece && piece < PIECE_MOST;
    if ((taken > 0 && taken == rows) || is_short) {
      piece = piece < PIECE_MOST ? 2 * piece : piece;
      continue;
    }
    status = urna_ranked_record(ranked);
    if (status != URNA_OK) return status;
    piece = PIECE_LEAST;
  }
}
