/* see terminal.h. TIOCGWINSZ is in no POSIX before 2024: hence no feature test
** macro but those that show all there is. */
#define _DEFAULT_SOURCE
#define _DARWIN_C_SOURCE

#include "io/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

int urna_terminal_is(int descriptor) {
  return isatty(descriptor) == 1;
}

int urna_terminal_columns(int descriptor) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}
