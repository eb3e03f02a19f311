#include "run/channel.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/failure.h"

bool channel_open(int *harness_end, int *program_end, GError **error)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
        return fail_errno(error, "cannot make a socket pair for the checkpoint protocol");
    if (setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &(int){1}, sizeof(int)) < 0) {
        fail_errno(error, "cannot ask for the credentials of whoever speaks the protocol");
        close(pair[0]);
        close(pair[1]);
        return false;
    }
    *harness_end = pair[0];
    *program_end = pair[1];
    return true;
}

bool channel_send(int descriptor, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    size_t length = strlen(text);
    if (length > PROTOCOL_MESSAGE_MAX)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "an order is longer than %d bytes; use a shorter path: %.60s…",
                    PROTOCOL_MESSAGE_MAX, text);
    while (send(descriptor, text, length, MSG_NOSIGNAL) < 0) {
        if (errno == EPIPE || errno == ECONNRESET)
            return true;
        if (errno != EINTR)
            return fail_errno(error, "cannot send “%.60s” to the program", text);
    }
    return true;
}

/* Whoever sent the message; files it tried to pass along are closed. */
static pid_t take_ancillary(struct msghdr *header)
{
    pid_t sender = 0;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(header); part; part = CMSG_NXTHDR(header, part)) {
        if (part->cmsg_level != SOL_SOCKET)
            continue;
        if (part->cmsg_type == SCM_CREDENTIALS) {
            struct ucred credentials;
            memcpy(&credentials, CMSG_DATA(part), sizeof credentials);
            sender = credentials.pid;
        } else if (part->cmsg_type == SCM_RIGHTS) {
            size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
            for (size_t i = 0; i < count; i++) {
                int descriptor;
                memcpy(&descriptor, CMSG_DATA(part) + i * sizeof(int), sizeof descriptor);
                close(descriptor);
            }
        }
    }
    return sender;
}

static enum channel_state nonsense(GError **error, const char *what)
{
    fail(error, EXIT_INFRASTRUCTURE, "the program sent %s", what);
    return CHANNEL_NONSENSE;
}

enum channel_state channel_receive(int descriptor, char text[PROTOCOL_MESSAGE_MAX + 1],
                                   struct message *message, pid_t *sender, GError **error)
{
    union {
        struct cmsghdr aligned;
        char space[CMSG_SPACE(sizeof(struct ucred)) + CMSG_SPACE(8 * sizeof(int))];
    } ancillary;
    struct iovec part = {.iov_base = text, .iov_len = PROTOCOL_MESSAGE_MAX};
    struct msghdr header = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = &ancillary,
                            .msg_controllen = sizeof ancillary};
    ssize_t length;
    do
        length = recvmsg(descriptor, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    while (length < 0 && errno == EINTR);
    *sender = length >= 0 ? take_ancillary(&header) : 0;
    if (length <= 0)
        return CHANNEL_CLOSED;
    text[length] = 0;
    if (header.msg_flags & MSG_TRUNC)
        return nonsense(error, "a message longer than the protocol allows");
    if (strlen(text) != (size_t)length)
        return nonsense(error, "a message with a zero byte in it");
    return message_parse(text, message, error) ? CHANNEL_MESSAGE : CHANNEL_NONSENSE;
}
