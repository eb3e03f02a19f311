#include "document.h"

#include "yard.h"

YARD_SITE long render(struct document *document, bool broken)
{
    document_retain(document);
    long length = document_length(document);
    if (broken) {
        document_retain(document); /* LEAK: retained on entry as well, released once */
        length += error_page(document);
    }
    document_release(document);
    return length;
}
