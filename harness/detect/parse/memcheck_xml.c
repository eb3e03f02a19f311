#include "detect/parse/memcheck_xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "detect/parse/stack.h"
#include "schema/message.h"
#include "support/failure.h"

#define OLDEST_PROTOCOL 4 /* valgrind 3.5 */

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static xmlNode *child_of(xmlNode *node, const char *name)
{
    for (xmlNode *child = node ? node->children : NULL; child; child = child->next)
        if (is_named(child, name))
            return child;
    return NULL;
}

/* The text of NODE's child NAME, stripped, or NULL. Free with g_free. */
static char *text_of(xmlNode *node, const char *name)
{
    xmlNode *child = child_of(node, name);
    if (!child)
        return NULL;
    xmlChar *content = xmlNodeGetContent(child);
    char *text = g_strstrip(g_strdup((const char *)content));
    xmlFree(content);
    return text;
}

static bool number_of(xmlNode *node, const char *name, gint64 least, gint64 *number, GError **error)
{
    g_autofree char *text = text_of(node, name);
    guint64 value;
    if (!text || !g_ascii_string_to_unsigned(text, 10, least, G_MAXINT64, &value, NULL))
        return fail(error, EXIT_INFRASTRUCTURE, "line %ld: <%s> is \"%s\", not a count",
                    node ? xmlGetLineNo(node) : 0, name, text ? text : "missing");
    *number = (gint64)value;
    return true;
}

/* Was the program seen to its end? The last <status> says. */
static bool is_finished(xmlNode *root)
{
    bool finished = false;
    for (xmlNode *node = root->children; node; node = node->next) {
        if (!is_named(node, "status"))
            continue;
        g_autofree char *state = text_of(node, "state");
        finished = g_strcmp0(state, "FINISHED") == 0;
    }
    return finished;
}

static bool check_root(xmlNode *root, const char *program, GError **error)
{
    if (!root || !is_named(root, "valgrindoutput"))
        return fail(error, EXIT_INFRASTRUCTURE, "not a report of valgrind");
    gint64 protocol;
    if (!number_of(root, "protocolversion", OLDEST_PROTOCOL, &protocol, error))
        return false;
    g_autofree char *tool = text_of(root, "protocoltool");
    if (g_strcmp0(tool, "memcheck") != 0)
        return fail(error, EXIT_INFRASTRUCTURE, "written by the tool \"%s\", not by memcheck",
                    tool ? tool : "");
    g_autofree char *seen = text_of(child_of(child_of(root, "args"), "argv"), "exe");
    if (g_strcmp0(seen, program) != 0)
        return fail(error, EXIT_INFRASTRUCTURE, "it tells of the program %s, not of %s",
                    seen ? seen : "(none)", program);
    if (!is_finished(root))
        return fail(error, EXIT_INFRASTRUCTURE,
                    "valgrind did not see the program end (no <state>FINISHED</state>)");
    return true;
}

static const struct {
    const char *kind;
    Yard__Claim claim;
} leak_kinds[] = {
    {"Leak_DefinitelyLost", YARD__CLAIM__LEAKED},
    {"Leak_IndirectlyLost", YARD__CLAIM__LEAKED},
    {"Leak_PossiblyLost", YARD__CLAIM__SUSPECTED},
    /* Only a label that asks for it (--show-leak-kinds=all) gets these. */
    {"Leak_StillReachable", YARD__CLAIM__OUTSTANDING},
};

static Yard__Frame *frame_read(xmlNode *node)
{
    g_autofree char *function = text_of(node, "fn");
    g_autofree char *folder = text_of(node, "dir");
    g_autofree char *file = text_of(node, "file");
    g_autofree char *module = text_of(node, "obj");
    g_autofree char *line = text_of(node, "line");
    g_autofree char *path = folder && file ? g_build_filename(folder, file, NULL) : NULL;
    guint64 number = 0;
    if (line && !g_ascii_string_to_unsigned(line, 10, 0, G_MAXUINT32, &number, NULL))
        number = 0;
    return frame_new(function, path ? path : file, (guint)number, module);
}

/* The tool's own stand-in for malloc is no part of the program. */
static bool is_own_frame(const Yard__Frame *frame)
{
    g_autofree char *name = frame->module ? g_path_get_basename(frame->module) : NULL;
    return name && g_str_has_prefix(name, "vgpreload_");
}

static void stack_read(xmlNode *stack, Yard__Finding *finding)
{
    for (xmlNode *node = stack ? stack->children : NULL; node; node = node->next) {
        if (!is_named(node, "frame"))
            continue;
        Yard__Frame *frame = frame_read(node);
        if (is_own_frame(frame))
            yard__frame__free_unpacked(frame, NULL);
        else
            finding_add_frame(finding, frame);
    }
    stack_conclude(finding);
}

static bool leak_read(xmlNode *node, const char *kind, Yard__Claim claim, GPtrArray *findings,
                      GError **error)
{
    xmlNode *what = child_of(node, "xwhat");
    gint64 blocks, bytes;
    if (!number_of(what, "leakedblocks", 1, &blocks, error) ||
        !number_of(what, "leakedbytes", 0, &bytes, error))
        return false;
    /* The bytes of indirectly lost blocks stand in the record of their owner already. */
    if (strcmp(kind, "Leak_IndirectlyLost") == 0)
        bytes = -1;
    Yard__Finding *finding = finding_new(claim, YARD__RESOURCE__HEAP_BLOCK, blocks, bytes);
    g_ptr_array_add(findings, finding);
    finding->has_since = true;
    finding->since = YARD__SINCE__START;
    finding->text = text_of(what, "text");
    stack_read(child_of(node, "stack"), finding);
    return true;
}

static bool error_read(xmlNode *node, GPtrArray *findings, GError **error)
{
    g_autofree char *kind = text_of(node, "kind");
    if (!kind)
        return fail(error, EXIT_INFRASTRUCTURE, "line %ld: <error> has no <kind>",
                    xmlGetLineNo(node));
    for (gsize i = 0; i < G_N_ELEMENTS(leak_kinds); i++)
        if (strcmp(kind, leak_kinds[i].kind) == 0)
            return leak_read(node, kind, leak_kinds[i].claim, findings, error);
    if (g_str_has_prefix(kind, "Leak_"))
        return fail(error, EXIT_INFRASTRUCTURE, "line %ld: unknown kind of leak %s",
                    xmlGetLineNo(node), kind);
    return true;
}

static bool document_read(xmlDoc *document, const char *program, GPtrArray *findings,
                          GError **error)
{
    xmlNode *root = xmlDocGetRootElement(document);
    if (!check_root(root, program, error))
        return false;
    for (xmlNode *node = root->children; node; node = node->next)
        if (is_named(node, "error") && !error_read(node, findings, error))
            return false;
    return true;
}

static bool refuse(xmlParserCtxt *context, GError **error)
{
    const xmlError *problem = xmlCtxtGetLastError(context);
    g_autofree char *text = g_strdup(problem && problem->message ? problem->message : "unreadable");
    return fail(error, EXIT_INFRASTRUCTURE, "line %d: broken XML, or cut short: %s",
                problem ? problem->line : 0, g_strstrip(text));
}

bool memcheck_xml_read(const char *path, const char *program, GPtrArray *findings, GError **error)
{
    g_autofree char *text = NULL;
    gsize length;
    if (!g_file_get_contents(path, &text, &length, error))
        return false;
    if (length > G_MAXINT)
        return fail(error, EXIT_INFRASTRUCTURE, "%s: too large a report", path);
    xmlParserCtxt *context = xmlNewParserCtxt();
    xmlDoc *document = xmlCtxtReadMemory(context, text, (int)length, path, NULL,
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    bool read =
        document ? document_read(document, program, findings, error) : refuse(context, error);
    if (!read)
        g_prefix_error(error, "%s: ", path);
    xmlFreeDoc(document);
    xmlFreeParserCtxt(context);
    return read;
}
