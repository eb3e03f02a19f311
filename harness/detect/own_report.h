/*
 * For tools that write a report for each process, PREFIX.PID: whose is the program's
 * own? The one that answers at the first checkpoint, which may be a fork of the command; in
 * a run without checkpoints the only one.
 */
#pragma once

#include "schema/detector.h"

/* An `observe`: notes the program's pid in the detector's folder. */
bool own_report_observe(const struct label *label, const struct moment *moment,
                        struct observation *observation, GError **error);

/* Of a run without checkpoints: whose report it is can't be told, so there may be one. */
bool own_report_expect_one(const char *directory, GError **error);

/* The path of the program's report in DIRECTORY, whether it is there or not; NULL if
 * nobody noted whose it is, or it can't be told from others'. Free with g_free. */
char *own_report_path(const char *directory, const char *prefix, GError **error);
