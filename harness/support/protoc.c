#include "support/protoc.h"

#include <string.h>

#include "support/filter.h"

/* protoc says "input:2:41: Unknown …" and then "Failed to parse input." */
static char *first_complaint(const char *said)
{
    g_autofree char *line = g_strndup(said, strcspn(said, "\n"));
    const char *position = g_str_has_prefix(line, "input:") ? line + strlen("input:") : line;
    return g_strdup(*position ? position : "protoc refuses it and does not say why");
}

bool protoc_encode(const char *schema_folder, const char *message, const char *text, gsize length,
                   GBytes **encoded, char **complaint, GError **error)
{
    g_autofree char *folder = g_strconcat("--proto_path=", schema_folder, NULL);
    g_autofree char *encode = g_strconcat("--encode=", message, NULL);
    char *argv[] = {"protoc", folder, encode, "leakyard.proto", NULL};
    g_autoptr(GBytes) output = NULL;
    g_autofree char *said = NULL;
    int exit_code = 0;
    *encoded = NULL;
    *complaint = NULL;
    if (!filter_run(argv, text, length, &output, &said, &exit_code, error))
        return false;
    if (exit_code == 0)
        *encoded = g_steal_pointer(&output);
    else
        *complaint = first_complaint(said);
    return true;
}
