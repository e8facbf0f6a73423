/* see intake.h */
#include "io/intake.h"

#include "io/encoding.h"
#include "io/window.h"

static bool goes_on(const urna_intake *self, size_t done) {
  return !self->progress || self->progress(self->context, done);
}

/* ---- records, block by block ---- */

/* The window stands where the first record begins; the lines before it are
** counted. */
static urna_status skip_headings(const urna_intake *self, urna_window *window,
                                 urna_ranked *ranked, urna_error *error) {
  urna_status status = urna_window_fill(window, 0, self->first, error);
  size_t end = self->first < window->size ? self->first : window->size;
  for (size_t i = 0; status == URNA_OK && i < end; i++)
    ranked->line += window->bytes[i] == '\n';
  ranked->offset = self->first;
  return status;
}

/* What is left of a block goes in front of the next; a record that is longer
** than what is held makes that larger. */
static urna_status feed_all(const urna_intake *self, urna_window *window,
                            urna_ranked *ranked, urna_error *error) {
  size_t used = self->first, wanted = self->block;
  for (;;) {
    urna_status status = urna_window_fill(window, used, wanted, error);
    if (status != URNA_OK) return status;
    status = urna_ranked_feed(ranked, window->bytes, window->size,
                              window->is_last, &used);
    if (status != URNA_OK) return status;
    if (!goes_on(self, window->base + used - self->first)) return URNA_END;
    if (window->is_last) return URNA_OK;
    wanted = used > 0 ? self->block : 2 * window->size + self->block;
  }
}

urna_status urna_intake_feed(const urna_intake *intake, urna_tape *tape,
                             urna_ranked *ranked, size_t *reached,
                             urna_error *error) {
  urna_pump pump;
  urna_window window;
  bool is_ahead = !tape->is_seekable;
  urna_window_init(&window, is_ahead ? NULL : tape, is_ahead ? &pump : NULL,
                   URNA_RANKED_PAD);
  urna_status status = is_ahead ? urna_pump_start(&pump, tape) : URNA_OK;
  bool has_pump = is_ahead && status == URNA_OK;
  if (status == URNA_OK) status = skip_headings(intake, &window, ranked, error);
  if (status == URNA_OK) status = feed_all(intake, &window, ranked, error);
  if (status == URNA_BAD_INPUT && error && !error->system && error->line == 0)
    error->line = ranked->line;
  *reached = window.base + window.size;
  if (has_pump) urna_pump_stop(&pump);
  urna_window_free(&window);
  return status;
}

/* ---- all of it ---- */

#define STEP ((size_t)1 << 20)

static urna_status read_step(urna_tape *tape, urna_bytes *bytes, size_t *got,
                             urna_error *error) {
  urna_status status = urna_bytes_reserve(bytes, STEP);
  if (status != URNA_OK) return status;
  char *to = bytes->data + bytes->size;
  status = tape->is_seekable
               ? urna_tape_read_at(tape, bytes->size, to, STEP, got, error)
               : urna_tape_read(tape, to, STEP, got, error);
  bytes->size += *got;
  return status;
}

static urna_status read_all(const urna_intake *self, urna_tape *tape,
                            urna_bytes *bytes, urna_error *error) {
  size_t got = STEP;
  urna_status status = URNA_OK;
  if (tape->is_seekable) status = urna_bytes_reserve(bytes, tape->size + STEP);
  while (status == URNA_OK && got == STEP) {
    status = read_step(tape, bytes, &got, error);
    if (status == URNA_OK && !goes_on(self, bytes->size)) return URNA_END;
  }
  return status;
}

urna_status urna_intake_whole(const urna_intake *intake, urna_tape *tape,
                              urna_bytes *bytes, urna_text *text,
                              urna_error *error) {
  static const char nothing[1] = "";
  *text = (urna_text){tape->text, tape->size};
  if (!tape->text) {
    urna_status status = read_all(intake, tape, bytes, error);
    if (status != URNA_OK) return status;
    *text = (urna_text){bytes->data, bytes->size};
  }
  if (text->length == 0) text->start = nothing;
  size_t mark;
  return urna_encoding_check(text->start, text->length, &mark, error);
}
