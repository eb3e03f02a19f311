#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

#include "suite.h"

extern const suite_maker __start_leakyard_suites[];
extern const suite_maker __stop_leakyard_suites[];

char *data_path(const char *name)
{
    return g_build_filename(TEST_DATA, name, NULL);
}

int main(void)
{
    /* Cases tagged `big` want gigabytes or minutes: only if asked for. */
    if (g_getenv("CK_INCLUDE_TAGS") == NULL)
        g_setenv("CK_EXCLUDE_TAGS", "big", FALSE);
    SRunner *runner = srunner_create(NULL);
    for (const suite_maker *maker = __start_leakyard_suites; maker < __stop_leakyard_suites;
         maker++)
        srunner_add_suite(runner, (*maker)());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    int run = srunner_ntests_run(runner);
    srunner_free(runner);
    if (failed > 0) /* Check lists what failed below its own sum */
        printf("%d of %d checks failed\n", failed, run);
    return failed == 0 && run > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
