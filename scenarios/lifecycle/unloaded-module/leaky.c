#include "host.h"

#include "yard.h"

YARD_SITE long host_convert(long number)
{
    struct plugin plugin = host_load();
    plugin.begin();
    long result = plugin.convert(number);
    host_unload(&plugin); /* LEAK: what it has begun it can't end any more */
    return result;
}
