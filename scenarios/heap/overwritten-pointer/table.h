/* Settings that can be read again while the program runs. */
#pragma once

struct settings {
    char *table;
};

char *table_parse(const char *text);
/* NULL is no table, and fine. */
void table_free(char *table);
long table_number(const char *table);

void settings_reload(struct settings *settings, const char *text);
