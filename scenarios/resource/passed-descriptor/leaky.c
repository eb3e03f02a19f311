#include "worker.h"

#include <unistd.h>

#include "yard.h"

YARD_SITE long take_job(int wire)
{
    int file = job_receive(wire);
    long size = job_size(file);
    return size; /* LEAK: what came with the message is ours, and nobody closes it */
}
