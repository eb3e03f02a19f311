/* Formats numbers into a buffer that each thread has for itself. */
#pragma once

void buffer_key_create(void (*destructor)(void *));
void buffer_free(void *buffer);

/* Once, before the first thread. */
void formatter_init(void);
