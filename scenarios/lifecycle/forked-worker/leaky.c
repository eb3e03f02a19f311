#include "form.h"

#include "yard.h"

YARD_SITE long answer(const char *text)
{
    struct form *form = form_read(text);
    long fields = form_fields(form);
    return fields; /* LEAK: the visitor is gone, his form stays */
}
