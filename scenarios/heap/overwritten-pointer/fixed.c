#include "table.h"

#include "yard.h"

YARD_SITE void settings_reload(struct settings *settings, const char *text)
{
    table_free(settings->table); /* FIX: give the old one up first */
    settings->table = table_parse(text);
}
