/*
** terminal.h - whether a standard stream is shown to a person, and how much of
** it at once.
*/
#ifndef URNA_IO_TERMINAL_H
#define URNA_IO_TERMINAL_H

#include "core/status.h"

URNA_BEGIN

/* 1 if the file descriptor (0 in, 1 out, 2 errors) is a terminal, else 0. */
int urna_terminal_is(int descriptor);

/* Columns that it shows; 0 where there is none or it does not say, as a serial
** line does. */
int urna_terminal_columns(int descriptor);

URNA_FINISH

#endif
