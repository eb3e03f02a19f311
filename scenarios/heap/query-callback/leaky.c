#include "gate.h"

#include <string.h>

#include "yard.h"

YARD_SITE long gate_judge(sqlite3 *rules, const char *sender)
{
    struct judgement judgement = {.sender = sender};
    if (sqlite3_exec(rules, "select pattern, note, final from rules order by priority", rule_apply,
                     &judgement, NULL) != SQLITE_OK)
        return REFUSED; /* LEAK: a final rule ends up here as well, with its note */
    long length = judgement.note != NULL ? (long)strlen(judgement.note) : 0;
    note_free(judgement.note);
    return length;
}
