#include "seal.h"

#include <stdlib.h>

enum { ROOM = 5417 };

struct desk {
    unsigned char room[ROOM];
};

struct desk *desk_new(void)
{
    return malloc(sizeof(struct desk)); /* ALLOC */
}

void desk_free(struct desk *desk)
{
    free(desk);
}

long seal_letter(struct desk *desk, int letter)
{
    long seal = letter;
    for (int i = 0; i < ROOM; i++) {
        desk->room[i] = (unsigned char)(i ^ letter);
        seal = (seal * 33 + desk->room[i]) % 99991;
    }
    return seal;
}
