#include "framework.h"

#include "yard.h"

enum { LENGTH = 4801 };

YARD_SITE struct buffer *framework_receive(int letter)
{
    char *bytes = bytes_new(letter, LENGTH);
    return buffer_new(bytes, LENGTH, BUFFER_TAKES); /* LEAK: that is 1, which today says borrow */
}
