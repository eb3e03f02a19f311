#include "command/frames.h"

#include <stdio.h>

void frames_print(const Yard__Finding *finding, const char *indent, size_t most)
{
    for (size_t i = 0; i < finding->n_frame && i < most; i++) {
        const Yard__Frame *frame = finding->frame[i];
        if (frame->function == NULL && frame->file != NULL) {
            printf("%s%s:%u\n", indent, frame->file, frame->line);
            continue;
        }
        printf("%s%s", indent, frame->function ? frame->function : "?");
        if (frame->file != NULL)
            printf(" (%s:%u)", frame->file, frame->line);
        else if (frame->module != NULL)
            printf(" [%s]", frame->module);
        putchar('\n');
    }
}
