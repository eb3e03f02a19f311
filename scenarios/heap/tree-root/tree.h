/* Expressions as trees: a leaf is a number, an inner node adds what is below. */
#pragma once

struct node {
    struct node *left, *right;
    long number;
    char text[1592]; /* as it stood in the source, for messages */
};

/* A full tree of DEPTH levels: 2^DEPTH - 1 nodes. */
struct node *tree_parse(int depth, long number);
long tree_value(const struct node *node);
void tree_free(struct node *node);

/* The value of an expression of DEPTH levels. */
long evaluate(int depth);
