/*
** window.h - the piece of a text that a scanner looks at: moved along a tape
** block by block, what was not finished carried over to the next.
*/
#ifndef URNA_IO_WINDOW_H
#define URNA_IO_WINDOW_H

#include "io/pump.h"

URNA_BEGIN

/* Bytes of one record beyond which it is refused. */
#define URNA_RECORD_MAX ((size_t)1 << 28)

/* Owns its bytes; behind them is room that a scanner may read. */
typedef struct urna_window {
  char *bytes;
  size_t room;
  size_t base, size;     /* where in the text, and how much of it */
  bool is_last;          /* nothing of the text is behind it */
  const urna_tape *tape; /* read in place; or NULL, and then: */
  urna_pump *pump;
  size_t pad;
} urna_window;

/* 'pad' zeros are kept behind the bytes. */
void urna_window_init(urna_window *window, const urna_tape *tape,
                      urna_pump *pump, size_t pad);
void urna_window_free(urna_window *window);

/* Look at 'offset' of a tape that is read in place: nothing is held yet. */
void urna_window_move(urna_window *window, size_t offset);

/*
** Let go of what is before 'from' bytes into the window, and hold at least
** 'wanted' bytes from there, or all that the text still has. URNA_BAD_INPUT:
** "record_too_long", or what the tape says. URNA_NO_MEMORY.
*/
urna_status urna_window_fill(urna_window *window, size_t from, size_t wanted,
                             urna_error *error);

URNA_FINISH

#endif
