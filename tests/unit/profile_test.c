#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "detect/parse/gunzip.h"
#include "detect/parse/profile.h"
#include "profile.pb-c.h"
#include "suite.h"

/* ---- Helpers ---------------------------------------------------------------------- */

static profile_t *recorded(const char *name)
{
    g_autofree char *path = data_path(name);
    GError *error = NULL;
    profile_t *profile = profile_read(path, &error);
    ck_assert_msg(profile != NULL, "%s", error ? error->message : "");
    return profile;
}

static void load(const char *name, guint8 **bytes, gsize *size)
{
    g_autofree char *path = data_path(name);
    ck_assert(g_file_get_contents(path, (char **)bytes, size, NULL));
}

static GByteArray *unpacked(const char *name)
{
    g_autofree guint8 *bytes = NULL;
    gsize size;
    load(name, &bytes, &size);
    GByteArray *plain = gunzip(bytes, size, PROFILE_SIZE_MAX, NULL);
    ck_assert_ptr_nonnull(plain);
    return plain;
}

static void assert_refused(const guint8 *bytes, gsize size, const char *reason)
{
    GError *error = NULL;
    profile_t *profile = profile_parse("it", bytes, size, &error);
    ck_assert_msg(profile == NULL, "accepted, but: %s", reason);
    ck_assert_msg(strstr(error->message, reason) != NULL, "'%s' lacks '%s'", error->message,
                  reason);
    ck_assert(g_str_has_prefix(error->message, "it: "));
    g_error_free(error);
}

/* Sum of TYPE over all stacks whose innermost frame is FUNCTION. */
static gint64 total(const profile_t *profile, const char *type, const char *function)
{
    int index = profile_type(profile, type);
    ck_assert_int_ge(index, 0);
    gint64 sum = 0;
    for (guint i = 0; i < profile->stacks->len; i++) {
        const struct profile_stack *stack = profile->stacks->pdata[i];
        for (guint f = 0; f < stack->frames->len; f++) {
            const Yard__Frame *frame = stack->frames->pdata[f];
            if (g_strcmp0(frame->function, function) == 0) {
                sum += stack->values[index];
                break;
            }
        }
    }
    return sum;
}

static bool same(const profile_t *one, const profile_t *other)
{
    if (one->stacks->len != other->stacks->len || one->types->len != other->types->len)
        return false;
    for (guint i = 0; i < one->stacks->len; i++) {
        const struct profile_stack *a = one->stacks->pdata[i];
        const struct profile_stack *b = other->stacks->pdata[i];
        if (strcmp(a->key, b->key) != 0 ||
            memcmp(a->values, b->values, one->types->len * sizeof(gint64)) != 0)
            return false;
    }
    return true;
}

/* ---- Real profiles ------------------------------------------------------------------ */

START_TEST(reads_what_go_wrote)
{
    g_autoptr(profile_t) profile = recorded("heap-last.pb.gz");
    ck_assert_uint_eq(profile->types->len, 4);
    ck_assert_str_eq(profile->types->pdata[2], "inuse_objects");
    ck_assert_int_eq(profile_type(profile, "inuse_space"), 3);
    ck_assert_int_eq(profile_type(profile, "goroutine"), -1);
    ck_assert_int_eq(total(profile, "inuse_objects", "main.wrap"), 440);
}
END_TEST

START_TEST(tells_inlined_calls)
{
    g_autoptr(profile_t) profile = recorded("heap-last.pb.gz");
    guint seen = 0;
    for (guint i = 0; i < profile->stacks->len; i++) {
        const struct profile_stack *stack = profile->stacks->pdata[i];
        const Yard__Frame *first = stack->frames->pdata[0];
        if (g_strcmp0(first->function, "main.wrap") != 0)
            continue;
        const Yard__Frame *second = stack->frames->pdata[1];
        const Yard__Frame *outermost = stack->frames->pdata[stack->frames->len - 1];
        ck_assert_str_eq(first->file, "yard/parcels/main.go");
        ck_assert(first->line == 31 || first->line == 32);
        ck_assert_str_eq(first->module, "/usr/bin/parcels");
        ck_assert_str_eq(second->function, "main.pack");
        ck_assert_str_eq(outermost->function, "runtime.main");
        seen++;
    }
    ck_assert_uint_eq(seen, 6); /* two lines, called from three */
}
END_TEST

START_TEST(sums_by_stack)
{
    g_autoptr(profile_t) goroutines = recorded("goroutine-last.pb.gz");
    ck_assert_uint_eq(goroutines->stacks->len, 2); /* four samples: three differ by a label only */
    ck_assert_int_eq(total(goroutines, "goroutine", "main.wait"), 143);
    g_autoptr(profile_t) heap = recorded("heap-last.pb.gz");
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < heap->stacks->len; i++) {
        const struct profile_stack *stack = heap->stacks->pdata[i];
        ck_assert_msg(g_hash_table_add(keys, stack->key), "twice: %s", stack->key);
    }
}
END_TEST

START_TEST(reads_plain_protobuf_alike)
{
    g_autoptr(profile_t) packed = recorded("heap-base.pb.gz");
    g_autoptr(GByteArray) plain = unpacked("heap-base.pb.gz");
    g_autoptr(profile_t) profile = profile_parse("it", plain->data, plain->len, NULL);
    ck_assert_ptr_nonnull(profile);
    ck_assert(same(packed, profile));
}
END_TEST

START_TEST(subtracts)
{
    g_autoptr(profile_t) base = recorded("heap-base.pb.gz");
    g_autoptr(profile_t) last = recorded("heap-last.pb.gz");
    g_autoptr(profile_t) growth = profile_difference(base, last, NULL);
    g_autoptr(profile_t) shrinkage = profile_difference(last, base, NULL);
    ck_assert_int_eq(total(growth, "inuse_objects", "main.wrap"), 400);
    ck_assert_int_eq(total(shrinkage, "inuse_objects", "main.wrap"), -400);
    /* 200 parcels of 56 bytes, 100 cargoes of 100, 100 of 1337, in their size classes. */
    ck_assert_int_eq(total(growth, "inuse_space", "main.wrap"), 200 * 64 + 100 * (112 + 1408));
    g_autoptr(profile_t) nothing = profile_difference(last, last, NULL);
    ck_assert_int_eq(total(nothing, "inuse_objects", "main.wrap"), 0);
}
END_TEST

START_TEST(subtracts_only_the_like)
{
    g_autoptr(profile_t) heap = recorded("heap-base.pb.gz");
    g_autoptr(profile_t) goroutines = recorded("goroutine-last.pb.gz");
    g_autoptr(profile_t) leaks = recorded("goroutineleak-last.pb.gz");
    GError *error = NULL;
    ck_assert_ptr_null(profile_difference(heap, goroutines, &error));
    ck_assert_ptr_nonnull(strstr(error->message, "not profiles of one kind"));
    g_error_free(error);
    ck_assert_ptr_null(profile_difference(leaks, goroutines, NULL));
}
END_TEST

/* ---- Damaged ones -------------------------------------------------------------------- */

START_TEST(refuses_what_is_cut)
{
    g_autofree guint8 *bytes = NULL;
    gsize size;
    load("goroutine-last.pb.gz", &bytes, &size);
    assert_refused(bytes, 0, "is empty: no profile was written");
    assert_refused(bytes, 1, "damaged");
    for (gsize cut = 2; cut < size; cut++)
        assert_refused(bytes, cut, "the gzip data are cut short");
}
END_TEST

START_TEST(refuses_or_reads_plain_cuts)
{
    g_autoptr(GByteArray) plain = unpacked("goroutine-last.pb.gz");
    g_autoptr(profile_t) whole = profile_parse("it", plain->data, plain->len, NULL);
    guint read = 0;
    for (gsize cut = 0; cut < plain->len; cut++) {
        g_autoptr(profile_t) profile = profile_parse("it", plain->data, cut, NULL);
        if (profile == NULL)
            continue;
        ck_assert(same(whole, profile)); /* only what we don't use was lost */
        read++;
    }
    ck_assert_uint_lt(read, 64);
}
END_TEST

START_TEST(survives_flipped_bits)
{
    g_autoptr(GByteArray) plain = unpacked("goroutine-last.pb.gz");
    guint refused = 0;
    for (gsize place = 0; place < plain->len * 8; place++) {
        plain->data[place / 8] ^= (guint8)(1 << place % 8);
        g_autoptr(GError) error = NULL;
        g_autoptr(profile_t) profile = profile_parse("it", plain->data, plain->len, &error);
        ck_assert_msg((profile == NULL) == (error != NULL), "at bit %zu", place);
        refused += profile == NULL;
        plain->data[place / 8] ^= (guint8)(1 << place % 8);
    }
    ck_assert_uint_gt(refused, plain->len / 8);
}
END_TEST

START_TEST(notices_flipped_bits_in_gzip)
{
    g_autofree guint8 *bytes = NULL;
    gsize size;
    load("heap-last.pb.gz", &bytes, &size);
    g_autoptr(profile_t) whole = profile_parse("it", bytes, size, NULL);
    for (gsize place = 0; place < size; place += 13) {
        bytes[place] ^= 0x20;
        g_autoptr(profile_t) profile = profile_parse("it", bytes, size, NULL);
        ck_assert_msg(profile == NULL || same(whole, profile), "at byte %zu", place);
        bytes[place] ^= 0x20;
    }
}
END_TEST

START_TEST(refuses_junk)
{
    static const char *const junk[] = {"Usage: go tool pprof", "{}", "<html>", "\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(junk); i++)
        assert_refused((const guint8 *)junk[i], strlen(junk[i]), "is no pprof profile");
    guint8 zeros[512] = {0};
    assert_refused(zeros, sizeof zeros, "is no pprof profile");
}
END_TEST

START_TEST(refuses_what_follows)
{
    g_autofree guint8 *bytes = NULL;
    gsize size;
    load("goroutine-last.pb.gz", &bytes, &size);
    g_autofree guint8 *longer = g_malloc0(size + 3);
    memcpy(longer, bytes, size);
    assert_refused(longer, size + 3, "3 bytes follow the gzip data");
}
END_TEST

static GByteArray *gzip_of_zeros(gsize size)
{
    z_stream stream = {0};
    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    g_autofree guint8 *zeros = g_malloc0(size);
    GByteArray *packed = g_byte_array_new();
    g_byte_array_set_size(packed, (guint)deflateBound(&stream, size));
    stream.next_in = zeros;
    stream.avail_in = (uInt)size;
    stream.next_out = packed->data;
    stream.avail_out = packed->len;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    g_byte_array_set_size(packed, (guint)stream.total_out);
    deflateEnd(&stream);
    return packed;
}

START_TEST(bounds_what_it_unpacks)
{
    gsize limit = 1 << 20;
    g_autoptr(GByteArray) fitting = gzip_of_zeros(limit);
    g_autoptr(GByteArray) fits = gunzip(fitting->data, fitting->len, limit, NULL);
    ck_assert_ptr_nonnull(fits);
    ck_assert_uint_eq(fits->len, limit);
    gsize sizes[] = {limit + 1, 16 * limit};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GByteArray) bomb = gzip_of_zeros(sizes[i]);
        g_autoptr(GError) error = NULL;
        ck_assert_ptr_null(gunzip(bomb->data, bomb->len, limit, &error));
        ck_assert_str_eq(error->message, "unpacks to more than 1 MiB");
    }
}
END_TEST

START_TEST(says_what_is_wrong_with_a_file)
{
    static const char *const wrong[][2] = {{"/nowhere/heap.pb.gz", "no profile was written"},
                                           {"/", "is no file"},
                                           {"/dev/null", "is no file"}};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        ck_assert_ptr_null(profile_read(wrong[i][0], &error));
        ck_assert(g_str_has_prefix(error->message, wrong[i][0]));
        ck_assert_ptr_nonnull(strstr(error->message, wrong[i][1]));
    }
}
END_TEST

/* ---- Made by hand ----------------------------------------------------------------------- */

/* One sample of one type at one location of one function. */
struct small {
    Profile__File file;
    Profile__ValueType type, *types[1];
    Profile__Sample sample, *samples[2];
    Profile__Location location, *locations[2];
    Profile__Line line, *lines[1];
    Profile__Function function, *functions[1];
    guint64 location_id;
    gint64 value;
    char *strings[3];
};

static void small_init(struct small *small)
{
    *small = (struct small){
        .file = PROFILE__FILE__INIT,
        .type = PROFILE__VALUE_TYPE__INIT,
        .sample = PROFILE__SAMPLE__INIT,
        .location = PROFILE__LOCATION__INIT,
        .line = PROFILE__LINE__INIT,
        .function = PROFILE__FUNCTION__INIT,
        .location_id = 7,
        .value = 5,
        .strings = {"", "goroutine", "main.wait"},
    };
    small->types[0] = &small->type;
    small->samples[0] = small->samples[1] = &small->sample;
    small->locations[0] = small->locations[1] = &small->location;
    small->lines[0] = &small->line;
    small->functions[0] = &small->function;
    small->type.has_type = small->location.has_id = small->line.has_function_id =
        small->line.has_line = small->function.has_id = small->function.has_name = true;
    small->type.type = 1;
    small->location.id = 7;
    small->line.function_id = small->function.id = 9;
    small->line.line = 42;
    small->function.name = 2;
    small->location.line = small->lines;
    small->sample.location_id = &small->location_id;
    small->sample.value = &small->value;
    small->location.n_line = small->sample.n_location_id = small->sample.n_value = 1;
    small->file.sample_type = small->types;
    small->file.sample = small->samples;
    small->file.location = small->locations;
    small->file.function = small->functions;
    small->file.string_table = small->strings;
    small->file.n_sample_type = small->file.n_sample = small->file.n_location =
        small->file.n_function = 1;
    small->file.n_string_table = 3;
}

static guint8 *small_pack(const struct small *small, gsize *size)
{
    *size = profile__file__get_packed_size(&small->file);
    guint8 *bytes = g_malloc(*size);
    profile__file__pack(&small->file, bytes);
    return bytes;
}

static void assert_small_refused(const struct small *small, const char *reason)
{
    gsize size;
    g_autofree guint8 *bytes = small_pack(small, &size);
    assert_refused(bytes, size, reason);
}

static profile_t *small_read(const struct small *small)
{
    gsize size;
    g_autofree guint8 *bytes = small_pack(small, &size);
    profile_t *profile = profile_parse("it", bytes, size, NULL);
    ck_assert_ptr_nonnull(profile);
    return profile;
}

START_TEST(adds_equal_stacks)
{
    struct small small;
    small_init(&small);
    small.file.n_sample = 2;
    g_autoptr(profile_t) profile = small_read(&small);
    ck_assert_uint_eq(profile->stacks->len, 1);
    ck_assert_int_eq(total(profile, "goroutine", "main.wait"), 10);
}
END_TEST

START_TEST(refuses_contradictions)
{
    struct small small;
    small_init(&small);
    small.location_id = 8;
    assert_small_refused(&small, "location number 8 is missing");
    small_init(&small);
    small.line.function_id = 1;
    assert_small_refused(&small, "function number 1 is missing");
    small_init(&small);
    small.location.has_mapping_id = true;
    small.location.mapping_id = 3;
    assert_small_refused(&small, "mapping number 3 is missing");
    small_init(&small);
    small.file.n_location = 2;
    assert_small_refused(&small, "location number 7 is there twice");
    small_init(&small);
    small.function.id = 0;
    assert_small_refused(&small, "function number 0 is not allowed");
    small_init(&small);
    small.function.name = 3;
    assert_small_refused(&small, "it has 3 strings and uses number 3");
    small_init(&small);
    small.type.type = -1;
    assert_small_refused(&small, "uses number -1");
}
END_TEST

START_TEST(refuses_impossible_numbers)
{
    struct small small;
    small_init(&small);
    small.sample.n_value = 0;
    assert_small_refused(&small, "a sample has 0 values for 1 types");
    small_init(&small);
    small.value = -1;
    assert_small_refused(&small, "counts below zero");
    small_init(&small);
    small.value = G_MAXINT64;
    small.file.n_sample = 2;
    assert_small_refused(&small, "the values overflow");
    small_init(&small);
    small.line.line = -2;
    assert_small_refused(&small, "main.wait is at line -2");
}
END_TEST

START_TEST(keeps_what_has_no_name)
{
    struct small small;
    small_init(&small);
    small.location.n_line = 0;
    g_autoptr(profile_t) profile = small_read(&small);
    const struct profile_stack *stack = profile->stacks->pdata[0];
    const Yard__Frame *frame = stack->frames->pdata[0];
    ck_assert_ptr_null(frame->function);
    ck_assert_ptr_null(frame->file);
    small_init(&small);
    small.strings[2] = "main.\xff";
    g_autoptr(profile_t) strange = small_read(&small);
    stack = strange->stacks->pdata[0];
    frame = stack->frames->pdata[0];
    ck_assert(g_utf8_validate(frame->function, -1, NULL));
}
END_TEST

static Suite *profile_suite(void)
{
    Suite *suite = suite_create("profile");
    TCase *real = tcase_create("recorded");
    tcase_add_test(real, reads_what_go_wrote);
    tcase_add_test(real, tells_inlined_calls);
    tcase_add_test(real, sums_by_stack);
    tcase_add_test(real, reads_plain_protobuf_alike);
    tcase_add_test(real, subtracts);
    tcase_add_test(real, subtracts_only_the_like);
    suite_add_tcase(suite, real);
    TCase *damaged = tcase_create("damaged");
    tcase_set_timeout(damaged, 60);
    tcase_add_test(damaged, refuses_what_is_cut);
    tcase_add_test(damaged, refuses_or_reads_plain_cuts);
    tcase_add_test(damaged, survives_flipped_bits);
    tcase_add_test(damaged, notices_flipped_bits_in_gzip);
    tcase_add_test(damaged, refuses_junk);
    tcase_add_test(damaged, refuses_what_follows);
    tcase_add_test(damaged, bounds_what_it_unpacks);
    tcase_add_test(damaged, says_what_is_wrong_with_a_file);
    suite_add_tcase(suite, damaged);
    TCase *made = tcase_create("made by hand");
    tcase_add_test(made, adds_equal_stacks);
    tcase_add_test(made, refuses_contradictions);
    tcase_add_test(made, refuses_impossible_numbers);
    tcase_add_test(made, keeps_what_has_no_name);
    suite_add_tcase(suite, made);
    return suite;
}
SUITE(profile_suite);
