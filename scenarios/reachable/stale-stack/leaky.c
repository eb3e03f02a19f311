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
    return price; /* LEAK: the array goes, and what it points to stays */
}
