/*
** mapping.h - a text in memory with room behind it that a scanner may read:
** a file as the system has it, or a copy of what had to be unpacked.
*/
#ifndef URNA_IO_MAPPING_H
#define URNA_IO_MAPPING_H

#include <stdbool.h>

#include "core/status.h"

URNA_BEGIN

typedef struct urna_mapping {
  char *base;       /* owned: mapped or allocated */
  size_t base_size; /* of what is mapped */
  const char *text; /* behind a byte order mark */
  size_t size;
  bool is_file;
  int descriptor; /* of the file, to see whether it shrinks; -1 if none */
} urna_mapping;

/*
** Map a plain file. URNA_END: it is none (a pipe, or packed), and has to be
** read. URNA_BAD_INPUT: "cannot_read".
*/
urna_status urna_mapping_open(urna_mapping *mapping, const char *path,
                              urna_error *error);

/* A copy of a text, which is already without its mark. URNA_NO_MEMORY. */
urna_status urna_mapping_copy(urna_mapping *mapping, const char *text,
                              size_t size);

void urna_mapping_close(urna_mapping *mapping);

/* Is the file at least as long as it was? A shorter one must not be read. */
bool urna_mapping_holds(const urna_mapping *mapping);

/* The system may take back the pages of [from, to), which are done with. */
void urna_mapping_done(const urna_mapping *mapping, size_t from, size_t to);

URNA_FINISH

#endif
