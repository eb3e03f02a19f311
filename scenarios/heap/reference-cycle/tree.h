/* Objects that count who holds them. */
#pragma once

struct object {
    struct object *other;
    int references;
    int borrows; /* OTHER is not held, only known */
    char name[3992];
};

struct object *object_new(char letter);
struct object *object_keep(struct object *object);
void object_release(struct object *object);
void object_point(struct object *object, struct object *other);

/* Puts FILE into FOLDER. */
void attach(struct object *folder, struct object *file);
