/* A mixer of sounds. Meters that are attached to it hear all that is played. */
#pragma once

#include <stdint.h>

struct meter;

/* From now on goLevel is called with CONTEXT for all that is played, until the meter
 * is detached. NULL if memory is short. */
struct meter *mixer_attach(uintptr_t context);

/* Returns the context that the meter was attached with. */
uintptr_t mixer_detach(struct meter *meter);

void mixer_play(int level);
