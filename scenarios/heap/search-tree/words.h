/* An index of words. */
#pragma once

char *word_new(const char *text);
/* For tdestroy: frees a word, or leaves it to its other owner. */
void word_free(void *word);
void word_leave(void *word);

void index_drop(void *root);
