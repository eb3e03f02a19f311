#include "tree.h"
#include "yard.h"

YARD_SITE void attach(struct object *folder, struct object *file)
{
    object_point(folder, object_keep(file));
    object_point(file, object_keep(folder)); /* LEAK: each now waits for the other to go first */
}
