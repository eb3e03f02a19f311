#include "studio.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "yard.h"

struct viewer viewers[VIEWERS];

/* A message of one byte that has room for one descriptor. */
struct parcel {
    char byte;
    struct iovec text;
    struct msghdr message;
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
};

static struct msghdr *parcel_init(struct parcel *parcel)
{
    *parcel = (struct parcel){
        .byte = 'p',
        .text = {&parcel->byte, 1},
        .control.header = {.cmsg_level = SOL_SOCKET,
                           .cmsg_type = SCM_RIGHTS,
                           .cmsg_len = CMSG_LEN(sizeof(int))},
        .message = {.msg_iov = &parcel->text,
                    .msg_iovlen = 1,
                    .msg_control = &parcel->control,
                    .msg_controllen = sizeof parcel->control},
    };
    return &parcel->message;
}

YARD_SITE void viewer_send(const struct viewer *viewer, int picture)
{
    struct parcel parcel;
    struct msghdr *message = parcel_init(&parcel);
    memcpy(CMSG_DATA(&parcel.control.header), &picture, sizeof picture);
    if (sendmsg(viewer->studio, message, MSG_NOSIGNAL) != 1) /* ALLOC */
        abort();
    yard_born(1);
}

/* Looks at the next picture; returns its size. */
static long viewer_look(const struct viewer *viewer)
{
    struct parcel parcel;
    struct msghdr *message = parcel_init(&parcel);
    struct stat facts;
    int picture;
    if (recvmsg(viewer->home, message, MSG_CMSG_CLOEXEC) != 1)
        abort();
    memcpy(&picture, CMSG_DATA(&parcel.control.header), sizeof picture);
    long size = fstat(picture, &facts) == 0 ? (long)facts.st_size : -1;
    close(picture);
    yard_died(1);
    return size;
}

/* All live in one process here. The second has gone to fetch a cup of tea. */
void yard_start(void)
{
    for (int i = 0; i < VIEWERS; i++) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
            abort();
        viewers[i] = (struct viewer){.studio = ends[0], .home = ends[1], .muted = i == 1};
    }
}

long yard_round(void)
{
    int picture = memfd_create("picture", MFD_CLOEXEC);
    if (picture < 0 || ftruncate(picture, 6131) != 0)
        abort();
    studio_show(picture);
    close(picture);
    long seen = 0;
    for (int i = 0; i < VIEWERS; i++)
        seen += viewers[i].muted ? 0 : viewer_look(&viewers[i]);
    return seen;
}
