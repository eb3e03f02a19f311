/* Documents that several views share. */
#pragma once

#include <stdbool.h>

struct document;

/* With one reference, the caller's. */
struct document *document_new(char letter);
void document_retain(struct document *document);
/* Frees it with the last reference. */
void document_release(struct document *document);
long document_length(const struct document *document);
long error_page(const struct document *document);

long render(struct document *document, bool broken);
