/* Three clerks wait for the bell, one for a signal. post.txt is what eu-stack 0.188
 * printed of it:
 *
 *     gcc -g -O0 -pthread -o post post.c
 *     ./post & eu-stack --inlines --module --source --pid=$! > post.txt
 */
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t bell = PTHREAD_COND_INITIALIZER;

static void wait_at_desk(void)
{
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&bell, &lock);
}

static void *clerk(void *desk)
{
    if (desk == NULL)
        wait_at_desk();
    else
        pause();
    return NULL;
}

int main(void)
{
    pthread_t thread;
    for (int i = 0; i < 3; i++)
        pthread_create(&thread, NULL, clerk, NULL);
    pthread_create(&thread, NULL, clerk, &lock);
    pause();
}
