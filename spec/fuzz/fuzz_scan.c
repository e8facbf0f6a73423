/*
** fuzz_scan.c - the scanners of a tally against the exact reader, cheaply: no
** thread, no file. For libFuzzer; see `make fuzz`.
**
** The first bytes of an input choose plan, scanner, streams and cut; the rest
** is the text itself or a recipe of one. What a scanner says, groups, sums,
** records, faults and where it stopped, must be what urna_tally_record says
** when it takes each record in turn.
*/
#include <stdlib.h>

#include "core/groups.h"
#include "recipe.h"

#define HEAD      6             /* bytes that choose */
#define TINY      ((size_t)128) /* bytes of a text */
#define SMALL     ((size_t)300) /* so that order is lost, and batches begin */
#define GRAND     ((size_t)1 << 14) /* so that there are too many names */
#define PAD_AFTER URNA_TALLY_PAD
#define COLUMNS   40

/* Columns: k key, f key with a filter, w key that only filters, s count, any
** other letter is not read. */
static const char *const LAYOUTS[] = {"kks",
                                      "ks",
                                      "k.ks",
                                      "ksss",
                                      "kksss",
                                      "s",
                                      "sk",
                                      "sks",
                                      ".s",
                                      "k.s",
                                      "kkk",
                                      "kkks",
                                      "fks",
                                      "kfs",
                                      "wks",
                                      "kws",
                                      "fwss",
                                      "ksk.s",
                                      "k..",
                                      "f",
                                      "skf.ss",
                                      "kkkkkkkks",
                                      "kkkks.",
                                      "..kk.ss",
                                      "w.s",
                                      "kf.s",
                                      "w",
                                      "wfs",
                                      "kssssssssssssssssssssssssssssssssssssss",
                                      "k.kssssssss",
                                      ".k"};
#define LAYOUT_COUNT (sizeof LAYOUTS / sizeof *LAYOUTS)

/* What a filter lets through; more than one spelling of the last one. */
static const char *const NAMES[] = {"a", "", "list 1", "a\"b"};
static const size_t LENGTHS[] = {1, 0, 6, 3};
static const urna_filter FILTER = {NAMES, LENGTHS, 4};

/* The first count is at most 1; the first and the last are together twice the
** first: so there are records for which each holds, fails or is unknown. */
static const urna_step FIRST[] = {{URNA_STEP_FIELD, 0, {.first = 0}}};
static const urna_step ONE[] = {{URNA_STEP_NUMBER, 0, {.number = 1}}};
static const urna_step TWICE[] = {{URNA_STEP_FIELD, 0, {.first = 0}},
                                  {URNA_STEP_NUMBER, 0, {.number = 2}},
                                  {URNA_STEP_MULTIPLY, 0, {.first = 0}}};
static const urna_step BOTH[] = {{URNA_STEP_RANGE, 2, {.first = 0}}};
static const urna_formula FORMULAS[] = {
    {{FIRST, 1}, {ONE, 1}, URNA_AT_MOST}, {{BOTH, 1}, {TWICE, 3}, URNA_EQUAL}};

typedef struct job {
  urna_tally_plan plan;
  urna_tally_column columns[COLUMNS];
  const char *set;
  urna_tally_scanner *scanner;
  int streams;
  size_t from, cut; /* where the first record begins; the first stop */
  bool merges;      /* what is behind the cut goes to a tally of its own */
  size_t window;    /* bytes looked at at once; 0: all of them */
  const char *text;
  size_t size;
} job;

typedef struct outcome {
  urna_status status;
  uint64_t records, mixed; /* of names, sums and empty cells of all groups */
  size_t groups, reached;
} outcome;

/* The text stands at the end, so that a sanitizer sees what is read behind
** the pad; what is before it is poisoned. Reused: clearing costs time. */
static char space[64 + GRAND + PAD_AFTER];

#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>

/* Most of the time would go to what remembers freed memory. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "quarantine_size_mb=1:thread_local_quarantine_size_kb=64:"
         "malloc_context_size=1:max_free_fill_size=0:max_malloc_fill_size=0";
}
#else
#define ASAN_POISON_MEMORY_REGION(start, size)   ((void)(start), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#endif

static void place_text(job *j, const char *text, size_t size) {
  char *end = space + sizeof space - PAD_AFTER;
  ASAN_UNPOISON_MEMORY_REGION(space, sizeof space);
  memmove(end - size, text, size);
  ASAN_POISON_MEMORY_REGION(space, sizeof space - PAD_AFTER - size);
  j->text = end - size;
  j->size = size;
}

/* ---- what an input says ---- */

static urna_tally_column column_of(char letter) {
  switch (letter) {
    case 'k':
      return (urna_tally_column){URNA_KEY, true, NULL, false};
    case 'f':
      return (urna_tally_column){URNA_KEY, true, &FILTER, false};
    case 'w':
      return (urna_tally_column){URNA_KEY, false, &FILTER, false};
    case 's':
      return (urna_tally_column){URNA_SUM, false, NULL, false};
    default:
      return (urna_tally_column){URNA_SKIP, false, NULL, false};
  }
}

static void choose_plan(job *j, const uint8_t *head) {
  static const char marks[] = {',', ';', '\t', '|'};
  const char *layout = LAYOUTS[head[1] % LAYOUT_COUNT];
  size_t count = strlen(layout);
  for (size_t i = 0; i < count; i++) j->columns[i] = column_of(layout[i]);
  j->plan = (urna_tally_plan){.columns = j->columns,
                              .column_count = count,
                              .delimiter = marks[head[0] & 3],
                              .counts_records = (head[0] & 12) != 0,
                              .is_flat = (head[0] & 48) == 16,
                              .seed = head[5],
                              .fault_limit = head[0] & 64 ? 2 : 1000,
                              .cell_limit = (size_t)1 << 20};
}

/* Checks over as many counts as there are; keys tell records apart. */
static void choose_findings(job *j, uint8_t byte) {
  size_t sums = 0, keys = 0;
  for (size_t i = 0; i < j->plan.column_count; i++) {
    sums += j->columns[i].role == URNA_SUM;
    j->columns[i].is_unit = j->columns[i].role == URNA_KEY;
    keys += j->columns[i].is_unit;
  }
  j->plan.formulas = FORMULAS;
  if (byte & 32) j->plan.formula_count = sums < 2 ? sums : 2;
  j->plan.has_units = (byte & 64) != 0 && keys > 0;
}

static void choose_scanner(job *j, const uint8_t *head) {
  const char *const *sets = urna_tally_sets();
  int count = 0;
  while (sets[count]) count++;
  j->set = sets[head[2] % count];
  j->scanner = urna_tally_scanner_of(j->set);
  j->streams = 1 + (head[2] >> 3) % 3;
  j->merges = (head[2] & 192) == 192;
  j->window = (head[2] & 192) == 128 ? 1 + head[5] % 97u : 0;
}

/* What the environment asks for. SHOW=1 build/fuzz/fuzz_scan FILE: say what an
** input means before it fails. GRAND=1: long texts, which are slow. */
static bool is_shown, is_grand;

/* Most texts are tiny, for those are many in a second. */
static size_t choose_room(uint8_t byte) {
  if (is_grand) return GRAND;
  return (byte >> 2 & 7) >= 6 ? SMALL : TINY;
}

static void write_text(job *j, const uint8_t *head, const uint8_t *data,
                       size_t size) {
  char text[GRAND];
  recipe r;
  size_t room = choose_room(head[3]);
  if (head[3] & 1) {
    place_text(j, (const char *)data, size < room ? size : room);
    return;
  }
  recipe_init(&r, text, room, j->plan.delimiter, j->plan.column_count);
  for (size_t i = 0; i < r.width && i < j->plan.column_count; i++)
    if (j->columns[i].role == URNA_SUM) r.fields[i] = (word)WORD("1");
  r.is_crlf = (head[3] & 2) != 0;
  place_text(j, text, recipe_follow(&r, data, size));
}

static size_t choose_cut(const job *j, uint8_t byte) {
  return byte >= 128 ? j->size : j->size * byte / 128;
}

/* ---- the ways to tally ---- */

static uint64_t mix(uint64_t a, uint64_t b) {
  uint64_t both = (a ^ (a >> 29)) * UINT64_C(0x9e3779b97f4a7c15) + b;
  return (both ^ (both >> 32)) * UINT64_C(0xbf58476d1ce4e5b9);
}

static uint64_t mix_name(const urna_tally *tally, uint32_t key,
                         uint32_t number) {
  const urna_names *names = &tally->names[key];
  if (number == URNA_NO_NAME) return 1;
  const urna_name *name = &names->names[number];
  return urna_names_hash(key + 1, names->text + name->offset, name->length);
}

typedef struct mixing {
  const urna_tally *tally;
  outcome *found;
} mixing;

/* Without counts of records a group of zeros may be none at all. */
static bool is_nothing(const urna_tally *tally, const urna_count *cell,
                       const urna_count *missing) {
  for (uint32_t i = 0; i < tally->width; i++)
    if (cell[i] != 0 || (missing && i < tally->sum_count && missing[i] != 0))
      return false;
  return true;
}

/* The order of the groups does not matter: they are added up. */
static void mix_group(void *context, const uint32_t *names,
                      const urna_count *cell, const urna_count *missing) {
  const mixing *m = context;
  uint64_t mixed = 1;
  if (is_nothing(m->tally, cell, missing)) return;
  for (uint32_t key = 0; key < m->tally->key_count; key++)
    mixed = mix(mixed, mix_name(m->tally, key, names[key]));
  for (uint32_t i = 0; i < m->tally->width; i++)
    mixed = mix(mixed, (uint64_t)cell[i]);
  for (uint32_t i = 0; i < m->tally->sum_count; i++)
    mixed = mix(mixed, missing ? (uint64_t)missing[i] : 0);
  m->found->mixed += mixed;
  m->found->groups++;
}

static urna_status start(const job *j, urna_tally *tally) {
  urna_status status = urna_tally_init(tally, &j->plan);
  urna_tally_aim(tally, j->text, j->size, 0, true);
  return status;
}

/* Each record by the exact reader. */
static urna_status read_exactly(const job *j, urna_tally *tally,
                                size_t *reached) {
  urna_status status = start(j, tally);
  while (*reached < j->size && status == URNA_OK) {
    size_t next;
    status = urna_tally_record(tally, *reached, &next);
    if (status == URNA_OK) *reached = next;
  }
  return status;
}

/* A window's bytes with zeros behind them, as they are read from a tape. */
static const char *window_of(const job *j, size_t at, size_t size) {
  static char window[GRAND + URNA_TALLY_PAD];
  memcpy(window, j->text + at, size);
  memset(window + size, 0, URNA_TALLY_PAD);
  return window;
}

/* One window after the other, each as large as it has to be. */
static urna_status scan_windows(const job *j, urna_tally *tally,
                                size_t *reached) {
  urna_status status = urna_tally_init(tally, &j->plan);
  size_t held = j->window;
  while (*reached < j->size && status == URNA_OK) {
    size_t left = j->size - *reached, size = held < left ? held : left;
    size_t next = 0;
    urna_tally_aim(tally, window_of(j, *reached, size), size, *reached,
                   size == left);
    status = j->scanner(tally, 0, size, 1, &next);
    if (status == URNA_MORE) status = URNA_OK;
    held = next == 0 ? held * 2 : j->window;
    *reached += next;
  }
  return status;
}

/* What is behind the first stop, in a tally of its own. */
static urna_status scan_apart(const job *j, int streams, urna_tally *tally,
                              size_t *reached) {
  urna_tally other;
  urna_status status = start(j, &other);
  if (status == URNA_OK)
    status = j->scanner(&other, *reached, j->size, streams, reached);
  if (status == URNA_OK) status = urna_tally_merge(tally, &other);
  urna_tally_free(&other);
  return status;
}

static urna_status scan(const job *j, int streams, urna_tally *tally,
                        size_t *reached) {
  if (j->window > 0) return scan_windows(j, tally, reached);
  urna_status status = start(j, tally);
  if (status == URNA_OK && j->cut > 0)
    status = j->scanner(tally, 0, j->cut, streams, reached);
  if (status != URNA_OK || *reached >= j->size) return status;
  if (j->merges) return scan_apart(j, streams, tally, reached);
  return j->scanner(tally, *reached, j->size, streams, reached);
}

/* By the scanner, or, with no streams, by the exact reader. */
static outcome run(const job *j, int streams, urna_tally *tally) {
  outcome found = {.reached = 0};
  mixing m = {tally, &found};
  found.status = streams ? scan(j, streams, tally, &found.reached)
                         : read_exactly(j, tally, &found.reached);
  found.records = tally->records;
  if (found.status == URNA_OK) urna_tally_each(tally, mix_group, &m);
  return found;
}

/* ---- comparing ---- */

static bool same_word(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_fault(const urna_note *a, const urna_note *b) {
  const urna_error *x = &a->error, *y = &b->error;
  return a->offset == b->offset && same_word(x->code, y->code)
         && same_word(x->message, y->message) && x->line == y->line
         && x->column == y->column && x->index == y->index
         && x->text_length == y->text_length
         && memcmp(x->text, y->text, x->text_length) == 0;
}

static bool same_faults(urna_notes *a, urna_notes *b) {
  urna_notes_sort(a);
  urna_notes_sort(b);
  if (a->count != b->count || a->kept != b->kept) return false;
  for (size_t i = 0; i < a->kept; i++)
    if (!same_fault(&a->items[i], &b->items[i])) return false;
  return true;
}

static bool same_failures(urna_notes *a, urna_notes *b) {
  urna_notes_sort(a);
  urna_notes_sort(b);
  if (a->count != b->count || a->kept != b->kept) return false;
  for (size_t i = 0; i < a->kept; i++) {
    const urna_note *x = &a->items[i], *y = &b->items[i];
    if (x->offset != y->offset || memcmp(x->sides, y->sides, sizeof x->sides)
        || x->key_length != y->key_length
        || (x->key_length && memcmp(x->key, y->key, x->key_length)))
      return false;
  }
  return true;
}

static bool same_units(urna_units *a, urna_units *b) {
  urna_units_report(a);
  urna_units_report(b);
  if (a->count != b->count || a->duplicate_count != b->duplicate_count
      || a->duplicate_kept != b->duplicate_kept)
    return false;
  for (size_t i = 0; i < a->duplicate_kept; i++)
    if (a->duplicates[i].offset != b->duplicates[i].offset
        || a->duplicates[i].first != b->duplicates[i].first)
      return false;
  return true;
}

static bool same_findings(urna_tally *a, urna_tally *b) {
  for (size_t i = 0; i < a->plan.formula_count; i++) {
    urna_tally_check *x = &a->checks[i], *y = &b->checks[i];
    if (x->unknown != y->unknown || x->beyond != y->beyond
        || !same_failures(&x->failures, &y->failures))
      return false;
  }
  return !a->plan.has_units || same_units(&a->units, &b->units);
}

static void show_group(void *context, const uint32_t *names,
                       const urna_count *cell, const urna_count *missing) {
  const urna_tally *tally = context;
  fputs("  group", stderr);
  for (uint32_t i = 0; i < tally->key_count; i++)
    fprintf(stderr, " #%d", (int)names[i]);
  for (uint32_t i = 0; i < tally->width; i++)
    fprintf(stderr, " %lld", (long long)cell[i]);
  for (uint32_t i = 0; missing && i < tally->sum_count; i++)
    fprintf(stderr, " -%lld", (long long)missing[i]);
  fputc('\n', stderr);
}

static void show(const char *what, outcome o, urna_tally *tally) {
  fprintf(stderr,
          "%s: status %d, %zu records, %zu groups, mixed %016llx, "
          "%zu faults, reached %zu\n",
          what, (int)o.status, (size_t)o.records, o.groups,
          (unsigned long long)o.mixed, tally->faults.count, o.reached);
  for (size_t i = 0; i < tally->faults.kept && i < 2; i++)
    fprintf(stderr, "  fault at %zu: %s\n", tally->faults.items[i].offset,
            tally->faults.items[i].error.code);
  if (o.status == URNA_OK) urna_tally_each(tally, show_group, tally);
}

static void show_job(const job *j, int streams) {
  fprintf(stderr, "\n%s, %d streams, %zu bytes, cut %zu%s, columns ", j->set,
          streams, j->size, j->cut, j->merges ? ", merged" : "");
  for (size_t i = 0; i < j->plan.column_count; i++)
    fputc(j->columns[i].role == URNA_SUM   ? 's'
          : j->columns[i].role == URNA_KEY ? (j->columns[i].filter ? 'f' : 'k')
                                           : '.',
          stderr);
  fprintf(stderr, "%s%s\n", j->plan.is_flat ? ", flat" : "",
          j->plan.counts_records ? ", counts" : "");
  fputs("text \"", stderr);
  for (size_t i = 0; i < j->size; i++) {
    unsigned char c = (unsigned char)j->text[i];
    fprintf(stderr,
            c >= 32 && c < 127 && c != '"' && c != '\\' ? "%c"
            : c == '\n'                                 ? "\\n"
                                                        : "\\%03o",
            c);
  }
  fputs("\"\n", stderr);
}

static void compare(const job *j, int streams, outcome truth, urna_tally *exact,
                    outcome found, urna_tally *tally) {
  bool same = truth.status == found.status;
  if (same && truth.status == URNA_OK)
    same = truth.records == found.records && truth.mixed == found.mixed
           && truth.groups == found.groups && truth.reached == found.reached
           && same_faults(&exact->faults, &tally->faults)
           && same_findings(exact, tally);
  if (same) return;
  show_job(j, streams);
  show("exact", truth, exact);
  show("found", found, tally);
  abort();
}

/* The groups in order, no two of the same names. */
static void check_order(const urna_tally *tally) {
  urna_groups groups;
  uint32_t by[URNA_KEYS_MAX], count = 0;
  for (size_t i = 0; i < tally->plan.column_count; i++)
    if (tally->plan.columns[i].role == URNA_KEY
        && tally->plan.columns[i].is_group)
      by[count++] = tally->key_of[i];
  if (urna_groups_init(&groups, tally, by, count) != URNA_OK) abort();
  for (size_t i = 1; i < groups.count; i++)
    if (groups.items[i - 1].order >= groups.items[i].order) abort();
  urna_groups_free(&groups);
}

/* A guess of where a record begins may be wrong, and what stands there too
** large; then one stream has to do. */
static bool was_guessed(int streams, urna_status status) {
  return streams > 1 && (status == URNA_END || status == URNA_OVERFLOW);
}

static void try(const job *j, bool in_order) {
  urna_tally exact, tally;
  int streams = j->streams;
  outcome truth = run(j, 0, &exact);
  outcome found = run(j, streams, &tally);
  if (was_guessed(streams, found.status)) {
    urna_tally_free(&tally);
    streams = 1;
    found = run(j, streams, &tally);
  }
  compare(j, streams, truth, &exact, found, &tally);
  if (in_order && j->plan.counts_records && found.status == URNA_OK)
    check_order(&tally);
  urna_tally_free(&exact);
  urna_tally_free(&tally);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  is_shown = getenv("SHOW") != NULL;
  is_grand = getenv("GRAND") != NULL;
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  job j;
  if (size < HEAD) return 0;
  choose_plan(&j, data);
  choose_findings(&j, data[5]);
  choose_scanner(&j, data);
  write_text(&j, data, data + HEAD, size - HEAD);
  j.cut = choose_cut(&j, data[4]);
  if (is_shown) show_job(&j, j.streams);
  try(&j, (data[5] & 15) == 15);
  return 0;
}
