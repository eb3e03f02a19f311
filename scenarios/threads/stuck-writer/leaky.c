#include "table.h"

#include "yard.h"

YARD_SITE long route_lookup(struct table *table, int network)
{
    pthread_rwlock_rdlock(&table->lock);
    if (network >= ROUTES) {
        return -1; /* LEAK: this way out keeps the read lock, and no writer gets in any more */
    }
    long route = table->route[network];
    pthread_rwlock_unlock(&table->lock);
    return route;
}
