/* Messages in the language of the thread. Once chosen it stays. */
#pragma once

/* Returns 0, or -1 if this thread has chosen before. */
int language_choose(int language);

/* How long the message is in this thread's language. */
long language_length(int message);
