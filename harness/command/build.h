/*
 * Programs that only one command line asked for, built by the yard's own
 * makefile: another flavour, scenarios laid over ours.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "catalog/catalog.h"

/* TEXT: NAME:cc=…,cflags=…,ldflags=…,base=FLAVOUR. Builds every C program so and
 * adds the flavour to CATALOG; *NAME is for --flavour, free with g_free. A TEXT
 * without ":" is the name of a flavour there is. */
bool build_flavour(const struct root *root, catalog_t *catalog, const char *text, char **name,
                   GError **error);

/* Builds the scenarios below FOLDER (CLASS/NAME/scenario.txtpb) into a folder of
 * their own, and lays them over CATALOG: same ids are replaced. */
bool build_overlay(const struct root *root, catalog_t *catalog, const char *folder, GError **error);
