/*
 * What is outstanding in a parked program, by means that no detector uses: the
 * block counter's table, /proc, and what the Go kit wrote.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "run/census_table.h"
#include "run/run.h"

struct census_source {
    char *table_path; /* NULL unless interposed; removed when closed */
    struct census_header *table;
    char *go_path; /* where the Go kit is to write; NULL in a C program */
    guint64 unit_bytes;
};

/* Opens what REQUEST asks for. Close it with census_close. */
bool census_open(struct census_source *source, const struct run_request *request, GError **error);
void census_close(struct census_source *source);

/* PID is parked, and has answered the Go kit's look, if that was asked for. */
bool census_take(const struct census_source *source, pid_t pid, struct census *census,
                 GError **error);
