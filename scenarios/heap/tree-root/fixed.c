#include "tree.h"
#include "yard.h"

YARD_SITE long evaluate(int depth)
{
    struct node *root = tree_parse(depth, 1);
    long value = tree_value(root);
    tree_free(root); /* FIX: the tree goes with its root */
    return value;
}
