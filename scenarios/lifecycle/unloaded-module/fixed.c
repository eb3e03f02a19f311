#include "host.h"

#include "yard.h"

YARD_SITE long host_convert(long number)
{
    struct plugin plugin = host_load();
    plugin.begin();
    long result = plugin.convert(number);
    plugin.end(); /* FIX: first the plug-in ends what it began, then it goes */
    host_unload(&plugin);
    return result;
}
