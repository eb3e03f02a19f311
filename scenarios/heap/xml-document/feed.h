/* Reads news feeds. */
#pragma once

/* How many entries there are in TEXT, or -1 if it is no XML. */
long feed_entries(const char *text);
