#include "studio.h"

#include "yard.h"

YARD_SITE void studio_show(int picture)
{
    for (int i = 0; i < VIEWERS; i++)
        if (!viewers[i].muted) /* FIX: nothing is sent to whoever won't take it */
            viewer_send(&viewers[i], picture);
}
