#include "audit.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#include "yard.h"

enum { STACK_SIZE = 64 * 1024 };

/* An unbuffered channel: the writer goes on when the reader has taken the value. */
struct audit {
    sem_t offered, taken;
    int user;
    pthread_t writer;
};

static void *write_entry(void *data)
{
    struct audit *audit = data;
    sem_post(&audit->offered);
    while (sem_wait(&audit->taken) != 0)
        continue;
    return NULL;
}

YARD_SITE struct audit *audit_open(int user)
{
    struct audit *audit = malloc(sizeof *audit);
    pthread_attr_t modest;
    if (audit == NULL || pthread_attr_init(&modest) != 0)
        abort();
    audit->user = user;
    sem_init(&audit->offered, 0, 0);
    sem_init(&audit->taken, 0, 0);
    pthread_attr_setstacksize(&modest, STACK_SIZE);
    if (pthread_create(&audit->writer, &modest, write_entry, audit) != 0) /* ALLOC */
        abort();
    pthread_attr_destroy(&modest);
    yard_born(1);
    return audit;
}

void audit_close(struct audit *audit)
{
    while (sem_wait(&audit->offered) != 0)
        continue;
    sem_post(&audit->taken);
    pthread_join(audit->writer, NULL);
    yard_died(1);
    sem_destroy(&audit->offered);
    sem_destroy(&audit->taken);
    free(audit);
}

long yard_round(void)
{
    return login(17);
}
