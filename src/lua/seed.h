/*
** seed.h - seeds for what hashes names.
*/
#ifndef URNA_LUA_SEED_H
#define URNA_LUA_SEED_H

#include "core/status.h"

URNA_BEGIN

/* A seed for what hashes names: they come from outside, so what orders them
** must not be known there. No result depends on it. */
urna_count urna_draw_seed(void);

URNA_FINISH

#endif
