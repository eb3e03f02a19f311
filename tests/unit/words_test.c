#include "schema/words.h"

#include "leakyard.pb-c.h"
#include "suite.h"

START_TEST(numbers_have_words)
{
    ck_assert_str_eq(word_of(&yard__resource__descriptor, YARD__RESOURCE__GO_OBJECT), "GO_OBJECT");
    ck_assert_str_eq(word_lower(&yard__resource__descriptor, YARD__RESOURCE__GO_OBJECT),
                     "go-object");
    ck_assert_str_eq(
        word_of(&yard__result__verdict__descriptor, YARD__RESULT__VERDICT__FALSE_ALARM),
        "FALSE_ALARM");
    ck_assert_str_eq(word_of(&yard__kind__descriptor, 77), "?");
}
END_TEST

START_TEST(words_are_found_in_either_spelling)
{
    const char *const spellings[] = {"GO_OBJECT", "go-object", "Go_Object", "go_object"};
    for (gsize i = 0; i < G_N_ELEMENTS(spellings); i++) {
        int value = 0;
        ck_assert(word_parse(&yard__resource__descriptor, spellings[i], &value, NULL));
        ck_assert_int_eq(value, YARD__RESOURCE__GO_OBJECT);
    }
}
END_TEST

START_TEST(an_unknown_word_is_refused_with_those_there_are)
{
    g_autoptr(GError) error = NULL;
    int value = 0;
    ck_assert(!word_parse(&yard__variant__descriptor, "leak", &value, &error));
    ck_assert_str_eq(error->message, "'leak' is none of: leaky, fixed, clean");
}
END_TEST

static Suite *words(void)
{
    Suite *suite = suite_create("words");
    TCase *words = tcase_create("words");
    tcase_add_test(words, numbers_have_words);
    tcase_add_test(words, words_are_found_in_either_spelling);
    tcase_add_test(words, an_unknown_word_is_refused_with_those_there_are);
    suite_add_tcase(suite, words);
    return suite;
}
SUITE(words);
