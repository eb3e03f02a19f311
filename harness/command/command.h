/*
 * A verb of the command line: one file, which registers itself. main.c finds the
 * verb, runs it, prints its error and exits with its code.
 */
#pragma once

#include <argp.h>
#include <glib.h>
#include <stdbool.h>

#include "catalog/select.h"
#include "schema/results.h"
#include "support/failure.h"
#include "support/root.h"

struct command {
    const char *name;
    const char *summary; /* one line of `leakyard help` */
    /* ARGV[0] is "leakyard NAME". Returns the exit code; with ERROR set, its code
     * is the exit code. Use command_parse for the arguments. */
    int (*run)(int argc, char **argv, GError **error);
};

#define COMMAND(object)                                                                            \
    static const struct command *const object##_registered                                         \
        __attribute__((used, retain, section("leakyard_commands"))) = &object

/* Every verb there is (const struct command *), by name. Free with g_ptr_array_unref. */
GPtrArray *commands_all(void);

/* The verb of that NAME; NULL, with ERROR, if there is none. */
const struct command *command_find(const char *name, GError **error);
/* Runs it on ARGV, whose first string is in the place of the name. */
int command_call(const struct command *command, int argc, char **argv, GError **error);

/* Parses with argp; usage errors exit with EXIT_USAGE, --help and --version with 0. */
void command_parse(const struct argp *argp, int argc, char **argv, void *input);

/* Options that verbs share, as argp children. Each child's input is the struct
 * named; the parent sets state->child_inputs[] in ARGP_KEY_INIT. */

/* The heading of a child in --help, and its place. */
#define WHICH_SCENARIOS "Which scenarios:", 5
#define EVERYWHERE      "Everywhere:", 10

struct common_options {
    char *root_given;
    GPtrArray *overlays; /* --scenarios DIR …, laid over ours */
    bool colour;         /* of standard output: --color=auto|always|never, NO_COLOR */
    struct root root;    /* found by common_catalog */
};
extern const struct argp common_argp; /* --root, --scenarios, --color */
/* Finds the root and reads the catalogue, overlays included. */
catalog_t *common_catalog(struct common_options *options, GError **error);
void common_options_clear(struct common_options *options);

/* GIVEN, or the file that `run` writes by itself. Free with g_free. */
char *results_path(const struct root *root, const char *given);
/* Those in the COUNT files; says on stderr what was left unfinished. Free with results_free. */
results_t *results_finished(char *const *paths, gsize count, GError **error);

/* struct selection: ID and globs as arguments, --filter, --tag, --class,
 * --language, --variant, --shard. The structure must be initialised. */
extern const struct argp selection_argp;

/* What most verbs work on: the catalogue, and the scenarios of it that are asked
 * for. All zero at first; scope_argp makes the options, scope_open the rest. */
struct scope {
    struct common_options common;
    struct selection selection;
    catalog_t *catalog;
    GPtrArray *scenarios; /* const Yard__Scenario *, by id */
};
extern const struct argp scope_argp; /* selection_argp and common_argp */
bool scope_open(struct scope *scope, GError **error);
void scope_clear(struct scope *scope);
