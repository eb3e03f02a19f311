#include "studio.h"

#include "yard.h"

YARD_SITE void studio_show(int picture)
{
    for (int i = 0; i < VIEWERS; i++)
        viewer_send(&viewers[i], picture); /* LEAK: a muted one never takes it from its socket */
}
