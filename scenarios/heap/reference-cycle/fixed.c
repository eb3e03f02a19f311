#include "tree.h"
#include "yard.h"

YARD_SITE void attach(struct object *folder, struct object *file)
{
    object_point(folder, object_keep(file));
    object_point(file, folder); /* FIX: the way up is borrowed, only the way down is held */
    file->borrows = 1;
}
