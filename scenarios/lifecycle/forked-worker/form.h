/* Forms that visitors of a site send in. */
#pragma once

struct form {
    long length;
    char text[2936]; /* as it came */
};

/* Reads the form that TEXT holds: "name=value&…". */
struct form *form_read(const char *text);
void form_free(struct form *form);

long form_fields(const struct form *form);

/* How many fields the visitor has filled in. */
long answer(const char *text);
