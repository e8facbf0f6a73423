/*
** json.h - strict JSON over cJSON's syntax.
**
** cJSON builds the tree; what it lets pass is refused here: text after the
** end, control characters, \u0000, numbers like 01, a key that stands twice,
** and whole numbers beyond 2^53 - 1, which it has rounded by then. A null
** belongs to no list, so it may stand only as the value of a key.
** Source: RFC 8259, December 2017; duplicate keys: section 4.
*/
#ifndef URNA_JSON_H
#define URNA_JSON_H

#include "core/status.h"

struct cJSON;

URNA_BEGIN

/*
** Parse 'text' into '*root', which the caller frees. Every number in it is
** finite and within 2^53 - 1 of 0. URNA_BAD_INPUT: "bad_json", with the place.
*/
urna_status urna_json_parse(const char *text, size_t size, struct cJSON **root,
                            urna_error *error);

/* NULL is harmless. */
void urna_json_free(struct cJSON *root);

URNA_FINISH

#endif
