#include "detect/parse/lsan_report.h"

#include <stdlib.h>
#include <string.h>

#include "detect/parse/stack.h"
#include "schema/message.h"
#include "support/failure.h"

/* What a report says in whole, and what its records add up to. */
struct report {
    gint64 blocks, bytes;
    gint64 blocks_summed, bytes_summed;
    bool begun;             /* "ERROR: LeakSanitizer: detected memory leaks" */
    bool summed_up;         /* SUMMARY */
    bool shortened;         /* max_leaks= lists only the largest */
    Yard__Finding *finding; /* of the record that is being read, or NULL */
};

bool lsan_report_is_fatal(const char *text)
{
    return strstr(text, "LeakSanitizer has encountered a fatal error") != NULL;
}

/* "==7==WARNING: LeakSanitizer failed to allocate 0x400000000000 bytes", on each line. */
static bool only_refuses_memory(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint count = g_strv_length(lines);
    for (guint i = 0; i + 1 < count; i++)
        if (!strstr(lines[i], "Sanitizer failed to allocate "))
            return false;
    return count > 1 && !*lines[count - 1];
}

bool lsan_report_names_no_leak(const char *text)
{
    bool suppressed = strstr(text, "\nSuppressions used:\n") && !strstr(text, "ERROR:") &&
                      !lsan_report_is_fatal(text);
    return suppressed || only_refuses_memory(text);
}

/* Reads a count in front of WORD: "10 object(s)". */
static bool take_count(const char **text, const char *word, gint64 *count)
{
    if (!g_ascii_isdigit(**text))
        return false;
    char *end;
    guint64 value = g_ascii_strtoull(*text, &end, 10);
    if (value > G_MAXINT32 * G_GINT64_CONSTANT(1024) || !g_str_has_prefix(end, word))
        return false;
    *text = end + strlen(word);
    *count = (gint64)value;
    return true;
}

/* "Direct leak of 13360 byte(s) in 10 object(s) allocated from:" */
static bool record_begin(struct report *report, const char *line, GPtrArray *findings)
{
    const char *text = strstr(line, "leak of ") + strlen("leak of ");
    gint64 bytes, blocks;
    if (!take_count(&text, " byte(s) in ", &bytes) ||
        !take_count(&text, " object(s) allocated from:", &blocks) || *text || blocks == 0)
        return false;
    report->bytes_summed += bytes;
    report->blocks_summed += blocks;
    report->finding = finding_new(YARD__CLAIM__LEAKED, YARD__RESOURCE__HEAP_BLOCK, blocks, bytes);
    report->finding->has_since = true;
    report->finding->since = YARD__SINCE__START;
    report->finding->text = g_strdup(line);
    g_ptr_array_add(findings, report->finding);
    return true;
}

static void record_end(struct report *report)
{
    if (report->finding)
        stack_conclude(report->finding);
    report->finding = NULL;
}

/* "SUMMARY: LeakSanitizer: 13410 byte(s) leaked in 20 allocation(s)." */
static bool summary_read(struct report *report, const char *line)
{
    const char *text = strstr(line, "Sanitizer: ");
    if (!text)
        return false;
    text += strlen("Sanitizer: ");
    report->summed_up = take_count(&text, " byte(s) leaked in ", &report->bytes) &&
                        take_count(&text, " allocation(s).", &report->blocks) && !*text;
    return report->summed_up;
}

/* Cuts ":12" or ":12:3" off FILE and returns the line, 0 if there is none. */
static guint cut_line(char *file)
{
    guint numbers[2] = {0, 0};
    guint count = 0;
    for (char *colon; count < 2 && (colon = strrchr(file, ':')) && colon[1]; count++) {
        char *end;
        guint64 value = g_ascii_strtoull(colon + 1, &end, 10);
        if (*end || !g_ascii_isdigit(colon[1]) || value > G_MAXINT32)
            break;
        numbers[count] = (guint)value;
        *colon = '\0';
    }
    return count == 0 ? 0 : numbers[count - 1];
}

/* Cuts " (MODULE+0xOFFSET)" off the end of TEXT and returns MODULE, or NULL. */
static char *cut_module(char *text)
{
    char *build_id = g_strrstr(text, " (BuildId:");
    if (build_id)
        *build_id = '\0';
    char *open = g_strrstr(text, "(");
    char *plus = open ? g_strrstr(open, "+0x") : NULL;
    if (!plus || !g_str_has_suffix(plus, ")"))
        return NULL;
    char *module = g_strndup(open + 1, plus - open - 1);
    *open = '\0';
    g_strchomp(text);
    return module;
}

/* "#1 0x561b in document_open error-path/variant.c:13", "#1 0x561b in open (/lib/x.so+0x9)",
 * "#1 0x561b  (/bin/program+0x119e)" or "#1 0x561b  (<unknown module>)". */
static Yard__Frame *frame_parse(const char *line)
{
    const char *address = strstr(line, " 0x");
    if (!address)
        return NULL;
    gsize digits = strspn(address + 3, "0123456789abcdefABCDEF");
    if (digits == 0)
        return NULL;
    g_autofree char *rest = g_strdup(address + 3 + digits);
    g_strstrip(rest);
    g_autofree char *module = cut_module(rest);
    /* Where a library keeps no frame pointers, unwinding goes astray. */
    if (strcmp(rest, "(<unknown module>)") == 0)
        return frame_new(NULL, NULL, 0, NULL);
    if (!g_str_has_prefix(rest, "in "))
        return module && !*rest ? frame_new(NULL, NULL, 0, module) : NULL;
    char *function = rest + strlen("in ");
    char *file = strrchr(function, ' ');
    if (module || !file)
        return *function ? frame_new(function, NULL, 0, module) : NULL;
    *file++ = '\0';
    guint number = cut_line(file);
    return frame_new(function, file, number, NULL);
}

/* The tool's own stand-in for malloc is no part of the program. */
static bool is_own_frame(const Yard__Frame *frame)
{
    g_autofree char *module = frame->module ? g_path_get_basename(frame->module) : NULL;
    return (frame->function && (g_str_has_prefix(frame->function, "__interceptor_") ||
                                g_str_has_prefix(frame->function, "___interceptor_"))) ||
           (frame->file && strstr(frame->file, "/libsanitizer/")) ||
           (module && (g_str_has_prefix(module, "liblsan") || g_str_has_prefix(module, "libasan")));
}

static bool frame_read(struct report *report, const char *line)
{
    Yard__Frame *frame = report->finding ? frame_parse(line) : NULL;
    if (!frame)
        return false;
    if (report->finding->n_frame == 0 && is_own_frame(frame))
        yard__frame__free_unpacked(frame, NULL);
    else
        finding_add_frame(report->finding, frame);
    return true;
}

/* Lines of other shapes are notes (hints, suppressions used): no part of the count. */
static bool line_read(struct report *report, const char *line, GPtrArray *findings)
{
    const char *start = line + strspn(line, " ");
    if (*start == '#')
        return frame_read(report, start);
    record_end(report);
    if (g_str_has_prefix(start, "Direct leak of ") || g_str_has_prefix(start, "Indirect leak of "))
        return report->begun && !report->summed_up && record_begin(report, start, findings);
    if (g_str_has_prefix(start, "SUMMARY:"))
        return report->begun && !report->summed_up && summary_read(report, start);
    if (strstr(start, "Sanitizer: detected memory leaks"))
        report->begun = true;
    if (g_str_has_suffix(start, " top leak(s):"))
        report->shortened = true;
    return true;
}

static bool totals_agree(const struct report *report, GError **error)
{
    if (!report->begun)
        return fail(error, EXIT_INFRASTRUCTURE, "not a report of LeakSanitizer");
    if (!report->summed_up)
        return fail(error, EXIT_INFRASTRUCTURE, "cut short: it has no SUMMARY");
    if (report->shortened
            ? report->blocks_summed > report->blocks
            : report->blocks_summed != report->blocks || report->bytes_summed != report->bytes)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "damaged: its records hold %" G_GINT64_FORMAT
                    " blocks, its SUMMARY says %" G_GINT64_FORMAT,
                    report->blocks_summed, report->blocks);
    return true;
}

bool lsan_report_parse(const char *text, GPtrArray *findings, GError **error)
{
    if (lsan_report_is_fatal(text))
        return fail(error, EXIT_INFRASTRUCTURE,
                    "the leak check itself failed (LeakSanitizer has encountered a fatal error): "
                    "it can't work under ptrace, or where ptrace is forbidden");
    struct report report = {0};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        if (!line_read(&report, *line, findings))
            return fail(error, EXIT_INFRASTRUCTURE, "line %d is damaged: \"%s\"",
                        (int)(line - lines) + 1, *line);
    record_end(&report);
    return totals_agree(&report, error);
}
