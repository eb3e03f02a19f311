/* item 2.0: a piece of data that waits to be checked, and the trail of what was done
 * with it. No function has changed: old sources compile as they are. */
#pragma once

enum { ITEM_TRAIL_SIZE = 9377 };

struct item {
    unsigned long key;
    char *content; /* NAME=VALUE */
    char *trail;   /* since 2.0: ITEM_TRAIL_SIZE bytes; NULL if nobody keeps one */
};

/* Makes an item of what is at ITEM. Copies CONTENT. */
void item_init(struct item *item, unsigned long key, const char *content);
/* Frees what ITEM holds; the struct is the caller's. */
void item_clear(struct item *item);

/* The length of its value; a negative number is suspicious, and told as one. */
long item_check(const struct item *item);

/* How many were checked that have no trail. */
long item_untracked(void);
