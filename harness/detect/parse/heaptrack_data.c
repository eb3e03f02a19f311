#include "detect/parse/heaptrack_data.h"

#include <string.h>

#include "detect/parse/stack.h"
#include "schema/message.h"
#include "support/failure.h"

#define FILE_VERSION 3
#define MOST         (1u << 24) /* of numbers that count or name something */

/* Whatever is named by a number is named so from 1 on, 0 being none; but allocation
 * infos from 0 on. */
struct instruction {
    guint64 module;
    guint first, count; /* of its places, innermost first: several where calls were inlined */
};

struct place {
    guint64 function, file, line;
};

struct trace {
    guint64 instruction, parent;
    gint64 blocks, bytes; /* outstanding */
};

struct info {
    guint64 size, trace;
    gint64 blocks; /* outstanding */
};

struct data {
    GPtrArray *strings;
    GArray *instructions, *places, *traces, *infos;
    bool versioned;
};

static void data_init(struct data *data)
{
    *data = (struct data){
        .strings = g_ptr_array_new_with_free_func(g_free),
        .instructions = g_array_new(FALSE, FALSE, sizeof(struct instruction)),
        .places = g_array_new(FALSE, FALSE, sizeof(struct place)),
        .traces = g_array_new(FALSE, FALSE, sizeof(struct trace)),
        .infos = g_array_new(FALSE, FALSE, sizeof(struct info)),
    };
}

static void data_clear(struct data *data)
{
    g_ptr_array_unref(data->strings);
    g_array_unref(data->instructions);
    g_array_unref(data->places);
    g_array_unref(data->traces);
    g_array_unref(data->infos);
}

/* ---- Lines ---- */

/* Reads the hexadecimal number at *TEXT, at most LIMIT, and the blank after it. */
static bool take(const char **text, guint64 limit, guint64 *number)
{
    char *end;
    if (!g_ascii_isxdigit(**text))
        return false;
    *number = g_ascii_strtoull(*text, &end, 16);
    if (*number > limit || (*end != ' ' && *end != '\0'))
        return false;
    *text = *end == ' ' ? end + 1 : end;
    return true;
}

/* "v 10400 3": heaptrack's own version, the file's. */
static bool version_read(struct data *data, const char *text)
{
    guint64 own, file;
    data->versioned = take(&text, G_MAXUINT32, &own) && take(&text, MOST, &file) && *text == '\0' &&
                      file == FILE_VERSION;
    return data->versioned;
}

/* "s 4 main" */
static bool string_read(struct data *data, const char *text)
{
    guint64 length;
    if (!take(&text, MOST, &length) || strlen(text) != length)
        return false;
    g_ptr_array_add(data->strings, g_strdup(text));
    return true;
}

/* "i 55dc124c4395 1 14 15 11d": address, module, and the places it stands for: function,
 * file and line of each. A function alone has no file. */
static bool instruction_read(struct data *data, const char *text)
{
    guint64 address, strings = data->strings->len;
    struct instruction instruction = {.first = data->places->len};
    if (!take(&text, G_MAXUINT64, &address) || !take(&text, strings, &instruction.module))
        return false;
    while (*text != '\0') {
        struct place place = {0};
        if (!take(&text, strings, &place.function))
            return false;
        if (*text != '\0' &&
            (!take(&text, strings, &place.file) || !take(&text, G_MAXINT32, &place.line)))
            return false;
        g_array_append_val(data->places, place);
        instruction.count++;
    }
    g_array_append_val(data->instructions, instruction);
    return true;
}

/* "t 8 7": an instruction, and the trace that led to it. */
static bool trace_read(struct data *data, const char *text)
{
    struct trace trace = {0};
    if (!take(&text, data->instructions->len, &trace.instruction) ||
        !take(&text, data->traces->len, &trace.parent) || *text != '\0' || trace.instruction == 0)
        return false;
    g_array_append_val(data->traces, trace);
    return true;
}

/* "a 1000 15": blocks of one size, from one trace. */
static bool info_read(struct data *data, const char *text)
{
    struct info info = {0};
    if (!take(&text, G_MAXINT64, &info.size) || !take(&text, data->traces->len, &info.trace) ||
        *text != '\0')
        return false;
    g_array_append_val(data->infos, info);
    return true;
}

/* "+ 2" or "- 2": such a block was allocated, or released. */
static bool block_read(struct data *data, const char *text, int change)
{
    guint64 number;
    if (!take(&text, MOST, &number) || *text != '\0' || number >= data->infos->len)
        return false;
    struct info *info = &g_array_index(data->infos, struct info, number);
    info->blocks += change;
    return info->blocks >= 0;
}

/* Time, memory, command line, suppressions and comments say nothing of blocks. */
static bool line_read(struct data *data, const char *line)
{
    if (*line == '\0')
        return true;
    if (!data->versioned && *line != 'v')
        return false;
    const char *text = line[1] == ' ' ? line + 2 : line + 1;
    switch (*line) {
    case 'v':
        return version_read(data, text);
    case 's':
        return string_read(data, text);
    case 'i':
        return instruction_read(data, text);
    case 't':
        return trace_read(data, text);
    case 'a':
        return info_read(data, text);
    case '+':
        return block_read(data, text, 1);
    case '-':
        return block_read(data, text, -1);
    default:
        return strchr("XIcRAS#", *line) != NULL;
    }
}

/* ---- Findings ---- */

static const char *string_of(const struct data *data, guint64 number)
{
    return number > 0 ? g_ptr_array_index(data->strings, number - 1) : NULL;
}

static void add_frames(const struct data *data, const struct instruction *instruction,
                       Yard__Finding *finding)
{
    const char *module = string_of(data, instruction->module);
    if (instruction->count == 0)
        finding_add_frame(finding, frame_new(NULL, NULL, 0, module));
    for (guint i = 0; i < instruction->count; i++) {
        const struct place *place =
            &g_array_index(data->places, struct place, instruction->first + i);
        finding_add_frame(finding,
                          frame_new(string_of(data, place->function), string_of(data, place->file),
                                    (guint)place->line, module));
    }
}

static Yard__Finding *finding_of(const struct data *data, const struct trace *trace)
{
    Yard__Finding *finding =
        finding_new(YARD__CLAIM__LEAKED, YARD__RESOURCE__HEAP_BLOCK, trace->blocks, trace->bytes);
    finding->has_since = true;
    finding->since = YARD__SINCE__START;
    finding->text =
        g_strdup_printf("%" G_GINT64_FORMAT " bytes leaked over %" G_GINT64_FORMAT " calls",
                        trace->bytes, trace->blocks);
    for (const struct trace *at = trace;;) {
        add_frames(data,
                   &g_array_index(data->instructions, struct instruction, at->instruction - 1),
                   finding);
        if (at->parent == 0)
            break;
        at = &g_array_index(data->traces, struct trace, at->parent - 1);
    }
    stack_conclude(finding);
    return finding;
}

static void add_findings(struct data *data, GPtrArray *findings)
{
    for (guint i = 0; i < data->infos->len; i++) {
        const struct info *info = &g_array_index(data->infos, struct info, i);
        if (info->trace == 0)
            continue;
        struct trace *trace = &g_array_index(data->traces, struct trace, info->trace - 1);
        trace->blocks += info->blocks;
        trace->bytes += info->blocks * (gint64)info->size;
    }
    for (guint i = 0; i < data->traces->len; i++) {
        const struct trace *trace = &g_array_index(data->traces, struct trace, i);
        if (trace->blocks > 0)
            g_ptr_array_add(findings, finding_of(data, trace));
    }
}

bool heaptrack_data_parse(const char *text, gsize length, GPtrArray *findings, GError **error)
{
    if (!g_utf8_validate(text, (gssize)length, NULL))
        return fail(error, EXIT_INFRASTRUCTURE, "not text");
    struct data data;
    data_init(&data);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    char **line = lines;
    while (*line != NULL && line_read(&data, *line))
        line++;
    bool read = *line == NULL && data.versioned;
    if (read)
        add_findings(&data, findings);
    else
        fail(error, EXIT_INFRASTRUCTURE, "line %d is damaged: \"%.80s\"", (int)(line - lines) + 1,
             *line ? *line : "");
    data_clear(&data);
    return read;
}
