/*
** utf8.h - is this text UTF-8, and where may it be cut?
**
** Well-formed means: no overlong forms, no surrogates, nothing above
** U+10FFFF, no sequence cut short. Runs of ASCII are passed over eight bytes
** at a time. NUL is a character like any other here.
** Source: The Unicode Standard 15.0, section 3.9, table 3-7.
*/
#ifndef URNA_UTF8_H
#define URNA_UTF8_H

#include "core/status.h"

URNA_BEGIN

/* Offset of the first ill-formed byte, or 'length' if there is none. */
size_t urna_utf8_check(const char *text, size_t length);

/*
** How many bytes at 'text', where urna_utf8_check found a flaw, to show as
** the culprit: the leading byte and the trailing ones that it claims.
*/
size_t urna_utf8_culprit(const char *text, size_t length);

/* The longest cut of at most 'limit' bytes that splits no character. */
size_t urna_utf8_cut(const char *text, size_t length, size_t limit);

URNA_FINISH

#endif
