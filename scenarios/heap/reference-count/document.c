#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

struct document {
    char references;
    char text[4440];
};

YARD_SITE struct document *document_new(char letter)
{
    struct document *document = malloc(sizeof *document); /* ALLOC */
    if (document == NULL)
        abort();
    yard_born(1);
    document->references = 1;
    memset(document->text, letter, sizeof document->text);
    document->text[1000] = '\0';
    return document;
}

void document_retain(struct document *document)
{
    document->references++;
}

void document_release(struct document *document)
{
    if (--document->references > 0)
        return;
    free(document);
    yard_died(1);
}

long document_length(const struct document *document)
{
    return (long)strlen(document->text);
}

long error_page(const struct document *document)
{
    return document->text[0];
}

/* Four documents are shown, two of them broken. */
long yard_round(void)
{
    long sum = 0;
    for (int i = 0; i < 4; i++) {
        struct document *document = document_new((char)('a' + i));
        sum += render(document, i % 2 == 1);
        document_release(document);
    }
    return sum;
}
