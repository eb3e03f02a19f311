/*
 * The detectors there are: built in (they register themselves), relabelled, and
 * plugged in.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "schema/detector.h"

/* Built-in ones (const struct detector *), by name. Free with g_ptr_array_unref. */
GPtrArray *detectors_built_in(void);

/* NAME, NAME:LABEL,exe=PATH,args=WORDS, or a plug-in: PATH, PATH:LABEL,args=WORDS
 * (PATH has a slash). LABEL then is the name; WORDS run to the end of TEXT and are
 * split as a shell does. Asks a plug-in what it claims. Free with label_free. */
struct label *label_parse(const char *text, GError **error);
void label_free(struct label *label);

/* Probes; on refusal label->unusable says why, label->version is "". */
void label_probe(struct label *label);
