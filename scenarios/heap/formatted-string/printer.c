#include "page.h"
#include "yard.h"

#include <string.h>

long page_put(const char *text)
{
    return (long)strlen(text);
}

long yard_round(void)
{
    return page_print(1) + page_print(2);
}
