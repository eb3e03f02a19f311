/* What a catalogue gains after it was read: somebody's own scenarios and flavours. */
#include <stdlib.h>
#include <string.h>

#include "catalog/catalog.h"

const struct root *catalog_home(const catalog_t *catalog, const Yard__Scenario *scenario)
{
    const struct root *home = g_hash_table_lookup(catalog->home_of, scenario->id);
    return home ? home : g_ptr_array_index(catalog->homes, 0);
}

/* Moves SCENARIO into CATALOG, in the place of one of the same id. */
static void take_scenario(catalog_t *catalog, Yard__Scenario *scenario, struct root *home)
{
    Yard__Catalog *message = catalog->message;
    size_t place = 0;
    while (place < message->n_scenario && strcmp(message->scenario[place]->id, scenario->id) != 0)
        place++;
    if (place < message->n_scenario) {
        g_hash_table_remove(catalog->by_id, scenario->id);
        g_hash_table_remove(catalog->home_of, scenario->id);
        yard__scenario__free_unpacked(message->scenario[place], NULL);
    } else {
        message->scenario = g_renew(Yard__Scenario *, message->scenario, ++message->n_scenario);
    }
    message->scenario[place] = scenario;
    g_hash_table_insert(catalog->by_id, scenario->id, scenario);
    g_hash_table_insert(catalog->home_of, scenario->id, home);
}

bool catalog_overlay(catalog_t *catalog, const struct root *over, GError **error)
{
    g_autoptr(catalog_t) other = catalog_read(over, error);
    if (other == NULL)
        return false;
    struct root *home = root_copy(over);
    g_ptr_array_add(catalog->homes, home);
    for (size_t i = 0; i < other->message->n_scenario; i++)
        take_scenario(catalog, other->message->scenario[i], home);
    other->message->n_scenario = 0;
    catalog_sort(catalog);
    return true;
}

void catalog_add_flavour(catalog_t *catalog, Yard__Flavour *flavour)
{
    Yard__Catalog *message = catalog->message;
    message->flavour = g_renew(Yard__Flavour *, message->flavour, message->n_flavour + 1);
    message->flavour[message->n_flavour++] = flavour;
}
