/* A server that counts vowels. */
#pragma once

/* A body of LENGTH bytes, in a buffer of the largest size. */
char *body_read(long length);
long body_vowels(const char *body);
void body_free(char *body);

long serve(long length);
