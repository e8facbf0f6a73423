/* See source.h. */
#include "io/source.h"

#include <stdlib.h>

#include "io/unpack.h"

static urna_source *create(void) {
  urna_source *source = calloc(1, sizeof *source);
  if (!source) return NULL;
  source->users = 1;
  urna_bytes_init(&source->input);
  urna_bytes_init(&source->made);
  return source;
}

urna_source *urna_source_keep(urna_source *source) {
  source->users++;
  return source;
}

void urna_source_release(urna_source *source) {
  if (!source || --source->users > 0) return;
  urna_bytes_free(&source->input);
  urna_bytes_free(&source->made);
  free(source);
}

/* The text is 'bytes', which is UTF-8 if it is good. */
static urna_status adopt(urna_source *source, const urna_bytes *bytes,
                         urna_error *error) {
  static const char nothing[1] = "";
  size_t skip;
  urna_status status =
      urna_encoding_check(bytes->data, bytes->size, &skip, error);
  if (status != URNA_OK) return status;
  source->text = bytes->size > 0 ? bytes->data + skip : nothing;
  source->size = bytes->size - skip;
  return URNA_OK;
}

/* The text is what 'bytes' mean in an 8-bit encoding. */
static urna_status decode(urna_source *source, urna_encoding encoding,
                          const urna_bytes *bytes, urna_error *error) {
  urna_bytes decoded;
  urna_bytes_init(&decoded);
  urna_status status =
      urna_encoding_decode(encoding, bytes->data, bytes->size, &decoded, error);
  urna_bytes_free(&source->made);
  source->made = decoded;
  return status == URNA_OK ? adopt(source, &source->made, error) : status;
}

static urna_status prepare(urna_source *source, urna_encoding encoding,
                           urna_error *error) {
  const urna_bytes *bytes = &source->input;
  if (urna_packing_of(bytes->data, bytes->size) != URNA_PLAIN) {
    urna_status status = urna_bytes_unpack(bytes, &source->made, error);
    if (status != URNA_OK) return status;
    bytes = &source->made;
  }
  return encoding == URNA_UTF_8 ? adopt(source, bytes, error)
                                : decode(source, encoding, bytes, error);
}

/* Hand out a source whose input was got with 'status'. */
static urna_status finish(urna_source *fresh, urna_status status,
                          urna_encoding encoding, urna_source **source,
                          urna_error *error) {
  if (status == URNA_OK) status = prepare(fresh, encoding, error);
  if (status == URNA_OK)
    *source = fresh;
  else
    urna_source_release(fresh);
  return status;
}

urna_status urna_source_read(const char *path, urna_encoding encoding,
                             urna_source **source, urna_error *error) {
  urna_source *fresh = create();
  if (!fresh) return URNA_NO_MEMORY;
  urna_status status = urna_bytes_read(path, &fresh->input, error);
  return finish(fresh, status, encoding, source, error);
}

urna_status urna_source_copy(const char *bytes, size_t size,
                             urna_encoding encoding, urna_source **source,
                             urna_error *error) {
  urna_source *fresh = create();
  if (!fresh) return URNA_NO_MEMORY;
  urna_status status = urna_bytes_append(&fresh->input, bytes, size);
  return finish(fresh, status, encoding, source, error);
}

void urna_source_sha256(const urna_source *source, char hex[URNA_SHA256_HEX]) {
  urna_sha256 hash;
  urna_sha256_init(&hash);
  urna_sha256_update(&hash, source->input.data, source->input.size);
  urna_sha256_finish(&hash, hex);
}
