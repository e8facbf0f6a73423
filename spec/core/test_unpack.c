/* test_unpack.c - packed bytes handed over in pieces of every size. */
#include "io/unpack.h"

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "test.h"

#define ROOM 4096

static size_t pack_gzip(const char *text, size_t size, char *to) {
  z_stream stream = {.zalloc = NULL};
  deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = (z_const Bytef *)text;
  stream.avail_in = (uInt)size;
  stream.next_out = (Bytef *)to;
  stream.avail_out = ROOM;
  deflate(&stream, Z_FINISH);
  size_t packed = ROOM - stream.avail_out;
  deflateEnd(&stream);
  return packed;
}

static size_t pack(urna_packing packing, const char *text, char *to) {
  size_t size = strlen(text);
  if (packing == URNA_GZIP) return pack_gzip(text, size, to);
  return ZSTD_compress(to, ROOM, text, size, 3);
}

/* The text of packed bytes, 'step' bytes in and 'room' bytes out at a time;
** the status of the first call that fails. */
static urna_status unpack(const char *packed, size_t size, size_t step,
                          size_t room, char *text, size_t *length,
                          urna_error *error) {
  urna_unpack unpack;
  urna_status status = urna_unpack_init(&unpack, urna_packing_of(packed, size));
  size_t taken = 0;
  *length = 0;
  while (status == URNA_OK) {
    size_t left = size - taken < step ? size - taken : step;
    urna_flow flow = {packed + taken, left, text + *length, room};
    status = urna_unpack_some(&unpack, &flow, error);
    taken += left - flow.left;
    *length += room - flow.room;
    if (taken == size && flow.room == room) break;
  }
  if (status == URNA_OK) status = urna_unpack_end(&unpack, error);
  urna_unpack_free(&unpack);
  urna_unpack_free(&unpack);
  return status;
}

static void check(const char *packed, size_t size, const char *expected) {
  static const size_t steps[] = {1, 2, 7, ROOM}, rooms[] = {1, 5, ROOM};
  char text[2 * ROOM];
  for (size_t i = 0; i < 4; i++)
    for (size_t k = 0; k < 3; k++) {
      size_t length;
      urna_error error = {.code = NULL};
      CHECK(unpack(packed, size, steps[i], rooms[k], text, &length, &error)
            == URNA_OK);
      CHECK_TEXT(text, length, expected);
    }
}

static void test_members(urna_packing packing) {
  char packed[2 * ROOM];
  size_t size = pack(packing, "votes\n1\n", packed);
  check(packed, size, "votes\n1\n");
  size += pack(packing, "", packed + size);
  size += pack(packing, "2\n3\n", packed + size);
  check(packed, size, "votes\n1\n2\n3\n");
  check(packed, pack(packing, "", packed), "");
}

static void test_damage(urna_packing packing, const char *code) {
  char packed[ROOM], text[2 * ROOM];
  size_t size = pack(packing, "town,votes\nA,1\nB,2\nC,3\n", packed), length;
  for (size_t cut = URNA_PACKING_BYTES; cut < size; cut++) {
    urna_error error = {.code = NULL};
    CHECK(unpack(packed, cut, 3, 100, text, &length, &error) == URNA_BAD_INPUT);
    CHECK_STRING(error.code, code);
  }
  urna_error error = {.code = NULL};
  memcpy(packed + size, "more", 4);
  CHECK(unpack(packed, size + 4, 3, 100, text, &length, &error)
        == URNA_BAD_INPUT);
  CHECK_STRING(error.code, code);
}

static void test_what_it_is(void) {
  CHECK(urna_packing_of("\x1f\x8b", 2) == URNA_GZIP);
  CHECK(urna_packing_of("\x1f", 1) == URNA_PLAIN);
  CHECK(urna_packing_of("\x28\xb5\x2f\xfd", 4) == URNA_ZSTD);
  CHECK(urna_packing_of("\x28\xb5\x2f", 3) == URNA_PLAIN);
  CHECK(urna_packing_of("", 0) == URNA_PLAIN);
}

int main(void) {
  test_what_it_is();
  test_members(URNA_GZIP);
  test_members(URNA_ZSTD);
  test_damage(URNA_GZIP, "bad_gzip");
  test_damage(URNA_ZSTD, "bad_zstd");
  return test_report("unpack");
}
