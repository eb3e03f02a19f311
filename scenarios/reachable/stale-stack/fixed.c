#include "parts.h"
#include "yard.h"

YARD_SITE long order_price(const char *order)
{
    struct part *parts[ORDER_MAX];
    int count = 0;
    for (; order[count] != '\0'; count++)
        parts[count] = part_draw(order[count]);
    long price = 0;
    for (int i = 0; i < count; i++)
        price += parts[i]->price;
    while (count > 0) /* FIX: what was drawn up is put away again */
        part_free(parts[--count]);
    return price;
}
