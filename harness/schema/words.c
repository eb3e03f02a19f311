#include "schema/words.h"

#include <string.h>

#include "support/failure.h"

const char *word_of(const ProtobufCEnumDescriptor *words, int value)
{
    const ProtobufCEnumValue *found = protobuf_c_enum_descriptor_get_value(words, value);
    return found ? found->name : "?";
}

static char *lowered(const char *word)
{
    return g_strdelimit(g_ascii_strdown(word, -1), "_", '-');
}

const char *word_lower(const ProtobufCEnumDescriptor *words, int value)
{
    g_autofree char *word = lowered(word_of(words, value));
    return g_intern_string(word);
}

bool word_parse(const ProtobufCEnumDescriptor *words, const char *text, int *value, GError **error)
{
    g_autofree char *wanted = lowered(text);
    g_autoptr(GString) known = g_string_new(NULL);
    for (unsigned i = 0; i < words->n_values; i++) {
        const char *word = word_lower(words, words->values[i].value);
        if (strcmp(word, wanted) == 0) {
            *value = words->values[i].value;
            return true;
        }
        g_string_append_printf(known, "%s%s", i ? ", " : "", word);
    }
    return fail(error, EXIT_USAGE, "'%s' is none of: %s", text, known->str);
}
