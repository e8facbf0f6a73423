/* see lookalike.h */
#include "core/lookalike.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/lookalike_table.h"
#include "core/names.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define MARKS_MOST      30 /* in a row, that are put in order */

/* ---- characters ---- */

static bool is_tail(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

/* The character at 'at' and its length; 0 for a length where there is none,
** or one beyond U+FFFF, for which there are no data. */
static size_t decode(const unsigned char *at, const unsigned char *end,
                     uint32_t *code) {
  if (*at < 0x80) {
    *code = *at;
    return 1;
  }
  if (*at >= 0xC2 && *at < 0xE0 && end - at > 1 && is_tail(at[1])) {
    *code = (uint32_t)(*at & 0x1F) << 6 | (at[1] & 0x3F);
    return 2;
  }
  if ((*at & 0xF0) != 0xE0 || end - at < 3 || !is_tail(at[1])
      || !is_tail(at[2]))
    return 0;
  *code = (uint32_t)(*at & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6
          | (at[2] & 0x3F);
  return *code < 0x800 ? 0 : 3; /* overlong */
}

static size_t encode(uint32_t code, unsigned char *at) {
  if (code < 0x80) {
    at[0] = (unsigned char)code;
    return 1;
  }
  if (code < 0x800) {
    at[0] = (unsigned char)(0xC0 | code >> 6);
    at[1] = (unsigned char)(0x80 | (code & 0x3F));
    return 2;
  }
  at[0] = (unsigned char)(0xE0 | code >> 12);
  at[1] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
  at[2] = (unsigned char)(0x80 | (code & 0x3F));
  return 3;
}

static const likeness *likeness_of(uint32_t code) {
  uint32_t page = code >> 8;
  if (code < 0x80 || page > LAST_PAGE) return NULL;
  size_t low = pages[page], high = pages[page + 1], end = high;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (likenesses[middle].letter < code)
      low = middle + 1;
    else
      high = middle;
  }
  return low < end && likenesses[low].letter == code ? &likenesses[low] : NULL;
}

/* The combining class; 0 is no mark, or one that stays where it is. */
static unsigned rank_of(uint32_t code) {
  size_t low = 0, high = COUNT_OF(mark_runs);
  if (code < mark_runs[0].first) return 0;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (mark_runs[middle].last < code)
      low = middle + 1;
    else
      high = middle;
  }
  return low < COUNT_OF(mark_runs) && mark_runs[low].first <= code
             ? mark_runs[low].rank
             : 0;
}

/* ---- the skeleton ---- */

typedef struct skeleton {
  unsigned char *out;
  size_t length;
  bool is_spaced; /* white space came, which counts if something follows */
} skeleton;

/* The combining class of the character that ends at 'end', and its start. */
static unsigned rank_before(const skeleton *made, size_t end, size_t *start) {
  uint32_t code;
  size_t at = end;
  while (at > 0 && end - at < 3 && is_tail(made->out[at - 1])) at--;
  if (at == 0) return 0;
  *start = --at;
  size_t length = decode(made->out + at, made->out + end, &code);
  return length == end - at ? rank_of(code) : 0;
}

/* Move the mark that was written last before those of a higher class. */
static void settle(skeleton *made, size_t size, unsigned rank) {
  size_t end = made->length - size, at = end, before;
  for (int i = 0; i < MARKS_MOST && rank_before(made, at, &before) > rank; i++)
    at = before;
  if (at == end) return;
  unsigned char mark[4];
  memcpy(mark, made->out + end, size);
  memmove(made->out + at + size, made->out + at, end - at);
  memcpy(made->out + at, mark, size);
}

static void space(skeleton *made) {
  if (made->is_spaced && made->length > 0) made->out[made->length++] = ' ';
  made->is_spaced = false;
}

/* A character that stands for itself. */
static void write(skeleton *made, uint32_t code) {
  if (code == ' ' || (code >= '\t' && code <= '\r')) {
    made->is_spaced = true;
    return;
  }
  space(made);
  size_t size = encode(code, made->out + made->length);
  made->length += size;
  unsigned rank = rank_of(code);
  if (rank > 0) settle(made, size, rank);
}

/* Of Hangul arithmetic makes two or three letters: UAX 15 and the Unicode
** Standard, section 3.12. */
static void write_hangul(skeleton *made, uint32_t index) {
  write(made, 0x1100 + index / (21 * 28));
  write(made, 0x1161 + index / 28 % 21);
  if (index % 28 > 0) write(made, 0x11A7 + index % 28);
}

static void put(skeleton *made, uint32_t code) {
  /* letters that decompose do so on the left: no stack is deeper than four */
  const likeness *found = likeness_of(code);
  if (!found && code >= 0xAC00 && code < 0xAC00 + 11172)
    write_hangul(made, code - 0xAC00);
  else if (!found)
    write(made, code);
  else {
    if (found->first) put(made, found->first);
    if (found->second) put(made, found->second);
  }
}

size_t urna_lookalike_skeleton(const char *text, size_t length, char *out) {
  const unsigned char *at = (const unsigned char *)text, *end = at + length;
  skeleton made = {.out = (unsigned char *)out};
  while (at < end) {
    uint32_t code;
    size_t size = decode(at, end, &code);
    if (size > 0)
      put(&made, code);
    else {
      space(&made);
      made.out[made.length++] = *at;
    }
    at += size ? size : 1;
  }
  return made.length;
}

/* ---- names by their skeletons ---- */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Has a run of eight a byte that is no ASCII, a control character or a space
** beside a space? */
static bool is_odd_run(const unsigned char *at) {
  uint64_t run, others;
  memcpy(&run, at, sizeof run);
  if ((run | (run - EACH(0x20))) & EACH(0x80)) return true;
  others = ((run ^ EACH(' ')) + EACH(0x7F)) | ~EACH(0x80);
  uint64_t spaces = ~others; /* the top bits of those that are */
  return (spaces & spaces << 8) != 0;
}

static bool is_odd_byte(const unsigned char *at) {
  return *at >= 0x80 || *at < 0x20 || (*at == ' ' && at[-1] == ' ');
}

/* ASCII without control characters, and its spaces such that it is its own
** skeleton. */
static bool is_plain(const urna_text *name) {
  const unsigned char *at = (const unsigned char *)name->start;
  const unsigned char *end = at + name->length;
  if (at == end) return true;
  if (*at >= 0x80 || *at <= ' ' || end[-1] == ' ') return false;
  for (at++; end - at >= 8; at += 8)
    if (is_odd_byte(at) || is_odd_run(at)) return false;
  for (; at < end; at++)
    if (is_odd_byte(at)) return false;
  return true;
}

static int compare(const urna_text *x, const urna_text *y) {
  size_t least = x->length < y->length ? x->length : y->length;
  int order = least > 0 ? memcmp(x->start, y->start, least) : 0;
  if (order != 0) return order;
  return (x->length > y->length) - (x->length < y->length);
}

/* A skeleton, and a chain of the names that have it. */
typedef struct form {
  urna_text text;
  uint64_t hash;
  size_t newest, count;
} form;

typedef struct search {
  const urna_text *names;
  size_t n;
  uint64_t seed;
  bool *is_plain;
  size_t *older;                   /* by name: the one before it in its chain */
  form *forms;                     /* of the names that are not plain */
  size_t form_count, *slots, mask; /* number + 1; 0 is free */
  char *scratch;
  urna_arena arena; /* of the skeletons */
} search;

static void end_search(search *all) {
  free(all->is_plain);
  free(all->older);
  free(all->forms);
  free(all->slots);
  free(all->scratch);
  urna_arena_free(&all->arena);
}

/* How many are not plain, and how long the longest of these is. */
static size_t sort_out(search *all, size_t *longest) {
  size_t count = 0;
  *longest = 0;
  for (size_t i = 0; i < all->n; i++) {
    all->is_plain[i] = is_plain(&all->names[i]);
    if (all->is_plain[i]) continue;
    count++;
    if (all->names[i].length > *longest) *longest = all->names[i].length;
  }
  return count;
}

/* '*count' 0: there are plain names alone, of which no two look alike. */
static urna_status begin_search(search *all, size_t *count) {
  size_t longest, size = 2;
  urna_arena_init(&all->arena);
  all->is_plain = calloc(all->n + 1, sizeof *all->is_plain);
  if (!all->is_plain) return URNA_NO_MEMORY;
  *count = sort_out(all, &longest);
  if (*count == 0) return URNA_OK;
  while (size < 2 * *count) size *= 2;
  all->mask = size - 1;
  all->slots = calloc(size, sizeof *all->slots);
  all->older = calloc(all->n, sizeof *all->older);
  all->forms = calloc(*count, sizeof *all->forms);
  if (longest <= SIZE_MAX / 4)
    all->scratch = malloc(URNA_SKELETON_ROOM(longest) + 1);
  return all->slots && all->older && all->forms && all->scratch
             ? URNA_OK
             : URNA_NO_MEMORY;
}

/* The form of this text, or NULL; '*slot' is where it is or would be. */
static form *find_form(const search *all, const urna_text *text, uint64_t hash,
                       size_t *slot) {
  size_t i = (size_t)hash & all->mask;
  for (; all->slots[i]; i = (i + 1) & all->mask) {
    form *found = &all->forms[all->slots[i] - 1];
    if (found->hash == hash && compare(&found->text, text) == 0) return found;
  }
  *slot = i;
  return NULL;
}

static uint64_t hash_of(const search *all, const urna_text *text) {
  const char *start = text->length > 0 ? text->start : "";
  return urna_names_hash(all->seed, (const unsigned char *)start, text->length);
}

static void chain(search *all, form *to, size_t name) {
  all->older[name] = to->newest;
  to->newest = name;
  to->count++;
}

static form *add_form(search *all, const urna_text *text, uint64_t hash,
                      size_t slot) {
  char *copy = urna_arena_text(&all->arena, text->length);
  if (!copy) return NULL;
  memcpy(copy, text->start, text->length);
  form *added = &all->forms[all->form_count++];
  *added = (form){.text = {copy, text->length}, .hash = hash};
  all->slots[slot] = all->form_count;
  return added;
}

static urna_status take_odd(search *all, size_t name) {
  size_t slot;
  const urna_text *from = &all->names[name];
  urna_text text = {all->scratch, 0};
  text.length =
      urna_lookalike_skeleton(from->start, from->length, all->scratch);
  uint64_t hash = hash_of(all, &text);
  form *found = find_form(all, &text, hash, &slot);
  if (!found) found = add_form(all, &text, hash, slot);
  if (!found) return URNA_NO_MEMORY;
  chain(all, found, name);
  return URNA_OK;
}

/* Plain names look like none but those that are not. */
static urna_status take_names(search *all) {
  size_t slot;
  for (size_t i = 0; i < all->n; i++)
    if (!all->is_plain[i] && take_odd(all, i) != URNA_OK) return URNA_NO_MEMORY;
  for (size_t i = 0; i < all->n; i++) {
    if (!all->is_plain[i]) continue;
    const urna_text *name = &all->names[i];
    form *found = find_form(all, name, hash_of(all, name), &slot);
    if (found) chain(all, found, i);
  }
  return URNA_OK;
}

/* ---- groups ---- */

static int by_name(const void *a, const void *b) {
  const urna_lookalike *x = a, *y = b;
  int order = compare(&x->name, &y->name);
  if (order != 0) return order;
  return (x->number > y->number) - (x->number < y->number);
}

static int by_first_name(const void *a, const void *b) {
  const urna_lookalikes *x = a, *y = b;
  return compare(&x->names->name, &y->names->name);
}

/* The different names of a form, in order; returns how many. */
static size_t gather(const search *all, const form *from,
                     urna_lookalike *into) {
  size_t name = from->newest, kept = 1;
  for (size_t i = 0; i < from->count; i++, name = all->older[name])
    into[i] = (urna_lookalike){all->names[name], name};
  qsort(into, from->count, sizeof *into, by_name);
  for (size_t i = 1; i < from->count; i++)
    if (compare(&into[kept - 1].name, &into[i].name) != 0)
      into[kept++] = into[i];
  return kept;
}

static urna_status group(const search *all, urna_likenesses *found) {
  size_t names = 0, groups = 0;
  for (size_t i = 0; i < all->form_count; i++)
    if (all->forms[i].count > 1) {
      names += all->forms[i].count;
      groups++;
    }
  found->names = calloc(names + 1, sizeof *found->names);
  found->groups = calloc(groups + 1, sizeof *found->groups);
  if (!found->names || !found->groups) return URNA_NO_MEMORY;
  urna_lookalike *into = found->names;
  for (size_t i = 0; i < all->form_count; i++) {
    if (all->forms[i].count < 2) continue;
    size_t count = gather(all, &all->forms[i], into);
    if (count < 2) continue;
    found->groups[found->group_count++] = (urna_lookalikes){into, count};
    into += count;
  }
  if (found->group_count > 1)
    qsort(found->groups, found->group_count, sizeof *found->groups,
          by_first_name);
  return URNA_OK;
}

urna_status urna_lookalike_find(const urna_text *names, size_t n, uint64_t seed,
                                urna_likenesses *found) {
  size_t count;
  search all = {.names = names, .n = n, .seed = seed};
  urna_status status = begin_search(&all, &count);
  if (status == URNA_OK && count > 0) status = take_names(&all);
  if (status == URNA_OK && count > 0) status = group(&all, found);
  end_search(&all);
  if (status != URNA_OK) urna_likenesses_free(found);
  return status;
}

void urna_likenesses_free(urna_likenesses *found) {
  free(found->groups);
  free(found->names);
  memset(found, 0, sizeof *found);
}
