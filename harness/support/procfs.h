/*
 * Kernel facts of a process, from /proc (man 5 proc). Every function returns
 * false and sets ERROR if the process is gone or may not be read.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

struct process_facts {
    guint64 threads;                /* entries of task/ */
    guint64 descriptors;            /* entries of fd/ */
    guint64 mappings;               /* lines of maps that are not heap, stack or an image's own */
    guint64 shared_memory;          /* mappings of System V or POSIX segments */
    guint64 children;               /* of all tasks, zombies included */
    guint64 resident_anonymous_kib; /* RssAnon */
    guint64 data_kib;               /* VmData */
    guint64 peak_resident_kib;      /* VmHWM */
};

bool process_facts_read(pid_t pid, struct process_facts *facts, GError **error);

/* True once every thread of PID sleeps, and the same threads did so when last
 * asked: *previous holds a digest between calls, 0 at first. */
bool process_is_settled(pid_t pid, guint64 *previous, GError **error);
