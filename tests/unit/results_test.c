#include "schema/results.h"

#include <fcntl.h>
#include <unistd.h>

#include "schema/message.h"
#include "suite.h"
#include "support/failure.h"
#include "unit/catalog_fixture.h"

/* Appends a result whose scenario is NAME. */
static void append(int file, const char *name)
{
    Yard__Record record = YARD__RECORD__INIT;
    Yard__Result result = YARD__RESULT__INIT;
    result.scenario = (char *)name;
    record.result = &result;
    ck_assert(results_append(file, &record, NULL));
}

/* Opens scratch()/results.pb, appends results named FIRST … FIRST+COUNT-1. */
static void write_results(guint first, guint count)
{
    g_autofree char *path = scratch_path("results.pb");
    int file = results_open(path, false, NULL);
    ck_assert_int_ge(file, 0);
    for (guint i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf("heap/number-%u", first + i);
        append(file, name);
    }
    close(file);
}

static results_t *read_results(GError **error)
{
    g_autofree char *path = scratch_path("results.pb");
    return results_read(&path, 1, error);
}

static void assert_names(const results_t *results, guint count)
{
    ck_assert_ptr_nonnull(results);
    ck_assert_uint_eq(results->records->len, count);
    for (guint i = 0; i < count; i++) {
        const Yard__Record *record = g_ptr_array_index(results->records, i);
        g_autofree char *name = g_strdup_printf("heap/number-%u", i);
        ck_assert_str_eq(record->result->scenario, name);
    }
}

START_TEST(records_come_back_in_order)
{
    write_results(0, 3);
    write_results(3, 2);
    g_autoptr(results_t) results = read_results(NULL);
    assert_names(results, 5);
    ck_assert_uint_eq(results->cut_tails, 0);
}
END_TEST

START_TEST(truncating_starts_anew)
{
    write_results(7, 3);
    g_autofree char *path = scratch_path("results.pb");
    int file = results_open(path, true, NULL);
    append(file, "heap/number-0");
    close(file);
    g_autoptr(results_t) results = read_results(NULL);
    assert_names(results, 1);
}
END_TEST

START_TEST(an_empty_file_has_no_records)
{
    scratch_write("results.pb", "");
    g_autoptr(results_t) results = read_results(NULL);
    assert_names(results, 0);
    ck_assert_uint_eq(results->cut_tails, 0);
}
END_TEST

START_TEST(files_are_read_one_after_the_other)
{
    write_results(0, 2);
    g_autofree char *path = scratch_path("results.pb");
    char *paths[] = {path, path};
    g_autoptr(results_t) results = results_read(paths, 2, NULL);
    ck_assert_uint_eq(results->records->len, 4);
}
END_TEST

START_TEST(the_whole_file_is_one_message)
{
    write_results(0, 4);
    g_autofree char *path = scratch_path("results.pb");
    g_autofree char *bytes = NULL;
    gsize length;
    ck_assert(g_file_get_contents(path, &bytes, &length, NULL));
    Yard__Results *message = yard__results__unpack(NULL, length, (guint8 *)bytes);
    ck_assert_ptr_nonnull(message);
    ck_assert_uint_eq(message->n_record, 4);
    yard__results__free_unpacked(message, NULL);
}
END_TEST

/* Cut anywhere, a file keeps what was finished, and goes on from there. */
START_TEST(a_cut_tail_loses_nothing_that_was_finished)
{
    write_results(0, 3);
    g_autofree char *path = scratch_path("results.pb");
    g_autofree char *bytes = NULL;
    gsize length;
    ck_assert(g_file_get_contents(path, &bytes, &length, NULL));
    ck_assert_uint_eq(length % 3, 0);
    for (gsize cut = 0; cut <= length; cut++) {
        guint whole = (guint)(cut / (length / 3));
        ck_assert(g_file_set_contents(path, bytes, (gssize)cut, NULL));
        g_autoptr(results_t) before = read_results(NULL);
        assert_names(before, whole);
        ck_assert_uint_eq(before->cut_tails, cut % (length / 3) != 0);
        write_results(whole, 2);
        g_autoptr(results_t) after = read_results(NULL);
        assert_names(after, whole + 2);
        ck_assert_uint_eq(after->cut_tails, 0);
    }
}
END_TEST

START_TEST(long_records_survive_a_cut_too)
{
    g_autofree char *name = g_strnfill(70000, 'x');
    g_autofree char *path = scratch_path("results.pb");
    write_results(0, 1);
    int file = results_open(path, false, NULL);
    off_t before = lseek(file, 0, SEEK_END);
    append(file, name);
    off_t end = lseek(file, 0, SEEK_END);
    ck_assert_int_eq(ftruncate(file, end - 1), 0);
    close(file);
    file = results_open(path, false, NULL);
    ck_assert_int_eq(lseek(file, 0, SEEK_END), before);
    close(file);
}
END_TEST

/* What is no results file is refused, and stays as it was. */
static const struct {
    const char *bytes;
    const char *offset;
} foreign[] = {
    {"<?xml version=\"1.0\"?>", "offset 0;"},
    {"\n\nA letter to somebody", "offset 0;"},
    {"\nhello, world, this is a text", "offset 0;"},
    {"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", "offset 0;"},
    {"\n\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "offset 0;"},
    {"\n\x04\x1a\x02\n\x01", "offset 0;"}, /* a record, its inside cut */
    {"\n\x05\x1a\x03\n\x01xPK", "offset 7;"},
};

START_TEST(a_foreign_file_is_refused_and_left_alone)
{
    scratch_write("results.pb", foreign[_i].bytes);
    g_autoptr(GError) error = NULL;
    g_autoptr(results_t) results = read_results(&error);
    ck_assert_ptr_null(results);
    ck_assert_int_eq(error->code, EXIT_USAGE);
    ck_assert_ptr_nonnull(strstr(error->message, "results.pb: not a results file"));
    ck_assert_ptr_nonnull(strstr(error->message, foreign[_i].offset));
}
END_TEST

START_TEST(opening_a_foreign_file_does_not_cut_it)
{
    scratch_write("results.pb", "\nhello, world, this is a text");
    g_autofree char *path = scratch_path("results.pb");
    g_autoptr(GError) error = NULL;
    ck_assert_int_eq(results_open(path, false, &error), -1);
    ck_assert_int_eq(error->code, EXIT_USAGE);
    g_autofree char *text = NULL;
    ck_assert(g_file_get_contents(path, &text, NULL, NULL));
    ck_assert_str_eq(text, "\nhello, world, this is a text");
}
END_TEST

START_TEST(a_missing_file_is_named)
{
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(read_results(&error));
    ck_assert_ptr_nonnull(strstr(error->message, "results.pb"));
    g_clear_error(&error);
    g_autofree char *path = scratch_path("no/such/results.pb");
    ck_assert_int_eq(results_open(path, false, &error), -1);
    ck_assert_int_eq(error->code, EXIT_INFRASTRUCTURE);
}
END_TEST

START_TEST(a_full_disk_is_an_error)
{
    g_autoptr(GError) error = NULL;
    int file = results_open("/dev/full", false, &error);
    ck_assert_int_ge(file, 0);
    Yard__Record record = YARD__RECORD__INIT;
    ck_assert(!results_append(file, &record, &error));
    ck_assert_int_eq(error->code, EXIT_INFRASTRUCTURE);
    close(file);
}
END_TEST

static Suite *results(void)
{
    Suite *suite = suite_create("results");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, scratch_make, scratch_remove);
    tcase_add_test(files, records_come_back_in_order);
    tcase_add_test(files, truncating_starts_anew);
    tcase_add_test(files, an_empty_file_has_no_records);
    tcase_add_test(files, files_are_read_one_after_the_other);
    tcase_add_test(files, the_whole_file_is_one_message);
    tcase_add_test(files, a_cut_tail_loses_nothing_that_was_finished);
    tcase_add_test(files, long_records_survive_a_cut_too);
    tcase_add_loop_test(files, a_foreign_file_is_refused_and_left_alone, 0, G_N_ELEMENTS(foreign));
    tcase_add_test(files, opening_a_foreign_file_does_not_cut_it);
    tcase_add_test(files, a_missing_file_is_named);
    tcase_add_test(files, a_full_disk_is_an_error);
    suite_add_tcase(suite, files);
    return suite;
}
SUITE(results);
