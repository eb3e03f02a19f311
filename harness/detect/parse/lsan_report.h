/*
 * Reads the report of LeakSanitizer, as text: it writes no other form. Read are
 * the reports of gcc's and clang's runtimes, with and without symbols.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Appends a finding (Yard__Finding *) for each Direct and Indirect record of
 * TEXT. Refuses a report without its SUMMARY, or whose records do not add up to
 * it; what was appended until then stays in FINDINGS. */
bool lsan_report_parse(const char *text, GPtrArray *findings, GError **error);

/* True if the leak check itself failed, as it does under ptrace. */
bool lsan_report_is_fatal(const char *text);

/* True if TEXT says that every leak was suppressed, or that the program was refused
 * memory it asked for, and nothing else. */
bool lsan_report_names_no_leak(const char *text);
