#include "detector_fixture.h"

#include <string.h>

#include "detect/registry.h"
#include "schema/message.h"
#include "suite.h"
#include "support/tree.h"

char *folder;
GPtrArray *findings;
GError *problem;

void detector_set_up(void)
{
    findings = g_ptr_array_new_with_free_func(finding_free);
    folder = g_dir_make_tmp("leakyard-XXXXXX", NULL);
    ck_assert_ptr_nonnull(folder);
}

void detector_tear_down(void)
{
    ck_assert(tree_remove(folder, NULL));
    g_clear_pointer(&folder, g_free);
    g_clear_error(&problem);
    g_ptr_array_unref(findings);
}

const Yard__Finding *at(guint index)
{
    ck_assert_uint_lt(index, findings->len);
    return g_ptr_array_index(findings, index);
}

char *recorded(const char *name)
{
    g_autofree char *path = data_path(name);
    char *text = NULL;
    ck_assert(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

void leave(const char *name, const char *text, gssize length)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    ck_assert(g_file_set_contents(path, text, length, NULL));
}

bool finds_in(const char *detector, const char *name, const char *text)
{
    leave(name, text, -1);
    return finds_left(detector);
}

bool finds_left(const char *detector)
{
    return finds_after(detector, 0);
}

bool finds_after(const char *detector, int code)
{
    struct label *label = label_parse(detector, NULL);
    g_autofree char *errors = g_build_filename(folder, ERRORS, NULL);
    g_autofree char *output = g_build_filename(folder, OUTPUT, NULL);
    struct subject subject = {.directory = folder, .errors = errors, .output = output};
    struct ending ending = {.code = code};
    g_clear_error(&problem);
    bool read = label->detector->findings(label, &subject, &ending, findings, &problem);
    label_free(label);
    return read;
}

bool finds_by(report_parser parse, const char *text)
{
    g_ptr_array_set_size(findings, 0);
    g_clear_error(&problem);
    return parse(text, strlen(text), findings, &problem);
}

struct launch launch_new(void)
{
    return (struct launch){g_ptr_array_new_with_free_func(g_free),
                           g_ptr_array_new_with_free_func(g_free)};
}

void launch_clear(struct launch *launch)
{
    g_ptr_array_unref(launch->argv);
    g_ptr_array_unref(launch->environment);
}

void assert_said(GError *error, const char *wanted)
{
    ck_assert_ptr_nonnull(error);
    ck_assert_msg(strstr(error->message, wanted) != NULL, "'%s' lacks '%s'", error->message,
                  wanted);
    g_error_free(error);
}
