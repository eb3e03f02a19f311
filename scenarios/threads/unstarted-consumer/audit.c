#include "audit.h"

#include <pthread.h>
#include <stdlib.h>

#include "channel.h"
#include "yard.h"

enum { STACK_SIZE = 64 * 1024 };

struct audit {
    struct channel entries; /* unbuffered; an entry is the number of a user */
    int user;
    pthread_t writer;
};

static void *write_entry(void *data)
{
    struct audit *audit = data;
    channel_send(&audit->entries, &audit->user);
    return NULL;
}

YARD_SITE struct audit *audit_open(int user)
{
    struct audit *audit = malloc(sizeof *audit);
    pthread_attr_t modest;
    if (audit == NULL || pthread_attr_init(&modest) != 0)
        abort();
    audit->user = user;
    channel_init(&audit->entries, sizeof audit->user, NULL, 0);
    pthread_attr_setstacksize(&modest, STACK_SIZE);
    if (pthread_create(&audit->writer, &modest, write_entry, audit) != 0) /* ALLOC */
        abort();
    pthread_attr_destroy(&modest);
    yard_born(1);
    channel_wait(&audit->entries);
    return audit;
}

void audit_close(struct audit *audit)
{
    int user;
    channel_receive(&audit->entries, &user);
    pthread_join(audit->writer, NULL);
    yard_died(1);
    channel_destroy(&audit->entries);
    free(audit);
}

long yard_round(void)
{
    return login(17);
}
