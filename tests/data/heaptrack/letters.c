/* Keeps letters of two sizes, from one place, and frees every second one. letters.txt is
 * what heaptrack 1.4.0 recorded of it, with names:
 *
 *     gcc -g -O1 -o letters letters.c
 *     LD_PRELOAD=/usr/lib/heaptrack/libheaptrack_preload.so \
 *         DUMP_HEAPTRACK_OUTPUT=letters.raw ./letters
 *     /usr/lib/heaptrack/libexec/heaptrack_interpret < letters.raw > letters.txt
 */
#include <stdlib.h>

static inline char *write_letter(size_t length)
{
    return malloc(length);
}

__attribute__((noinline)) char *send_letter(int number)
{
    return write_letter(number % 3 == 0 ? 700 : 40);
}

static char *kept[12];

int main(void)
{
    for (int i = 0; i < 12; i++)
        kept[i] = send_letter(i);
    for (int i = 0; i < 12; i += 2)
        free(kept[i]);
    return 0;
}
