/*
 * A file of tests fills a Suite and registers it: there is no list to edit.
 * CK_RUN_SUITE=NAME runs one suite, CK_RUN_CASE=NAME one case. Cases tagged `big` are
 * left out; CK_INCLUDE_TAGS=big runs them, and no others.
 */
#pragma once

#include <check.h>
#undef fail /* ours is in support/failure.h */

typedef Suite *(*suite_maker)(void);

#define SUITE(maker)                                                                               \
    static const suite_maker maker##_registered                                                    \
        __attribute__((used, retain, section("leakyard_suites"))) = maker

/* A file of tests/data, recorded from real tools. Free with g_free. */
char *data_path(const char *name);
