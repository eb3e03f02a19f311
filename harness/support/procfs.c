#include "support/procfs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/failure.h"

/* All of a file of /proc, whose size stat(2) does not know. NULL and errno. */
static char *slurp(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return NULL;
    GString *text = g_string_sized_new(4096);
    ssize_t got;
    do {
        gsize length = text->len;
        g_string_set_size(text, length + 4096);
        got = read(descriptor, text->str + length, 4096);
        g_string_set_size(text, length + MAX(got, 0));
    } while (got > 0);
    int number = errno;
    close(descriptor);
    errno = number;
    return g_string_free(text, got < 0);
}

static char *slurp_of(pid_t pid, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    return slurp(path);
}

static bool unreadable(pid_t pid, const char *name, GError **error)
{
    if (errno == ENOENT || errno == ESRCH)
        return fail(error, EXIT_INFRASTRUCTURE, "process %d is gone", (int)pid);
    return fail_errno(error, "cannot read /proc/%d/%s", (int)pid, name);
}

/* The numbers that name the entries of /proc/PID/NAME. */
static GArray *numbered_entries(pid_t pid, const char *name, GError **error)
{
    char path[128];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    DIR *directory = opendir(path);
    if (!directory) {
        unreadable(pid, name, error);
        return NULL;
    }
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(pid_t));
    for (struct dirent *entry; (entry = readdir(directory));) {
        pid_t number = atoi(entry->d_name);
        if (g_ascii_isdigit(entry->d_name[0]))
            g_array_append_val(numbers, number);
    }
    closedir(directory);
    return numbers;
}

/* What follows the closing bracket of the name in a `stat` file: state, parent … */
static const char *after_name(const char *stat)
{
    const char *bracket = strrchr(stat, ')');
    return bracket && bracket[1] ? bracket + 2 : "";
}

char process_state(pid_t pid)
{
    g_autofree char *stat = slurp_of(pid, "stat");
    return stat ? after_name(stat)[0] : 0;
}

static bool is_dead(char state)
{
    return state == 0 || state == 'Z' || state == 'X';
}

bool process_is_living(pid_t pid)
{
    return !is_dead(process_state(pid));
}

bool process_is_ending(pid_t pid)
{
    enum { PF_EXITING = 0x4 }; /* the kernel's include/linux/sched.h */
    g_autofree char *stat = slurp_of(pid, "stat");
    char state;
    unsigned flags;
    if (!stat || sscanf(after_name(stat), "%c %*d %*d %*d %*d %*d %u", &state, &flags) != 2)
        return true;
    return is_dead(state) || flags & PF_EXITING;
}

guint64 process_resident_kib(pid_t pid)
{
    g_autofree char *statm = slurp_of(pid, "statm");
    unsigned long pages = 0;
    if (!statm || sscanf(statm, "%*u %lu", &pages) != 1)
        return 0;
    return (guint64)pages * (guint64)sysconf(_SC_PAGESIZE) / 1024;
}

/* ---- Children ---- */

/* For kernels without task/TID/children: asks every process for its parent. */
static bool children_by_search(pid_t pid, GArray *children, GError **error)
{
    DIR *directory = opendir("/proc");
    if (!directory)
        return fail_errno(error, "cannot read /proc");
    for (struct dirent *entry; (entry = readdir(directory));) {
        pid_t candidate = atoi(entry->d_name);
        g_autofree char *stat = candidate > 0 ? slurp_of(candidate, "stat") : NULL;
        int parent = 0;
        if (stat && sscanf(after_name(stat), "%*c %d", &parent) == 1 && parent == pid)
            g_array_append_val(children, candidate);
    }
    closedir(directory);
    return true;
}

static bool children_of_tasks(pid_t pid, const GArray *tasks, GArray *children, GError **error)
{
    for (guint i = 0; i < tasks->len; i++) {
        char name[64];
        snprintf(name, sizeof name, "task/%d/children", (int)g_array_index(tasks, pid_t, i));
        g_autofree char *text = slurp_of(pid, name);
        if (!text && i == 0 && process_state(pid))
            return children_by_search(pid, children, error);
        char *cursor = text ? text : "";
        for (char *end; *cursor; cursor = end) {
            pid_t child = (pid_t)strtol(cursor, &end, 10);
            if (end == cursor)
                break;
            g_array_append_val(children, child);
        }
    }
    return true;
}

bool process_children(pid_t pid, GArray *children, GError **error)
{
    g_autoptr(GArray) tasks = numbered_entries(pid, "task", error);
    return tasks && children_of_tasks(pid, tasks, children, error);
}

/* ---- Mappings and shared memory ---- */

struct mapping {
    guint64 kib;
    bool executable;
    char identity[64]; /* device and inode */
    const char *name;  /* in the text of maps; "" for an anonymous one */
};

static GArray *mappings_parse(char *maps)
{
    GArray *mappings = g_array_new(FALSE, FALSE, sizeof(struct mapping));
    char *rest = maps;
    for (char *line; (line = strsep(&rest, "\n")) && *line;) {
        unsigned long long from, to;
        char protection[8], device[24];
        unsigned long long inode;
        int name = 0;
        if (sscanf(line, "%llx-%llx %7s %*x %23s %llu %n", &from, &to, protection, device, &inode,
                   &name) < 5)
            continue;
        struct mapping mapping = {
            .kib = (to - from) / 1024, .executable = protection[2] == 'x', .name = line + name};
        snprintf(mapping.identity, sizeof mapping.identity, "%s %llu", device, inode);
        g_array_append_val(mappings, mapping);
    }
    return mappings;
}

/* System V segments that PID made, whether or not they are attached anywhere. */
static void segments_made_by(pid_t pid, GHashTable *segments)
{
    g_autofree char *text = slurp("/proc/sysvipc/shm");
    char *rest = text;
    for (char *line; rest && (line = strsep(&rest, "\n"));) {
        int identifier, creator;
        if (sscanf(line, "%*d %d %*o %*u %d", &identifier, &creator) == 2 && creator == pid)
            g_hash_table_add(segments, g_strdup_printf("sysv %d", identifier));
    }
}

/* A name for the shared segment that is mapped here, or NULL if it is none. */
static char *segment_of(const struct mapping *mapping)
{
    const char *inode = strchr(mapping->identity, ' ') + 1;
    if (g_str_has_prefix(mapping->name, "/SYSV"))
        return g_strdup_printf("sysv %s", inode);
    if (g_str_has_prefix(mapping->name, "/dev/shm/"))
        return g_strdup(mapping->identity);
    return NULL;
}

static void count_mappings(pid_t pid, char *maps, struct process_facts *facts)
{
    g_autoptr(GArray) mappings = mappings_parse(maps);
    g_autoptr(GHashTable) images = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) segments = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < mappings->len; i++) {
        struct mapping *mapping = &g_array_index(mappings, struct mapping, i);
        if (mapping->executable && mapping->name[0] == '/')
            g_hash_table_add(images, mapping->identity);
    }
    segments_made_by(pid, segments);
    for (guint i = 0; i < mappings->len; i++) {
        struct mapping *mapping = &g_array_index(mappings, struct mapping, i);
        char *segment = segment_of(mapping);
        if (segment) {
            g_hash_table_add(segments, segment);
        } else if (mapping->name[0] != '[' && !g_hash_table_contains(images, mapping->identity)) {
            facts->mappings++;
            facts->mapped_kib += mapping->kib;
        }
    }
    facts->shared_memory = g_hash_table_size(segments);
}

/* ---- Descriptors under way, and timers ---- */

/* What came with SCM_RIGHTS and was not received yet has no entry in anybody's fd/;
 * the socket's own says how many (Linux 5.11 and later). */
static guint64 descriptors_passed_to(pid_t pid, int descriptor)
{
    char name[64];
    struct stat status;
    snprintf(name, sizeof name, "/proc/%d/fd/%d", (int)pid, descriptor);
    if (stat(name, &status) != 0 || !S_ISSOCK(status.st_mode))
        return 0;
    snprintf(name, sizeof name, "fdinfo/%d", descriptor);
    g_autofree char *text = slurp_of(pid, name);
    const char *found = text ? strstr(text, "\nscm_fds:") : NULL;
    return found ? g_ascii_strtoull(found + strlen("\nscm_fds:"), NULL, 10) : 0;
}

static guint64 descriptors_passed(pid_t pid, const GArray *descriptors)
{
    guint64 sum = 0;
    for (guint i = 0; i < descriptors->len; i++)
        sum += descriptors_passed_to(pid, g_array_index(descriptors, pid_t, i));
    return sum;
}

/* One "ID:" line each; a kernel without the file counts none. */
static guint64 count_timers(pid_t pid)
{
    g_autofree char *text = slurp_of(pid, "timers");
    guint64 count = 0;
    char *rest = text;
    for (char *line; rest && (line = strsep(&rest, "\n"));)
        count += g_str_has_prefix(line, "ID:");
    return count;
}

/* ---- All of them ---- */

static guint64 kib_of_status(const char *status, const char *field)
{
    const char *found = strstr(status, field);
    return found ? g_ascii_strtoull(found + strlen(field) + 1, NULL, 10) : 0;
}

bool process_facts_read(pid_t pid, struct process_facts *facts, GError **error)
{
    *facts = (struct process_facts){0};
    g_autoptr(GArray) tasks = numbered_entries(pid, "task", error);
    if (!tasks)
        return false;
    g_autoptr(GArray) descriptors = numbered_entries(pid, "fd", error);
    if (!descriptors)
        return false;
    g_autofree char *status = slurp_of(pid, "status");
    if (!status)
        return unreadable(pid, "status", error);
    g_autofree char *maps = slurp_of(pid, "maps");
    if (!maps)
        return unreadable(pid, "maps", error);
    g_autoptr(GArray) children = g_array_new(FALSE, FALSE, sizeof(pid_t));
    if (!children_of_tasks(pid, tasks, children, error))
        return false;
    facts->threads = tasks->len;
    facts->descriptors = descriptors->len;
    facts->passed_descriptors = descriptors_passed(pid, descriptors);
    facts->timers = count_timers(pid);
    facts->children = children->len;
    facts->resident_anonymous_kib = kib_of_status(status, "RssAnon:");
    facts->peak_resident_kib = kib_of_status(status, "VmHWM:");
    count_mappings(pid, maps, facts);
    return true;
}

/* True if every task sleeps. A thread that ended meanwhile does not count, and
 * neither does a first thread that left before the others: a zombie. */
static bool tasks_sleep(pid_t pid, const GArray *tasks, guint64 *digest)
{
    *digest = 14695981039346656037u;
    for (guint i = 0; i < tasks->len; i++) {
        pid_t task = g_array_index(tasks, pid_t, i);
        char name[64];
        snprintf(name, sizeof name, "task/%d/stat", (int)task);
        g_autofree char *stat = slurp_of(pid, name);
        if (!stat)
            continue;
        if (!strchr("SZTt", after_name(stat)[0]))
            return false;
        *digest = (*digest ^ (guint64)task) * 1099511628211u;
    }
    return true;
}

bool process_is_settled(pid_t pid, guint64 *previous, GError **error)
{
    g_autoptr(GArray) tasks = numbered_entries(pid, "task", error);
    if (!tasks)
        return false;
    guint64 digest, before = *previous;
    bool asleep = tasks_sleep(pid, tasks, &digest);
    *previous = asleep ? digest : 0;
    return asleep && (tasks->len == 1 || digest == before);
}

guint64 kills_for_memory(void)
{
    static const char counter[] = "\noom_kill ";
    g_autofree char *text = slurp("/proc/vmstat");
    const char *found = text ? strstr(text, counter) : NULL;
    return found ? g_ascii_strtoull(found + strlen(counter), NULL, 10) : 0;
}
