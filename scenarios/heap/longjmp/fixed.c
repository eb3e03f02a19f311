#include "parser.h"

#include "yard.h"

YARD_SITE long parse(const char *text)
{
    struct parser parser = {.text = text};
    if (setjmp(parser.escape) != 0) {
        scratch_free(parser.scratch); /* FIX: the landing frees what was in use at the jump */
        return -1;
    }
    scratch_take(&parser);
    long depth = parse_brackets(&parser);
    scratch_free(parser.scratch);
    return depth;
}
