#include "form.h"

#include "yard.h"

YARD_SITE long answer(const char *text)
{
    struct form *form = form_read(text);
    long fields = form_fields(form);
    form_free(form); /* FIX: the form goes with its visitor */
    return fields;
}
