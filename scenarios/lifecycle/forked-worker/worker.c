#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "form.h"
#include "yard.h"

/* The supervisor does nothing but wait; it would start another worker if this one
 * crashed. The visitors are the worker's. */
void yard_start(void)
{
    int status;
    pid_t worker = fork();
    if (worker == 0)
        return;
    if (worker < 0 || waitpid(worker, &status, 0) < 0)
        abort();
    exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

YARD_SITE struct form *form_read(const char *text)
{
    struct form *form = calloc(1, sizeof *form); /* ALLOC */
    if (form == NULL)
        abort();
    yard_born(1);
    form->length = (long)strnlen(text, sizeof form->text - 1);
    memcpy(form->text, text, (size_t)form->length);
    return form;
}

void form_free(struct form *form)
{
    free(form);
    yard_died(1);
}

long form_fields(const struct form *form)
{
    long fields = 0;
    for (const char *i = form->text; i < form->text + form->length; i++)
        fields += *i == '=' && i[1] != '&' && i[1] != '\0';
    return fields;
}

long yard_round(void)
{
    return answer("name=Ada&town=London&fax=") + answer("name=Linus&town=Portland") +
           answer("town=");
}
