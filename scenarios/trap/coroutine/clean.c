/* A generator of primes: a coroutine with a stack of its own. */
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include "yard.h"

enum { SIEVE_SIZE = 7127, STACK_SIZE = 64 * 1024 };

static ucontext_t caller, generator;
static char *stack;
static long prime;

YARD_SITE static char *sieve_new(void)
{
    char *sieve = malloc(SIEVE_SIZE); /* ALLOC */
    if (sieve == NULL)
        abort();
    yard_born(1);
    return memset(sieve, 1, SIEVE_SIZE);
}

/* Hands one prime after the other out, and begins again when the sieve is through. */
static void generate(void)
{
    for (;;) {
        char *sieve = sieve_new();
        for (long number = 2; number < SIEVE_SIZE; number++) {
            if (!sieve[number])
                continue;
            for (long multiple = 2 * number; multiple < SIEVE_SIZE; multiple += number)
                sieve[multiple] = 0;
            prime = number;
            swapcontext(&generator, &caller);
        }
        free(sieve);
        yard_died(1);
    }
}

void yard_start(void)
{
    stack = malloc(STACK_SIZE);
    if (stack == NULL || getcontext(&generator) != 0)
        abort();
    generator.uc_stack.ss_sp = stack;
    generator.uc_stack.ss_size = STACK_SIZE;
    makecontext(&generator, generate, 0);
}

long yard_round(void)
{
    long sum = 0;
    for (int i = 0; i < 20; i++) {
        swapcontext(&caller, &generator);
        sum += prime;
    }
    return sum;
}
