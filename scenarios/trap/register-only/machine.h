/* A machine with one accumulator, that is told what to do instruction by instruction. */
#pragma once

enum operation { LOAD, STORE, ADD, MULTIPLY, REDUCE, ANSWER };

struct instruction {
    enum operation operation;
    int operand; /* a cell for LOAD and STORE, else a number */
};

struct machine {
    long accumulator;
    long cells[801];
};

/* Reads instructions from the line that DATA points to, and writes answers to it. */
void *machine_run(void *data);
