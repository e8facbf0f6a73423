/* ranked_plain.c - the scanner of ranked ballots in plain C; see ranked_scan.h. */
#define URNA_SCANNER urna_ranked_scan_plain
#include "core/ranked_scan.h"
