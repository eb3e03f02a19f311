/*
 * The block counter: preloaded into a program, it counts heap blocks that are
 * outstanding. It stands alone: no header of the harness but the table's.
 *
 * No locks, so that no fork can leave one taken; no allocation; no environment
 * read after the constructor. Calls go straight to glibc's own allocator, and
 * what libc itself allocates (strdup, asprintf, stdio) comes by here too.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "run/census_table.h"

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);
void *__libc_memalign(size_t alignment, size_t size);
void *__libc_valloc(size_t size);
void *__libc_pvalloc(size_t size);

static char table_path[PATH_MAX];
static struct census_file *table;
static int32_t self;   /* the process that mapped the table */
static bool *counting; /* on a page that forked children find wiped: they don't count */

/* ---- The table ---- */

static bool on(void)
{
    return counting && *counting && atomic_load(&table->header.pid) == self;
}

/* Blocks of one page of heap meet no other in their page of the table. */
static uint64_t first_slot(const void *block)
{
    uint64_t address = (uint64_t)(uintptr_t)block;
    uint64_t page = (address / CENSUS_PAGE * 0x9e3779b97f4a7c15u) >> 32;
    return page % CENSUS_PAGES * CENSUS_PAGE_SLOTS + address / 16 % CENSUS_PAGE_SLOTS;
}

static void add_to_totals(int64_t blocks, uint64_t size)
{
    struct census_header *header = &table->header;
    atomic_fetch_add(&header->blocks, blocks);
    atomic_fetch_add(&header->bytes, blocks * (int64_t)size);
    if (size == header->unit_bytes && size > 0)
        atomic_fetch_add(&header->unit_blocks, blocks);
}

static void born(const void *block, size_t size)
{
    if (!block || !on())
        return;
    uint64_t key = ~(uint64_t)(uintptr_t)block, start = first_slot(block);
    for (uint64_t i = 0; i < CENSUS_PROBES; i++) {
        struct census_slot *slot = &table->slots[(start + i) % CENSUS_SLOTS];
        uint64_t found = atomic_load(&slot->key);
        if (found > CENSUS_TAKEN_OUT || !atomic_compare_exchange_strong(&slot->key, &found, key))
            continue;
        atomic_store(&slot->size, size);
        add_to_totals(1, size);
        return;
    }
    atomic_fetch_add(&table->header.overflowed, 1);
}

/* Must come before the allocator gets the block back and can hand it out anew.
 * Blocks from before the counter's start are not in the table. */
static bool died(const void *block, size_t *size)
{
    if (!block || !on())
        return false;
    uint64_t key = ~(uint64_t)(uintptr_t)block, start = first_slot(block);
    for (uint64_t i = 0; i < CENSUS_PROBES; i++) {
        struct census_slot *slot = &table->slots[(start + i) % CENSUS_SLOTS];
        uint64_t found = atomic_load(&slot->key);
        if (found == CENSUS_EMPTY)
            return false;
        if (found != key)
            continue;
        *size = atomic_load(&slot->size);
        add_to_totals(-1, *size);
        atomic_store(&slot->key, CENSUS_TAKEN_OUT);
        return true;
    }
    return false;
}

/* ---- Start ---- */

static bool start_from_nothing(int descriptor)
{
    struct census_header *header = &table->header;
    atomic_store(&header->pid, self);
    atomic_store(&header->blocks, 0);
    atomic_store(&header->bytes, 0);
    atomic_store(&header->unit_blocks, 0);
    atomic_store(&header->overflowed, 0);
    return ftruncate(descriptor, CENSUS_PAGE) == 0 && ftruncate(descriptor, CENSUS_FILE_SIZE) == 0;
}

/* Whoever comes first counts, until somebody TAKES_OVER; the same process after an exec
 * starts from nothing. */
static bool claim(int descriptor, bool takes_over)
{
    int32_t owner = 0;
    self = getpid();
    if (atomic_compare_exchange_strong(&table->header.pid, &owner, self))
        return true;
    return (takes_over || owner == self) && start_from_nothing(descriptor);
}

static bool map_table(int descriptor, bool takes_over)
{
    void *mapped = mmap(NULL, CENSUS_FILE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (mapped == MAP_FAILED)
        return false;
    table = mapped;
    if (table->header.magic == CENSUS_MAGIC && claim(descriptor, takes_over) &&
        madvise(mapped, CENSUS_FILE_SIZE, MADV_DONTFORK) == 0)
        return true;
    munmap(mapped, CENSUS_FILE_SIZE);
    return false;
}

static void begin(bool takes_over)
{
    int descriptor = open(table_path, O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return;
    *counting = map_table(descriptor, takes_over);
    close(descriptor);
}

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv(CENSUS_ENVIRONMENT);
    if (!path || strlen(path) >= sizeof table_path)
        return;
    void *page =
        mmap(NULL, CENSUS_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED || madvise(page, CENSUS_PAGE, MADV_WIPEONFORK) < 0)
        return;
    strcpy(table_path, path);
    counting = page;
    begin(false);
}

/* For the kit, before it says `ready`: where that is a fork of the process that counts,
 * it counts from here on instead. */
void yard_census_follow(void)
{
    if (counting && !*counting)
        begin(true);
}

/* ---- The allocator's names ---- */

static void *counted(void *block, size_t size)
{
    int number = errno;
    born(block, size);
    errno = number;
    return block;
}

void *malloc(size_t size)
{
    return counted(__libc_malloc(size), size);
}

void *calloc(size_t count, size_t size)
{
    return counted(__libc_calloc(count, size), count * size);
}

void free(void *block)
{
    size_t size;
    died(block, &size);
    __libc_free(block);
}

void *realloc(void *block, size_t size)
{
    size_t old_size = 0;
    bool known = died(block, &old_size);
    void *moved = __libc_realloc(block, size);
    if (moved)
        born(moved, size);
    else if (known && size > 0) /* refused: the old block lives on */
        born(block, old_size);
    return moved;
}

void *reallocarray(void *block, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(block, total);
}

void *memalign(size_t alignment, size_t size)
{
    return counted(__libc_memalign(alignment, size), size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return counted(__libc_memalign(alignment, size), size);
}

int posix_memalign(void **result, size_t alignment, size_t size)
{
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0)
        return EINVAL;
    int number = errno;
    void *block = __libc_memalign(alignment, size);
    errno = number;
    if (!block)
        return ENOMEM;
    *result = counted(block, size);
    return 0;
}

void *valloc(size_t size)
{
    return counted(__libc_valloc(size), size);
}

void *pvalloc(size_t size)
{
    return counted(__libc_pvalloc(size), size);
}
