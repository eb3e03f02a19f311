#include "tree.h"

#include <stdio.h>
#include <stdlib.h>

#include "yard.h"

YARD_SITE struct node *tree_parse(int depth, long number)
{
    if (depth == 0)
        return NULL;
    struct node *node = malloc(sizeof *node); /* ALLOC */
    if (node == NULL)
        abort();
    yard_born(1);
    node->number = number;
    snprintf(node->text, sizeof node->text, "(+ %ld)", number);
    node->left = tree_parse(depth - 1, 2 * number);
    node->right = tree_parse(depth - 1, 2 * number + 1);
    return node;
}

long tree_value(const struct node *node)
{
    return node == NULL ? 0 : node->number + tree_value(node->left) + tree_value(node->right);
}

void tree_free(struct node *node)
{
    if (node == NULL)
        return;
    tree_free(node->left);
    tree_free(node->right);
    free(node);
    yard_died(1);
}

long yard_round(void)
{
    return evaluate(3);
}
