/* Formatters would change nothing, and `go vet` says nothing but what it is meant to. */
#include <stdio.h>
#include <string.h>

#include "command/story.h"
#include "suite.h"

/* Others break lines in other places. */
#define FORMATTER "clang-format version 14."

START_TEST(no_formatter_would_change_anything)
{
    int code;
    g_autofree char *version = story_type(TEST_ROOT, &code, "clang-format --version");
    if (strstr(version, FORMATTER) == NULL) {
        fprintf(stderr, "not checked: format (this is no " FORMATTER ")\n");
        return;
    }
    g_free(story_type(TEST_ROOT, NULL, "make -s format-check"));
}
END_TEST

/* Of the packages PATTERN in all staged modules, the files that vet has something against, a
 * line each. Analysis cgocall is left out: it opens sources of cgo where they lay when the
 * cache first saw them. */
static char *vet(const char *options, const char *pattern)
{
    return story_type(TEST_BUILD, NULL,
                      "for module in stage/*/*/go.mod; do (cd $(dirname $module) && "
                      "GOCACHE=%s/go-cache GOPROXY=off GOFLAGS=-trimpath go vet -cgocall=false "
                      "%s %s 2>&1); done | sed '/^#/d; s/:.*//' | sort -u",
                      TEST_BUILD, options, pattern);
}

START_TEST(vet_says_what_it_is_meant_to)
{
    g_autofree char *said = vet("", "./...");
    ck_assert_str_eq(said, "skipped-cancel/variant.go\n");
}
END_TEST

START_TEST(vet_has_nothing_against_the_kit)
{
    static const char *const tags[] = {"-tags=goleak", "-tags=synctest"};
    g_autofree char *said = vet(tags[_i], "./kit/go");
    ck_assert_str_eq(said, "");
}
END_TEST

static Suite *style_suite(void)
{
    Suite *suite = suite_create("style");
    TCase *tests = tcase_create("style");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, no_formatter_would_change_anything);
    if (story_has("go", "what vet says of the programs in Go")) {
        tcase_add_test(tests, vet_says_what_it_is_meant_to);
        tcase_add_loop_test(tests, vet_has_nothing_against_the_kit, 0, 2);
    }
    suite_add_tcase(suite, tests);
    return suite;
}
SUITE(style_suite);
