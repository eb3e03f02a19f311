/* Decoders, one for each voice in a call, as each depends on what was said before.
 * Who gets one from voice_new gives it back to voice_free. */
#pragma once

struct voice;

/* NULL if memory is short. */
struct voice *voice_new(int speaker);
void voice_free(struct voice *voice);

/* Decodes a packet. Returns how loud it is. */
long voice_decode(struct voice *voice, int packet);
