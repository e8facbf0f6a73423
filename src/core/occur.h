/*
** occur.h - how often a byte stands in a text: ends of lines, quotes.
*/
#ifndef URNA_OCCUR_H
#define URNA_OCCUR_H

#include "core/status.h"

URNA_BEGIN

/* The number of bytes of 'text' that are 'byte'; eight are looked at at once. */
size_t urna_occur_count(const char *text, size_t size, char byte);

URNA_FINISH

#endif
