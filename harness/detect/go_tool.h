/*
 * Tools written in Go that the build made, at the versions that detect/tools/go.mod pins.
 */
#pragma once

#include "schema/detector.h"

/* Their GOGC, in percent: they are over in a moment, and to collect garbage costs more time
 * than memory is worth. */
#define GO_TOOL_GOGC "400"

/* For `probe`: finds the label's executable, or the TOOL of the build, and sets
 * label->version to that of the module it was built from, such as "v0.8.2". */
bool go_tool_probe(struct label *label, const char *tool, GError **error);

/* The path of it. NULL and ERROR if it can't be had. Free with g_free. */
char *go_tool_find(const struct label *label, const char *tool, GError **error);

/* `go` on the PATH. Free with g_free. */
char *go_find(GError **error);
