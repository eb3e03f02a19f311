/* A host for plug-ins. */
#pragma once

struct plugin {
    void *library;
    void (*begin)(void);
    long (*convert)(long number);
    void (*end)(void);
};

struct plugin host_load(void);
void host_unload(struct plugin *plugin);

/* What the plug-in makes of NUMBER. */
long host_convert(long number);
