#include <stdio.h>
#include <string.h>

#include "command/command.h"

/* `help run` is `run --help`. */
static int help_of(const char *name, GError **error)
{
    const struct command *command = command_find(name, error);
    char *argv[] = {NULL, (char *)"--help", NULL};
    return command != NULL ? command_call(command, 2, argv, error) : EXIT_USAGE;
}

static int run_help(int argc, char **argv, GError **error)
{
    if (argc > 1 && *argv[1] != '-' && strcmp(argv[1], "help") != 0)
        return help_of(argv[1], error);
    puts("Leakyard: programs that leak in known ways, and what leak detectors say of them.\n\n"
         "Usage: leakyard COMMAND [OPTION…] [ID…]\n");
    g_autoptr(GPtrArray) commands = commands_all();
    for (guint i = 0; i < commands->len; i++) {
        const struct command *command = g_ptr_array_index(commands, i);
        printf("  %-10s %s\n", command->name, command->summary);
    }
    puts("\nFirst steps:\n"
         "  leakyard list                          the scenarios\n"
         "  leakyard show heap/error-path          one of them: story, truth, how to run it\n"
         "  leakyard prove                         count what each really leaks\n"
         "  leakyard run heap --detector memcheck  one class under one detector\n"
         "  leakyard why heap/error-path memcheck  how that verdict came about\n\n"
         "Exit codes: 0 as expected, 1 a verdict differs or a scenario is unproved, 2 usage,\n"
         "3 the infrastructure failed, 4 nothing selected. 'leakyard help COMMAND' says more.");
    return EXIT_AS_EXPECTED;
}

static const struct command help = {
    .name = "help",
    .summary = "this list, or what one command can do",
    .run = run_help,
};
COMMAND(help);
