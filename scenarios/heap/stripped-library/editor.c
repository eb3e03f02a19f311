#include "spell.h"
#include "yard.h"

long yard_round(void)
{
    return spell_check("en", "leak") + spell_check("en", "laek");
}
