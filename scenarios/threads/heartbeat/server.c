#include "session.h"
#include "yard.h"

long session_work(int user)
{
    long answered = 0;
    for (int question = user; question != 1; answered++)
        question = question % 2 == 0 ? question / 2 : 3 * question + 1;
    return answered;
}

long yard_round(void)
{
    return session(27);
}
