/* See bytes.h. */
#include "io/bytes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/unpack.h"

#define PIECE ((size_t)1 << 16)

void urna_bytes_init(urna_bytes *bytes) {
  bytes->data = NULL;
  bytes->size = bytes->room = 0;
}

void urna_bytes_free(urna_bytes *bytes) {
  free(bytes->data);
  urna_bytes_init(bytes);
}

urna_status urna_bytes_reserve(urna_bytes *bytes, size_t more) {
  if (more <= bytes->room - bytes->size) return URNA_OK;
  if (more > SIZE_MAX / 2 - bytes->size) return URNA_NO_MEMORY;
  size_t room = bytes->size + more;
  if (room < 2 * bytes->room) room = 2 * bytes->room;
  char *data = realloc(bytes->data, room);
  if (!data) return URNA_NO_MEMORY;
  bytes->data = data;
  bytes->room = room;
  return URNA_OK;
}

urna_status urna_bytes_append(urna_bytes *bytes, const char *data,
                              size_t size) {
  if (urna_bytes_reserve(bytes, size) != URNA_OK) return URNA_NO_MEMORY;
  if (size > 0) memcpy(bytes->data + bytes->size, data, size);
  bytes->size += size;
  return URNA_OK;
}

static urna_status refuse(int reason, urna_error *error) {
  urna_error_set(error, "cannot_read", NULL);
  if (error) error->system = reason ? reason : EIO;
  return URNA_BAD_INPUT;
}

static urna_status read_all(FILE *file, urna_bytes *bytes, urna_error *error) {
  for (;;) {
    if (urna_bytes_reserve(bytes, PIECE) != URNA_OK) return URNA_NO_MEMORY;
    size_t room = bytes->room - bytes->size;
    size_t got = fread(bytes->data + bytes->size, 1, room, file);
    bytes->size += got;
    if (got < room) return ferror(file) ? refuse(errno, error) : URNA_OK;
  }
}

urna_status urna_bytes_read(const char *path, urna_bytes *bytes,
                            urna_error *error) {
  errno = 0;
  if (strcmp(path, "-") == 0) return read_all(stdin, bytes, error);
  FILE *file = fopen(path, "rb");
  if (!file) return refuse(errno, error);
  urna_status status = read_all(file, bytes, error);
  fclose(file);
  return status;
}

urna_status urna_bytes_sha256(const char *path, char hex[URNA_SHA256_HEX],
                              urna_error *error) {
  urna_sha256 hash;
  char *block = malloc(PIECE);
  if (!block) return URNA_NO_MEMORY;
  errno = 0;
  FILE *file = fopen(path, "rb");
  urna_status status = file ? URNA_OK : refuse(errno, error);
  urna_sha256_init(&hash);
  for (size_t got = PIECE; status == URNA_OK && got == PIECE;) {
    got = fread(block, 1, PIECE, file);
    urna_sha256_update(&hash, block, got);
    if (ferror(file)) status = refuse(errno, error);
  }
  if (file) fclose(file);
  free(block);
  if (status == URNA_OK) urna_sha256_finish(&hash, hex);
  return status;
}

urna_status urna_bytes_unpack(const urna_bytes *packed, urna_bytes *bytes,
                              urna_error *error) {
  urna_unpack unpack;
  urna_flow flow = {.from = packed->data, .left = packed->size};
  urna_status status =
      urna_unpack_init(&unpack, urna_packing_of(packed->data, packed->size));
  do {
    if (status == URNA_OK) status = urna_bytes_reserve(bytes, PIECE);
    if (status != URNA_OK) break;
    flow.to = bytes->data + bytes->size;
    flow.room = bytes->room - bytes->size;
    status = urna_unpack_some(&unpack, &flow, error);
    bytes->size = (size_t)(flow.to - bytes->data);
  } while (status == URNA_OK && flow.room == 0);
  if (status == URNA_OK) status = urna_unpack_end(&unpack, error);
  urna_unpack_free(&unpack);
  return status;
}
