#include "feed.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "yard.h"

YARD_SITE long feed_entries(const char *text)
{
    xmlDoc *document =
        xmlReadMemory(text, (int)strlen(text), "feed", NULL, XML_PARSE_NONET); /* ALLOC */
    if (document == NULL)
        return -1;
    yard_born(1);
    long entries = (long)xmlChildElementCount(xmlDocGetRootElement(document));
    if (entries == 0)
        return 0; /* LEAK: an empty feed's document is a document */
    xmlFreeDoc(document);
    yard_died(1);
    return entries;
}
