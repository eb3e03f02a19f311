#include "mail.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

YARD_SITE static struct attachment attachment_open(size_t size)
{
    struct attachment attachment = {.size = size, .content = malloc(size)}; /* ALLOC */
    if (attachment.content == NULL)
        abort();
    yard_born(1);
    memset(attachment.content, 'a', size);
    return attachment;
}

void content_free(char *content)
{
    free(content);
    yard_died(1);
}

long yard_round(void)
{
    static const size_t sizes[] = {0, 311, 0, 97, 0, 5003};
    long total = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct attachment attachment = attachment_open(sizes[i]);
        for (size_t j = 0; j < attachment.size; j++)
            total += attachment.content[j] == 'a';
        attachment_close(&attachment);
    }
    return total;
}
