/* Seals letters. It needs a desk to work at. */
#pragma once

struct desk;

/* NULL if memory is short. */
struct desk *desk_new(void);
void desk_free(struct desk *desk);

/* Works at the desk, and returns the letter's seal. */
long seal_letter(struct desk *desk, int letter);
