/*
 * Folders of expectations for tests, below a temporary one.
 */
#pragma once

#include <glib.h>

#include "judge/expectation.h"

/* Makes an empty folder; free with expectation_folder_remove. */
char *expectation_folder(void);
void expectation_folder_remove(char *folder);

/* Writes and reads FOLDER/tool.txtpb. */
void expectation_folder_write(const char *folder, const char *text);
char *expectation_folder_text(const char *folder);

/* Reads one folder, and OVER over it unless that is NULL; must succeed. */
expectations_t *expectation_folder_read(const char *folder, const char *over);

/* A result of "tool" 3.19.0 at flavour plain, judged and claimed. Free with
 * yard__result__free_unpacked. */
Yard__Result *expectation_result(const char *id, Yard__Variant variant,
                                 Yard__Result__Verdict verdict);
