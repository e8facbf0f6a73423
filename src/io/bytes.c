/* See bytes.h. */
#include "io/bytes.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

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

bool urna_bytes_are_gzip(const urna_bytes *bytes) {
  return bytes->size >= 2 && memcmp(bytes->data, "\x1f\x8b", 2) == 0;
}

/* zlib counts in unsigned int, so bytes are handed to it piece by piece. */
static uInt piece(size_t left) {
  return left > UINT_MAX ? UINT_MAX : (uInt)left;
}

static urna_status damaged(const char *message, urna_error *error) {
  urna_error_set(error, "bad_gzip", message);
  return URNA_BAD_INPUT;
}

/* Unpack until a member ends or the input does; '*end' says which. */
static urna_status unpack_some(z_stream *stream, const char *stop,
                               urna_bytes *bytes, int *end) {
  do {
    if (urna_bytes_reserve(bytes, PIECE) != URNA_OK) return URNA_NO_MEMORY;
    uInt room = piece(bytes->room - bytes->size);
    stream->avail_in = piece((size_t)(stop - (const char *)stream->next_in));
    stream->next_out = (Bytef *)bytes->data + bytes->size;
    stream->avail_out = room;
    *end = inflate(stream, Z_NO_FLUSH);
    bytes->size += room - stream->avail_out;
  } while (*end == Z_OK);
  return *end == Z_MEM_ERROR ? URNA_NO_MEMORY : URNA_OK;
}

static urna_status unpack_members(z_stream *stream, const char *stop,
                                  urna_bytes *bytes, urna_error *error) {
  int end = Z_STREAM_END;
  while ((const char *)stream->next_in < stop && end == Z_STREAM_END) {
    if (inflateReset(stream) != Z_OK
        || unpack_some(stream, stop, bytes, &end) != URNA_OK)
      return URNA_NO_MEMORY;
  }
  if (end == Z_BUF_ERROR) return damaged("the gzip data end too early", error);
  if (end != Z_STREAM_END) return damaged("the gzip data are damaged", error);
  return URNA_OK;
}

urna_status urna_bytes_unpack(const urna_bytes *packed, urna_bytes *bytes,
                              urna_error *error) {
  z_stream stream = {.zalloc = Z_NULL};
  /* 16: a gzip header and its checksum are demanded */
  if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) return URNA_NO_MEMORY;
  stream.next_in = (z_const Bytef *)packed->data;
  urna_status status =
      unpack_members(&stream, packed->data + packed->size, bytes, error);
  inflateEnd(&stream);
  return status;
}
