#include "tree.h"
#include "yard.h"

YARD_SITE long evaluate(int depth)
{
    struct node *root = tree_parse(depth, 1);
    long value = tree_value(root);
    return value; /* LEAK: with the root the whole tree is out of reach */
}
