#include <stdlib.h>

#include "core/lookalike.h"
#include "test.h"

#define TEXT(literal)                                                          \
  { literal, sizeof(literal) - 1 }

static int is_skeleton(const char *name, const char *expected) {
  char out[400];
  size_t length = urna_lookalike_skeleton(name, strlen(name), out);
  int good = length == strlen(expected) && memcmp(out, expected, length) == 0;
  char again[1200];
  size_t same = urna_lookalike_skeleton(out, length, again);
  if (!good) printf("%s is %.*s\n", name, (int)length, out);
  return good && same == length && memcmp(out, again, length) == 0;
}

static void decompositions(void) {
  CHECK(is_skeleton("", ""));
  CHECK(is_skeleton("Novi Sad 12-A \"x\"", "Novi Sad 12-A \"x\""));
  CHECK(is_skeleton("Č", "C\xCC\x8C"));
  CHECK(is_skeleton("C\xCC\x8C", "C\xCC\x8C"));
  /* U+01D8 is ü with an acute, ü is u with a diaeresis */
  CHECK(is_skeleton("ǘ", "u\xCC\x88\xCC\x81"));
  /* U+1EC7: dot below, class 220, stands before circumflex, class 230 */
  CHECK(is_skeleton("ệ", "e\xCC\xA3\xCC\x82"));
  CHECK(is_skeleton("e\xCC\x82\xCC\xA3", "e\xCC\xA3\xCC\x82"));
  CHECK(is_skeleton("ê\xCC\xA3", "e\xCC\xA3\xCC\x82"));
  /* of one class, the order says which is above: it stays */
  CHECK(is_skeleton("e\xCC\x82\xCC\x81", "e\xCC\x82\xCC\x81"));
  CHECK(is_skeleton("e\xCC\x81\xCC\x82", "e\xCC\x81\xCC\x82"));
  /* U+0958 is U+0915 and the nukta U+093C */
  CHECK(is_skeleton("\xE0\xA5\x98", "\xE0\xA4\x95\xE0\xA4\xBC"));
  /* U+D55C is U+1112, U+1161, U+11AB; U+AC00 has two letters */
  CHECK(is_skeleton("\xED\x95\x9C", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"));
  CHECK(is_skeleton("\xEA\xB0\x80", "\xE1\x84\x80\xE1\x85\xA1"));
}

static void letters(void) {
  CHECK(is_skeleton("АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX"));
  CHECK(is_skeleton("аеорсухѕіј", "aeopcyxsij"));
  CHECK(is_skeleton("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"));
  CHECK(is_skeleton("ё", "e\xCC\x88") && is_skeleton("ї", "i\xCC\x88"));
  CHECK(is_skeleton("Ќ", "K\xCC\x81"));
  CHECK(is_skeleton("ѓ", "г\xCC\x81") && is_skeleton("ў", "y\xCC\x86"));
  CHECK(is_skeleton("й", "и\xCC\x86"));
  CHECK(is_skeleton("Ниш", "Hиш"));
  CHECK(is_skeleton("Ð", "Đ") && is_skeleton("Ɖ", "Đ"));
  CHECK(is_skeleton("đ", "đ") && is_skeleton("ð", "ð"));
  CHECK(is_skeleton("ǅ", "Dz\xCC\x8C") && is_skeleton("ﬃ", "ffi"));
  CHECK(is_skeleton("ＡＢ１", "AB1"));
  CHECK(is_skeleton("0O1lI", "0O1lI"));
  CHECK(is_skeleton("ıi", "ıi"));
}

static void signs(void) {
  CHECK(is_skeleton("Novi  Sad", "Novi Sad"));
  CHECK(is_skeleton(" Novi\xC2\xA0Sad\t", "Novi Sad"));
  CHECK(is_skeleton("a\xE2\x80\xAF \r\n\xE3\x80\x80z", "a z"));
  CHECK(is_skeleton("  ", "") && is_skeleton("\xC2\xA0", ""));
  CHECK(is_skeleton("a‐b‑c–d—e−f", "a-b-c-d-e-f"));
  CHECK(is_skeleton("„a“ ”b” «c»", "\"a\" \"b\" \"c\""));
  CHECK(is_skeleton("‘a’ мʼя", "'a' м'я"));
  CHECK(is_skeleton("a\xC2\xAD"
                    "b\xE2\x80\x8B"
                    "c\xEF\xBB\xBF",
                    "abc"));
  CHECK(is_skeleton("C\xE2\x80\x8B\xCC\x8C", "C\xCC\x8C"));
}

/* What is no character of the plane is kept byte for byte. */
static void others(void) {
  CHECK(is_skeleton("\xF0\x9F\x97\xB3 x", "\xF0\x9F\x97\xB3 x"));
  CHECK(is_skeleton("\xFF\xC3", "\xFF\xC3"));
  CHECK(is_skeleton("\xC0\x80", "\xC0\x80"));
  CHECK(is_skeleton("\xE0\x80\x80", "\xE0\x80\x80"));
  CHECK(is_skeleton("\xE2\x80", "\xE2\x80"));
  CHECK(is_skeleton("日本", "日本"));
}

/* A hundred thousand marks, each of which would go before all the others. */
static void many_marks(void) {
  enum { COUNT = 100000 };
  char *name = malloc(4 * COUNT), *out = malloc(URNA_SKELETON_ROOM(4 * COUNT));
  for (size_t i = 0; name && i < 2 * COUNT; i++)
    memcpy(name + 2 * i, i < COUNT ? "\xCC\x81" : "\xCC\xA3", 2);
  if (name && out)
    CHECK(urna_lookalike_skeleton(name, 4 * COUNT, out) == 4 * COUNT);
  free(name);
  free(out);
}

static int is_name(const urna_likenesses *found, size_t group, size_t i,
                   size_t number) {
  return group < found->group_count && i < found->groups[group].count
         && found->groups[group].names[i].number == number;
}

static void groups(void) {
  static const urna_text names[] = {TEXT("Niš"),
                                    TEXT("Čačak"),
                                    TEXT("Ada"),
                                    TEXT("Novi Sad"),
                                    TEXT("\xD0\x90"
                                         "da"),
                                    TEXT("Ниш"),
                                    TEXT("Novi  Sad"),
                                    TEXT("C\xCC\x8C"
                                         "ačak"),
                                    TEXT("Ćaćak"),
                                    TEXT("Čačak"),
                                    TEXT("Novi Sad "),
                                    TEXT("ada"),
                                    TEXT("Ada"),
                                    TEXT("")};
  enum { COUNT = sizeof names / sizeof *names };
  for (uint64_t seed = 0; seed < 5; seed++) {
    urna_likenesses found = {.groups = NULL};
    CHECK(urna_lookalike_find(names, COUNT, seed, &found) == URNA_OK);
    /* bytewise: Ada, C + caron, Novi; and in them "Novi  S" < "Novi S" */
    CHECK(found.group_count == 3);
    CHECK(found.groups[0].count == 2 && is_name(&found, 0, 0, 2));
    CHECK(is_name(&found, 0, 1, 4));
    CHECK(found.groups[1].count == 2 && is_name(&found, 1, 0, 7));
    CHECK(is_name(&found, 1, 1, 1));
    CHECK(found.groups[2].count == 3 && is_name(&found, 2, 0, 6));
    CHECK(is_name(&found, 2, 1, 3) && is_name(&found, 2, 2, 10));
    urna_likenesses_free(&found);
    urna_likenesses_free(&found);
  }
}

static size_t group_count(const urna_text *names, size_t n) {
  urna_likenesses found = {.groups = NULL};
  CHECK(urna_lookalike_find(names, n, 1, &found) == URNA_OK);
  size_t count = found.group_count;
  urna_likenesses_free(&found);
  return count;
}

static void no_groups(void) {
  static const urna_text plain[] = {TEXT("a"), TEXT("b"), TEXT("a"),
                                    TEXT("a b")};
  static const urna_text same[] = {TEXT("č"), TEXT("č"), TEXT("č")};
  static const urna_text empty[] = {{NULL, 0}, TEXT(" ")};
  static const urna_text late[] = {TEXT("0123456789 abcdefg  h"),
                                   TEXT("0123456789 abcdefg h")};
  static const urna_text edge[] = {TEXT("01234567  "), TEXT("01234567")};
  CHECK(group_count(NULL, 0) == 0);
  CHECK(group_count(plain, 4) == 0);
  CHECK(group_count(same, 3) == 0);
  CHECK(group_count(empty, 2) == 1);
  CHECK(group_count(late, 2) == 1);
  CHECK(group_count(edge, 2) == 1);
}

/* Two spaces at every place of a name are noticed. */
static void spaces_anywhere(void) {
  for (size_t at = 0; at <= 24; at++) {
    char one[32], two[32];
    memset(one, 'x', 24);
    memset(two, 'x', 24);
    memcpy(one + at, " yyy", 4);
    memcpy(two + at, "  yyy", 5);
    urna_text names[] = {{one, at + 4}, {two, at + 5}};
    CHECK(group_count(names, 2) == 1);
  }
}

int main(void) {
  decompositions();
  letters();
  signs();
  others();
  many_marks();
  groups();
  no_groups();
  spaces_anywhere();
  return test_report("lookalike");
}
