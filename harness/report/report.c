#include "report/report.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/cell.h"
#include "support/failure.h"

static int compare_numbers(guint a, guint b)
{
    return (a > b) - (a < b);
}

static gint by_proof(gconstpointer a, gconstpointer b)
{
    const Yard__Proof *first = *(Yard__Proof *const *)a, *second = *(Yard__Proof *const *)b;
    int order = g_strcmp0(first->scenario, second->scenario);
    if (order == 0)
        order = compare_numbers(first->variant, second->variant);
    if (order == 0)
        order = g_strcmp0(first->flavour, second->flavour);
    return order ? order : compare_numbers(first->repetition, second->repetition);
}

static gint by_result(gconstpointer a, gconstpointer b)
{
    const Yard__Result *first = *(Yard__Result *const *)a, *second = *(Yard__Result *const *)b;
    int order = g_strcmp0(first->scenario, second->scenario);
    if (order == 0)
        order = compare_numbers(first->variant, second->variant);
    if (order == 0)
        order = g_strcmp0(first->flavour, second->flavour);
    if (order == 0)
        order = g_strcmp0(first->detector, second->detector);
    return order ? order : compare_numbers(first->repetition, second->repetition);
}

/* Sorts ITEMS, and of those that ORDER calls the same leaves the last one written. */
static void sort_and_drop_old(GPtrArray *items, GCompareFunc order)
{
    g_ptr_array_sort(items, order); /* a stable sort */
    guint kept = 0;
    for (guint i = 0; i < items->len; i++) {
        if (i + 1 < items->len && order(&items->pdata[i], &items->pdata[i + 1]) == 0)
            continue;
        items->pdata[kept++] = items->pdata[i];
    }
    g_ptr_array_set_size(items, (gint)kept);
}

void report_input_init(struct report_input *input, const GPtrArray *records)
{
    *input = (struct report_input){.proofs = g_ptr_array_new(), .results = g_ptr_array_new()};
    for (guint i = 0; i < records->len; i++) {
        const Yard__Record *record = g_ptr_array_index(records, i);
        if (record->provenance != NULL)
            input->provenance = record->provenance;
        if (record->proof != NULL)
            g_ptr_array_add(input->proofs, record->proof);
        if (record->result != NULL)
            g_ptr_array_add(input->results, record->result);
    }
    sort_and_drop_old(input->proofs, by_proof);
    sort_and_drop_old(input->results, by_result);
}

void report_input_clear(struct report_input *input)
{
    g_ptr_array_unref(input->proofs);
    g_ptr_array_unref(input->results);
    *input = (struct report_input){0};
}

extern const struct report_format *const __start_leakyard_reports[] __attribute__((weak));
extern const struct report_format *const __stop_leakyard_reports[] __attribute__((weak));

static gint by_name(gconstpointer a, gconstpointer b)
{
    const struct report_format *const *first = a, *const *second = b;
    return strcmp((*first)->name, (*second)->name);
}

GPtrArray *report_formats(void)
{
    GPtrArray *formats = g_ptr_array_new();
    for (const struct report_format *const *i = __start_leakyard_reports;
         i < __stop_leakyard_reports; i++)
        g_ptr_array_add(formats, (gpointer)*i);
    g_ptr_array_sort(formats, by_name);
    return formats;
}

static const struct report_format *format_called(const char *name)
{
    g_autoptr(GPtrArray) formats = report_formats();
    for (guint i = 0; i < formats->len; i++) {
        const struct report_format *format = g_ptr_array_index(formats, i);
        if (strcmp(format->name, name) == 0)
            return format;
    }
    return NULL;
}

static bool fail_unknown(const char *text, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);
    g_autoptr(GPtrArray) formats = report_formats();
    for (guint i = 0; i < formats->len; i++) {
        const struct report_format *format = g_ptr_array_index(formats, i);
        g_string_append_printf(known, "%s%s", i ? ", " : "", format->name);
    }
    return fail(error, EXIT_USAGE, "'%s': no such report format; there are: %s", text, known->str);
}

struct report_output *report_output_parse(const char *text, GError **error)
{
    const char *colon = strchr(text, ':');
    g_autofree char *name = g_strndup(text, strcspn(text, ":"));
    const struct report_format *format = format_called(name);
    if (format == NULL) {
        fail_unknown(text, error);
        return NULL;
    }
    if (colon != NULL && colon[1] == '\0') {
        fail(error, EXIT_USAGE, "'%s': no file after the colon; '-' is standard output", text);
        return NULL;
    }
    const char *path = colon ? colon + 1 : "-";
    g_autofree char *folder = g_path_get_dirname(path);
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        fail(error, EXIT_USAGE, "'%s': there is no folder %s to write it to", text, folder);
        return NULL;
    }
    struct report_output *output = g_new(struct report_output, 1);
    output->format = format;
    output->path = g_strdup(path);
    return output;
}

void report_output_free(gpointer data)
{
    struct report_output *output = data;
    g_free(output->path);
    g_free(output);
}

/* Writes and closes OUT. */
static bool write_and_close(const struct report_input *input, const struct report_format *format,
                            FILE *out, const char *path, GError **error)
{
    bool good = format->write(input, out, false, error);
    bool complete = fflush(out) == 0 && !ferror(out);
    if (fclose(out) != 0 || !complete)
        return good ? fail_errno(error, "%s: cannot write the %s report", path, format->name)
                    : false;
    return good;
}

/* Whoever reads PATH sees the old report or the whole new one. */
static bool write_file(const struct report_input *input, const struct report_format *format,
                       const char *path, GError **error)
{
    g_autofree char *fresh = g_strdup_printf("%s.XXXXXX", path);
    int descriptor = mkstemp(fresh);
    if (descriptor < 0)
        return fail_errno(error, "%s: cannot write the %s report beside it", path, format->name);
    mode_t mask = umask(0);
    umask(mask);
    (void)fchmod(descriptor, 0666 & ~mask);
    FILE *out = fdopen(descriptor, "w");
    if (out == NULL) {
        close(descriptor);
        unlink(fresh);
        return fail_errno(error, "%s: cannot write the %s report", path, format->name);
    }
    bool written = write_and_close(input, format, out, path, error);
    if (written && rename(fresh, path) != 0)
        written = fail_errno(error, "%s: cannot rename the finished report to this", path);
    if (!written)
        unlink(fresh);
    return written;
}

bool report_write(const struct report_input *input, const struct report_output *output, bool colour,
                  GError **error)
{
    if (strcmp(output->path, "-") == 0) {
        if (!output->format->write(input, stdout, colour, error))
            return false;
        return fflush(stdout) == 0 || fail_errno(error, "standard output");
    }
    /* A link is followed; a pipe or device is written to, not replaced. */
    g_autofree char *real = realpath(output->path, NULL);
    const char *path = real ? real : output->path;
    struct stat facts;
    if (stat(path, &facts) == 0 && !S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode)) {
        FILE *out = fopen(path, "w");
        if (out == NULL)
            return fail_errno(error, "%s", path);
        return write_and_close(input, output->format, out, path, error);
    }
    return write_file(input, output->format, path, error);
}

int report_exit_code(const struct report_input *input)
{
    for (guint i = 0; i < input->proofs->len; i++)
        if (proof_status(g_ptr_array_index(input->proofs, i)) == REPORT_FAILED)
            return EXIT_DIFFERS;
    for (guint i = 0; i < input->results->len; i++) {
        const Yard__Result *result = g_ptr_array_index(input->results, i);
        if (result_fails(result) || (input->strict && result_is_unrecorded(result)))
            return EXIT_DIFFERS;
    }
    return EXIT_AS_EXPECTED;
}

GPtrArray *report_unfound(const struct report_input *input)
{
    GPtrArray *unfound = g_ptr_array_new();
    for (guint i = 0; i < input->results->len;) {
        const char *id = ((Yard__Result *)g_ptr_array_index(input->results, i))->scenario;
        bool run = false, found = false;
        for (; i < input->results->len; i++) {
            const Yard__Result *result = g_ptr_array_index(input->results, i);
            if (g_strcmp0(result->scenario, id) != 0)
                break;
            run |= result->variant == YARD__VARIANT__LEAKY &&
                   result->verdict != YARD__RESULT__VERDICT__UNSUPPORTED;
            found |= result->verdict == YARD__RESULT__VERDICT__FOUND;
        }
        if (run && !found)
            g_ptr_array_add(unfound, (gpointer)id);
    }
    return unfound;
}
