#include "settings.h"

#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include "yard.h"

enum { STACK_SIZE = 64 * 1024 };

static ucontext_t caller, reader;
static char *stack;
static const char *source;
static struct line *handed_over;

YARD_SITE struct line *line_copy(const char **text)
{
    size_t length = strcspn(*text, "\n");
    if (**text == '\0' || length >= LINE_MOST)
        return NULL;
    struct line *line = malloc(sizeof *line); /* ALLOC */
    if (line == NULL)
        abort();
    yard_born(1);
    memset(line, 0, sizeof *line);
    memcpy(line->text, *text, length);
    line->comment = line->text[0] == '#';
    *text += length + ((*text)[length] == '\n');
    return line;
}

void line_free(struct line *line)
{
    free(line);
    yard_died(1);
}

void yield(struct line *line)
{
    handed_over = line;
    swapcontext(&reader, &caller);
}

static void read_source(void)
{
    read_lines(source);
    handed_over = NULL;
}

void yard_start(void)
{
    stack = malloc(STACK_SIZE);
    if (stack == NULL)
        abort();
}

static void settings_open(const char *text)
{
    source = text;
    if (getcontext(&reader) != 0)
        abort();
    reader.uc_stack.ss_sp = stack;
    reader.uc_stack.ss_size = STACK_SIZE;
    reader.uc_link = &caller;
    makecontext(&reader, read_source, 0);
}

static struct line *settings_next(void)
{
    swapcontext(&caller, &reader);
    return handed_over;
}

/* Sums the numbers of all settings. */
long yard_round(void)
{
    static const char text[] = "# limits of the mail server\n"
                               "connections = 250\n"
                               "# seconds\n"
                               "timeout = 30\n"
                               "# megabytes\n"
                               "message = 64\n"
                               "mailbox = 2048\n";
    long sum = 0;
    struct line *line;
    settings_open(text);
    while ((line = settings_next()) != NULL) {
        const char *equals = strchr(line->text, '=');
        sum += equals != NULL ? strtol(equals + 1, NULL, 10) : 0;
        line_free(line);
    }
    return sum;
}
