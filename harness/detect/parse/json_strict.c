#include "detect/parse/json_strict.h"

#include <string.h>

#include "schema/words.h"
#include "support/failure.h"

static const char *type_name(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a string";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "a boolean";
    default:
        return "null";
    }
}

json_t *json_object_parse(const char *text, GError **error)
{
    if (text[strspn(text, " \t\r\n")] == '\0') {
        fail(error, EXIT_INFRASTRUCTURE, "nothing was written, where a JSON object is due");
        return NULL;
    }
    json_error_t why;
    json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, &why);
    if (value == NULL) {
        fail(error, EXIT_INFRASTRUCTURE, "is not JSON: line %d, column %d: %s", why.line,
             why.column, why.text);
        return NULL;
    }
    if (!json_is_object(value)) {
        fail(error, EXIT_INFRASTRUCTURE, "is %s, not an object", type_name(value));
        json_decref(value);
        return NULL;
    }
    return value;
}

json_t *json_printed_parse(const char *text, gsize length, GError **error)
{
    if (memchr(text, '\0', length) != NULL) {
        fail(error, EXIT_INFRASTRUCTURE, "is not JSON: there is a NUL in it");
        return NULL;
    }
    if (length > 0 && text[length - 1] != '\n') {
        fail(error, EXIT_INFRASTRUCTURE, "is cut short: no line feed ends it");
        return NULL;
    }
    return json_object_parse(text, error);
}

static bool is_among(const char *name, const char *const *names)
{
    while (*names != NULL && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

bool json_object_check(const json_t *value, const char *place, const char *const *names,
                       GError **error)
{
    if (!json_is_object(value))
        return fail(error, EXIT_INFRASTRUCTURE, "%s: is %s, not an object", place,
                    type_name(value));
    const char *name;
    json_t *field;
    json_object_foreach((json_t *)value, name, field)
    {
        if (is_among(name, names))
            continue;
        g_autofree char *known = g_strjoinv(", ", (char **)names);
        return fail(error, EXIT_INFRASTRUCTURE, "%s%s%s: there is no such field; there are: %s",
                    place, *place ? "." : "", name, known);
    }
    return true;
}

/* FIELD is NULL if it is absent and need not be there. */
static bool get(const json_t *object, const char *where, const char *name, enum presence presence,
                const json_t **field, GError **error)
{
    *field = json_object_get(object, name);
    if (json_is_null(*field))
        *field = NULL;
    if (*field != NULL || presence == OPTIONAL)
        return true;
    return fail(error, EXIT_INFRASTRUCTURE, "%s%s: is missing", where, name);
}

static bool wrong_type(const json_t *field, const char *where, const char *name, const char *wanted,
                       GError **error)
{
    return fail(error, EXIT_INFRASTRUCTURE, "%s%s: is %s, not %s", where, name, type_name(field),
                wanted);
}

bool json_string_field(const json_t *object, const char *where, const char *name,
                       enum presence presence, const char **value, GError **error)
{
    const json_t *field;
    if (!get(object, where, name, presence, &field, error) || field == NULL)
        return field == NULL && presence == OPTIONAL;
    if (!json_is_string(field))
        return wrong_type(field, where, name, "a string", error);
    *value = json_string_value(field);
    return true;
}

bool json_boolean_field(const json_t *object, const char *where, const char *name,
                        enum presence presence, bool *value, GError **error)
{
    const json_t *field;
    if (!get(object, where, name, presence, &field, error) || field == NULL)
        return field == NULL && presence == OPTIONAL;
    if (!json_is_boolean(field))
        return wrong_type(field, where, name, "true or false", error);
    *value = json_is_true(field);
    return true;
}

bool json_count_field(const json_t *object, const char *where, const char *name,
                      enum presence presence, gint64 maximum, gint64 *value, GError **error)
{
    const json_t *field;
    if (!get(object, where, name, presence, &field, error) || field == NULL)
        return field == NULL && presence == OPTIONAL;
    if (json_is_real(field))
        return fail(error, EXIT_INFRASTRUCTURE, "%s%s: %.17g is not an integer", where, name,
                    json_real_value(field));
    if (!json_is_integer(field))
        return wrong_type(field, where, name, "an integer", error);
    gint64 count = json_integer_value(field);
    if (count < 0 || count > maximum)
        return fail(error, EXIT_INFRASTRUCTURE, "%s%s: %" G_GINT64_FORMAT " is %s", where, name,
                    count, count < 0 ? "negative" : "too large");
    *value = count;
    return true;
}

bool json_array_field(const json_t *object, const char *where, const char *name,
                      enum presence presence, const json_t **value, GError **error)
{
    const json_t *field;
    if (!get(object, where, name, presence, &field, error) || field == NULL)
        return field == NULL && presence == OPTIONAL;
    if (!json_is_array(field))
        return wrong_type(field, where, name, "an array", error);
    *value = field;
    return true;
}

bool json_strings_field(const json_t *object, const char *where, const char *name,
                        enum presence presence, GPtrArray **value, GError **error)
{
    const json_t *array = NULL;
    if (!json_array_field(object, where, name, presence, &array, error))
        return false;
    g_autoptr(GPtrArray) strings = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *item = json_array_get(array, i);
        if (!json_is_string(item) || json_string_length(item) == 0)
            return fail(error, EXIT_INFRASTRUCTURE, "%s%s[%zu]: is %s", where, name, i,
                        json_is_string(item) ? "empty" : "not a string");
        g_ptr_array_add(strings, g_strdup(json_string_value(item)));
    }
    *value = g_steal_pointer(&strings);
    return true;
}

bool json_word_field(const json_t *object, const char *where, const char *name,
                     enum presence presence, const ProtobufCEnumDescriptor *words, int *value,
                     GError **error)
{
    const char *word = NULL;
    if (!json_string_field(object, where, name, presence, &word, error))
        return false;
    if (word == NULL || word_parse(words, word, value, error))
        return true;
    g_prefix_error(error, "%s%s: ", where, name);
    return false;
}
