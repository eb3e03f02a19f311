#include "bus.h"
#include "yard.h"

/* A window's two views; the window itself is used again and again. */
long yard_round(void)
{
    static struct view views[2];
    for (int i = 0; i < 2; i++)
        views[i] = (struct view){.open = true, .listener = listener_add(&views[i].heard)};
    long open = 0;
    for (int i = 0; i < 2; i++) {
        open += views[i].open;
        view_close(&views[i]);
    }
    news_publish(1);
    return open;
}
