/* see tape.h */
#define _GNU_SOURCE

#include "io/tape.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/count.h"

#define PIECE ((size_t)1 << 18) /* of what is packed, read at once */
#define ENDS  ((size_t)1 << 16) /* a text is told by so much of both its ends */

static const char MARK[] = {'\xef', '\xbb', '\xbf'};

static urna_status refuse(urna_error *error) {
  urna_error_set(error, "cannot_read", NULL);
  if (error) error->system = errno ? errno : EIO;
  return URNA_BAD_INPUT;
}

static size_t mark_of(const char *bytes, size_t size) {
  bool has = size >= sizeof MARK && memcmp(bytes, MARK, sizeof MARK) == 0;
  return has ? sizeof MARK : 0;
}

/* ---- bytes of the system ---- */

/* All that there is room for, unless the file ends. */
static urna_status read_all(int descriptor, char *to, size_t room, size_t *got,
                            urna_error *error) {
  for (*got = 0; *got < room;) {
    ssize_t more = read(descriptor, to + *got, room - *got);
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return refuse(error);
    if (more == 0) break;
    *got += (size_t)more;
  }
  return URNA_OK;
}

static urna_status read_place(int descriptor, size_t place, char *to,
                              size_t room, size_t *got, urna_error *error) {
  for (*got = 0; *got < room;) {
    ssize_t more =
        pread(descriptor, to + *got, room - *got, (off_t)(place + *got));
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return refuse(error);
    if (more == 0) break;
    *got += (size_t)more;
  }
  return URNA_OK;
}

/* ---- opening ---- */

static void clear(urna_tape *tape) {
  memset(tape, 0, sizeof *tape);
  tape->descriptor = -1;
}

/* A plain file can be read at any place. */
static void look_at_file(urna_tape *tape, size_t size) {
  char bytes[URNA_PACKING_BYTES];
  size_t got = 0;
  if (read_place(tape->descriptor, 0, bytes, sizeof bytes, &got, NULL)
          != URNA_OK
      || urna_packing_of(bytes, got) != URNA_PLAIN)
    return;
  tape->is_seekable = true;
  tape->mark = mark_of(bytes, got);
  tape->size = size - tape->mark;
}

/* What is read in order tells by its first bytes how it is packed. */
static urna_status begin_order(urna_tape *tape, urna_error *error) {
  size_t got;
  urna_status status = urna_bytes_reserve(&tape->packed, PIECE);
  if (status == URNA_OK)
    status = read_all(tape->descriptor, tape->packed.data, PIECE, &got, error);
  if (status != URNA_OK) return status;
  tape->packed.size = got;
  tape->has_ended = got < PIECE;
  urna_packing packing = urna_packing_of(tape->packed.data, got);
  return packing == URNA_PLAIN ? URNA_OK
                               : urna_unpack_init(&tape->unpack, packing);
}

/* The mark of what is read in order is stepped over once and for all. */
static urna_status skip_mark(urna_tape *tape, urna_error *error) {
  urna_status status = urna_tape_head(tape, ENDS + sizeof MARK, error);
  if (status == URNA_OK)
    tape->given = tape->mark = mark_of(tape->held.data, tape->held.size);
  return status;
}

urna_status urna_tape_open(urna_tape *tape, const char *path,
                           urna_error *error) {
  struct stat found;
  clear(tape);
  errno = 0;
  bool is_input = strcmp(path, "-") == 0;
  tape->descriptor =
      is_input ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
  if (tape->descriptor < 0) return refuse(error);
  if (!is_input && fstat(tape->descriptor, &found) == 0
      && S_ISREG(found.st_mode) && found.st_size > 0)
    look_at_file(tape, (size_t)found.st_size);
  urna_status status = URNA_OK;
  if (!tape->is_seekable) status = begin_order(tape, error);
  if (status == URNA_OK && !tape->is_seekable) status = skip_mark(tape, error);
  if (status != URNA_OK) urna_tape_close(tape);
  return status;
}

void urna_tape_text(urna_tape *tape, const char *text, size_t size) {
  clear(tape);
  tape->text = text;
  tape->is_seekable = true;
  tape->size = size;
}

void urna_tape_of(urna_tape *tape, urna_source *source) {
  urna_tape_text(tape, source->text, source->size);
  tape->source = urna_source_keep(source);
}

void urna_tape_close(urna_tape *tape) {
  if (tape->descriptor >= 0) close(tape->descriptor);
  urna_source_release(tape->source);
  urna_unpack_free(&tape->unpack);
  urna_bytes_free(&tape->packed);
  urna_bytes_free(&tape->held);
  urna_bytes_free(&tape->tail);
  clear(tape);
}

/* ---- reading ---- */

urna_status urna_tape_read_at(const urna_tape *tape, size_t offset, char *to,
                              size_t room, size_t *got, urna_error *error) {
  *got = 0;
  if (offset >= tape->size) return URNA_OK;
  if (room > tape->size - offset) room = tape->size - offset;
  if (tape->text) {
    memcpy(to, tape->text + offset, room);
    *got = room;
    return URNA_OK;
  }
  urna_status status =
      read_place(tape->descriptor, tape->mark + offset, to, room, got, error);
  if (status != URNA_OK || *got == room) return status;
  urna_error_set(error, "shrunk", "the file got shorter while it was read");
  return URNA_BAD_INPUT;
}

/* More packed bytes, if the last are used up. */
static urna_status refill(urna_tape *tape, urna_error *error) {
  if (tape->taken < tape->packed.size || tape->has_ended) return URNA_OK;
  urna_status status = read_all(tape->descriptor, tape->packed.data, PIECE,
                                &tape->packed.size, error);
  tape->taken = 0;
  tape->has_ended = tape->packed.size < PIECE;
  return status;
}

/* Some bytes, packed or plain, into the room that there is. */
static urna_status pass_on(urna_tape *tape, urna_flow *flow,
                           urna_error *error) {
  flow->from = tape->packed.data + tape->taken;
  flow->left = tape->packed.size - tape->taken;
  if (tape->unpack.packing != URNA_PLAIN) {
    urna_status status = urna_unpack_some(&tape->unpack, flow, error);
    tape->taken = tape->packed.size - flow->left;
    return status;
  }
  size_t count = flow->left < flow->room ? flow->left : flow->room;
  memcpy(flow->to, flow->from, count);
  flow->to += count;
  flow->room -= count;
  tape->taken += count;
  return URNA_OK;
}

static urna_status read_on(urna_tape *tape, char *to, size_t room, size_t *got,
                           urna_error *error) {
  urna_flow flow = {.to = to, .room = room};
  urna_status status = URNA_OK;
  while (status == URNA_OK && flow.room > 0) {
    size_t before = flow.room;
    status = refill(tape, error);
    if (status == URNA_OK) status = pass_on(tape, &flow, error);
    bool is_over = tape->has_ended && tape->taken == tape->packed.size;
    if (status == URNA_OK && is_over && flow.room == before) break;
  }
  if (status == URNA_OK && flow.room > 0 && tape->unpack.packing != URNA_PLAIN)
    status = urna_unpack_end(&tape->unpack, error);
  *got = room - flow.room;
  return status;
}

/* The last bytes of all that was read. */
static urna_status remember(urna_tape *tape, const char *bytes, size_t size) {
  urna_bytes *tail = &tape->tail;
  tape->passed += size;
  if (urna_bytes_reserve(tail, 2 * ENDS) != URNA_OK) return URNA_NO_MEMORY;
  if (size > ENDS) {
    bytes += size - ENDS;
    size = ENDS;
  }
  if (tail->size + size > ENDS) {
    size_t kept = ENDS - size;
    memmove(tail->data, tail->data + tail->size - kept, kept);
    tail->size = kept;
  }
  return urna_bytes_append(tail, bytes, size);
}

urna_status urna_tape_read(urna_tape *tape, char *to, size_t room, size_t *got,
                           urna_error *error) {
  size_t held = tape->held.size - tape->given;
  if (held > room) held = room;
  if (held > 0) memcpy(to, tape->held.data + tape->given, held);
  tape->given += held;
  size_t more = 0;
  urna_status status =
      held == room ? URNA_OK
                   : read_on(tape, to + held, room - held, &more, error);
  *got = held + more;
  return status == URNA_OK ? remember(tape, to, *got) : status;
}

static void put_size(urna_sha256 *hash, size_t size) {
  char digits[URNA_COUNT_DIGITS];
  urna_sha256_update(hash, digits, urna_count_write((urna_count)size, digits));
  urna_sha256_update(hash, "\n", 1);
}

urna_status urna_tape_identity(urna_tape *tape, char hex[URNA_SHA256_HEX],
                               urna_error *error) {
  urna_sha256 hash;
  urna_status status = URNA_OK;
  size_t size = tape->is_seekable ? tape->size : tape->passed;
  if (tape->is_seekable) {
    size_t last = size < ENDS ? size : ENDS, got = 0;
    status = urna_tape_head(tape, ENDS, error);
    if (status == URNA_OK) status = urna_bytes_reserve(&tape->tail, ENDS);
    if (status == URNA_OK)
      status = urna_tape_read_at(tape, size - last, tape->tail.data, last, &got,
                                 error);
    tape->tail.size = got;
  }
  if (status != URNA_OK) return status;
  size_t first = tape->is_seekable ? 0 : tape->mark;
  size_t head = tape->held.size - first;
  urna_sha256_init(&hash);
  put_size(&hash, size);
  if (head > 0)
    urna_sha256_update(&hash, tape->held.data + first,
                       head < ENDS ? head : ENDS);
  put_size(&hash, size);
  if (tape->tail.size > 0)
    urna_sha256_update(&hash, tape->tail.data, tape->tail.size);
  urna_sha256_finish(&hash, hex);
  return URNA_OK;
}

urna_status urna_tape_head(urna_tape *tape, size_t wanted, urna_error *error) {
  urna_bytes *held = &tape->held;
  size_t begun = tape->is_seekable ? 0 : tape->given, got = 0;
  wanted += begun;
  if (held->size >= wanted) return URNA_OK;
  size_t more = wanted - held->size;
  urna_status status = urna_bytes_reserve(held, more);
  if (status == URNA_OK)
    status = tape->is_seekable
                 ? urna_tape_read_at(tape, held->size, held->data + held->size,
                                     more, &got, error)
                 : read_on(tape, held->data + held->size, more, &got, error);
  held->size += got;
  return status;
}
