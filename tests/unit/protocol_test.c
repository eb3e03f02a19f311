#include <glib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "run/channel.h"
#include "run/protocol.h"
#include "suite.h"

START_TEST(reads_what_a_program_says)
{
    struct message message;
    ck_assert(message_parse("ready", &message, NULL));
    ck_assert_int_eq(message.kind, MESSAGE_READY);
    ck_assert(message_parse("looked", &message, NULL));
    ck_assert_int_eq(message.kind, MESSAGE_LOOKED);
    ck_assert(message_parse("done 10 -42 7 3", &message, NULL));
    ck_assert_int_eq(message.kind, MESSAGE_DONE);
    ck_assert_uint_eq(message.rounds, 10);
    ck_assert_int_eq(message.value, -42);
    ck_assert_int_eq(message.born, 7);
    ck_assert_int_eq(message.died, 3);
    ck_assert(!message.unsettled);
    ck_assert(message_parse("done 0 9223372036854775807 0 0 unsettled", &message, NULL));
    ck_assert(message.unsettled);
    ck_assert_int_eq(message.value, G_MAXINT64);
    ck_assert(message_parse("cannot é: no profile", &message, NULL));
    ck_assert_int_eq(message.kind, MESSAGE_CANNOT);
    ck_assert_str_eq(message.reason, "é: no profile");
}
END_TEST

static const char *const damaged[] = {
    "",
    "Ready",
    "ready ",
    "ready\n",
    "readyready",
    "looked at",
    "cannot",
    "cannot ",
    "cannot \xff",
    "done",
    "done ",
    "done 1",
    "done 1 2 3",
    "done 1 2 3 ",
    "done 1 2 3 4 ",
    "done 1 2 3 4 5",
    "done 1 2 3 4 unsettled ",
    "done 1 2 3 4 settled",
    "done  1 2 3 4",
    "done 1  2 3 4",
    "done -1 2 3 4",
    "done +1 2 3 4",
    "done 1 --2 3 4",
    "done 1 2.5 3 4",
    "done 0x1 2 3 4",
    "done 1 9223372036854775808 3 4",
    "done 99999999999999999999 2 3 4",
    "done well",
    "run 10",
    "stop",
};

START_TEST(refuses_what_is_damaged)
{
    struct message message;
    g_autoptr(GError) error = NULL;
    ck_assert_msg(!message_parse(damaged[_i], &message, &error), "took “%s”", damaged[_i]);
    ck_assert_ptr_nonnull(error);
    ck_assert_ptr_nonnull(strstr(error->message, "no message of the protocol"));
}
END_TEST

static enum channel_state receive(int descriptor, struct message *message, pid_t *sender)
{
    static char text[PROTOCOL_MESSAGE_MAX + 1];
    g_autoptr(GError) error = NULL;
    enum channel_state state = channel_receive(descriptor, text, message, sender, &error);
    ck_assert((state == CHANNEL_NONSENSE) == (error != NULL));
    return state;
}

START_TEST(a_channel_tells_who_spoke_and_refuses_odd_packets)
{
    int harness, program;
    struct message message;
    pid_t sender;
    ck_assert(channel_open(&harness, &program, NULL));
    ck_assert_int_eq(write(program, "ready", 5), 5);
    ck_assert_int_eq(receive(harness, &message, &sender), CHANNEL_MESSAGE);
    ck_assert_int_eq(sender, getpid());
    ck_assert_int_eq(write(program, "ready\0", 6), 6);
    ck_assert_int_eq(receive(harness, &message, &sender), CHANNEL_NONSENSE);
    g_autofree char *long_one = g_strnfill(PROTOCOL_MESSAGE_MAX + 1, 'x');
    ck_assert_int_eq(write(program, long_one, PROTOCOL_MESSAGE_MAX + 1), PROTOCOL_MESSAGE_MAX + 1);
    ck_assert_int_eq(receive(harness, &message, &sender), CHANNEL_NONSENSE);
    g_autoptr(GError) error = NULL;
    ck_assert(!channel_send(harness, &error, "look heap %s", long_one));
    ck_assert(channel_send(harness, NULL, "run %u", 3));
    char order[16] = "";
    ck_assert_int_eq(read(program, order, sizeof order), 5);
    ck_assert_str_eq(order, "run 3");
    close(program);
    ck_assert_int_eq(receive(harness, &message, &sender), CHANNEL_CLOSED);
    ck_assert(channel_send(harness, NULL, "stop"));
    close(harness);
}
END_TEST

static Suite *protocol_suite(void)
{
    Suite *suite = suite_create("protocol");
    TCase *tests = tcase_create("messages");
    tcase_add_test(tests, reads_what_a_program_says);
    tcase_add_loop_test(tests, refuses_what_is_damaged, 0, G_N_ELEMENTS(damaged));
    tcase_add_test(tests, a_channel_tells_who_spoke_and_refuses_odd_packets);
    suite_add_tcase(suite, tests);
    return suite;
}
SUITE(protocol_suite);
