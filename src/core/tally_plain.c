/* tally_plain.c - the scanner of a tally in plain C; see tally_scan.h. */
#define URNA_SCANNER urna_tally_scan_plain
#include "core/tally_scan.h"
