/* Who may bring mail in, by rules in a table: the last rule that fits counts. */
#pragma once

#include <sqlite3.h>

struct judgement {
    const char *sender;
    char *note; /* of the rule that fits best so far, or NULL */
};

/* For sqlite3_exec, with rows of pattern, note and whether the rule is final: a final
   rule that fits is the last to be looked at. */
int rule_apply(void *judgement, int columns, char **row, char **names);

void note_free(char *note);

enum { REFUSED = -1 };

/* The length of the greeting for SENDER, or REFUSED; what can't be looked up is refused. */
long gate_judge(sqlite3 *rules, const char *sender);
