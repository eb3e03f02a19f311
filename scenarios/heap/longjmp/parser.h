/* Measures how deep brackets are nested. */
#pragma once

#include <setjmp.h>

struct parser {
    const char *text;
    char *scratch;
    jmp_buf escape; /* where errors jump to, from any depth */
};

void scratch_take(struct parser *parser);
void scratch_free(char *scratch);
long parse_brackets(struct parser *parser);

/* The depth, or -1 if brackets don't match. */
long parse(const char *text);
