/* The search for the smallest set, on properties that are made up. */
#include "suite.h"
#include "support/failure.h"
#include "support/smallest.h"

struct property {
    bool (*holds)(thing_set set, thing_set wanted);
    thing_set wanted;
    guint asked, allowed; /* after so many it can't be found out */
};

static bool has_all(thing_set set, thing_set wanted)
{
    return (set & wanted) == wanted;
}

static bool has_some(thing_set set, thing_set wanted)
{
    return (set & wanted) != 0;
}

/* Of three of them two: not the more, the better. */
static bool is_two(thing_set set, thing_set wanted)
{
    return __builtin_popcount(set & wanted) == 2 || set == 0xff;
}

static bool ask(thing_set set, bool *holds, void *data, GError **error)
{
    struct property *property = data;
    if (property->asked++ == property->allowed)
        return fail(error, EXIT_INFRASTRUCTURE, "asked too often");
    *holds = property->holds(set, property->wanted);
    return true;
}

static const struct {
    bool (*holds)(thing_set set, thing_set wanted);
    thing_set all, wanted, smallest;
} cases[] = {
    {has_all, 0x1f, 0x10, 0x10},
    {has_all, 0x1f, 0x01, 0x01},
    {has_all, 0x1f, 0x11, 0x11},
    {has_all, 0x1f, 0x1f, 0x1f},
    {has_all, 0x1f, 0x00, 0x00}, /* it is in none of them */
    {has_all, 0x01, 0x01, 0x01},
    {has_all, 0x01, 0x00, 0x00},
    {has_all, 0xffffffff, 0x80000001, 0x80000001},
    {has_all, 0xffffffff, 0xffffffff, 0xffffffff},
    {has_some, 0xff, 0x42, 0x02}, /* the first of two reasons */
    {is_two, 0xff, 0x83, 0x03},
};

START_TEST(the_smallest_set_is_found)
{
    struct property property = {
        .holds = cases[_i].holds, .wanted = cases[_i].wanted, .allowed = 5000};
    thing_set smallest;
    ck_assert(smallest_set(cases[_i].all, ask, &property, &smallest, NULL));
    ck_assert_uint_eq(smallest, cases[_i].smallest);
}
END_TEST

/* Halving is what makes it worth the while. */
START_TEST(one_of_many_is_found_in_few_steps)
{
    struct property property = {.holds = has_all, .wanted = 1u << _i, .allowed = 5000};
    thing_set smallest;
    ck_assert(smallest_set(0xffffffff, ask, &property, &smallest, NULL));
    ck_assert_uint_eq(smallest, 1u << _i);
    ck_assert_uint_le(property.asked, 1 + 2 * 5);
}
END_TEST

START_TEST(every_set_of_six_is_found)
{
    for (thing_set wanted = 1; wanted < 64; wanted++) {
        struct property property = {.holds = has_all, .wanted = wanted, .allowed = 5000};
        thing_set smallest;
        ck_assert(smallest_set(0x3f, ask, &property, &smallest, NULL));
        ck_assert_uint_eq(smallest, wanted);
    }
}
END_TEST

START_TEST(it_ends_where_nothing_can_be_found_out)
{
    struct property property = {.holds = has_all, .wanted = 0x11, .allowed = (guint)_i};
    thing_set smallest;
    g_autoptr(GError) error = NULL;
    ck_assert(!smallest_set(0xff, ask, &property, &smallest, &error));
    ck_assert_str_eq(error->message, "asked too often");
    ck_assert_uint_eq(property.asked, (guint)_i + 1);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("smallest");
    TCase *tests = tcase_create("smallest");
    tcase_add_loop_test(tests, the_smallest_set_is_found, 0, G_N_ELEMENTS(cases));
    tcase_add_loop_test(tests, one_of_many_is_found_in_few_steps, 0, 32);
    tcase_add_test(tests, every_set_of_six_is_found);
    tcase_add_loop_test(tests, it_ends_where_nothing_can_be_found_out, 0, 6);
    suite_add_tcase(suite, tests);
    return suite;
}
SUITE(suite);
