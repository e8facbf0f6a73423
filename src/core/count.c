/* See count.h. */
#include "core/count.h"

#include <string.h>

/* Spaces that cells are seen to hold: also the no-break ones and U+2009. */
static size_t space(const char *text, size_t length) {
  static const struct {
    const char *bytes;
    size_t length;
  } spaces[] = {
      {" ", 1},
      {"\t", 1},
      {"\r", 1},
      {"\n", 1},
      {"\xC2\xA0", 2},
      {"\xE2\x80\xAF", 3},
      {"\xE2\x80\x87", 3},
      {"\xE2\x80\x89", 3},
  };
  for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
    if (length >= spaces[i].length
        && memcmp(text, spaces[i].bytes, spaces[i].length) == 0)
      return spaces[i].length;
  return 0;
}

static size_t sign(const char *text, size_t length) {
  if (length >= 1 && (*text == '-' || *text == '+')) return 1;
  if (length >= 3 && memcmp(text, "\xE2\x88\x92", 3) == 0) return 3;
  return 0;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_mark(char c) {
  return c == '.' || c == ',' || c == '\'' || c == ' ';
}

/* Digits in groups of three parted by 'mark', at least one mark. */
static bool is_grouped(const char *text, size_t length, char mark) {
  size_t run = 0, groups = 0;
  for (size_t i = 0; i < length; i++) {
    if (is_digit(text[i])) {
      run++;
    } else if (text[i] == mark && run > 0 && (groups ? run == 3 : run <= 3)) {
      groups++;
      run = 0;
    } else {
      return false;
    }
  }
  return groups > 0 && run == 3;
}

/* What a text is made of, for the reason of its refusal. */
typedef struct shape {
  size_t digits, spaces, marks, points, others;
  char mark; /* the first mark seen */
} shape;

static shape look(const char *text, size_t length) {
  shape seen = {0};
  for (size_t i = 0, step; i < length; i += step) {
    step = space(text + i, length - i);
    if (step > 0)
      seen.spaces++;
    else
      step = 1;
    if (is_mark(text[i])) {
      seen.mark = seen.mark ? seen.mark : text[i];
      seen.marks++;
      seen.points += text[i] == '.' || text[i] == ',';
    } else if (is_digit(text[i])) {
      seen.digits++;
    } else if (space(text + i, length - i) == 0) {
      seen.others++;
    }
  }
  return seen;
}

static const char *explain(const char *text, size_t length, char thousands) {
  size_t skip = sign(text, length);
  shape seen = look(text + skip, length - skip);
  if (seen.others > 0) return "not_a_number";
  if (seen.digits == 0)
    return seen.spaces > 0 && seen.points == 0 && skip == 0 ? "space"
                                                            : "not_a_number";
  if (skip > 0) return "sign";
  if (thousands == ' ' && seen.spaces > 0 && seen.points == 0
      && is_digit(text[0]) && is_digit(text[length - 1]))
    return "thousands";
  if (seen.spaces > 0) return "space";
  if (seen.mark == '\''
      || (thousands && seen.mark == thousands && seen.points <= 1))
    return "thousands";
  if (is_grouped(text, length, seen.mark)) return "thousands";
  return "decimal";
}

/* Append a digit to '*value', which is not negative. */
static bool append(urna_count *value, char digit) {
  int d = digit - '0';
  if (*value > (INT64_MAX - d) / 10) return false;
  *value = *value * 10 + d;
  return true;
}

urna_status urna_count_read(const char *text, size_t length, char thousands,
                            urna_count *count, const char **reason) {
  urna_count value = 0;
  bool fits = true, grouped = false;
  if (length == 0) {
    *count = URNA_MISSING;
    return URNA_OK;
  }
  for (size_t i = 0; i < length; i++) {
    if (is_digit(text[i])) {
      fits = fits && append(&value, text[i]);
    } else if (grouped
               || (thousands && text[i] == thousands
                   && is_grouped(text, length, thousands))) {
      grouped = true;
    } else {
      *reason = explain(text, length, thousands);
      return URNA_BAD_INPUT;
    }
  }
  if (!fits) {
    *reason = "overflow";
    return URNA_BAD_INPUT;
  }
  *count = value;
  return URNA_OK;
}

urna_status urna_count_add(urna_count *sum, urna_count more) {
  if (more > 0 ? *sum > INT64_MAX - more : *sum < INT64_MIN - more)
    return URNA_OVERFLOW;
  *sum += more;
  return URNA_OK;
}

size_t urna_count_write(urna_count count, char out[URNA_COUNT_DIGITS]) {
  char reversed[URNA_COUNT_DIGITS];
  size_t n = 0, length = 0;
  /* the magnitude of INT64_MIN fits only where there is no sign */
  uint64_t left = count < 0 ? 0 - (uint64_t)count : (uint64_t)count;
  do {
    reversed[n++] = (char)('0' + (char)(left % 10));
    left /= 10;
  } while (left > 0);
  if (count < 0) out[length++] = '-';
  while (n > 0) out[length++] = reversed[--n];
  out[length] = '\0';
  return length;
}
