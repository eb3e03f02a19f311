/*
 * The table that the block counter (census_preload.c) keeps inside a program and
 * the harness reads outside: a sparse file, mapped shared by both. It survives
 * whatever end the program comes to.
 *
 * One page of header, then an open-addressing hash table of outstanding blocks.
 * Pointers are kept complemented, so that no leak detector takes the table for a
 * place that still points to a block.
 */
#pragma once

#include <stdatomic.h>
#include <stdint.h>

#define CENSUS_ENVIRONMENT "YARD_CENSUS" /* the table's path */
#define CENSUS_MAGIC       0x5953554e45435259u

/* A table page holds as many slots as a page of heap has places for a block. */
#define CENSUS_PAGE       4096u
#define CENSUS_PAGE_SLOTS (CENSUS_PAGE / 16)
#define CENSUS_PAGES      16384u
#define CENSUS_SLOTS      (CENSUS_PAGES * CENSUS_PAGE_SLOTS)
#define CENSUS_PROBES     (64 * CENSUS_PAGE_SLOTS) /* then the table counts as full */
#define CENSUS_FILE_SIZE  (CENSUS_PAGE + (uint64_t)CENSUS_PAGES * CENSUS_PAGE)

#define CENSUS_EMPTY     0u
#define CENSUS_TAKEN_OUT 1u /* was a block; a search must go on behind it */

struct census_slot {
    _Atomic uint64_t key; /* ~pointer, or one of the two above */
    _Atomic uint64_t size;
};

struct census_header {
    uint64_t magic;                             /* set by the harness, as is the next */
    uint64_t unit_bytes;                        /* blocks of this size are counted apart; 0: none */
    _Atomic int32_t pid;                        /* the process that counts here; 0: none yet */
    _Atomic uint32_t overflowed;                /* blocks that found no place: the census is void */
    _Atomic int64_t blocks, bytes, unit_blocks; /* outstanding */
};

struct census_file {
    union {
        struct census_header header;
        char page[CENSUS_PAGE];
    };
    struct census_slot slots[CENSUS_SLOTS];
};
