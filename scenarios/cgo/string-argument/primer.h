/* Where the primer binds. Nothing that is passed in is kept. */
#pragma once

/* How many places of BASES, a C string, the primer binds to. */
long primer_sites(const char *bases);
