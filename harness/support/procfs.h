/*
 * Kernel facts of a process, from /proc (man 5 proc). Every function that takes
 * a GError returns false and sets it if the process is gone or may not be read.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

struct process_facts {
    guint64 threads;            /* entries of task/ */
    guint64 descriptors;        /* entries of fd/ */
    guint64 passed_descriptors; /* in messages that wait to be received from its sockets */
    /* Lines of maps that are none of: [heap], [stack] and other names in brackets;
     * files that are executable images here; segments of shared memory. The kernel
     * merges neighbours that are alike, and may do so with anonymous ones: whoever
     * knows the size of one divides mapped_kib, which no merging changes. */
    guint64 mappings;
    guint64 mapped_kib;
    guint64 shared_memory;          /* System V segments it made or has attached, attached or
                                       not; POSIX ones it has mapped. Each once. */
    guint64 timers;                 /* of timer_create */
    guint64 children;               /* of all tasks, zombies included */
    guint64 resident_anonymous_kib; /* RssAnon */
    guint64 peak_resident_kib;      /* VmHWM */
};

bool process_facts_read(pid_t pid, struct process_facts *facts, GError **error);

/* True once every thread of PID sleeps, and the same threads did so when last
 * asked: *previous holds a digest between calls, 0 at first. Whoever has but one
 * thread is settled as soon as that sleeps: there is nobody to wake it. Returns
 * false without an error while PID is at work. */
bool process_is_settled(pid_t pid, guint64 *previous, GError **error);

/* Appends the pids (pid_t) of PID's children, of all its tasks, zombies included. */
bool process_children(pid_t pid, GArray *children, GError **error);

/* The state letter, such as 'S' for sleeping or 'Z' for a zombie; 0 if PID is gone. */
char process_state(pid_t pid);

/* Is it there, and no zombie? */
bool process_is_living(pid_t pid);

/* Is it gone, a zombie, or on its way there, when the kernel may have no more to tell of it? */
bool process_is_ending(pid_t pid);

/* Resident memory now, shared pages included; 0 if PID is gone. */
guint64 process_resident_kib(pid_t pid);

/* Processes that this machine's kernel has ended for want of memory so far, those in
 * a control group that met its limit included; 0 where it doesn't count them. */
guint64 kills_for_memory(void);
