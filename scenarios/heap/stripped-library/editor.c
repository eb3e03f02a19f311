#include "spell.h"
#include "yard.h"

long yard_round(void)
{
    return spell_check("en", "yard") + spell_check("en", "yrad");
}
