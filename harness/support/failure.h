/*
 * Errors: every function that can fail returns false, NULL or -1 and sets a
 * GError that says what failed, where, and what to do. Its code is the exit
 * code the command ends with.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define FAILURE (failure_quark())
GQuark failure_quark(void);

/* Exit codes of the command line. */
enum exit_code {
    EXIT_AS_EXPECTED = 0,
    EXIT_DIFFERS = 1,        /* a verdict differs, or a scenario is unproved */
    EXIT_USAGE = 2,          /* bad arguments, or a manifest that is refused */
    EXIT_INFRASTRUCTURE = 3, /* the harness could not do its work */
    EXIT_NOTHING_SELECTED = 4,
};

/* Both set ERROR and return false. */
bool fail(GError **error, enum exit_code code, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* FORMAT and ": " and the text of errno. */
bool fail_errno(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
