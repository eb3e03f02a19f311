#include "audit.h"

#include "yard.h"

YARD_SITE long login(int user)
{
    struct audit *audit = audit_open(user);
    if (user < 0) /* LEAK: the reader is for rejected users only; others' writer waits for ever */
        audit_close(audit);
    return user;
}
