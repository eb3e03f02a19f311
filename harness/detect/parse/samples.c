#include "detect/parse/samples.h"

#include <stdio.h>
#include <string.h>

#include "support/failure.h"

#define HEADER  "checkpoint,checkpoints,rounds"
#define LEADING 3

static char *header_of(const char *const *columns)
{
    g_autofree char *names = g_strjoinv(",", (char **)columns);
    return g_strconcat(HEADER ",", names, NULL);
}

static void row_write(FILE *file, const char *const *columns, const gint64 *values,
                      const struct moment *moment)
{
    if (moment->checkpoint == 0) {
        g_autofree char *header = header_of(columns);
        fprintf(file, "%s\n", header);
    }
    fprintf(file, "%u,%u,%" G_GUINT64_FORMAT, moment->checkpoint, moment->checkpoints,
            moment->rounds);
    for (; *columns; columns++, values++)
        fprintf(file, ",%" G_GINT64_FORMAT, *values);
    fputc('\n', file);
}

bool samples_append(const char *path, const char *const *columns, const gint64 *values,
                    const struct moment *moment, GError **error)
{
    FILE *file = fopen(path, moment->checkpoint == 0 ? "we" : "ae");
    if (!file)
        return fail_errno(error, "%s", path);
    row_write(file, columns, values, moment);
    bool written = !ferror(file);
    if (fclose(file) != 0 || !written)
        return fail_errno(error, "%s", path);
    return true;
}

/* Reads a row, which must be that of checkpoint EXPECTED, and appends its values. */
static bool row_read(const char *line, guint64 expected, guint width, GArray *values,
                     guint64 *checkpoints)
{
    g_auto(GStrv) cells = g_strsplit(line, ",", -1);
    if (g_strv_length(cells) != LEADING + width)
        return false;
    for (guint i = 0; i < LEADING + width; i++) {
        guint64 number;
        if (!g_ascii_string_to_unsigned(cells[i], 10, 0, G_MAXINT64, &number, NULL))
            return false;
        if (i == 0 && number != expected)
            return false;
        if (i == 1)
            *checkpoints = number;
        if (i >= LEADING)
            g_array_append_val(values, (gint64){number});
    }
    return true;
}

static bool rows_read(struct samples *samples, char **lines, GError **error)
{
    g_autoptr(GArray) values = g_array_new(false, false, sizeof(gint64));
    guint64 checkpoints = 0;
    for (samples->count = 0; lines[samples->count] && *lines[samples->count]; samples->count++)
        if (!row_read(lines[samples->count], samples->count, samples->width, values, &checkpoints))
            return fail(error, EXIT_INFRASTRUCTURE, "line %u is damaged", samples->count + 2);
    if (samples->count == 0 || samples->count != checkpoints + 1)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "cut short: %u rows for the checkpoints 0 to %" G_GUINT64_FORMAT,
                    samples->count, checkpoints);
    samples->values = (gint64 *)g_array_free(g_steal_pointer(&values), false);
    return true;
}

static bool text_read(struct samples *samples, const char *text, const char *const *columns,
                      GError **error)
{
    g_autofree char *header = header_of(columns);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (g_strcmp0(lines[0], header) != 0)
        return fail(error, EXIT_INFRASTRUCTURE, "it does not begin with \"%s\"", header);
    if (!g_str_has_suffix(text, "\n"))
        return fail(error, EXIT_INFRASTRUCTURE, "cut short: its last line has no end");
    return rows_read(samples, lines + 1, error);
}

bool samples_read(struct samples *samples, const char *path, const char *const *columns,
                  GError **error)
{
    *samples = (struct samples){.width = g_strv_length((char **)columns)};
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, error))
        return false;
    if (text_read(samples, text, columns, error))
        return true;
    g_prefix_error(error, "%s: ", path);
    return false;
}

void samples_clear(struct samples *samples)
{
    g_free(samples->values);
    *samples = (struct samples){0};
}
