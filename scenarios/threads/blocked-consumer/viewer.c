#include "viewer.h"

#include "yard.h"

long yard_round(void)
{
    return first_page();
}
