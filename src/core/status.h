/*
** status.h - what a function of urna says about its work, what a count is,
** and where an error lies.
**
** Results: 0 done; positive, done but the caller must act; negative, failed
** and outputs untouched. The world's mistakes come with an urna_error, which
** every function takes as a nullable last argument. Its 'code' is a word
** that programs may compare and is never changed; all its strings are
** constants, but for 'text', a copy of the offending bytes.
*/
#ifndef URNA_STATUS_H
#define URNA_STATUS_H

#include <stddef.h>
#include <stdint.h>

/*
** Around every header's declarations: nothing of urna is exported but the
** opener, also where the compiler was not told -fvisibility=hidden.
*/
#if defined(__GNUC__) && !defined(_WIN32)
#define URNA_BEGIN  _Pragma("GCC visibility push(hidden)")
#define URNA_FINISH _Pragma("GCC visibility pop")
#else
#define URNA_BEGIN
#define URNA_FINISH
#endif

URNA_BEGIN

typedef enum urna_status {
  URNA_OK = 0,
  URNA_TIE = 1, /* several equals; the law or a lot must choose */
  URNA_END = 2, /* nothing is left to read */
  URNA_MORE = 3, /* what follows has to be there first */
  URNA_NO_MEMORY = -1,
  URNA_OVERFLOW = -2,  /* an exact result does not fit */
  URNA_BAD_INPUT = -3, /* the world's mistake: see the urna_error */
  URNA_BAD_CALL = -4   /* the caller's mistake: see error->message */
} urna_status;

/* A number of voters, ballots, votes; a margin may be negative. */
typedef int64_t urna_count;

/* 2^53 - 1, the last integer that every Lua holds exactly. */
#define URNA_COUNT_MAX INT64_C(9007199254740991)

/* A cell that was not reported; never to be taken for 0. */
#define URNA_MISSING ((urna_count)-1)

/* Longest piece of offending text that an error carries, in bytes. */
#define URNA_ERROR_TEXT 80

typedef struct urna_error {
  const char *code;     /* "bad_text"; NULL: no error was noted */
  const char *message;  /* a sentence, or NULL */
  const char *expected; /* what should have stood there, or NULL */
  int system;           /* errno, where the system refused; or 0 */
  size_t line, column;  /* from 1, column in bytes; 0: no place */
  size_t index;         /* number of a table's column from 1, or 0 */
  size_t text_length;
  char text[URNA_ERROR_TEXT];
} urna_error;

/*
** Start 'error' anew. Harmless where it is NULL, as are all of these; they
** return nothing, for each goes with a status that the caller knows.
*/
void urna_error_set(urna_error *error, const char *code, const char *message);

/* Its place: the byte at 'offset' of 'text', as line and column from 1. */
void urna_error_place(urna_error *error, const char *text, size_t offset);

/* Its text: as much of 'text' as fits, cut between two characters. */
void urna_error_text(urna_error *error, const char *text, size_t length);

/* Its text: bytes as "c3 28", as many as fit. */
void urna_error_hex(urna_error *error, const char *bytes, size_t length);

URNA_FINISH

#endif
