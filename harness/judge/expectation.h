/*
 * What a verdict ought to be: the truth, unless expected/NAME.txtpb records a
 * deviation. For a leak that the detector never claimed to see, the truth is
 * that it says nothing.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"
#include "schema/detector.h"
#include "support/root.h"

typedef struct expectations expectations_t;

/* Reads NAME.txtpb of every folder in FOLDERS, the last one laid over the
 * others. A wrong file is refused with its position. Free with expectations_free. */
expectations_t *expectations_read(char *const *folders, const char *schema, GError **error);
void expectations_free(expectations_t *expectations);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(expectations_t, expectations_free)

/* Fills result->expected, expected_reason and standing. The file is that of the
 * label, result->detector, or if there is none that of DETECTOR, which a
 * relabelled built-in was made from. FLAVOUR may be NULL: conditions on it fail.
 *
 * UNSUPPORTED is always as expected. ERROR and TIMEOUT are only where a deviation
 * says so, written by hand. */
void expectation_apply(const expectations_t *expectations, const Yard__Scenario *scenario,
                       const char *detector, const Yard__Flavour *flavour, Yard__Result *result);

/* Rewrites FOLDER/DETECTOR.txtpb, one of the folders read, so that RESULTS
 * (Yard__Result *, all of one detector) are as expected. CATALOG has their scenarios
 * and flavours. New deviations get REASON; without one (NULL) and with a new
 * deviation it refuses. Never takes ERROR or TIMEOUT; repeated runs that disagree
 * are refused. With DRY_RUN nothing is written; *DIFF is what changes, unified, ""
 * for nothing; free with g_free. */
bool expectations_bless(const expectations_t *expectations, const Yard__Catalog *catalog,
                        const char *folder, const char *detector, const GPtrArray *results,
                        const char *reason, bool dry_run, char **diff, GError **error);
