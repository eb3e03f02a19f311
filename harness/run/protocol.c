#include "run/protocol.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "support/failure.h"

/* One whole number up to a blank or the end; moves *CURSOR behind it and its blank. */
static bool take_number(const char **cursor, bool may_be_negative, gint64 *number)
{
    const char *digits = *cursor + (may_be_negative && **cursor == '-');
    if (!g_ascii_isdigit(*digits))
        return false;
    char *end;
    errno = 0;
    *number = g_ascii_strtoll(*cursor, &end, 10);
    if (errno != 0 || (*end != ' ' && *end != 0))
        return false;
    *cursor = *end ? end + 1 : end;
    return *end == 0 || **cursor != 0;
}

/* N VALUE BORN DIED [unsettled] */
static bool parse_done(const char *cursor, struct message *message)
{
    gint64 rounds;
    if (!take_number(&cursor, false, &rounds) || !take_number(&cursor, true, &message->value) ||
        !take_number(&cursor, false, &message->born) ||
        !take_number(&cursor, false, &message->died))
        return false;
    message->rounds = (guint64)rounds;
    message->unsettled = strcmp(cursor, "unsettled") == 0;
    return *cursor == 0 || message->unsettled;
}

static bool parse(const char *text, struct message *message)
{
    *message = (struct message){0};
    if (strcmp(text, "ready") == 0) {
        message->kind = MESSAGE_READY;
        return true;
    }
    if (strcmp(text, "looked") == 0) {
        message->kind = MESSAGE_LOOKED;
        return true;
    }
    if (g_str_has_prefix(text, "cannot ") && text[7]) {
        message->kind = MESSAGE_CANNOT;
        message->reason = text + 7;
        return true;
    }
    message->kind = MESSAGE_DONE;
    return g_str_has_prefix(text, "done ") && parse_done(text + 5, message);
}

bool message_parse(const char *text, struct message *message, GError **error)
{
    if (parse(text, message) && g_utf8_validate(text, -1, NULL))
        return true;
    g_autofree char *quoted = g_strescape(text, NULL);
    return fail(error, EXIT_INFRASTRUCTURE,
                "the program sent “%.80s”, which is no message of the protocol", quoted);
}
