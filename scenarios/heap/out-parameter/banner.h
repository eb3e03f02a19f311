/* What servers say before one has said anything. */
#pragma once

/* Returns 0 and hands a banner over, or -1 and leaves *BANNER alone. */
int banner_read(int host, char **banner);
void banner_free(char *banner);

/* The first character of HOST's banner, or 0. */
long greet(int host);
