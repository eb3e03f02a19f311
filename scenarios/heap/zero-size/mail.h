/* Attachments of a mail, some of them empty. */
#pragma once

#include <stddef.h>

struct attachment {
    size_t size;
    char *content; /* of SIZE bytes, never NULL while open */
};

void content_free(char *content);
void attachment_close(struct attachment *attachment);
