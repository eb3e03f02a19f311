#include "report.h"
#include "yard.h"

void report_write(FILE *stream, long from, long to)
{
    for (long number = from; number < to; number++)
        fprintf(stream, "%ld squared is %ld\n", number, number * number);
}

long yard_round(void)
{
    return report_send(1, 200);
}
