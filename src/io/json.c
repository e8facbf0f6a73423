/* See json.h. */
#include "io/json.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/utf8.h"

typedef enum token_kind { NOTHING, MARK, SCALAR } token_kind;

typedef struct lexer {
  const char *text, *at, *end;
  const char *token;   /* where the last one starts */
  const char *message; /* what is wrong with it, or NULL */
  size_t depth;
} lexer;

static urna_status refuse(const char *text, size_t offset, size_t length,
                          const char *message, urna_error *error) {
  urna_error_set(error, "bad_json", message);
  urna_error_place(error, text, offset);
  urna_error_text(error, text + offset, length);
  return URNA_BAD_INPUT;
}

static bool is_digit(const lexer *lex, const char *p) {
  return p < lex->end && *p >= '0' && *p <= '9';
}

static bool is_one_of(const lexer *lex, const char *p, const char *set) {
  return p < lex->end && *p != '\0' && strchr(set, *p) != NULL;
}

static bool skip_digits(const lexer *lex, const char **p) {
  const char *start = *p;
  while (is_digit(lex, *p)) ++*p;
  return *p > start;
}

static void lex_number(lexer *lex) {
  const char *p = lex->at;
  if (*p == '-') p++;
  bool good = is_digit(lex, p);
  if (is_one_of(lex, p, "0"))
    p++;
  else
    skip_digits(lex, &p);
  if (good && is_one_of(lex, p, ".")) {
    p++;
    good = skip_digits(lex, &p);
  }
  if (good && is_one_of(lex, p, "eE")) {
    p++;
    if (is_one_of(lex, p, "+-")) p++;
    good = skip_digits(lex, &p);
  }
  if (!good || is_digit(lex, p) || is_one_of(lex, p, ".+-eE"))
    lex->message = "not a number as JSON writes them";
  lex->at = p;
}

/* The token ends before 'at' and is flawed. */
static void lex_flaw(lexer *lex, const char *at, const char *message) {
  lex->at = at;
  lex->message = message;
}

static void lex_string(lexer *lex) {
  const char *p = lex->at + 1;
  while (p < lex->end && *p != '"') {
    size_t left = (size_t)(lex->end - p);
    if ((unsigned char)*p < 0x20) {
      lex_flaw(lex, p + 1, "a control character in a string");
      return;
    }
    if (left >= 6 && memcmp(p, "\\u0000", 6) == 0) {
      lex_flaw(lex, p + 6, "a NUL in a string");
      return;
    }
    p += *p == '\\' && left > 1 ? 2 : 1;
  }
  if (p == lex->end)
    lex_flaw(lex, p, "a string that never ends");
  else
    lex->at = p + 1;
}

static void lex_word(lexer *lex) {
  const char *p = lex->at;
  while (p < lex->end && *p >= 'a' && *p <= 'z') p++;
  if (p == lex->at) {
    lex->message = "no JSON begins like this";
    p++;
  }
  lex->at = p;
}

static void lex_mark(lexer *lex) {
  char mark = *lex->at++;
  if (mark == '[' || mark == '{') lex->depth++;
  if ((mark == ']' || mark == '}') && lex->depth > 0) lex->depth--;
  /* cJSON, too, gives up at its limit, but does not say why */
  if (lex->depth >= CJSON_NESTING_LIMIT) lex->message = "nested too deep";
}

/* Step over the next token. With lex->message set, it is a flawed one. */
static token_kind lex_next(lexer *lex) {
  while (is_one_of(lex, lex->at, " \t\r\n")) lex->at++;
  lex->token = lex->at;
  if (lex->at == lex->end) return NOTHING;
  if (is_one_of(lex, lex->at, "{}[],:")) {
    lex_mark(lex);
    return MARK;
  }
  if (*lex->at == '"')
    lex_string(lex);
  else if (*lex->at == '-' || is_digit(lex, lex->at))
    lex_number(lex);
  else
    lex_word(lex);
  return SCALAR;
}

static lexer lex_start(const char *text, size_t size) {
  lexer lex = {.text = text, .at = text, .end = text + size};
  if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) lex.at += 3;
  return lex;
}

/* What cJSON would not mind: the flaws of single tokens. '*open' is how many
** brackets are never closed. */
static urna_status check_tokens(const char *text, size_t size, size_t *open,
                                urna_error *error) {
  lexer lex = lex_start(text, size);
  while (lex_next(&lex) != NOTHING)
    if (lex.message)
      return refuse(text, (size_t)(lex.token - text),
                    (size_t)(lex.at - lex.token), lex.message, error);
  *open = lex.depth;
  return URNA_OK;
}

/*
** The tree has no places, but its keys and scalars come in the order of the
** text: the n-th of them is the n-th token of that kind.
*/
typedef struct walk {
  size_t scalars; /* met so far */
  size_t flawed;  /* number of the one that is refused */
  const char *message;
} walk;

typedef struct key {
  const char *name;
  size_t number;
} key;

static int compare_keys(const void *a, const void *b) {
  const key *first = a, *second = b;
  int order = strcmp(first->name, second->name);
  return order != 0 ? order
                    : (first->number > second->number)
                          - (first->number < second->number);
}

static urna_status flaw(walk *w, size_t number, const char *message) {
  w->flawed = number;
  w->message = message;
  return URNA_BAD_INPUT;
}

/* Sorts 'keys'. The earliest of those that repeat another is refused. */
static urna_status check_keys(walk *w, key *keys, size_t n) {
  size_t earliest = SIZE_MAX;
  qsort(keys, n, sizeof *keys, compare_keys);
  for (size_t i = 1; i < n; i++)
    if (strcmp(keys[i - 1].name, keys[i].name) == 0
        && keys[i].number < earliest)
      earliest = keys[i].number;
  return earliest == SIZE_MAX ? URNA_OK
                              : flaw(w, earliest, "a key that stands twice");
}

static urna_status check_value(walk *w, const cJSON *value);

static urna_status check_object(walk *w, const cJSON *object) {
  const cJSON *member;
  size_t n = 0, i = 0;
  urna_status status = URNA_OK;
  cJSON_ArrayForEach(member, object) n++;
  key *keys = malloc((n + 1) * sizeof *keys);
  if (!keys) return URNA_NO_MEMORY;
  for (member = object->child; member && status == URNA_OK;
       member = member->next) {
    keys[i].name = member->string;
    keys[i++].number = w->scalars++;
    if (cJSON_IsNull(member))
      w->scalars++;
    else
      status = check_value(w, member);
  }
  if (status == URNA_OK) status = check_keys(w, keys, n);
  free(keys);
  return status;
}

static urna_status check_value(walk *w, const cJSON *value) {
  urna_status status = URNA_OK;
  double most = (double)URNA_COUNT_MAX, number = value->valuedouble;
  if (cJSON_IsObject(value)) return check_object(w, value);
  if (cJSON_IsArray(value)) {
    const cJSON *item = value->child;
    for (; item && status == URNA_OK; item = item->next)
      status = check_value(w, item);
    return status;
  }
  if (cJSON_IsNull(value))
    return flaw(w, w->scalars, "a null that is no key's value");
  if (cJSON_IsNumber(value) && !(number >= -most && number <= most))
    return flaw(w, w->scalars, "a number beyond 2^53 - 1");
  w->scalars++;
  return URNA_OK;
}

static urna_status check_tree(const char *text, size_t size, const cJSON *root,
                              urna_error *error) {
  walk w = {0};
  urna_status status = check_value(&w, root);
  if (status != URNA_BAD_INPUT) return status;
  lexer lex = lex_start(text, size);
  for (size_t met = 0; met <= w.flawed;)
    if (lex_next(&lex) == SCALAR) met++;
  return refuse(text, (size_t)(lex.token - text), (size_t)(lex.at - lex.token),
                w.message, error);
}

static urna_status parse(const char *text, size_t size, size_t open,
                         cJSON **root, urna_error *error) {
  const char *start = lex_start(text, size).at, *end = start;
  size_t length = size - (size_t)(start - text);
  cJSON *tree = cJSON_ParseWithLengthOpts(start, length, &end, 0);
  /* where more was expected cJSON points at the last byte, not behind it */
  if (!tree && open > 0 && end + 1 == text + size) end++;
  lexer lex = {.text = text, .at = end, .end = text + size};
  token_kind next = lex_next(&lex);
  if (tree && next == NOTHING) {
    *root = tree;
    return URNA_OK;
  }
  const char *message = next == NOTHING ? "the JSON text ends too early"
                        : tree          ? "text after the end of the JSON value"
                                        : "this is not JSON";
  cJSON_Delete(tree);
  return refuse(text, (size_t)(lex.token - text), (size_t)(lex.at - lex.token),
                message, error);
}

urna_status urna_json_parse(const char *text, size_t size, struct cJSON **root,
                            urna_error *error) {
  size_t good = urna_utf8_check(text, size);
  cJSON *tree = NULL;
  if (good < size) {
    refuse(text, good, 0, "not UTF-8", error);
    urna_error_hex(error, text + good,
                   urna_utf8_culprit(text + good, size - good));
    return URNA_BAD_INPUT;
  }
  size_t open = 0;
  urna_status status = check_tokens(text, size, &open, error);
  if (status == URNA_OK) status = parse(text, size, open, &tree, error);
  if (status == URNA_OK) status = check_tree(text, size, tree, error);
  if (status == URNA_OK)
    *root = tree;
  else
    cJSON_Delete(tree);
  return status;
}

void urna_json_free(struct cJSON *root) {
  cJSON_Delete(root);
}
