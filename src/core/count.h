/*
** count.h - counts read from text, added with a check, written as text.
**
** A cell holds a non-negative integer or nothing. Everything else is refused
** with the reason, never repaired: a sign, a fraction, a space or a mark in
** the wrong place is as likely a slip of the key as a manner of writing.
*/
#ifndef URNA_COUNT_H
#define URNA_COUNT_H

#include <stdbool.h>

#include "core/status.h"

URNA_BEGIN

/* Room for the longest decimal, its sign and a final NUL. */
#define URNA_COUNT_DIGITS 21

/*
** Read 'text' as a count; the empty text is URNA_MISSING. 'thousands' is the
** mark between groups of three digits, or 0 for none. URNA_BAD_INPUT:
** '*reason', a constant, is one of "decimal", "sign", "space", "thousands",
** "overflow", "not_a_number".
*/
urna_status urna_count_read(const char *text, size_t length, char thousands,
                            urna_count *count, const char **reason);

/* Add 'more' to '*sum'; URNA_OVERFLOW leaves it as it was. */
urna_status urna_count_add(urna_count *sum, urna_count more);

/* Write 'count' in decimal, NUL-terminated; returns its length. */
size_t urna_count_write(urna_count count, char out[URNA_COUNT_DIGITS]);

URNA_FINISH

#endif
