/* What kind of address a configuration names. */
#pragma once

/* The address family, or -1 if ADDRESS is none. */
long resolve(const char *address);
