#include "audit.h"

#include "yard.h"

YARD_SITE long login(int user)
{
    struct audit *audit = audit_open(user);
    audit_close(audit); /* FIX: every writer has a reader that ends it */
    return user;
}
