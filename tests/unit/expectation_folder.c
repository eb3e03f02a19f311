#include "expectation_folder.h"

#include <check.h>
#include <glib/gstdio.h>

#include "schema/message.h"

char *expectation_folder(void)
{
    char *folder = g_dir_make_tmp("expected-XXXXXX", NULL);
    ck_assert_ptr_nonnull(folder);
    return folder;
}

void expectation_folder_remove(char *folder)
{
    g_autofree char *path = g_build_filename(folder, "tool.txtpb", NULL);
    g_unlink(path);
    ck_assert_int_eq(g_rmdir(folder), 0);
    g_free(folder);
}

void expectation_folder_write(const char *folder, const char *text)
{
    g_autofree char *path = g_build_filename(folder, "tool.txtpb", NULL);
    ck_assert(g_file_set_contents(path, text, -1, NULL));
}

char *expectation_folder_text(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "tool.txtpb", NULL);
    char *text = NULL;
    ck_assert(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

expectations_t *expectation_folder_read(const char *folder, const char *over)
{
    char *folders[] = {(char *)folder, (char *)over, NULL};
    g_autoptr(GError) error = NULL;
    expectations_t *expectations = expectations_read(folders, TEST_ROOT "/harness/schema", &error);
    ck_assert_msg(expectations != NULL, "%s", error ? error->message : "");
    return expectations;
}

Yard__Result *expectation_result(const char *id, Yard__Variant variant,
                                 Yard__Result__Verdict verdict)
{
    Yard__Result *result = g_new(Yard__Result, 1);
    yard__result__init(result);
    message_set_string(&result->scenario, id);
    message_set_string(&result->detector, "tool");
    message_set_string(&result->flavour, "plain");
    message_set_string(&result->version, "3.19.0");
    result->has_variant = result->has_verdict = result->has_claimed = true;
    result->variant = variant;
    result->verdict = verdict;
    result->claimed = true;
    return result;
}
