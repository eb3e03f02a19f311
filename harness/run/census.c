#include "run/census.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "support/failure.h"
#include "support/procfs.h"

static struct census_header *make_table(const char *path, guint64 unit_bytes, GError **error)
{
    int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        fail_errno(error, "cannot make the census table %s", path);
        return NULL;
    }
    struct census_header *table = MAP_FAILED;
    if (ftruncate(descriptor, CENSUS_FILE_SIZE) == 0)
        table = mmap(NULL, CENSUS_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (table == MAP_FAILED)
        fail_errno(error, "cannot map the census table %s", path);
    close(descriptor);
    if (table == MAP_FAILED)
        return NULL;
    table->magic = CENSUS_MAGIC;
    table->unit_bytes = unit_bytes;
    return table;
}

bool census_open(struct census_source *source, const struct run_request *request, GError **error)
{
    *source = (struct census_source){.unit_bytes = request->unit_bytes};
    if (request->census && request->go)
        source->go_path = g_build_filename(request->directory, "census-go.txt", NULL);
    if (!request->census || !request->interpose)
        return true;
    source->table_path = g_build_filename(request->directory, "census-table", NULL);
    source->table = make_table(source->table_path, request->unit_bytes, error);
    return source->table != NULL;
}

void census_close(struct census_source *source)
{
    if (source->table)
        munmap(source->table, CENSUS_PAGE);
    if (source->table_path)
        unlink(source->table_path);
    g_free(source->table_path);
    g_free(source->go_path);
    *source = (struct census_source){0};
}

static bool take_blocks(const struct census_source *source, pid_t pid, struct census *census,
                        GError **error)
{
    struct census_header *table = source->table;
    pid_t counted = atomic_load(&table->pid);
    if (counted == 0)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "the block counter was never loaded: is the program linked statically, "
                    "or libcensus.so missing?");
    if (counted != pid)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "the block counter sits in process %d, the program is %d: a census needs "
                    "a program that is started without a wrapper",
                    (int)counted, (int)pid);
    guint overflowed = atomic_load(&table->overflowed);
    if (overflowed > 0)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "%u blocks found no place in the census table, which holds %u at best: "
                    "run fewer rounds",
                    overflowed, CENSUS_SLOTS);
    census->blocks = atomic_load(&table->blocks);
    census->bytes = atomic_load(&table->bytes);
    census->unit_blocks = source->unit_bytes > 0 ? atomic_load(&table->unit_blocks) : 0;
    return true;
}

/* The Go kit writes "objects N by MEANS\ngoroutines N\n". */
static bool take_go(const char *path, struct census *census, GError **error)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return fail(error, EXIT_INFRASTRUCTURE, "the Go kit said “looked” but left no census at %s",
                    path);
    long long objects, goroutines;
    char means[16];
    int length = 0;
    if (sscanf(text, "objects %lld by %15[a-z-] goroutines %lld %n", &objects, means, &goroutines,
               &length) != 3 ||
        text[length] != 0)
        return fail(error, EXIT_INFRASTRUCTURE, "the Go kit's census %s makes no sense: “%.60s”",
                    path, text);
    census->objects = objects;
    census->goroutines = goroutines;
    census->by_finalizers = strcmp(means, "finalizers") == 0;
    return true;
}

static gint64 mappings_of(const struct process_facts *facts, guint64 unit_bytes)
{
    guint64 page_kib = (guint64)sysconf(_SC_PAGESIZE) / 1024;
    guint64 unit_kib = (unit_bytes + page_kib * 1024 - 1) / (page_kib * 1024) * page_kib;
    return (gint64)(unit_kib > 0 ? facts->mapped_kib / unit_kib : facts->mappings);
}

bool census_take(const struct census_source *source, pid_t pid, struct census *census,
                 GError **error)
{
    struct process_facts facts;
    *census = (struct census){
        .blocks = -1, .bytes = -1, .unit_blocks = -1, .objects = -1, .goroutines = -1};
    if (!process_facts_read(pid, &facts, error))
        return false;
    census->threads = (gint64)facts.threads;
    census->descriptors = (gint64)(facts.descriptors + facts.passed_descriptors);
    census->shared_memory = (gint64)facts.shared_memory;
    census->timers = (gint64)facts.timers;
    census->children = (gint64)facts.children;
    census->mappings = mappings_of(&facts, source->unit_bytes);
    if (source->table && !take_blocks(source, pid, census, error))
        return false;
    return !source->go_path || take_go(source->go_path, census, error);
}
