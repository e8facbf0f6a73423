/*
** tally_scan.h - the scanner of a tally, compiled once for each instruction
** set: see lanes.h. A file defines URNA_SCANNER, its function's name, and
** includes this.
**
** The idea: a results file repeats itself. A record's bytes up to its last
** text column are compared with those of the record before, and that column
** with the one that followed it last time. If both are equal, the parse is
** that of bytes that have been parsed already, quotes and all; only the
** counts are new. What differs is split at its delimiters and looked up;
** whatever is irregular there goes to the exact reader, urna_tally_record,
** which alone judges. Several places of the text are worked at in turn,
** because one record's end must be known before the next begins; where
** nothing is foretold, all fields of a span of text are found first, and then
** many records are worked at together.
*/
#include <stdlib.h>

#include "core/lanes.h"
#include "core/tally.h"
#include "core/utf8.h"

URNA_BEGIN
urna_tally_scanner URNA_SCANNER; /* a definition takes this visibility */
URNA_FINISH

#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define INLINE      __attribute__((always_inline)) static inline

#define WINDOW     64u
#define FIELDS_MAX 512u
#define ENDS_FIRST 8u
#define FEW        12u
#define SUMS_MAX   32u
#define BATCH      64u
#define SPAN_MAX   16384u
#define SPAN_MIN   512u
#define STREAMS    3
#define LEARNT_MAX 1024u
#define GUARD      UINT64_C(0x8080808080808080)

/* Bytes before a record that may be read; one that has less before it is for the
** exact reader. */
#define BEFORE 8u

/* One place of the text that is worked at. */
typedef struct stream {
  const unsigned char *at, *end;
  unsigned char prefix[64]; /* of the last record, up to its last text column */
  uint64_t prefix_mask;
  uint32_t prefix_length;
  uint32_t row;
  urna_count *cells;              /* of that row */
  const urna_spelling *expected;  /* the spelling that comes next */
  const urna_spelling *spellings; /* all of them */
  uint32_t next, last;            /* their numbers; last may be URNA_NO_NAME */
} stream;

typedef struct scan {
  urna_tally *tally;
  const unsigned char *text; /* the window */
  urna_names *tail;          /* of the last text column, if there is one */
  uint32_t sums, width;      /* of a cell: the sums, and maybe the records */
  unsigned char delimiter;
  uint64_t records, records_before, records_then, misses, lookups;
  bool in_disorder;   /* the last text column comes in no order */
  uint32_t orderless; /* records counted since that was found */
  bool moved;         /* what the streams point at */
  bool examines;      /* records are checked, or told apart by their units */
  bool few;           /* columns, so few that each is best found by itself */
  bool is_wild; /* the last text column is no key and repeats too little */
  stream *cut;  /* its record does not end in the window */
  uint32_t looked[URNA_KEYS_MAX + 1], looked_count; /* columns looked up */
  uint32_t looked_key[URNA_KEYS_MAX + 1];           /* which names they have */
  bool is_mixed; /* counts stand among them */
  uint64_t odd;  /* not 0: the last record split holds quotes, or no text */
  /* of the fields of one record; before the first stands -1 */
  uint16_t ends_room[ENDS_FIRST + FIELDS_MAX + WINDOW];
  urna_count counts[FIELDS_MAX]; /* of one record */
} scan;

/*
** A count of 1 to 7 digits at 'p', of which 8 bytes may be read; returns its
** length, 0 or 8 if it is not one. Eight bytes at once: the first that is no
** digit is found by a carry, the digits are weighed in three multiplications.
*/
static inline uint32_t read_count(const unsigned char *p, uint64_t *count) {
  uint64_t word;
  memcpy(&word, p, 8);
  word ^= UINT64_C(0x3030303030303030);
  uint64_t other = ((word + UINT64_C(0x7676767676767676)) | word) & GUARD;
  if (unlikely(other == 0)) return 8;
  uint32_t length = (uint32_t)__builtin_ctzll(other) >> 3;
  if (unlikely(length == 0)) return 0;
  word <<= 64 - 8 * length;
  word = word * 10 + (word >> 8);
  *count = ((word & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x000f424000000064)
            + ((word >> 16) & UINT64_C(0x000000ff000000ff))
                  * UINT64_C(0x0000271000000001))
           >> 32;
  return length;
}

/*
** The count in the field of 1 to 7 bytes at 'p', of which 8 may be read. Sets
** '*bad' to something but 0 if a byte is no digit, or the length another; goes
** the same way whatever stands there, so that many can be read at once.
*/
static inline uint64_t read_field(const unsigned char *p, uint32_t length,
                                  uint64_t *bad) {
  uint64_t word;
  memcpy(&word, p, 8);
  uint32_t shift = (64 - 8 * length) & 63;
  word = (word << shift) ^ (UINT64_C(0x3030303030303030) << shift);
  *bad |= (((word + UINT64_C(0x7676767676767676)) | word) & GUARD)
          | (length - 1 > 6);
  word = word * 10 + (word >> 8);
  return ((word & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x000f424000000064)
          + ((word >> 16) & UINT64_C(0x000000ff000000ff))
                * UINT64_C(0x0000271000000001))
         >> 32;
}

/* The end of a record at 'p': its length, 0 if there is none. */
static inline uint32_t end_of_line(const unsigned char *p) {
  if (likely(p[0] == '\n')) return 1;
  return p[0] == '\r' && p[1] == '\n' ? 2 : 0;
}

/*
** The counts that end a record, from 'p'; adds them to 'sums'. Returns where
** the next record begins, NULL if anything is irregular, with nothing added.
*/
INLINE const unsigned char *add_counts_at(const scan *s, const unsigned char *p,
                                          urna_count *sums) {
  uint64_t count = 0;
  if (likely(s->sums == 1)) {
    uint32_t length = read_count(p, &count);
    uint32_t end = end_of_line(p + length);
    if (unlikely(length - 1 > 6 || end == 0)) return NULL;
    sums[0] += (urna_count)count;
    if (s->width != 1) sums[1]++;
    return p + length + end;
  }
  urna_count counts[FIELDS_MAX];
  for (uint32_t i = 0; i < s->sums; i++) {
    uint32_t length = read_count(p, &count);
    if (unlikely(length - 1 > 6)) return NULL;
    p += length;
    counts[i] = (urna_count)count;
    if (i + 1 < s->sums && *p++ != s->delimiter) return NULL;
  }
  uint32_t end = end_of_line(p);
  if (end == 0) return NULL;
  for (uint32_t i = 0; i < s->sums; i++) sums[i] += counts[i];
  if (s->width != s->sums) sums[s->sums]++;
  return p + end;
}

/* Everything as expected? Then one record is counted. */
static inline bool step(const scan *s, stream *here) {
  const unsigned char *at = here->at, *field = at + here->prefix_length;
  const urna_spelling *next = here->expected;
  uint64_t differ = lane_differ(at, here->prefix, here->prefix_mask)
                    | lane_differ(field, next->raw, next->mask);
  if (unlikely(differ)) return false;
  const unsigned char *after = add_counts_at(
      s, field + next->length, here->cells + (size_t)next->cell * s->width);
  if (unlikely(!after)) return false;
  here->at = after;
  here->last = (uint32_t)(next - here->spellings);
  here->expected = here->spellings + next->next;
  return true;
}

/* The number of the spelling at 'p', of 'length' bytes with its delimiter, or
** URNA_NO_NAME. As no spelling begins another, their lengths need not be
** compared, and the half of a spelling where that stands is not touched. */
static inline uint32_t find_spelling(const urna_names *names,
                                     const unsigned char *p, uint32_t length,
                                     uint64_t hash) {
  if (unlikely(!names->spelling_slots)) return URNA_NO_NAME;
  uint32_t i = (uint32_t)hash & names->spelling_mask;
  for (; names->spelling_slots[i]; i = (i + 1) & names->spelling_mask) {
    const urna_spelling *found =
        &names->spellings[names->spelling_slots[i] - 1];
    if (likely(!lane_differ(p, found->raw, lane_first(length))))
      return names->spelling_slots[i] - 1;
  }
  return URNA_NO_NAME;
}

/*
** The hash of a spelling of at most 64 bytes, reading 64. Every byte counts:
** names come from outside.
*/
static inline uint64_t hash_field(const urna_names *names,
                                  const unsigned char *p, uint32_t length) {
  return lane_hash(p, length, names->seed);
}

/* Is a field quoted as it should be, or free of quotes, NUL and stray ends of
** lines, and UTF-8? */
static bool is_regular(const unsigned char *p, uint32_t length) {
  uint32_t i = 0, end = length;
  bool quoted = length > 0 && p[0] == '"';
  if (quoted) {
    if (length < 2 || p[length - 1] != '"') return false;
    i++;
    end--;
  }
  for (; i < end; i++) {
    if (p[i] == '\0' || p[i] == '\r' || p[i] == '\n') return false;
    if (p[i] != '"') continue;
    if (!quoted || i + 1 >= end || p[i + 1] != '"') return false;
    i++;
  }
  return urna_utf8_check((const char *)p, length) == length;
}

/* What of a window's bytes is no UTF-8, as far as that can be told at once. */
static inline uint64_t no_utf8(const unsigned char *p) {
#ifdef URNA_LANE_UTF8
  return lane_utf8_errors(p);
#else
  return lane_high(p);
#endif
}

/* Are the 'size' bytes of a record, its end of line included, UTF-8 after all? */
static inline bool is_utf8(const unsigned char *p, uint32_t size) {
#ifdef URNA_LANE_UTF8
  (void)p, (void)size;
  return false;
#else
  return urna_utf8_check((const char *)p, size) == size;
#endif
}

static inline uint16_t *ends_of(scan *s) {
  return s->ends_room + ENDS_FIRST;
}

/* As lane_positions for a few bits, one by one, for a number that was written
** on its own can be read again at once. */
static inline uint32_t few_positions(uint64_t mask, uint32_t base,
                                     uint16_t *to) {
  uint32_t count = (uint32_t)__builtin_popcountll(mask);
  for (uint32_t i = 0; i < count; i++, mask &= mask - 1)
    to[i] = (uint16_t)(base + (uint32_t)__builtin_ctzll(mask));
  return count;
}

/*
** Split the record at 'p' at its delimiters into 'ends', where ends[i] is
** the offset of the delimiter or end of line behind field i. Returns the
** number of fields, 0 if it is too long or too irregular to be split here.
*/
static inline uint32_t split(scan *s, const unsigned char *p, uint16_t *ends) {
  uint64_t carry = 0, odd = 0, wrong = 0;
  uint32_t count = 0;
  if (unlikely((size_t)(p - s->text) < BEFORE)) return 0;
  for (uint32_t base = 0; base < 16 * WINDOW; base += WINDOW) {
    uint64_t lines = lane_equal(p + base, '\n');
    uint64_t stops = lane_equal(p + base, s->delimiter) | lines;
    uint64_t quotes = lane_equal(p + base, '"');
    uint64_t inside = lane_inside(quotes) ^ carry;
    carry = (uint64_t)((int64_t)inside >> 63);
    lines &= ~inside;
    stops &= ~inside;
    uint64_t upto = lines ^ (lines - 1); /* all if there is no end of line */
    uint64_t strange = (quotes | lane_equal(p + base, 0)
                        | (lane_equal(p + base, '\r') & ~(lines >> 1)))
                       & upto;
    wrong |= no_utf8(p + base) & upto;
    odd = base == 0 ? strange : strange ? ~UINT64_C(0) : odd;
    if (unlikely(count > FIELDS_MAX - WINDOW)) return 0;
    count += s->few ? few_positions(stops & upto, base, ends + count)
                    : lane_positions(stops & upto, base, ends + count);
    if (likely(lines)) {
      s->odd = odd;
      return wrong == 0 || is_utf8(p, ends[count - 1] + 1u) ? count : 0;
    }
  }
  return 0;
}

/*
** The prefix is as expected, the last text column is not: look only that up.
** Returns where the next record begins, and the spelling; NULL if it is not
** known, or anything is irregular, with nothing counted.
*/
INLINE const unsigned char *look_up(const scan *s, const stream *here,
                                    const unsigned char *at,
                                    uint32_t *spelling) {
  const unsigned char *field = at + here->prefix_length;
  if (unlikely(lane_differ(at, here->prefix, here->prefix_mask))) return NULL;
  uint64_t stops = lane_equal(field, s->delimiter);
  if (unlikely(*field == '"')) stops &= ~lane_inside(lane_equal(field, '"'));
  if (unlikely(!stops)) return NULL;
  uint32_t length = (uint32_t)__builtin_ctzll(stops) + 1;
  *spelling =
      find_spelling(s->tail, field, length, hash_field(s->tail, field, length));
  if (unlikely(*spelling == URNA_NO_NAME)) return NULL;
  uint32_t cell = s->tail->spellings[*spelling].cell;
  return add_counts_at(s, field + length,
                       here->cells + (size_t)cell * s->width);
}

/* One such record, from which is learnt what comes next. */
static bool half_step(const scan *s, stream *here) {
  uint32_t spelling = 0;
  const unsigned char *after = look_up(s, here, here->at, &spelling);
  if (unlikely(!after)) return false;
  if (here->last != URNA_NO_NAME)
    s->tail->spellings[here->last].next = spelling;
  here->at = after;
  here->last = spelling;
  here->expected = here->spellings + s->tail->spellings[spelling].next;
  return true;
}

#define DISORDERLY 8192u /* records after which order is looked for again */

/* Records of three streams as long as every one of them is such a record; then
** nothing is learnt of what comes next. */
static void run_lookups(scan *s, stream *here) {
  const unsigned char *a = here[0].at, *b = here[1].at, *c = here[2].at;
  const unsigned char *next;
  uint32_t count = 0, spelling;
  while (a < here[0].end && b < here[1].end && c < here[2].end
         && count < DISORDERLY) {
    if (unlikely(!(next = look_up(s, &here[0], a, &spelling)))) break;
    a = next;
    count++;
    if (unlikely(!(next = look_up(s, &here[1], b, &spelling)))) break;
    b = next;
    count++;
    if (unlikely(!(next = look_up(s, &here[2], c, &spelling)))) break;
    c = next;
    count++;
  }
  if (count == 0) return;
  here[0].at = a;
  here[1].at = b;
  here[2].at = c;
  here[0].last = here[1].last = here[2].last = URNA_NO_NAME;
  s->records += count;
  s->orderless += count;
  if (s->orderless < DISORDERLY) return;
  s->in_disorder = false;
  s->orderless = 0;
  s->misses = 0;
  s->records_then = s->records;
}

/* May a field of the record just split hold quotes, or what is not text? */
static inline bool is_odd(const scan *s, uint32_t start, uint32_t end) {
  if (end > WINDOW) return s->odd != 0;
  return (s->odd & lane_first(end) & ~lane_first(start)) != 0;
}

static void expect_nothing(stream *here) {
  here->last = URNA_NO_NAME;
  here->prefix_mask = ~UINT64_C(0);
  here->prefix_length = 0;
  memset(here->prefix, 0, sizeof here->prefix); /* no record begins so */
}

/* A field to be looked up. */
typedef struct field {
  const unsigned char *at;
  uint64_t hash;
  uint32_t length; /* with the delimiter */
  uint32_t key;    /* which names it is one of */
} field;

/* A record split and read, but not yet counted. */
typedef struct record {
  const unsigned char *at; /* from which its offsets count */
  uint32_t prefix;         /* bytes before the last text column */
  uint32_t size;           /* the offset of the next record */
  uint32_t keys; /* fields to be looked up: keys, and the last text column */
  uint32_t spelling; /* of the last text column, or URNA_NO_NAME */
  uint32_t row, column;
  field *fields;              /* as many as are looked up in a record */
  urna_count *cells, *counts; /* as many counts as there are sums */
} record;

static inline bool note_key(const scan *s, record *r, uint32_t key,
                            uint32_t start, uint32_t length) {
  field *found = &r->fields[r->keys++];
  const unsigned char *at = r->at + start;
  if (unlikely(length > 62 || at[length] != s->delimiter)) return false;
  found->at = at;
  found->length = length + 1;
  found->key = key;
  found->hash = lane_hash(at, length + 1, s->tally->names[key].seed);
  return true;
}

/* The counts of columns from .. to - 1, all of which are counts. */
static inline uint64_t read_fields(const unsigned char *p, const uint16_t *ends,
                                   uint32_t from, uint32_t to,
                                   urna_count *counts) {
  uint64_t bad = 0;
#ifdef URNA_LANE_COUNTS
  if (to - from > 3) { /* fewer are not worth it */
    for (uint32_t i = from; i < to; i += 8)
      bad |= lane_counts(p, ends + i, to - i, counts + (i - from));
    return bad;
  }
#endif
  uint32_t start = from > 0 ? ends[from - 1] + 1u : 0;
  for (uint32_t i = from; i < to; start = ends[i++] + 1u)
    *counts++ = (urna_count)read_field(p + start, ends[i] - start, &bad);
  return bad;
}

/* One column that is no count at the end of the record. */
static inline bool read_column(scan *s, record *r, uint32_t i, uint32_t start,
                               uint32_t end) {
  const urna_tally *tally = s->tally;
  urna_role role = tally->plan.columns[i].role;
  uint64_t bad = 0;
  if (role == URNA_SUM)
    r->counts[tally->sum_of[i]] =
        (urna_count)read_field(r->at + start, end - start, &bad);
  else if ((i == tally->tail && !s->is_wild) || role == URNA_KEY)
    return note_key(s, r,
                    role == URNA_KEY ? tally->key_of[i] : tally->tail_names,
                    start, end - start);
  else if (unlikely(is_odd(s, start, end)))
    return is_regular(r->at + start, end - start);
  return bad == 0;
}

/* The columns before the counts that end a record: those that are looked up,
** and the others if there is something to be seen to in them. */
static inline bool read_texts(scan *s, record *r, uint32_t first,
                              const uint16_t *ends, uint32_t texts) {
  if (likely(s->odd == 0 && !s->is_mixed)) {
    for (uint32_t n = 0; n < s->looked_count; n++) {
      uint32_t i = s->looked[n], start = i > 0 ? ends[i - 1] + 1u : first;
      if (unlikely(!note_key(s, r, s->looked_key[n], start, ends[i] - start)))
        return false;
    }
    return true;
  }
  for (uint32_t i = 0, start = first; i < texts; start = ends[i++] + 1u)
    if (unlikely(!read_column(s, r, i, start, ends[i]))) return false;
  return true;
}

/* Read a record whose fields end at 'ends', and which begins at 'first', all
** counted from r->at. False: it is irregular. */
static inline bool read_record(scan *s, record *r, uint32_t first,
                               uint16_t *ends) {
  const urna_tally *tally = s->tally;
  uint32_t count = (uint32_t)tally->plan.column_count, last = count - 1,
           tail = (uint32_t)tally->tail,
           texts = tail < count ? tail + 1 : count;
  r->keys = 0;
  r->size = ends[last] + 1u;
  r->prefix = tail > 0 && tail < count ? ends[tail - 1] + 1u : first;
  if (ends[last] > first && r->at[ends[last] - 1] == '\r') ends[last]--;
  if (unlikely(!read_texts(s, r, first, ends, texts))) return false;
  urna_count *counts = r->counts + (s->sums - (count - texts));
  return read_fields(r->at, ends, texts, count, counts) == 0;
}

/* Split the record at 'p' and read its counts. False: it is irregular. */
static inline bool parse(scan *s, const unsigned char *p, record *r) {
  uint16_t *ends = ends_of(s);
  r->at = p;
  return split(s, p, ends) == s->tally->plan.column_count
         && read_record(s, r, 0, ends);
}

/* Which columns before the counts at the end are looked up in every record. */
static void find_looked(scan *s) {
  const urna_tally *tally = s->tally;
  size_t count = tally->plan.column_count;
  s->looked_count = 0;
  s->is_mixed = false;
  for (size_t i = 0; i < count && i <= tally->tail; i++) {
    urna_role role = tally->plan.columns[i].role;
    s->is_mixed |= role == URNA_SUM;
    if (role == URNA_KEY || (i == tally->tail && !s->is_wild)) {
      s->looked_key[s->looked_count] =
          role == URNA_KEY ? tally->key_of[i] : tally->tail_names;
      s->looked[s->looked_count++] = (uint32_t)i;
    }
  }
}

/* A last text column that is no key is learnt only to be foretold. */
static bool is_wild(const urna_tally *tally) {
  return tally->tail_names == tally->key_count
         && tally->names[tally->tail_names].spelling_count > LEARNT_MAX;
}

/* The spelling of a field to be looked up, new if it has to be. */
static uint32_t new_spelling(scan *s, const field *f) {
  uint32_t found = URNA_NO_NAME;
  if (!is_regular(f->at, f->length - 1)) return URNA_NO_NAME;
  if (urna_tally_spelling(s->tally, f->key, f->at, f->length, f->hash, &found)
      != URNA_OK)
    s->tally->trouble = URNA_NO_MEMORY;
  s->moved = true;
  if (!s->is_wild && is_wild(s->tally)) {
    s->is_wild = true;
    find_looked(s);
  }
  return found;
}

static inline uint32_t spelling_of(scan *s, const field *f) {
  const urna_names *names = &s->tally->names[f->key];
  uint32_t found = find_spelling(names, f->at, f->length, f->hash);
  return likely(found != URNA_NO_NAME) ? found : new_spelling(s, f);
}

static inline bool find_row(scan *s, record *r, const uint32_t *tuple,
                            uint32_t keys) {
  urna_tally *tally = s->tally;
  r->row = 0;
  if (likely(keys == 1 && tuple[0] < tally->row_of_room))
    r->row = tally->row_of[tuple[0]];
  if (keys == 0 && tally->row_count > 1) r->row = 1; /* there is but one */
  if (likely(r->row)) return true;
  return urna_tally_row(tally, tuple, &r->row) == URNA_OK;
}

static inline bool find_cells(scan *s, record *r) {
  urna_tally *tally = s->tally;
  if (likely(r->column < tally->column_room && r->row < tally->row_room
             && tally->rows[r->row])) {
    r->cells = tally->rows[r->row] + (size_t)r->column * s->width;
    return true;
  }
  s->moved = true;
  r->cells = urna_tally_cell(tally, r->row, r->column);
  return r->cells != NULL;
}

/* Find where a record's counts go. False: it is irregular after all, or there
** is trouble. */
static inline bool resolve(scan *s, record *r) {
  urna_tally *tally = s->tally;
  uint32_t tuple[URNA_KEYS_MAX], keys = 0;
  bool refused = false;
  r->column = 1;
  r->spelling = URNA_NO_NAME;
  for (uint32_t n = 0; n < r->keys; n++) {
    const field *f = &r->fields[n];
    uint32_t spelling = spelling_of(s, f);
    if (unlikely(spelling == URNA_NO_NAME || tally->trouble)) return false;
    uint32_t place = tally->names[f->key].cells[spelling];
    if (f->key == tally->tail_names) {
      r->column = place;
      r->spelling = spelling;
    } else {
      refused |= place == 0;
      tuple[keys++] = place;
    }
  }
  if (refused) r->row = 0;
  if ((!refused && !find_row(s, r, tuple, keys)) || !find_cells(s, r)) {
    tally->trouble = URNA_NO_MEMORY;
    return false;
  }
  return true;
}

static inline void count_record(const scan *s, const record *r) {
  if (s->sums > 3)
    lane_add(r->cells, r->counts, s->sums);
  else
    for (uint32_t i = 0; i < s->sums; i++) r->cells[i] += r->counts[i];
  if (s->width != s->sums) r->cells[s->sums]++;
}

/* What a record is looked at for beside its counts, if a filter lets it
** through. */
static inline void examine(scan *s, const record *r,
                           const unsigned char *start) {
  urna_tally *tally = s->tally;
  if (likely(!s->examines) || r->row == 0 || r->column == 0) return;
  size_t at = (size_t)(start - s->text);
  urna_status status = urna_tally_examine(tally, at, r->counts);
  if (status == URNA_OK && tally->plan.has_units)
    status = urna_tally_identify(tally, at);
  if (status != URNA_OK) tally->trouble = status;
}

/* The record of the stream by its fields; what comes next is expected to look
** like it. False: it is for the exact reader, and nothing was counted. */
static bool by_fields(scan *s, stream *here) {
  field fields[URNA_KEYS_MAX + 1];
  record r = {.fields = fields, .counts = s->counts};
  if (!parse(s, here->at, &r) || !resolve(s, &r)) return false;
  count_record(s, &r);
  examine(s, &r, here->at);
  s->records++;
  const unsigned char *at = here->at;
  here->at += r.size;
  if (s->examines || r.spelling == URNA_NO_NAME || r.prefix > 64
      || s->tally->plan.column_count - s->tally->tail - 1 != s->sums) {
    expect_nothing(here);
    return true;
  }
  if (here->last != URNA_NO_NAME)
    s->tail->spellings[here->last].next = r.spelling;
  memcpy(here->prefix, at, 64);
  here->prefix_length = r.prefix;
  here->prefix_mask = lane_first(r.prefix);
  here->row = r.row;
  here->last = r.spelling;
  here->spellings = NULL; /* see refresh */
  here->next = s->tail->spellings[r.spelling].next;
  s->moved = true;
  return true;
}

static void miss(scan *s, stream *here) {
  urna_tally *tally = s->tally;
  if (!tally->is_near_limit && by_fields(s, here)) return;
  if (tally->trouble) return;
  size_t next;
  urna_status status = urna_tally_record(
      tally, (size_t)(here->at - (const unsigned char *)tally->text), &next);
  if (status == URNA_MORE) {
    here->end = here->at;
    s->cut = here;
    return;
  }
  tally->trouble = status;
  if (status != URNA_OK) return;
  here->at = (const unsigned char *)tally->text + next;
  s->moved = true;
  expect_nothing(here);
}

/* ---- records that nothing foretells ---- */

/* A span of text: where all fields of its whole records end. */
typedef struct span {
  const unsigned char *at;
  uint32_t size, records; /* of the first 'records' records */
  uint16_t *ends;
} span;

/* What one window leaves to the next: bit 0 says what its last byte was. */
typedef struct before {
  uint64_t inside, stop, closing; /* inside: all bits */
} before;

/*
** The delimiters and ends of lines of a window, quoted ones left out. '*wrong'
** is where anything is but text quoted as it should be: an opening quote
** stands behind a stop, a closing one before a stop, and between them two in a
** row close and open again. The first of these bits is in a record that is
** wrong, and what is before it is as it is said to be.
*/
INLINE uint64_t find_stops(const scan *s, const unsigned char *p, before *b,
                           uint64_t *lines, uint64_t *wrong) {
  uint64_t quotes = lane_equal(p, '"'), feeds = lane_equal(p, '\n'),
           returns = lane_equal(p, '\r');
  uint64_t inside = lane_inside(quotes) ^ b->inside;
  uint64_t stops = (lane_equal(p, s->delimiter) | feeds) & ~inside;
  uint64_t opening = quotes & inside, closing = quotes & ~inside;
  uint64_t closed = closing << 1 | b->closing;
  uint64_t begins = stops << 1 | b->stop | closed;
  *b = (before){(uint64_t)((int64_t)inside >> 63), stops >> 63, closing >> 63};
  *lines = feeds & ~inside;
  *wrong = (opening & ~begins) | (closed & ~(stops | opening | returns))
           | (feeds & inside) | lane_equal(p, 0);
#ifdef URNA_LANE_UTF8
  *wrong |= lane_utf8_errors(p);
#endif
  if (unlikely(returns))
    *wrong |= returns & (inside | ~lane_equal(p + 1, '\n'));
  return stops;
}

/* Fill 'found->ends'; returns how many there are, and the ends of lines among
** them. */
static uint32_t find_ends(const scan *s, span *found, uint32_t *lines_found) {
  before b = {0, 1, 0};
  uint32_t count = 0, lines_count = 0, size = found->size;
#ifndef URNA_LANE_UTF8
  size = (uint32_t)urna_utf8_check((const char *)found->at, size);
#endif
  for (uint32_t base = 0; base < size; base += WINDOW) {
    uint64_t lines, wrong, within = lane_first(size - base);
    uint64_t stops = find_stops(s, found->at + base, &b, &lines, &wrong);
    if (unlikely(wrong)) {
      within &= (wrong & (~wrong + 1)) - 1;
      size = base;
    }
    count += lane_positions(stops & within, base, found->ends + count);
    lines_count += (uint32_t)__builtin_popcountll(lines & within);
  }
  *lines_found = lines_count;
  return count;
}

/* How many of 'lines' records have the plan's columns, up to the first that has
** not; '*count' ends are known. */
static uint32_t find_ragged(const span *found, uint32_t lines, uint32_t count,
                            uint32_t columns) {
  uint32_t whole = 0, i = 0;
  for (; whole < lines && count - i >= columns; whole++) {
    for (uint32_t end = i + columns - 1; i < end; i++)
      if (found->at[found->ends[i]] == '\n') return whole;
    if (found->at[found->ends[i++]] != '\n') return whole;
  }
  return whole;
}

/*
** Find the fields of the records that begin at 'at', in 'size' bytes. If of n
** ends of lines each is where the plan's columns put it, no other stop is one.
*/
static void find_span(const scan *s, const unsigned char *at, uint32_t size,
                      span *found) {
  uint32_t columns = (uint32_t)s->tally->plan.column_count, lines = 0;
  found->at = at;
  found->size = size;
  found->records = 0;
  if ((size_t)(at - s->text) < BEFORE) return;
  uint32_t count = find_ends(s, found, &lines), strange = 0;
  bool fits = (uint64_t)lines * columns <= count;
  for (uint32_t i = 1; fits && i <= lines; i++)
    strange |= (uint32_t)at[found->ends[i * columns - 1]] ^ '\n';
  found->records =
      fits && strange == 0 ? lines : find_ragged(found, lines, count, columns);
}

static inline void ask_for_slots(const scan *s, const record *r) {
  for (uint32_t n = 0; n < r->keys; n++) {
    const field *f = &r->fields[n];
    const urna_names *names = &s->tally->names[f->key];
    if (likely(names->spelling_slots))
      __builtin_prefetch(
          &names->spelling_slots[f->hash & names->spelling_mask]);
  }
}

static inline void ask_for_spellings(const scan *s, const record *r) {
  for (uint32_t n = 0; n < r->keys; n++) {
    const field *f = &r->fields[n];
    const urna_names *names = &s->tally->names[f->key];
    if (unlikely(!names->spelling_slots)) continue;
    uint32_t slot = names->spelling_slots[f->hash & names->spelling_mask];
    __builtin_prefetch(&names->spellings[slot ? slot - 1 : 0]);
  }
}

/* Count the records parsed of one stream, up to the first that is irregular
** after all. Returns how many were counted. */
static inline uint32_t settle(scan *s, stream *here, record *rows,
                              uint32_t count) {
  uint32_t done = 0;
  s->moved = false;
  for (; done < count && resolve(s, &rows[done]); done++)
    __builtin_prefetch(rows[done].cells, 1);
  for (uint32_t i = 0; i < done; i++) {
    if (unlikely(s->moved)) find_cells(s, &rows[i]);
    count_record(s, &rows[i]);
    examine(s, &rows[i], here->at);
    here->at = rows[i].at + rows[i].size;
  }
  s->records += done;
  return done;
}

/*
** Some records of a span, from 'first' on, in passes, so that the memory they
** touch is asked for long before it is needed. Returns how many were counted.
*/
static uint32_t batch(scan *s, stream *here, const span *found, uint32_t first,
                      record *rows) {
  uint32_t columns = (uint32_t)s->tally->plan.column_count, count = 0;
  uint32_t start = (uint32_t)(here->at - found->at),
           left = found->records - first;
  for (; count < BATCH && count < left; start = rows[count++].size) {
    record *r = &rows[count];
    r->at = found->at;
    if (!read_record(s, r, start, found->ends + (first + count) * columns))
      break;
    ask_for_slots(s, r);
  }
  for (uint32_t k = 0; k < count; k++) ask_for_spellings(s, &rows[k]);
  return settle(s, here, rows, count);
}

/* The records of a stream, a span after the other. Those that are irregular go
** to the exact reader; the spans are short where there are many of them. */
static void run_spans(scan *s, stream *here, span *found, record *rows) {
  uint32_t size = SPAN_MIN;
  const urna_tally *tally = s->tally;
  while (here->at < here->end && !tally->trouble && !tally->is_near_limit) {
    size_t left = (size_t)(here->end - here->at);
    uint32_t done = 0, more;
    find_span(s, here->at, left < size ? (uint32_t)left : size, found);
    s->odd = 0; /* all of it is regular text */
    while (done < found->records
           && (more = batch(s, here, found, done, rows)) > 0)
      done += more;
    size = size < SPAN_MAX ? size * 2 : SPAN_MAX;
    if (done > 0 && done == found->records) continue;
    size = SPAN_MIN;
    if (here->at < here->end && !tally->trouble) miss(s, here);
  }
}

/* A miss may have moved what the streams point at. */
static void refresh(const scan *s, stream *here) {
  if (s->tally->is_near_limit) expect_nothing(here);
  if (here->spellings)
    here->next = (uint32_t)(here->expected - here->spellings);
  here->spellings = s->tail->spellings;
  here->expected = here->spellings + here->next;
  here->cells = s->tally->rows[here->row];
}

static void begin(stream *here, const unsigned char *at,
                  const unsigned char *end) {
  memset(here, 0, sizeof *here);
  here->at = at;
  here->end = end;
  here->prefix_mask = ~UINT64_C(0);
  here->last = URNA_NO_NAME;
}

static void refresh_all(scan *s, stream *here, int streams) {
  for (int i = 0; i < streams; i++) refresh(s, &here[i]);
  s->moved = false;
}

/* Is the last text column worth foretelling? Judged anew every 64 times that
** it was not as foretold. */
static inline void learn(scan *s) {
  if (++s->misses < 64) return;
  s->in_disorder = s->records - s->records_then < 128;
  s->misses = 0;
  s->records_then = s->records;
}

/* One record of a stream that was not as foretold. */
static void turn_anyway(scan *s, stream *here, int streams, int i) {
  if (!s->in_disorder) {
    learn(s);
    if (half_step(s, &here[i])) {
      s->records++;
      return;
    }
  }
  miss(s, &here[i]);
  s->lookups++;
  if (s->moved) refresh_all(s, here, streams);
}

/* One record of a stream. */
static inline void turn(scan *s, stream *here, int streams, int i) {
  if (likely(!s->in_disorder)) {
    if (likely(step(s, &here[i]))) {
      s->records++;
      return;
    }
  } else if (half_step(s, &here[i])) {
    s->records++;
    return;
  }
  turn_anyway(s, here, streams, i);
}

static inline bool all_left(const stream *here) {
  return here[0].at < here[0].end && here[1].at < here[1].end
         && here[2].at < here[2].end;
}

static void run_batches(scan *s, stream *here, int streams) {
  record rows[BATCH];
  field fields[BATCH * (URNA_KEYS_MAX + 1)];
  urna_count counts[BATCH * SUMS_MAX];
  uint16_t ends[SPAN_MAX + WINDOW];
  span found = {.ends = ends};
  for (uint32_t i = 0; i < BATCH; i++) {
    rows[i].counts = counts + i * s->sums;
    rows[i].fields = fields + i * s->looked_count;
  }
  for (int i = 0; i < streams; i++) run_spans(s, &here[i], &found, rows);
  refresh_all(s, here, streams);
}

static void run(scan *s, stream *here, int streams) {
  bool may_batch = s->sums <= SUMS_MAX;
  if (streams == 3)
    while (all_left(here) && !s->tally->trouble) {
      if (s->in_disorder) run_lookups(s, here);
      if (!all_left(here)) break;
      turn(s, here, streams, 0);
      turn(s, here, streams, 1);
      turn(s, here, streams, 2);
      if (unlikely(s->lookups >= 64)) {
        if (s->records < 64 * 8 && may_batch) break;
        s->lookups = 0;
        s->records_before += s->records;
        s->records_then -= s->records; /* so that learn sees no jump */
        s->records = 0;
      }
    }
  bool is_random = s->lookups >= 64;
  if (is_random) run_batches(s, here, streams);
  for (int i = 0; i < streams; i++) {
    while (here[i].at < here[i].end && !s->tally->trouble)
      turn(s, here, streams, i);
  }
  s->records += s->records_before;
}

urna_status URNA_SCANNER(urna_tally *tally, size_t from, size_t to, int streams,
                         size_t *reached) {
  const unsigned char *text = (const unsigned char *)tally->text;
  scan s = {.tally = tally,
            .text = text,
            .tail = &tally->names[tally->tail_names],
            .sums = tally->sum_count,
            .width = tally->width,
            .delimiter = (unsigned char)tally->plan.delimiter};
  s.is_wild = is_wild(tally);
  s.examines = tally->plan.formula_count > 0 || tally->plan.has_units;
  find_looked(&s);
  s.few = tally->plan.column_count <= FEW;
  ends_of(&s)[-1] = UINT16_MAX;
  stream here[STREAMS];
  size_t cut[STREAMS + 1] = {from, to, to, to};
  for (int i = 1; i < streams; i++) {
    cut[i] = urna_tally_guess(tally,
                              from + (to - from) / (size_t)streams * (size_t)i);
    if (cut[i] > to) cut[i] = to;
  }
  cut[streams] = to;
  for (int i = 0; i < streams; i++)
    begin(&here[i], text + cut[i], text + cut[i + 1]);
  /* a first spelling, so that 'expected' always is one */
  if (s.tail->spelling_count == 0) {
    uint32_t none;
    if (urna_names_spell(s.tail, (const unsigned char *)"", 0, 0, 0, &none))
      return URNA_NO_MEMORY;
    s.tail->spellings[none].mask = 0;
  }
  for (int i = 0; i < streams; i++) refresh(&s, &here[i]);
  run(&s, here, streams);
  tally->records += s.records;
  *reached = (size_t)(here[streams - 1].at - text);
  if (tally->trouble) return tally->trouble;
  for (int i = 0; i + 1 < streams; i++)
    if (here[i].at != text + cut[i + 1]) return URNA_END;
  return s.cut ? URNA_MORE : URNA_OK;
}
