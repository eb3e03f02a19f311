#include "table.h"

#include "yard.h"

YARD_SITE long route_lookup(struct table *table, int network)
{
    pthread_rwlock_rdlock(&table->lock);
    if (network >= ROUTES) {
        pthread_rwlock_unlock(&table->lock); /* FIX: every way out gives the lock back */
        return -1;
    }
    long route = table->route[network];
    pthread_rwlock_unlock(&table->lock);
    return route;
}
