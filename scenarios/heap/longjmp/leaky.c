#include "parser.h"

#include "yard.h"

YARD_SITE long parse(const char *text)
{
    struct parser parser = {.text = text};
    if (setjmp(parser.escape) != 0) {
        return -1; /* LEAK: the jump went past the free below */
    }
    scratch_take(&parser);
    long depth = parse_brackets(&parser);
    scratch_free(parser.scratch);
    return depth;
}
