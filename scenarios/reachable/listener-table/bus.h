/* News, and who wants to hear it. */
#pragma once

#include <stdbool.h>

struct view {
    bool open;
    long heard;
    struct listener *listener;
};

struct listener *listener_add(long *heard);
void listener_remove(struct listener *listener);
void news_publish(long news);

void view_close(struct view *view);
