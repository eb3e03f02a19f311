#include "mail.h"

#include "yard.h"

YARD_SITE void attachment_close(struct attachment *attachment)
{
    content_free(attachment->content); /* FIX: free whatever was allocated */
    attachment->content = NULL;
}
