/*
 * Runs the real command line, as a user would, and looks at what it says.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

struct cli {
    char *out, *err;
    int code; /* exit code, or 128 + signal */
};

/* Runs `leakyard ARGUMENT…` (the last one NULL) and waits. Clear with cli_clear. */
void cli_run(struct cli *cli, ...) G_GNUC_NULL_TERMINATED;
/* The same with NAME=VALUE settings over the test's own environment. */
void cli_run_with(struct cli *cli, const char *const *settings, char *const *arguments);
/* Starts it and returns at once. Output goes nowhere. */
GPid cli_start(char *const *arguments);
/* Waits for PID; exit code, or 128 + signal. */
int cli_wait(GPid pid);
void cli_clear(struct cli *cli);

/* The results of a run as JSON (-O json:-): element for SCENARIO, VARIANT and
 * DETECTOR; fails the test if there is none. Borrowed from RESULTS. */
json_t *result_of(json_t *report, const char *scenario, const char *variant, const char *detector);
/* Its verdict, such as "FOUND". */
const char *verdict_of(json_t *report, const char *scenario, const char *variant,
                       const char *detector);
/* Parses OUT; fails the test if it is no JSON. */
json_t *json_of(const char *out);

/* A folder for one test; remove with tree_remove. Free with g_free. */
char *test_folder(void);
/* The path of a plug-in in tests/plugins. Free with g_free. */
char *plugin_path(const char *name);
/* Writes TEXT to FOLDER/NAME, making folders above it. */
void write_file(const char *folder, const char *name, const char *text);

/* Processes that run a program of the yard: those whose working folder is in its
 * folder of runs. */
guint programs_alive(void);
/* Entries of the folder of runs. */
guint run_folders(void);
