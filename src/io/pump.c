/* see pump.h */
#include "io/pump.h"

#include <stdlib.h>
#include <string.h>

#define SLOT ((size_t)1 << 18)

/* Wait for an empty slot; NULL: nobody wants any more. */
static urna_pump_slot *wait_for_room(urna_pump *pump) {
  pthread_mutex_lock(&pump->lock);
  while (pump->put - pump->taken == URNA_PUMP_SLOTS && !pump->is_stopped)
    pthread_cond_wait(&pump->emptied, &pump->lock);
  urna_pump_slot *slot = &pump->slots[pump->put % URNA_PUMP_SLOTS];
  bool is_stopped = pump->is_stopped;
  pthread_mutex_unlock(&pump->lock);
  return is_stopped ? NULL : slot;
}

/* Hand over what was read; false: that was the last. */
static bool hand_over(urna_pump *pump, urna_pump_slot *slot, size_t got,
                      urna_status status, const urna_error *error) {
  pthread_mutex_lock(&pump->lock);
  slot->size = got;
  slot->given = 0;
  pump->put++;
  pump->has_ended = status != URNA_OK || got < SLOT;
  pump->status = status;
  pump->error = *error;
  bool goes_on = !pump->has_ended;
  pthread_cond_signal(&pump->filled);
  pthread_mutex_unlock(&pump->lock);
  return goes_on;
}

static void *read_ahead(void *argument) {
  urna_pump *pump = argument;
  urna_pump_slot *slot;
  bool goes_on = true;
  while (goes_on && (slot = wait_for_room(pump)) != NULL) {
    size_t got = 0;
    urna_error error = {.code = NULL};
    urna_status status =
        urna_tape_read(pump->tape, slot->bytes, SLOT, &got, &error);
    goes_on = hand_over(pump, slot, got, status, &error);
  }
  return NULL;
}

urna_status urna_pump_start(urna_pump *pump, urna_tape *tape) {
  memset(pump, 0, sizeof *pump);
  pump->tape = tape;
  char *bytes = malloc(URNA_PUMP_SLOTS * SLOT);
  if (!bytes) return URNA_NO_MEMORY;
  for (size_t i = 0; i < URNA_PUMP_SLOTS; i++)
    pump->slots[i].bytes = bytes + i * SLOT;
  pthread_mutex_init(&pump->lock, NULL);
  pthread_cond_init(&pump->filled, NULL);
  pthread_cond_init(&pump->emptied, NULL);
  pump->is_threaded =
      pthread_create(&pump->thread, NULL, read_ahead, pump) == 0;
  return URNA_OK;
}

void urna_pump_stop(urna_pump *pump) {
  if (!pump->slots[0].bytes) return;
  if (pump->is_threaded) {
    pthread_mutex_lock(&pump->lock);
    pump->is_stopped = true;
    pthread_cond_signal(&pump->emptied);
    pthread_mutex_unlock(&pump->lock);
    pthread_join(pump->thread, NULL);
  }
  pthread_cond_destroy(&pump->emptied);
  pthread_cond_destroy(&pump->filled);
  pthread_mutex_destroy(&pump->lock);
  free(pump->slots[0].bytes);
  memset(pump, 0, sizeof *pump);
}

/* The next filled slot; NULL: there is none any more. */
static urna_pump_slot *wait_for_bytes(urna_pump *pump) {
  pthread_mutex_lock(&pump->lock);
  while (pump->put == pump->taken && !pump->has_ended)
    pthread_cond_wait(&pump->filled, &pump->lock);
  urna_pump_slot *slot = pump->put > pump->taken
                             ? &pump->slots[pump->taken % URNA_PUMP_SLOTS]
                             : NULL;
  pthread_mutex_unlock(&pump->lock);
  return slot;
}

static void give_back(urna_pump *pump) {
  pthread_mutex_lock(&pump->lock);
  pump->taken++;
  pthread_cond_signal(&pump->emptied);
  pthread_mutex_unlock(&pump->lock);
}

urna_status urna_pump_read(urna_pump *pump, char *to, size_t room, size_t *got,
                           urna_error *error) {
  if (!pump->is_threaded)
    return urna_tape_read(pump->tape, to, room, got, error);
  urna_pump_slot *slot;
  for (*got = 0; *got < room && (slot = wait_for_bytes(pump)) != NULL;) {
    size_t count = slot->size - slot->given;
    if (count > room - *got) count = room - *got;
    memcpy(to + *got, slot->bytes + slot->given, count);
    *got += count;
    slot->given += count;
    if (slot->given == slot->size) give_back(pump);
  }
  if (*got == room || pump->status == URNA_OK) return URNA_OK;
  if (error) *error = pump->error;
  return pump->status;
}
