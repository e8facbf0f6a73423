/* see window.h */
#include "io/window.h"

#include <stdlib.h>
#include <string.h>

void urna_window_init(urna_window *window, const urna_tape *tape,
                      urna_pump *pump, size_t pad) {
  memset(window, 0, sizeof *window);
  window->tape = tape;
  window->pump = pump;
  window->pad = pad;
}

void urna_window_free(urna_window *window) {
  free(window->bytes);
  window->bytes = NULL;
  window->room = window->size = 0;
}

void urna_window_move(urna_window *window, size_t offset) {
  window->base = offset;
  window->size = 0;
  window->is_last = offset >= window->tape->size;
}

static urna_status room_for(urna_window *window, size_t wanted,
                            urna_error *error) {
  if (wanted <= window->room) return URNA_OK;
  if (wanted > URNA_RECORD_MAX) {
    urna_error_set(error, "record_too_long",
                   "a record, or a quoted field that never ends, of more than "
                   "256 MB");
    return URNA_BAD_INPUT;
  }
  char *bytes = realloc(window->bytes, wanted + window->pad);
  if (!bytes) return URNA_NO_MEMORY;
  window->bytes = bytes;
  window->room = wanted;
  return URNA_OK;
}

/* What stood there before is not to be taken for text. */
static void end_with_zeros(urna_window *window) {
  memset(window->bytes + window->size, 0, window->pad);
}

static void let_go(urna_window *window, size_t from) {
  window->base += from;
  window->size -= from;
  if (from == 0) return;
  memmove(window->bytes, window->bytes + from, window->size);
  end_with_zeros(window);
}

static urna_status read_more(urna_window *window, size_t wanted, size_t *got,
                             urna_error *error) {
  char *to = window->bytes + window->size;
  if (window->pump) return urna_pump_read(window->pump, to, wanted, got, error);
  return urna_tape_read_at(window->tape, window->base + window->size, to,
                           wanted, got, error);
}

urna_status urna_window_fill(urna_window *window, size_t from, size_t wanted,
                             urna_error *error) {
  let_go(window, from);
  urna_status status = room_for(window, wanted, error);
  if (status != URNA_OK || window->is_last || wanted <= window->size)
    return status;
  size_t more = wanted - window->size, got = 0;
  status = read_more(window, more, &got, error);
  if (status != URNA_OK) return status;
  window->size += got;
  size_t end = window->base + window->size;
  window->is_last = got < more || (window->tape && end >= window->tape->size);
  end_with_zeros(window);
  return URNA_OK;
}
