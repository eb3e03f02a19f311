#include "support/smallest.h"

struct search {
    thing_set set; /* has the property */
    guint parts;   /* that it is cut into */
    set_test test;
    void *data;
};

static guint size_of(thing_set set)
{
    return (guint)__builtin_popcount(set);
}

/* The Ith of PARTS parts of SET, which are as equal as can be. */
static thing_set part_of(thing_set set, guint parts, guint i)
{
    guint first = size_of(set) * i / parts, end = size_of(set) * (i + 1) / parts;
    thing_set part = 0;
    for (guint rank = 0; set != 0; rank++) {
        thing_set lowest = set & -set;
        if (rank >= first && rank < end)
            part |= lowest;
        set ^= lowest;
    }
    return part;
}

/* Goes on with one of the parts, or with what is left without one, if it has the
 * property: *REDUCED. */
static bool reduce(struct search *search, bool leave_out, bool *reduced, GError **error)
{
    *reduced = false;
    for (guint i = 0; i < search->parts && !*reduced; i++) {
        thing_set part = part_of(search->set, search->parts, i);
        thing_set candidate = leave_out ? search->set & ~part : part;
        if (!search->test(candidate, reduced, search->data, error))
            return false;
        if (*reduced)
            search->set = candidate;
    }
    if (*reduced)
        search->parts = leave_out ? MAX(search->parts - 1, 2) : 2;
    return true;
}

bool smallest_set(thing_set all, set_test test, void *data, thing_set *smallest, GError **error)
{
    struct search search = {.set = all, .parts = 2, .test = test, .data = data};
    bool holds;
    if (!test(0, &holds, data, error))
        return false;
    if (holds)
        search.set = 0;
    while (size_of(search.set) > 1) {
        bool reduced;
        if (!reduce(&search, false, &reduced, error) ||
            (!reduced && !reduce(&search, true, &reduced, error)))
            return false;
        if (!reduced && search.parts == size_of(search.set))
            break;
        if (!reduced)
            search.parts *= 2;
        search.parts = MIN(search.parts, size_of(search.set));
    }
    *smallest = search.set;
    return true;
}
