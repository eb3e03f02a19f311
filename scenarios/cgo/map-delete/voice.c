#include "voice.h"

#include <stdlib.h>

enum { WINDOW = 3067 };

struct voice {
    unsigned char window[WINDOW];
};

struct voice *voice_new(int speaker)
{
    struct voice *voice = malloc(sizeof *voice); /* ALLOC */
    if (voice == NULL)
        return NULL;
    for (int i = 0; i < WINDOW; i++)
        voice->window[i] = (unsigned char)(i * (speaker + 1) % 120);
    return voice;
}

void voice_free(struct voice *voice)
{
    free(voice);
}

long voice_decode(struct voice *voice, int packet)
{
    long loudness = 0;
    for (int i = 0; i < WINDOW; i++) {
        voice->window[i] = (unsigned char)((voice->window[i] + packet) % 128);
        loudness += voice->window[i];
    }
    return loudness / WINDOW;
}
