#include "mail.h"

#include "yard.h"

YARD_SITE void attachment_close(struct attachment *attachment)
{
    if (attachment->size > 0) /* LEAK: a block of no bytes is a block */
        content_free(attachment->content);
    attachment->content = NULL;
}
