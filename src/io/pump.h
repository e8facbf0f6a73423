/*
** pump.h - a tape that is read in order, read ahead by a thread of its own, so
** that unpacking and counting go on at the same time.
*/
#ifndef URNA_IO_PUMP_H
#define URNA_IO_PUMP_H

#include <pthread.h>

#include "io/tape.h"

URNA_BEGIN

#define URNA_PUMP_SLOTS 4

typedef struct urna_pump_slot {
  char *bytes;
  size_t size, given;
} urna_pump_slot;

/* Everything but 'tape' and 'is_threaded' is guarded by 'lock'. */
typedef struct urna_pump {
  urna_tape *tape;
  bool is_threaded; /* else it reads when it is asked */
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t filled, emptied;
  urna_pump_slot slots[URNA_PUMP_SLOTS];
  size_t put, taken; /* slots filled and emptied so far */
  bool has_ended, is_stopped;
  urna_status status; /* what ended it, with the error */
  urna_error error;
} urna_pump;

/* Begin to read ahead. Without a thread to be had it still works. */
urna_status urna_pump_start(urna_pump *pump, urna_tape *tape);
void urna_pump_stop(urna_pump *pump);

/* As urna_tape_read. */
urna_status urna_pump_read(urna_pump *pump, char *to, size_t room, size_t *got,
                           urna_error *error);

URNA_FINISH

#endif
