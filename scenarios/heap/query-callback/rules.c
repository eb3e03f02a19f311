#include <stdlib.h>
#include <string.h>

#include "gate.h"
#include "yard.h"

static sqlite3 *rules;

/* The notes are the texts that the gate would send, a page each. */
void yard_start(void)
{
    if (sqlite3_open(":memory:", &rules) != SQLITE_OK ||
        sqlite3_exec(rules,
                     "create table rules (priority integer primary key, pattern, note, final);"
                     "insert into rules values"
                     " (1, '@', printf('%-3306s', 'be welcome'), 0),"
                     " (2, '@lottery.example', printf('%-3306s', 'no prizes, please'), 1),"
                     " (3, '@shop.example', printf('%-3306s', 'your invoices are awaited'), 0);",
                     NULL, NULL, NULL) != SQLITE_OK)
        abort();
}

void yard_stop(void)
{
    sqlite3_close(rules);
}

YARD_SITE static char *note_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *note = malloc(size); /* ALLOC */
    if (note == NULL)
        abort();
    yard_born(1);
    return memcpy(note, text, size);
}

void note_free(char *note)
{
    if (note == NULL)
        return;
    free(note);
    yard_died(1);
}

/* The library's row is gone after the call, so what is to stay is copied. */
YARD_SITE int rule_apply(void *data, int columns, char **row, char **names)
{
    (void)columns;
    (void)names;
    struct judgement *judgement = data;
    if (strstr(judgement->sender, row[0]) == NULL)
        return 0;
    note_free(judgement->note);
    judgement->note = note_copy(row[1]);
    return strcmp(row[2], "1") == 0;
}

long yard_round(void)
{
    static const char *const senders[] = {"win@lottery.example", "billing@shop.example",
                                          "ann@home.example", "again@lottery.example"};
    long sum = 0;
    for (unsigned i = 0; i < sizeof senders / sizeof *senders; i++)
        sum += gate_judge(rules, senders[i]);
    return sum;
}
