/* Whatever comes in, requests are read one after the other, and never beyond the end. */
#include <stdlib.h>

#include "memcached/protocol.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length);

static void demand(bool fact)
{
    if (!fact)
        abort();
}

/* One byte less, and it is not whole. */
static void demand_incomplete(const char *bytes, gsize length)
{
    struct memcached_request request;
    gsize size;
    demand(memcached_parse(bytes, length, &request, &size) == MEMCACHED_INCOMPLETE);
    demand(size > length);
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    const char *text = (const char *)bytes;
    struct memcached_request request;
    gsize size;
    for (gsize at = 0; at < length; at += size) {
        enum memcached_step step = memcached_parse(text + at, length - at, &request, &size);
        demand(size > 0);
        if (step == MEMCACHED_INCOMPLETE) {
            demand(size > length - at);
            break;
        }
        if (step == MEMCACHED_REQUEST) {
            demand(size <= length - at);
            demand_incomplete(text + at, size - 1);
            memcached_clear(&request);
        } else {
            demand(request.refusal != NULL);
        }
        if (size > length - at)
            break;
    }
    return 0;
}
