/*
 * What the detectors that ask Go's own runtime have in common.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "schema/detector.h"

/* For `probe`: sets label->version to that of the Go toolchain (label->executable,
 * or `go` from PATH), such as "go1.26.8". */
bool go_probe(struct label *label, GError **error);

/* For `observe`: has AGENT write to the file NAME of the detector's folder. */
bool go_look(const struct moment *moment, const char *agent, const char *name,
             struct observation *observation);

/* The same at checkpoint 0 and at the last one, to the files that go_growth reads. */
bool go_look_twice(const struct moment *moment, const char *agent, struct observation *observation);

/* Frames that the runtime of GO, or NULL: a recent one, keeps of a stack in a profile, the
 * innermost; what is deeper is cut without a word. */
guint go_profile_depth(const char *go);

/* What ends a program when it has found something, and else leaves a mark: both are on
 * standard error. */
struct go_verdict {
    int code; /* exit code of a program that it ended */
    bool (*parse)(const char *text, gsize length, GPtrArray *findings, GError **error);
    const char *mark;   /* stands there if it looked and found nothing */
    const char *absent; /* the error if not */
};

/* For `findings`. */
bool go_read_verdict(const struct subject *subject, const struct ending *ending,
                     const struct go_verdict *verdict, GPtrArray *findings, GError **error);

/* What a finding says, stack by stack. */
struct go_claim {
    Yard__Claim claim;
    Yard__Resource resource;
    Yard__Since since;
    const char *units; /* the profile's type that counts them */
    const char *bytes; /* … that measures them, or NULL */
};

/* For `findings`: one for each stack of the profile NAME in SUBJECT's folder. */
bool go_held(const struct subject *subject, const char *name, const struct go_claim *claim,
             GPtrArray *findings, GError **error);

/* One for each stack that holds more at the last checkpoint than at checkpoint 0. */
bool go_growth(const struct subject *subject, const struct go_claim *claim, GPtrArray *findings,
               GError **error);
