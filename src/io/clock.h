/*
** clock.h - how long something takes, for a person who waits.
*/
#ifndef URNA_IO_CLOCK_H
#define URNA_IO_CLOCK_H

#include "core/status.h"

URNA_BEGIN

/* Seconds since some moment in the past, which never go back; 0 where the
** system cannot tell. */
double urna_clock_seconds(void);

URNA_FINISH

#endif
