/* Counts files that match. */
#pragma once

long match_count(const char *pattern);
