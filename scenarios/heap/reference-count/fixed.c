#include "document.h"

#include "yard.h"

YARD_SITE long render(struct document *document, bool broken)
{
    document_retain(document);
    long length = document_length(document);
    if (broken) {
        length += error_page(document);
    }
    document_release(document);
    /* FIX: one retain on entry covers every way out */
    return length;
}
