#include "worker.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include "yard.h"

YARD_SITE int job_receive(int wire)
{
    char word;
    struct iovec text = {&word, 1};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {.msg_iov = &text,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    int file;
    if (recvmsg(wire, &message, MSG_CMSG_CLOEXEC) != 1 ||
        CMSG_FIRSTHDR(&message) == NULL) /* ALLOC */
        abort();
    memcpy(&file, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof file);
    yard_born(1);
    return file;
}

long job_size(int file)
{
    struct stat facts;
    return fstat(file, &facts) == 0 ? (long)facts.st_size : -1;
}
