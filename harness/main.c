/* The command line: finds the verb, runs it, says what went wrong. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "command/command.h"

/* The verb that the first argument asks for. */
static const char *verb_of(int argc, char **argv)
{
    if (argc < 2 || g_strv_contains((const char *const[]){"--help", "-h", "-?", NULL}, argv[1]))
        return "help";
    return argv[1];
}

static bool is_version(int argc, char **argv)
{
    return argc == 2 && g_strv_contains((const char *const[]){"--version", "-V", NULL}, argv[1]);
}

/* An earlier write may have failed, and left nothing for this one. */
static bool output_is_whole(void)
{
    bool failed = ferror(stdout);
    if (fflush(stdout) == 0 && !failed)
        return true;
    fprintf(stderr, "leakyard: standard output: %s\n",
            failed ? "cannot write it" : strerror(errno));
    return false;
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like any other */
    g_autoptr(GError) error = NULL;
    int code = EXIT_AS_EXPECTED;
    int shift = argc > 1 ? 1 : 0;
    const struct command *command = NULL;
    if (is_version(argc, argv))
        puts(argp_program_version);
    else if ((command = command_find(verb_of(argc, argv), &error)) != NULL)
        code = command_call(command, argc - shift, argv + shift, &error);
    if (error != NULL) {
        fprintf(stderr, "leakyard: %s\n", error->message);
        code = error->domain == FAILURE ? error->code : EXIT_INFRASTRUCTURE;
    }
    return error != NULL || output_is_whole() ? code : EXIT_INFRASTRUCTURE;
}
