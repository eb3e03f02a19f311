#include <math.h>

#include "detect/parse/growth.h"
#include "suite.h"

/* Pairwise slopes of 1 3 2 6: 2, 1/2, 5/3, -1, 3/2, 4; their median is (3/2 + 5/3) / 2. */
START_TEST(slope_is_the_median_of_pairs)
{
    const double values[] = {1, 3, 2, 6};
    ck_assert_double_eq_tol(growth_slope(values, 4), 19.0 / 12, 1e-12);
    const double odd[] = {1, 2, 10}; /* 1, 9/2, 8 */
    ck_assert_double_eq_tol(growth_slope(odd, 3), 4.5, 1e-12);
}
END_TEST

START_TEST(slope_ignores_an_outlier)
{
    const double values[] = {0, 5, 10, 900, 20, 25, 30, 35};
    ck_assert_double_eq_tol(growth_slope(values, 8), 5, 1e-12);
}
END_TEST

/* S = 5 - 1 = 4; no ties, so the variance is 4*3*13/18 = 26/3; z = 3 / sqrt(26/3). */
START_TEST(deviate_without_ties)
{
    const double values[] = {1, 3, 2, 6};
    ck_assert_double_eq_tol(growth_deviate(values, 4), 3 / sqrt(26.0 / 3), 1e-12);
    const double falling[] = {6, 2, 3, 1};
    ck_assert_double_eq_tol(growth_deviate(falling, 4), -3 / sqrt(26.0 / 3), 1e-12);
}
END_TEST

/* 1 1 2 2 2 3: of 15 pairs 1 + 3 tie, the others rise: S = 11. The variance is
 * (6*5*17 - 2*1*9 - 3*2*11) / 18 = (510 - 18 - 66) / 18 = 71/3. */
START_TEST(deviate_with_ties)
{
    const double values[] = {1, 1, 2, 2, 2, 3};
    ck_assert_double_eq_tol(growth_deviate(values, 6), 10 / sqrt(71.0 / 3), 1e-12);
}
END_TEST

START_TEST(deviate_of_constant_is_zero)
{
    const double values[] = {7, 7, 7, 7, 7};
    ck_assert_double_eq(growth_deviate(values, 5), 0);
}
END_TEST

/* Nine that rise: S = 36, variance 9*8*23/18 = 92: as sure as nine samples can be. */
START_TEST(deviate_of_nine_rising)
{
    const double values[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    ck_assert_double_eq_tol(growth_deviate(values, 9), 35 / sqrt(92), 1e-12);
}
END_TEST

#define CHECKPOINTS 11

static const struct {
    const char *what;
    bool grows;
    gint64 counts[CHECKPOINTS];
} counted[] = {
    {"one a checkpoint", true, {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}},
    {"ten a checkpoint", true, {3, 13, 23, 33, 43, 53, 63, 73, 83, 93, 103}},
    {"ten, one of them late", true, {3, 12, 23, 33, 43, 52, 63, 73, 83, 93, 103}},
    {"one in two checkpoints", true, {4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9}},
    {"two in three", true, {4, 5, 6, 6, 7, 8, 8, 9, 10, 10, 11}},
    {"constant", false, {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}},
    {"a single step", false, {4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5}},
    {"two steps", false, {4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6}},
    {"one in three: not told from chance", false, {4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7}},
    {"a pool that fills at once", false, {4, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20}},
    {"a pool that fills in eight", false, {4, 6, 8, 10, 12, 14, 16, 18, 20, 20, 20}},
    {"growth that starts late", false, {4, 4, 4, 4, 4, 5, 6, 7, 8, 9, 10}},
    {"sawtooth", false, {4, 8, 12, 4, 8, 12, 4, 8, 12, 4, 14}},
    {"rises, and falls once", false, {4, 6, 8, 10, 9, 14, 16, 18, 20, 22, 24}},
    {"falls", false, {14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4}},
};

START_TEST(counts_that_grow_steadily)
{
    ck_assert_msg(growth_of_count(counted[_i].counts, CHECKPOINTS) == counted[_i].grows, "%s",
                  counted[_i].what);
}
END_TEST

/* Whatever the rate and its phase, a leak of at least half a unit is seen. */
START_TEST(every_constant_rate_is_seen)
{
    for (int hundredths = 50; hundredths <= 500; hundredths += 7)
        for (int phase = 0; phase < 100; phase += 9) {
            gint64 counts[CHECKPOINTS];
            for (int i = 0; i < CHECKPOINTS; i++)
                counts[i] = (phase + i * hundredths) / 100;
            ck_assert_msg(growth_of_count(counts, CHECKPOINTS), "rate 0.01 x %d, phase 0.01 x %d",
                          hundredths, phase);
        }
}
END_TEST

START_TEST(too_few_counts_say_nothing)
{
    const gint64 counts[] = {1, 100};
    ck_assert(!growth_of_count(counts, 1));
    ck_assert(!growth_of_count(counts, 0));
}
END_TEST

#define SIZES 9

static const struct {
    const char *what;
    bool grows;
    double sizes[SIZES];
} sized[] = {
    {"threads that pile up", true, {352, 436, 520, 604, 688, 772, 856, 940, 1024}},
    {"16 KiB a checkpoint", true, {212, 228, 244, 260, 276, 292, 308, 324, 340}},
    {"goroutines that pile up, with jitter",
     true,
     {1904, 2164, 2228, 2248, 2400, 2328, 2596, 2684, 2868}},
    {"constant", false, {612, 612, 612, 612, 612, 612, 612, 612, 612}},
    {"one page a checkpoint", false, {612, 616, 620, 624, 628, 632, 636, 640, 644}},
    {"one step", false, {612, 612, 612, 612, 912, 912, 912, 912, 912}},
    {"plateau after six", false, {612, 712, 812, 912, 1012, 1112, 1112, 1112, 1112}},
    {"plateau after five", false, {612, 712, 812, 912, 1012, 1012, 1012, 1012, 1012}},
    {"slows down and stops", false, {612, 1012, 1212, 1312, 1362, 1387, 1399, 1403, 1403}},
    {"sawtooth", false, {612, 812, 1012, 612, 812, 1012, 612, 812, 1012}},
    {"falls", false, {900, 880, 860, 840, 820, 800, 780, 760, 740}},
    /* Seen of healthy programs in Go. */
    {"heap that swings", false, {2100, 2100, 1972, 1988, 2172, 2232, 2004, 1996, 2148}},
    {"heap that wanders up", false, {1920, 1896, 1948, 1928, 1928, 1980, 1980, 2112, 2236}},
    {"heap that settles", false, {1972, 2012, 2084, 2132, 2136, 2144, 2144, 2144, 2148}},
    {"heap of two sizes", false, {2036, 2020, 2044, 2032, 2028, 2068, 3592, 2112, 3608}},
};

START_TEST(sizes_that_grow)
{
    struct trend trend = growth_of_size(sized[_i].sizes, SIZES);
    ck_assert_msg(trend.grows == sized[_i].grows, "%s: slope %g late %g z %g excess %g floor %d",
                  sized[_i].what, trend.slope, trend.late, trend.deviate, trend.excess,
                  trend.floor);
}
END_TEST

static Suite *growth_suite(void)
{
    Suite *suite = suite_create("growth");
    TCase *statistics = tcase_create("statistics");
    tcase_add_test(statistics, slope_is_the_median_of_pairs);
    tcase_add_test(statistics, slope_ignores_an_outlier);
    tcase_add_test(statistics, deviate_without_ties);
    tcase_add_test(statistics, deviate_with_ties);
    tcase_add_test(statistics, deviate_of_constant_is_zero);
    tcase_add_test(statistics, deviate_of_nine_rising);
    suite_add_tcase(suite, statistics);
    TCase *rules = tcase_create("rules");
    tcase_add_loop_test(rules, counts_that_grow_steadily, 0, G_N_ELEMENTS(counted));
    tcase_add_test(rules, every_constant_rate_is_seen);
    tcase_add_test(rules, too_few_counts_say_nothing);
    tcase_add_loop_test(rules, sizes_that_grow, 0, G_N_ELEMENTS(sized));
    suite_add_tcase(suite, rules);
    return suite;
}
SUITE(growth_suite);
