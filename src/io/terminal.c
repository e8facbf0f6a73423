/* see terminal.h */
#define _POSIX_C_SOURCE 200809L

#include "io/terminal.h"

#include <unistd.h>

int urna_terminal_is(int descriptor) {
  return isatty(descriptor) == 1;
}
