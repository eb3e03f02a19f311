#include "command/proxy_fixture.h"

#include <stdio.h>

#include "command/cli.h"
#include "command/story.h"
#include "suite.h"
#include "support/tree.h"

char *proxy_folder;

void proxy_set_up(void)
{
    proxy_folder = test_folder();
    g_setenv("MALLOC_ARENA_MAX", "1", TRUE);
    g_setenv("GOMAXPROCS", "2", TRUE);
}

void proxy_tear_down(void)
{
    tree_remove(proxy_folder, NULL);
    g_free(proxy_folder);
}

bool proxy_is_built(void)
{
    bool built = g_file_test(TEST_BUILD "/plain/leaky/" CLOSURE, G_FILE_TEST_EXISTS);
    if (!built)
        fprintf(stderr, "not checked: incident 000 (%s/plain/leaky/%s is not built)\n", TEST_BUILD,
                CLOSURE);
    return built;
}

/* By its bucket, which its FNV-1a tells. */
guint group_of(guint key, guint groups)
{
    g_autofree char *name = g_strdup_printf("user:%u", key);
    guint32 hash = 2166136261u;
    for (const char *letter = name; *letter != '\0'; letter++)
        hash = (hash ^ (guint8)*letter) * 16777619u;
    return hash % 16 % groups;
}

struct page predict(guint groups)
{
    struct page page = {0};
    guint seen = 0, first = group_of(1, groups);
    for (guint key = 1; key <= KEYS; key++) {
        guint group = group_of(key, groups);
        page.requests += (seen >> group & 1) == 0;
        page.found += group == first;
        seen |= 1u << group;
    }
    return page;
}

struct outcome outcome_read(char *said)
{
    return (struct outcome){
        .value = (gint64)story_number(said, "^value ([0-9]+), "),
        .born = (gint64)story_number(said, ", ([0-9]+) units born, "),
        .died = (gint64)story_number(said, ", ([0-9]+) died$"),
        .said = said,
    };
}

void outcome_clear(struct outcome *outcome)
{
    g_free(outcome->said);
}

void check_kib(const char *what, gint64 grown, gint64 lost, gint64 noise)
{
    gint64 kib = lost / 1024;
    ck_assert_msg(grown > kib - noise && grown < kib + noise,
                  "%s: grew by %ld KiB, and %ld were lost", what, (long)grown, (long)kib);
}
