/* item 1.9: a piece of data that waits to be checked. */
#pragma once

struct item {
    unsigned long key;
    char *content; /* NAME=VALUE */
};

/* Makes an item of what is at ITEM. Copies CONTENT. */
void item_init(struct item *item, unsigned long key, const char *content);
/* Frees what ITEM holds; the struct is the caller's. */
void item_clear(struct item *item);

/* The length of its value; a negative number is suspicious, and told as one. */
long item_check(const struct item *item);
