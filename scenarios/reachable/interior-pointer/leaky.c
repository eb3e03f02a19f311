#include "mailbox.h"
#include "yard.h"

YARD_SITE void mailbox_archive(struct message *message)
{
    bodies_keep(&message->body); /* LEAK: kept by its middle, which free does not take */
}
