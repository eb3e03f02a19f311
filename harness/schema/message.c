#include "schema/message.h"

#include <stdbool.h>

/* Appends ITEM to a repeated field. */
static void append(void ***items, size_t *count, void *item)
{
    *items = g_renew(void *, *items, *count + 1);
    (*items)[(*count)++] = item;
}

Yard__Frame *frame_new(const char *function, const char *file, guint line, const char *module)
{
    Yard__Frame *frame = g_new(Yard__Frame, 1);
    yard__frame__init(frame);
    frame->function = g_strdup(function);
    frame->file = g_strdup(file);
    frame->has_line = line > 0;
    frame->line = line;
    frame->module = g_strdup(module);
    return frame;
}

Yard__Finding *finding_new(Yard__Claim claim, Yard__Resource resource, gint64 units, gint64 bytes)
{
    Yard__Finding *finding = g_new(Yard__Finding, 1);
    yard__finding__init(finding);
    finding->has_claim = finding->has_resource = true;
    finding->claim = claim;
    finding->resource = resource;
    finding->has_units = units >= 0;
    finding->units = MAX(units, 0);
    finding->has_bytes = bytes >= 0;
    finding->bytes = MAX(bytes, 0);
    return finding;
}

void finding_free(gpointer finding)
{
    yard__finding__free_unpacked(finding, NULL);
}

Yard__Finding *finding_in_source(Yard__Claim claim, const char *file, guint line, const char *text)
{
    Yard__Finding *finding = g_new(Yard__Finding, 1);
    yard__finding__init(finding);
    finding->has_claim = finding->has_stack_complete = true;
    finding->claim = claim;
    finding->stack_complete = true; /* it has no other place */
    finding->text = g_strdelimit(g_strdup(text), "\r\n", ' ');
    finding_add_frame(finding, frame_new(NULL, file, line, NULL));
    return finding;
}

void finding_add_frame(Yard__Finding *finding, Yard__Frame *frame)
{
    append((void ***)&finding->frame, &finding->n_frame, frame);
}

void finding_cut_frames(Yard__Finding *finding, size_t count)
{
    while (finding->n_frame > count)
        yard__frame__free_unpacked(finding->frame[--finding->n_frame], NULL);
}

void result_add_finding(Yard__Result *result, Yard__Finding *finding)
{
    append((void ***)&result->finding, &result->n_finding, finding);
}

void message_set_string(char **field, const char *text)
{
    g_free(*field);
    *field = g_strdup(text);
}

Yard__Flavour *flavour_copy(const Yard__Flavour *flavour)
{
    size_t size = yard__flavour__get_packed_size(flavour);
    g_autofree guint8 *bytes = g_malloc(size);
    yard__flavour__pack(flavour, bytes);
    return yard__flavour__unpack(NULL, size, bytes);
}
