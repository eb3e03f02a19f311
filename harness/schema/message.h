/*
 * Building protobuf messages by hand. A message made here is owned by its
 * maker until it is appended to another, and freed with its own
 * X__free_unpacked(message, NULL), which frees all that it holds: strings must
 * come from g_strdup and its relatives.
 */
#pragma once

#include <glib.h>

#include "leakyard.pb-c.h"

Yard__Frame *frame_new(const char *function, const char *file, guint line, const char *module);

/* A finding without frames; UNITS or BYTES below 0 stay absent. */
Yard__Finding *finding_new(Yard__Claim claim, Yard__Resource resource, gint64 units, gint64 bytes);

/* As a GDestroyNotify. */
void finding_free(gpointer finding);

/* A finding of a construct in a source, at LINE of FILE, and not of a resource. TEXT: in
 * the tool's own words. */
Yard__Finding *finding_in_source(Yard__Claim claim, const char *file, guint line, const char *text);

/* Takes FRAME over. */
void finding_add_frame(Yard__Finding *finding, Yard__Frame *frame);

/* Leaves it the COUNT innermost frames. */
void finding_cut_frames(Yard__Finding *finding, size_t count);

/* Takes FINDING over. */
void result_add_finding(Yard__Result *result, Yard__Finding *finding);

/* Replaces an owned string field. */
void message_set_string(char **field, const char *text);

/* A deep copy, by way of the encoded form. */
Yard__Flavour *flavour_copy(const Yard__Flavour *flavour);
