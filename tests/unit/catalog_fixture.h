/*
 * A folder that a test fills and that is gone after it.
 */
#pragma once

#include <glib.h>

#include "leakyard.pb-c.h"
#include "support/root.h"

/* Both as a checked fixture of a test case. */
void scratch_make(void);
void scratch_remove(void);

/* The folder, while there is one. */
const char *scratch(void);

/* Writes scratch()/NAME, folders included. */
void scratch_write(const char *name, const char *text);
char *scratch_path(const char *name);

/* A root whose build/ and scenarios/ are scratch()'s. */
struct root scratch_root(void);

/* Writes CATALOG as build/catalog.pb below scratch(). */
void scratch_write_catalog(const Yard__Catalog *catalog);

/* A scenario in C, of lost heap blocks, to be freed with yard__scenario__free_unpacked. */
Yard__Scenario *scenario_make(const char *id);
