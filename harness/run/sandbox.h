/* What a keeper sets up around a command. Only for processes that are about to exec. */
#pragma once

#include "run/keeper.h"

/* Where descriptors stand in a keeper and, up to the protocol, in the program. */
enum {
    SANDBOX_LIFE = KEEPER_PROGRAM_PROTOCOL + 1,
    SANDBOX_HELD,
    SANDBOX_END,
};

/* Puts what SPEC names, LIFE and HELD at their places and closes every other one;
 * -1 leaves a place empty. False and errno if that fails. */
bool sandbox_descriptors(const struct keeper_spec *spec, int life, int held);

/* Lets the heap out of processes forked from now on: else the harness's own size
 * would be the least peak that the kernel reports for a command. */
void sandbox_shed_heap(void);

/* In the forked child: becomes the command, or reports why not on SANDBOX_LIFE. Touches
 * nothing on the heap but what COMMAND, made before sandbox_shed_heap(), holds. */
struct sandbox_command;
struct sandbox_command *sandbox_command_copy(const struct keeper_spec *spec);
_Noreturn void sandbox_exec(const struct sandbox_command *command);
