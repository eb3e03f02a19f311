/*
 * A plug-in: an executable that answers four subcommands, JSON on standard input
 * and output. Only `probe` and `findings` are a must; it names in "verbs" those
 * it has. All but `observe` have 10 s to answer. Answers are read strictly: an
 * unknown field or word, a negative or broken number, a text cut short is an error.
 * In probe's answer these may be left out: summary, flavour ("plain"), places
 * (false), counts ("none"), cap, passive, leak_exit_code, and reason if usable; in a
 * finding all but claim and resource, and units if the plug-in counts. "stderr" and
 * "stdout" are files: what the command wrote there.
 *
 * One that "looks" at ["source"], and at nothing else, has the verbs command and findings.
 * Its `command` gets {"dir", "sources"}: a private copy of the scenario's folder, below its
 * module and beside the kit (kit/go, or for C kit/c). What it answers is the tool itself,
 * which is run in the folder above. Its findings need not name a resource.
 *
 *   probe                       → {"name", "version", "usable": true, "reason",
 *                                  "summary", "languages": ["c"], "resources": ["heap-block"],
 *                                  "kinds": ["lost"], "flavour": "plain",
 *                                  "looks": ["exit", "live"], "places": true,
 *                                  "counts": "exact"|"estimate"|"at-least"|"none",
 *                                  "cap": 0, "passive": false, "leak_exit_code": 0,
 *                                  "verbs": ["command", "observe", "findings"]}
 *   command   {"dir", "program": {"argv"}}   → {"argv": […], "env": ["NAME=VALUE"]}
 *   observe   {"pid", "dir", "rounds", "checkpoint"} → {} or nothing
 *   findings  {"dir", "stderr", "stdout", "exit": {"code"} or {"signal"}} →
 *             {"findings": [{"claim": "leaked"|"suspected"|"outstanding",
 *                            "resource", "units", "bytes", "since": "start"|"warm-up",
 *                            "complete": true, "text",
 *                            "frames": [{"function", "file", "line", "module"}]}]}
 */
#pragma once

#include "schema/detector.h"

/* Makes a detector of the executable at PATH by asking its `probe`. Free with
 * plugin_free. */
struct detector *plugin_open(const char *path, GError **error);
void plugin_free(struct detector *detector);
