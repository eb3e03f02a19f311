#include "table.h"

#include "yard.h"

YARD_SITE void settings_reload(struct settings *settings, const char *text)
{
    settings->table = table_parse(text); /* LEAK: the table that was there has no pointer left */
}
