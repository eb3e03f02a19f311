/* The parts that a bicycle is built of. */
#pragma once

enum { ORDER_MAX = 15 };

struct part {
    unsigned char price;
    char description[3186];
};

/* Draws the part that LETTER stands for up. */
struct part *part_draw(char letter);
void part_free(struct part *part);

/* What a bicycle of the parts in ORDER costs, a letter for each: at most ORDER_MAX. */
long order_price(const char *order);
