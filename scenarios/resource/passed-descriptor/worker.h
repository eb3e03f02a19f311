/* A master opens files and passes them to a worker that may not. */
#pragma once

/* The file that came next over WIRE: a new descriptor of this process. */
int job_receive(int wire);
long job_size(int file);

/* The size of the next file. */
long take_job(int wire);
