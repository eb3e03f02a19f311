/* Paints. Each thread has one canvas, its own. */
#pragma once

/* Begins anew on this thread's canvas. */
void canvas_begin(unsigned char colour);

void canvas_dot(int x, int y);

/* How many dots of this thread's canvas are not of the colour that it began with. */
long canvas_painted(void);
