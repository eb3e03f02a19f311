/* The command line: finds the verb, runs it, says what went wrong. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "command/command.h"

static const struct command *command_find(const char *name)
{
    g_autoptr(GPtrArray) commands = commands_all();
    for (guint i = 0; i < commands->len; i++) {
        const struct command *command = g_ptr_array_index(commands, i);
        if (strcmp(command->name, name) == 0)
            return command;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like any other */
    const char *name = argc > 1 ? argv[1] : "help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "-?") == 0)
        name = "help";
    const struct command *command = command_find(name);
    if (command == NULL) {
        fprintf(stderr, "leakyard: there is no command '%s'; see 'leakyard help'\n", name);
        return EXIT_USAGE;
    }
    int shift = argc > 1 ? 1 : 0;
    g_autofree char *full_name = g_strdup_printf("leakyard %s", command->name);
    argv[shift] = full_name;
    g_autoptr(GError) error = NULL;
    int code = command->run(argc - shift, argv + shift, &error);
    if (error != NULL) {
        fprintf(stderr, "leakyard: %s\n", error->message);
        code = error->domain == FAILURE ? error->code : EXIT_INFRASTRUCTURE;
    }
    if (fflush(stdout) != 0 && code == EXIT_AS_EXPECTED) {
        perror("leakyard: standard output");
        code = EXIT_INFRASTRUCTURE;
    }
    return code;
}
