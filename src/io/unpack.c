/* see unpack.h */
#include "io/unpack.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

urna_packing urna_packing_of(const char *bytes, size_t size) {
  if (size >= 2 && memcmp(bytes, "\x1f\x8b", 2) == 0) return URNA_GZIP;
  if (size >= 4 && memcmp(bytes, "\x28\xb5\x2f\xfd", 4) == 0) return URNA_ZSTD;
  return URNA_PLAIN;
}

static urna_status damaged(const urna_unpack *unpack, bool is_cut,
                           urna_error *error) {
  if (unpack->packing == URNA_GZIP)
    urna_error_set(error, "bad_gzip",
                   is_cut ? "the gzip data end too early"
                          : "the gzip data are damaged");
  else
    urna_error_set(error, "bad_zstd",
                   is_cut ? "the zstd data end too early"
                          : "the zstd data are damaged");
  return URNA_BAD_INPUT;
}

urna_status urna_unpack_init(urna_unpack *unpack, urna_packing packing) {
  *unpack = (urna_unpack){.packing = packing, .is_between = true};
  if (packing == URNA_ZSTD) {
    unpack->state = ZSTD_createDStream();
    return unpack->state ? URNA_OK : URNA_NO_MEMORY;
  }
  z_stream *stream = calloc(1, sizeof *stream);
  if (!stream) return URNA_NO_MEMORY;
  /* 16: a gzip header and its checksum are demanded */
  if (inflateInit2(stream, 16 + MAX_WBITS) != Z_OK) {
    free(stream);
    return URNA_NO_MEMORY;
  }
  unpack->state = stream;
  return URNA_OK;
}

void urna_unpack_free(urna_unpack *unpack) {
  if (unpack->packing == URNA_ZSTD)
    ZSTD_freeDStream(unpack->state);
  else if (unpack->state) {
    inflateEnd(unpack->state);
    free(unpack->state);
  }
  *unpack = (urna_unpack){.packing = URNA_PLAIN};
}

/* zlib counts in unsigned int, so bytes are handed to it piece by piece. */
static uInt piece(size_t left) {
  return left > UINT_MAX ? UINT_MAX : (uInt)left;
}

static urna_status inflate_some(urna_unpack *unpack, urna_flow *flow,
                                urna_error *error) {
  z_stream *stream = unpack->state;
  if (unpack->is_between && inflateReset(stream) != Z_OK) return URNA_NO_MEMORY;
  uInt given = piece(flow->left), room = piece(flow->room);
  stream->next_in = (z_const Bytef *)flow->from;
  stream->avail_in = given;
  stream->next_out = (Bytef *)flow->to;
  stream->avail_out = room;
  int end = inflate(stream, Z_NO_FLUSH);
  flow->from += given - stream->avail_in;
  flow->left -= given - stream->avail_in;
  flow->to += room - stream->avail_out;
  flow->room -= room - stream->avail_out;
  unpack->is_between = end == Z_STREAM_END;
  if (end == Z_MEM_ERROR) return URNA_NO_MEMORY;
  bool is_good = end == Z_OK || end == Z_STREAM_END || end == Z_BUF_ERROR;
  return is_good ? URNA_OK : damaged(unpack, false, error);
}

static urna_status expand_some(urna_unpack *unpack, urna_flow *flow,
                               urna_error *error) {
  ZSTD_inBuffer in = {flow->from, flow->left, 0};
  ZSTD_outBuffer out = {flow->to, flow->room, 0};
  size_t hint = ZSTD_decompressStream(unpack->state, &out, &in);
  flow->from += in.pos;
  flow->left -= in.pos;
  flow->to += out.pos;
  flow->room -= out.pos;
  unpack->is_between = hint == 0;
  return ZSTD_isError(hint) ? damaged(unpack, false, error) : URNA_OK;
}

urna_status urna_unpack_some(urna_unpack *unpack, urna_flow *flow,
                             urna_error *error) {
  urna_status status = URNA_OK;
  size_t room = 0, left = 0;
  /* until a call moves nothing: what is left to put out comes without input */
  while (status == URNA_OK && flow->room > 0
         && (room != flow->room || left != flow->left)) {
    if (unpack->is_between && flow->left == 0) break;
    room = flow->room;
    left = flow->left;
    status = unpack->packing == URNA_ZSTD ? expand_some(unpack, flow, error)
                                          : inflate_some(unpack, flow, error);
  }
  return status;
}

urna_status urna_unpack_end(const urna_unpack *unpack, urna_error *error) {
  return unpack->is_between ? URNA_OK : damaged(unpack, true, error);
}
