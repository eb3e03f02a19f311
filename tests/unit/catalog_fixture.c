#include "unit/catalog_fixture.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>

#include "schema/message.h"

static char *folder;

void scratch_make(void)
{
    folder = g_dir_make_tmp("leakyard-test-XXXXXX", NULL);
    ck_assert_ptr_nonnull(folder);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

void scratch_remove(void)
{
    nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    g_clear_pointer(&folder, g_free);
}

const char *scratch(void)
{
    return folder;
}

char *scratch_path(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

void scratch_write(const char *name, const char *text)
{
    g_autofree char *path = scratch_path(name);
    g_autofree char *above = g_path_get_dirname(path);
    ck_assert_int_eq(g_mkdir_with_parents(above, 0777), 0);
    /* Not g_file_set_contents, which waits for the disk: there are thousands. */
    FILE *file = fopen(path, "we");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

struct root scratch_root(void)
{
    return (struct root){
        .path = g_strdup(folder),
        .build = scratch_path("build"),
        .state = scratch_path("build"),
        .scenarios = scratch_path("scenarios"),
        .expected = scratch_path("expected"),
        .schema = scratch_path("harness/schema"),
    };
}

void scratch_write_catalog(const Yard__Catalog *catalog)
{
    gsize size = yard__catalog__get_packed_size(catalog);
    g_autofree guint8 *bytes = g_malloc(size + 1);
    yard__catalog__pack(catalog, bytes);
    scratch_write("build/catalog.pb", "");
    g_autofree char *path = scratch_path("build/catalog.pb");
    ck_assert(g_file_set_contents(path, (const char *)bytes, (gssize)size, NULL));
}

Yard__Scenario *scenario_make(const char *id)
{
    Yard__Scenario *scenario = g_new(Yard__Scenario, 1);
    yard__scenario__init(scenario);
    message_set_string(&scenario->id, id);
    message_set_string(&scenario->title, "An early return skips the free");
    scenario->has_language = scenario->has_resource = scenario->has_kind = true;
    scenario->language = YARD__LANGUAGE__C;
    scenario->resource = YARD__RESOURCE__HEAP_BLOCK;
    scenario->kind = YARD__KIND__LOST;
    scenario->has_units_per_round = scenario->has_rounds = true;
    scenario->units_per_round = 3;
    scenario->rounds = 100;
    return scenario;
}
