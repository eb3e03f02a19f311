/*
 * Reads pprof profiles (gzip'd or plain protobuf), the form in which Go writes
 * what its heap and its goroutines hold:
 *
 *     g_autoptr(profile_t) base = profile_read("base.pb.gz", error);
 *     g_autoptr(profile_t) last = profile_read("last.pb.gz", error);
 *     g_autoptr(profile_t) growth = profile_difference(base, last, error);
 *     int objects = profile_type(growth, "inuse_objects");
 *
 * A profile owns all that it holds; free it with profile_free. Every function
 * that fails sets an error that names the file and what is wrong with it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"

/* The most bytes that a profile may have, unpacked, and the most frames in all. */
#define PROFILE_SIZE_MAX   (256u << 20)
#define PROFILE_FRAMES_MAX (4u << 20)

struct profile_stack {
    char *key;         /* tells it from any other stack, in this profile and in others */
    GPtrArray *frames; /* of Yard__Frame *, innermost first, inlined calls included */
    gint64 *values;    /* one for each type of the profile */
};

typedef struct profile {
    char *name;        /* of the file, for messages */
    GPtrArray *types;  /* of char *, such as "inuse_objects" */
    GPtrArray *stacks; /* of struct profile_stack *, each stack once, in order of appearance */
} profile_t;

profile_t *profile_read(const char *path, GError **error);

/* The same from memory; NAME is for messages. */
profile_t *profile_parse(const char *name, const guint8 *bytes, gsize size, GError **error);

/* What LAST holds more (or, below zero, less) than BASE, by stack. */
profile_t *profile_difference(const profile_t *base, const profile_t *last, GError **error);

/* Which value of a stack is of TYPE, or -1. */
int profile_type(const profile_t *profile, const char *type);

void profile_free(profile_t *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(profile_t, profile_free)
