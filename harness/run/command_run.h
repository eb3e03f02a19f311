/* What command_run (run/run.h) shares with the commands of a run's observers. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "run/keeper.h"
#include "schema/observation.h"

/* A descriptor to read TEXT from; of /dev/null if TEXT is NULL. -1 and ERROR if that fails. */
int input_open(const char *text, GError **error);

/* A file for what a command says, made anew at PATH. -1 and ERROR if that fails. */
int output_open(const char *path, GError **error);

/* What a command's standard error, kept in the file PATH, begins with, however long it is;
 * "" if it can't be read. Free with g_free. */
char *errors_read(const char *path);

/* The first line that says something, cut to a sensible length and made valid
 * UTF-8; "" if there is none. Free with g_free. */
char *first_line(const char *text);

/* True if the command NAME exited 0; else ERROR says how it ended, quoting ERRORS. */
bool command_judge(const char *name, const struct keeper_report *ended, const char *errors,
                   GError **error);

struct ending ending_of(int status);
