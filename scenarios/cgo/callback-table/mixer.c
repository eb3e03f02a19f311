#include "mixer.h"

#include <stdlib.h>

#include "_cgo_export.h"

enum { WINDOW = 9179 };

struct __attribute__((packed)) meter {
    struct meter *next;
    uintptr_t context;
    int at, peak;
    unsigned char window[WINDOW]; /* what was heard last */
};

static struct meter *meters;

struct meter *mixer_attach(uintptr_t context)
{
    struct meter *meter = calloc(1, sizeof *meter); /* ALLOC */
    if (meter == NULL)
        return NULL;
    for (int i = 0; i < WINDOW; i++)
        meter->window[i] = 1;
    meter->context = context;
    meter->next = meters;
    meters = meter;
    return meter;
}

uintptr_t mixer_detach(struct meter *meter)
{
    struct meter *before = NULL;
    for (struct meter *at = meters; at != meter; at = at->next)
        before = at;
    if (before == NULL)
        meters = meter->next;
    else
        before->next = meter->next;
    uintptr_t context = meter->context;
    free(meter);
    return context;
}

void mixer_play(int level)
{
    for (struct meter *meter = meters; meter != NULL; meter = meter->next) {
        meter->window[meter->at++ % WINDOW] = (unsigned char)level;
        if (level > meter->peak) {
            meter->peak = level;
            goLevel(meter->context, level);
        }
    }
}
