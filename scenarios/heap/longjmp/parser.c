#include "parser.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { SCRATCH_SIZE = 6221 };

YARD_SITE void scratch_take(struct parser *parser)
{
    parser->scratch = malloc(SCRATCH_SIZE); /* ALLOC */
    if (parser->scratch == NULL)
        abort();
    yard_born(1);
    memset(parser->scratch, '\0', SCRATCH_SIZE);
}

void scratch_free(char *scratch)
{
    free(scratch);
    yard_died(1);
}

long parse_brackets(struct parser *parser)
{
    long deepest = 0;
    while (*parser->text == '(') {
        parser->text++;
        long depth = 1 + parse_brackets(parser);
        deepest = depth > deepest ? depth : deepest;
        if (*parser->text != ')')
            longjmp(parser->escape, 1);
        parser->text++;
    }
    return deepest;
}

long yard_round(void)
{
    return parse("(()())") + parse("((())") + parse("()");
}
