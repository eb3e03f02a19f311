#include "tree.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

YARD_SITE struct object *object_new(char letter)
{
    struct object *object = malloc(sizeof *object); /* ALLOC */
    if (object == NULL)
        abort();
    yard_born(1);
    memset(object, 0, sizeof *object);
    memset(object->name, letter, sizeof object->name - 1);
    object->references = 1;
    return object;
}

struct object *object_keep(struct object *object)
{
    object->references++;
    return object;
}

void object_release(struct object *object)
{
    if (object == NULL || --object->references > 0)
        return;
    if (!object->borrows)
        object_release(object->other);
    free(object);
    yard_died(1);
}

void object_point(struct object *object, struct object *other)
{
    object->other = other;
}

/* A folder with a file in it is made, looked at, and let go. */
long yard_round(void)
{
    struct object *folder = object_new('d'), *file = object_new('f');
    attach(folder, file);
    object_release(file);
    long length = (long)strlen(folder->other->name) + (long)strlen(folder->other->other->name);
    object_release(folder);
    return length;
}
