#include "support/failure.h"

#include <errno.h>
#include <stdarg.h>

G_DEFINE_QUARK(leakyard_failure, failure)

bool fail(GError **error, enum exit_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, FAILURE, code, text);
    return false;
}

bool fail_errno(GError **error, const char *format, ...)
{
    int number = errno;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return fail(error, EXIT_INFRASTRUCTURE, "%s: %s", text, g_strerror(number));
}
