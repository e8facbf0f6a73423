/* Sources: gzip as it comes, encodings, the byte order marks. */
#include <zlib.h>

#include "io/source.h"
#include "test.h"

static urna_error error;

static urna_source *take(const char *bytes, size_t size,
                         urna_encoding encoding) {
  urna_source *source = NULL;
  urna_error_set(&error, NULL, NULL);
  urna_status status = urna_source_copy(bytes, size, encoding, &source, &error);
  CHECK((status == URNA_OK) == (source != NULL));
  CHECK(status == URNA_OK || (status == URNA_BAD_INPUT && error.code));
  return source;
}

static void check_text(const char *bytes, size_t size, urna_encoding encoding,
                       const char *expected) {
  urna_source *source = take(bytes, size, encoding);
  if (source) CHECK_TEXT(source->text, source->size, expected);
  urna_source_release(source);
}

static void check_refused(const char *bytes, size_t size,
                          urna_encoding encoding, const char *code) {
  urna_source *source = take(bytes, size, encoding);
  CHECK(source == NULL);
  CHECK_STRING(error.code, code);
  urna_source_release(source);
}

/* Append 'text' to 'out' as one gzip member; returns its length. */
static size_t pack(const char *text, char *out, size_t room) {
  z_stream stream = {.zalloc = Z_NULL};
  deflateInit2(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = (z_const Bytef *)text;
  stream.avail_in = (uInt)strlen(text);
  stream.next_out = (Bytef *)out;
  stream.avail_out = (uInt)room;
  CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  size_t length = stream.total_out;
  deflateEnd(&stream);
  return length;
}

static void gzip(void) {
  char packed[200];
  size_t one = pack("a,b\n1,2\n", packed, sizeof packed);
  size_t two = one + pack("3,4\n", packed + one, sizeof packed - one);
  check_text(packed, one, URNA_UTF_8, "a,b\n1,2\n");
  check_text(packed, two, URNA_UTF_8, "a,b\n1,2\n3,4\n");
  for (size_t cut = 2; cut < two; cut++)
    if (cut != one) check_refused(packed, cut, URNA_UTF_8, "bad_gzip");
  packed[one] = 'x';
  check_refused(packed, one + 1, URNA_UTF_8, "bad_gzip");
  packed[one - 8] ^= 1; /* the checksum */
  check_refused(packed, one, URNA_UTF_8, "bad_gzip");
}

static void packed_encoding(void) {
  char packed[100];
  size_t size = pack("\x8A", packed, sizeof packed);
  check_text(packed, size, URNA_CP1250, "Š");
  check_refused(packed, size, URNA_UTF_8, "bad_text");
}

static void utf_8(void) {
  check_text("", 0, URNA_UTF_8, "");
  check_text("\xEF\xBB\xBF", 3, URNA_UTF_8, "");
  check_text("\xEF\xBB\xBF"
             "a",
             4, URNA_UTF_8, "a");
  check_refused("a\nb\xC3(", 5, URNA_UTF_8, "bad_text");
  CHECK(error.line == 2 && error.column == 2);
  CHECK_TEXT(error.text, error.text_length, "c3");
  CHECK_STRING(error.expected, "utf-8");
  check_refused("a\0b", 3, URNA_UTF_8, "bad_text");
  CHECK(error.column == 2);
  CHECK_TEXT(error.text, error.text_length, "00");
  check_refused("\xFF\xFE"
                "a\0",
                4, URNA_UTF_8, "bad_text");
  CHECK_TEXT(error.text, error.text_length, "UTF-16 byte order mark");
  check_refused("\xFE\xFF\0a", 4, URNA_CP1251, "bad_text");
}

static void eight_bits(void) {
  check_text("", 0, URNA_CP1250, "");
  check_text("\x8A\x9A\xD0\xF0\xE8", 5, URNA_CP1250, "ŠšĐđč");
  check_text("\xC1\xE5\xEE\xE3\xF0\xE0\xE4", 7, URNA_CP1251, "Београд");
  check_text("\xA3\xF3\x64\xBC", 4, URNA_ISO_8859_2, "Łódź");
  check_text("\x80", 1, URNA_CP1250, "€");
  check_refused("a\nbc\x81", 5, URNA_CP1250, "bad_text");
  CHECK(error.line == 2 && error.column == 3);
  CHECK_TEXT(error.text, error.text_length, "81");
  CHECK_STRING(error.expected, "cp1250");
  check_refused("\x98", 1, URNA_CP1251, "bad_text");
  check_refused("a\0", 2, URNA_CP1251, "bad_text");
  check_refused("\xEF\xBB\xBF"
                "a",
                4, URNA_CP1250, "bad_text");
  check_refused("a\nNi\xC5\xA1", 6, URNA_CP1250, "bad_text");
  CHECK(error.line == 2 && error.column == 3);
  CHECK_TEXT(error.text, error.text_length, "UTF-8 text");
  check_text("Nis", 3, URNA_CP1250, "Nis");
  check_text("\xC5\xA1\x9A", 3, URNA_CP1250, "Ĺˇš");
}

static void files(void) {
  urna_source *source = NULL;
  CHECK(urna_source_read("/no/such/file", URNA_UTF_8, &source, &error)
        == URNA_BAD_INPUT);
  CHECK_STRING(error.code, "cannot_read");
  CHECK(error.system != 0);
  CHECK(urna_source_read("/", URNA_UTF_8, &source, &error) == URNA_BAD_INPUT);
  CHECK_STRING(error.code, "cannot_read");
  CHECK(source == NULL);
}

static void users(void) {
  char hex[URNA_SHA256_HEX];
  urna_source *source = take("\xEF\xBB\xBF"
                             "abc",
                             6, URNA_UTF_8);
  if (!source) return;
  urna_source_release(urna_source_keep(source));
  CHECK_TEXT(source->text, source->size, "abc");
  urna_source_sha256(source, hex);
  /* sha256sum of the six bytes, mark included */
  CHECK_STRING(
      hex, "1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c");
  urna_source_release(source);
  urna_source_release(NULL);
}

static void names(void) {
  urna_encoding encoding;
  CHECK(urna_encoding_find("iso-8859-2", &encoding));
  CHECK(encoding == URNA_ISO_8859_2);
  CHECK(!urna_encoding_find("latin1", &encoding));
}

int main(void) {
  gzip();
  packed_encoding();
  utf_8();
  eight_bits();
  files();
  users();
  names();
  return test_report("source");
}
