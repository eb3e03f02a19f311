#include "machine.h"

#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "yard.h"

/* As many interpreters do, it keeps its state at hand in a register of its own, and
 * calls nothing that would save that one to the stack. */
#if defined(__x86_64__)
#define IN_REGISTER __asm__("r12")
#elif defined(__aarch64__)
#define IN_REGISTER __asm__("x19")
#else
#define IN_REGISTER
#endif

YARD_SITE static struct machine *machine_new(void)
{
    struct machine *machine = calloc(1, sizeof *machine); /* ALLOC */
    if (machine == NULL)
        abort();
    yard_born(1);
    return machine;
}

/* What the making of the machine left on the stack. */
YARD_SITE static void stack_clear(void)
{
    char dead[24 * 1024];
    memset(dead, 0, sizeof dead);
    __asm__ volatile("" : : "r"(dead) : "memory");
}

void *machine_run(void *data)
{
    const int line = *(const int *)data;
    struct instruction next;
    register struct machine *machine IN_REGISTER = machine_new();
    stack_clear();
    while (syscall(SYS_read, line, &next, sizeof next) == sizeof next) {
        if (next.operation == LOAD)
            machine->accumulator = machine->cells[next.operand];
        else if (next.operation == STORE)
            machine->cells[next.operand] = machine->accumulator;
        else if (next.operation == ADD)
            machine->accumulator += next.operand;
        else if (next.operation == MULTIPLY)
            machine->accumulator *= next.operand;
        else if (next.operation == REDUCE)
            machine->accumulator %= next.operand;
        else if (syscall(SYS_write, line, machine, sizeof machine->accumulator) < 0)
            abort();
    }
    free(machine);
    yard_died(1);
    return NULL;
}
