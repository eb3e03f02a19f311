/*
 * What the story of an incident tells its reader to type is typed here.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

/* Runs a line of sh(1) in FOLDER. Returns all that it says, on either stream; free with
 * g_free. CODE is its exit code, or 128 + signal; without CODE it must be 0. */
char *story_type(const char *folder, int *code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Is TOOL on the PATH? If not, says on standard error that WHAT is not checked. */
bool story_has(const char *tool, const char *what);

/* What the first group of PATTERN matches in TEXT, where ^ and $ are ends of lines: as a
 * number. Fails the test if nothing matches. */
double story_number(const char *text, const char *pattern);
bool story_says(const char *text, const char *pattern);

/* Of FUNCTION in a TABLE of `go tool pprof -top`: 1 flat, 2 flat in percent, 4 and 5 likewise
 * with all that it calls. Fails the test if it is not there. */
double story_cell(const char *table, const char *function, int column);
bool story_has_row(const char *table, const char *function);

/* Of a process: what it has of its own, and not what of files the kernel has mapped for it, which
 * differs from machine to machine. */
gint64 story_anonymous_kib(pid_t pid);

/* A program that was started with --hold. */
struct parked {
    GPid pid;
    char *said; /* until it was parked */
    int input, output;
};

/* Starts build/plain/PROGRAM with a line of ARGUMENTS and NAME=VALUE, or NULL, over the
 * test's own environment. Returns when it is parked. End with parked_end. */
void parked_start(struct parked *parked, const char *program, const char *arguments,
                  const char *setting);
/* Its regular end. */
void parked_end(struct parked *parked);
