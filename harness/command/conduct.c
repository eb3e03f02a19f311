#include "command/conduct.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "judge/verdict.h"
#include "schema/message.h"
#include "schema/results.h"
#include "schema/words.h"
#include "support/failure.h"
#include "support/tree.h"

enum {
    MEMORY_LIMIT_KIB = 8 * 1024 * 1024,
};

/* A run that was carried out, until all its verdicts are out. */
struct done_run {
    struct launched *launched;
    struct run_outcome outcome; /* a copy */
};

struct conductor {
    const struct conduct_options *options;
    struct launch_options launch;
    runner_t *runner;
    const GPtrArray *queue; /* struct planned_run *, of the phase under way */
    guint next;
    GHashTable *proofs; /* cell_key → Yard__Proof *, owned by records */
    GHashTable *before; /* keys of what was finished earlier */
    GPtrArray *waiting; /* struct done_run * of proving runs, judged once twins are compared */
    GPtrArray *records;
    guint finished, total;
    bool stopping;
    GError *error; /* the first that came up in the loop */
};

/* ---- Records and keys ---- */

static Yard__Record *record_new(void)
{
    Yard__Record *record = g_new(Yard__Record, 1);
    yard__record__init(record);
    return record;
}

Yard__Record *record_of_session(Yard__Session *session)
{
    Yard__Record *record = record_new();
    record->session = session;
    return record;
}

Yard__Record *record_of_proof(Yard__Proof *proof)
{
    Yard__Record *record = record_new();
    record->proof = proof;
    return record;
}

Yard__Record *record_of_result(Yard__Result *result)
{
    Yard__Record *record = record_new();
    record->result = result;
    return record;
}

void record_free(gpointer record)
{
    yard__record__free_unpacked(record, NULL);
}

/* One cell: a proof if DETECTOR is "". */
static char *cell_key(const char *scenario, Yard__Variant variant, const char *flavour,
                      guint repetition, const char *detector)
{
    return g_strdup_printf("%s %d %s %u %s", scenario, variant, flavour, repetition, detector);
}

static char *run_key(const struct planned_run *run, const char *detector)
{
    return cell_key(run->scenario->id, run->variant, run->flavour->name, run->repetition, detector);
}

static bool is_disproved(const struct conductor *conductor, const struct planned_run *run,
                         Yard__Variant variant)
{
    g_autofree char *key =
        cell_key(run->scenario->id, variant, run->flavour->name, run->repetition, "");
    const Yard__Proof *proof = g_hash_table_lookup(conductor->proofs, key);
    return proof != NULL && proof->status == YARD__PROOF__STATUS__UNPROVED;
}

/* Where the census contradicts one variant nobody judges either: who knows what
 * they do? */
static bool is_proved(const struct conductor *conductor, const struct planned_run *run)
{
    g_autofree char *key = run_key(run, "");
    const Yard__Proof *proof = g_hash_table_lookup(conductor->proofs, key);
    return proof != NULL && proof->status == YARD__PROOF__STATUS__PROVED &&
           !is_disproved(conductor, run, YARD__VARIANT__LEAKY) &&
           !is_disproved(conductor, run, YARD__VARIANT__FIXED);
}

/* Keeps RECORD and appends it to the results file. */
static void publish(struct conductor *conductor, Yard__Record *record)
{
    g_ptr_array_add(conductor->records, record);
    if (conductor->options->results >= 0 && conductor->error == NULL)
        results_append(conductor->options->results, record, &conductor->error);
}

static void show_progress(const struct conductor *conductor, const char *text)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K[%u/%u] %s", conductor->finished, conductor->total, text);
}

/* ---- One verdict ---- */

static Yard__Result *result_new(const struct planned_run *run, const struct label *label)
{
    Yard__Result *result = g_new(Yard__Result, 1);
    yard__result__init(result);
    result->scenario = g_strdup(run->scenario->id);
    result->has_variant = result->has_repetition = result->has_claimed = true;
    result->variant = run->variant;
    result->flavour = g_strdup(run->flavour->name);
    result->detector = g_strdup(label->name);
    result->version = g_strdup(label->version ? label->version : "");
    result->repetition = run->repetition;
    result->claimed = detector_claims(label->detector, run->scenario);
    result->has_language = result->has_resource = result->has_kind = true;
    result->language = run->scenario->language;
    result->resource = run->scenario->resource;
    result->kind = run->scenario->kind;
    return result;
}

/* Compares with what was expected, and publishes. */
static void conclude(struct conductor *conductor, const struct planned_run *run,
                     const struct label *label, Yard__Result *result)
{
    if (conductor->options->expectations != NULL)
        expectation_apply(conductor->options->expectations, run->scenario, label->detector->name,
                          run->flavour, result);
    if (conductor->options->fail_fast && result->has_standing &&
        result->standing == YARD__RESULT__STANDING__DIFFERS) {
        conductor->stopping = true;
        runner_stop(conductor->runner);
    }
}

static void conclude_unsupported(struct conductor *conductor, const struct planned_run *run,
                                 const struct label *label)
{
    Yard__Result *result = result_new(run, label);
    result->has_verdict = true;
    result->verdict = YARD__RESULT__VERDICT__UNSUPPORTED;
    result->reason = g_strdup(run->unsupported);
    conclude(conductor, run, label, result);
    publish(conductor, record_of_result(result));
}

static bool ended_well(const struct detector *detector, const struct run_outcome *outcome)
{
    return outcome->outcome == OUTCOME_COMPLETED && !outcome->ending.signalled &&
           (outcome->ending.code == 0 || outcome->ending.code == detector->leak_exit_code);
}

/* Has the detector say what it found. Returns why it could not, or NULL. */
static char *collect_findings(const struct look *look, const struct run_outcome *outcome,
                              Yard__Result *result)
{
    const struct detector *detector = look->label->detector;
    if (!ended_well(detector, outcome))
        return NULL;
    g_autoptr(GPtrArray) findings = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    bool fine = detector->findings(look->label, &look->subject, &outcome->ending, findings, &error);
    for (guint i = 0; i < findings->len; i++)
        result_add_finding(result, g_ptr_array_index(findings, i));
    return fine ? NULL : g_strdup(error->message);
}

/* Moves what the run left to where `why` finds it. */
static void keep_artefacts(struct conductor *conductor, const struct done_run *done,
                           const struct look *look, Yard__Result *result)
{
    if (!conductor->options->keep && result->has_standing &&
        result->standing == YARD__RESULT__STANDING__AS_EXPECTED)
        return;
    g_autofree char *target =
        g_build_filename(conductor->options->root->work, "artefacts", result->scenario,
                         word_lower(&yard__variant__descriptor, result->variant), result->flavour,
                         result->detector, NULL);
    for (const char *const *name = (const char *const[]){"stdout", "stderr", NULL}; *name; name++) {
        g_autofree char *from = g_build_filename(done->launched->request.directory, *name, NULL);
        g_autofree char *to = g_build_filename(look->subject.directory, *name, NULL);
        g_autofree char *text = NULL;
        gsize length;
        if (g_file_get_contents(from, &text, &length, NULL) && length > 0)
            g_file_set_contents(to, text, (gssize)length, NULL);
    }
    if (conductor->error == NULL && tree_move(look->subject.directory, target, &conductor->error))
        result->artefacts = g_steal_pointer(&target);
}

static void judge_look(struct conductor *conductor, const struct done_run *done,
                       const struct look *look)
{
    const struct planned_run *run = done->launched->planned;
    if (!is_proved(conductor, run))
        return;
    g_autofree char *key = run_key(run, "");
    g_autofree char *folder =
        g_build_filename(catalog_home(conductor->options->catalog, run->scenario)->scenarios,
                         run->scenario->id, NULL);
    g_autoptr(sites_t) sites = sites_read(folder, run->variant, &conductor->error);
    if (sites == NULL)
        return;
    Yard__Result *result = result_new(run, look->label);
    result->command = g_strdup(done->launched->command);
    g_autofree char *failure = collect_findings(look, &done->outcome, result);
    struct evidence evidence = {
        .scenario = run->scenario,
        .variant = run->variant,
        .detector = look->label->detector,
        .proof = g_hash_table_lookup(conductor->proofs, key),
        .sites = sites,
        .outcome = &done->outcome,
        .failure = failure,
        .shared = run->proves,
    };
    judge(&evidence, result);
    conclude(conductor, run, look->label, result);
    keep_artefacts(conductor, done, look, result);
    publish(conductor, record_of_result(result));
}

/* ---- Runs ---- */

static struct done_run *done_run_new(struct launched *launched, const struct run_outcome *outcome)
{
    struct done_run *done = g_new(struct done_run, 1);
    done->launched = launched;
    done->outcome = *outcome;
    done->outcome.reason = g_strdup(outcome->reason);
    done->outcome.checkpoints = g_array_ref(outcome->checkpoints);
    return done;
}

static void done_run_free(gpointer data)
{
    struct done_run *done = data;
    g_autoptr(GError) error = NULL;
    if (!tree_remove(done->launched->request.directory, &error))
        g_printerr("leakyard: %s\n", error->message);
    launched_free(done->launched);
    g_free(done->outcome.reason);
    g_array_unref(done->outcome.checkpoints);
    g_free(done);
}

static void add_next(struct conductor *conductor);

static void run_finished(struct run_request *request, const struct run_outcome *outcome, void *data)
{
    struct conductor *conductor = data;
    struct launched *launched =
        (struct launched *)((char *)request - G_STRUCT_OFFSET(struct launched, request));
    const struct planned_run *run = launched->planned;
    struct done_run *done = done_run_new(launched, outcome);
    conductor->finished++;
    show_progress(conductor, run->scenario->id);
    if (outcome->outcome == OUTCOME_INTERRUPTED) {
        done_run_free(done);
        return;
    }
    if (run->proves) {
        g_ptr_array_add(conductor->waiting, done);
    } else {
        judge_look(conductor, done, &launched->looks[0]);
        done_run_free(done);
    }
    add_next(conductor);
}

static bool was_done_before(const struct conductor *conductor, const struct planned_run *run)
{
    if (conductor->before == NULL)
        return false;
    g_autofree char *proof = run_key(run, "");
    if (run->proves && !g_hash_table_contains(conductor->before, proof))
        return false;
    for (guint i = 0; i < run->labels->len; i++) {
        const struct label *label = g_ptr_array_index(run->labels, i);
        g_autofree char *key = run_key(run, label->name);
        if (!g_hash_table_contains(conductor->before, key))
            return false;
    }
    return true;
}

static void conclude_all_unsupported(struct conductor *conductor, const struct planned_run *run)
{
    for (guint i = 0; i < run->labels->len; i++)
        conclude_unsupported(conductor, run, g_ptr_array_index(run->labels, i));
}

static Yard__Proof *proof_new(const struct planned_run *run)
{
    Yard__Proof *proof = g_new(Yard__Proof, 1);
    yard__proof__init(proof);
    proof->scenario = g_strdup(run->scenario->id);
    proof->has_variant = proof->has_status = true;
    proof->variant = run->variant;
    proof->flavour = g_strdup(run->flavour->name);
    proof->has_repetition = true;
    proof->repetition = run->repetition;
    proof->has_language = proof->has_resource = proof->has_kind = true;
    proof->language = run->scenario->language;
    proof->resource = run->scenario->resource;
    proof->kind = run->scenario->kind;
    return proof;
}

/* What cannot be run is not even started: the proof says so, once. */
static void skip_unsupported(struct conductor *conductor, const struct planned_run *run)
{
    conductor->finished++;
    if (run->proves) {
        Yard__Proof *proof = proof_new(run);
        proof->status = YARD__PROOF__STATUS__UNSUPPORTED;
        proof->reason = g_strdup(run->unsupported);
        g_hash_table_insert(conductor->proofs, run_key(run, ""), proof);
        publish(conductor, record_of_proof(proof));
    }
    conclude_all_unsupported(conductor, run);
}

/* Queues runs until the loop has enough to do. */
static void add_next(struct conductor *conductor)
{
    while (conductor->next < conductor->queue->len && !conductor->stopping &&
           conductor->error == NULL) {
        const struct planned_run *run = g_ptr_array_index(conductor->queue, conductor->next++);
        if (was_done_before(conductor, run)) {
            conductor->finished++;
            continue;
        }
        if (run->unsupported != NULL) {
            skip_unsupported(conductor, run);
            continue;
        }
        if (!run->proves && !is_proved(conductor, run)) {
            conductor->finished++;
            continue;
        }
        struct launched *launched =
            launch_prepare(conductor->options->catalog, run, &conductor->launch, &conductor->error);
        if (launched == NULL)
            return;
        launched->request.finished = run_finished;
        launched->request.data = conductor;
        runner_add(conductor->runner, &launched->request);
        return;
    }
}

static bool carry_out(struct conductor *conductor, const GPtrArray *queue, GError **error)
{
    conductor->queue = queue;
    conductor->next = 0;
    for (guint i = 0; i < conductor->options->jobs; i++)
        add_next(conductor);
    if (!runner_go(conductor->runner, error))
        return false;
    if (conductor->error != NULL) {
        g_propagate_error(error, g_steal_pointer(&conductor->error));
        return false;
    }
    return true;
}

/* ---- Proofs ---- */

static void prove_run(struct conductor *conductor, const struct done_run *done)
{
    const struct planned_run *run = done->launched->planned;
    Yard__Proof *proof = proof_new(run);
    prove(run->scenario, run->variant, done->launched->request.interpose, &done->outcome, proof);
    g_hash_table_insert(conductor->proofs, run_key(run, ""), proof);
}

static void compare_twins(struct conductor *conductor, const struct planned_run *run)
{
    if (run->variant != YARD__VARIANT__LEAKY)
        return;
    g_autofree char *key = run_key(run, "");
    g_autofree char *twin_key =
        cell_key(run->scenario->id, YARD__VARIANT__FIXED, run->flavour->name, run->repetition, "");
    Yard__Proof *leaky = g_hash_table_lookup(conductor->proofs, key);
    Yard__Proof *fixed = g_hash_table_lookup(conductor->proofs, twin_key);
    if (leaky != NULL && fixed != NULL && leaky->status == YARD__PROOF__STATUS__PROVED &&
        fixed->status == YARD__PROOF__STATUS__PROVED)
        prove_twins(run->scenario, leaky, fixed);
}

/* After the first phase: proofs, then the verdicts of those who only looked on. */
static void settle_proofs(struct conductor *conductor)
{
    GPtrArray *waiting = conductor->waiting;
    for (guint i = 0; i < waiting->len; i++)
        prove_run(conductor, g_ptr_array_index(waiting, i));
    for (guint i = 0; i < waiting->len; i++) {
        const struct done_run *done = g_ptr_array_index(waiting, i);
        compare_twins(conductor, done->launched->planned);
    }
    for (guint i = 0; i < waiting->len; i++) {
        const struct done_run *done = g_ptr_array_index(waiting, i);
        g_autofree char *key = run_key(done->launched->planned, "");
        publish(conductor, record_of_proof(g_hash_table_lookup(conductor->proofs, key)));
        for (guint k = 0; k < done->launched->planned->labels->len; k++)
            judge_look(conductor, done, &done->launched->looks[k]);
    }
    g_ptr_array_set_size(waiting, 0);
}

/* Takes over what an earlier, unfinished run has finished. */
static void take_before(struct conductor *conductor)
{
    if (conductor->options->before == NULL)
        return;
    conductor->before = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < conductor->options->before->len; i++) {
        Yard__Record *record = g_ptr_array_index(conductor->options->before, i);
        const Yard__Result *result = record->result;
        Yard__Proof *proof = record->proof;
        if (result != NULL)
            g_hash_table_add(conductor->before,
                             cell_key(result->scenario, result->variant, result->flavour,
                                      result->repetition, result->detector));
        if (proof == NULL)
            continue;
        char *key =
            cell_key(proof->scenario, proof->variant, proof->flavour, proof->repetition, "");
        g_hash_table_insert(conductor->proofs, g_strdup(key), proof);
        g_hash_table_add(conductor->before, key);
    }
}

static void conductor_clear(struct conductor *conductor)
{
    g_ptr_array_unref(conductor->waiting);
    g_hash_table_unref(conductor->proofs);
    if (conductor->before != NULL)
        g_hash_table_unref(conductor->before);
    runner_free(conductor->runner);
    g_free((char *)conductor->launch.runs);
    g_strfreev(conductor->launch.environment);
    g_clear_error(&conductor->error);
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}

bool conduct(const struct plan *plan, const struct conduct_options *options, GPtrArray *records,
             GError **error)
{
    g_autofree char *census = g_build_filename(options->root->build, "libcensus.so", NULL);
    struct conductor conductor = {
        .options = options,
        .launch = {.runs = g_build_filename(options->root->work, "runs", NULL),
                   .time_limit = options->time_limit,
                   .memory_limit_kib = MEMORY_LIMIT_KIB,
                   .environment = options->environment ? g_strdupv(options->environment)
                                                       : environment_clean()},
        .runner = runner_new(options->jobs, census),
        .proofs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .waiting = g_ptr_array_new_with_free_func(done_run_free),
        .records = records,
        .total = plan->proving->len + plan->judged->len,
    };
    take_before(&conductor);
    bool fine = g_mkdir_with_parents(conductor.launch.runs, 0755) == 0 ||
                fail_errno(error, "cannot make %s", conductor.launch.runs);
    if (fine && (fine = carry_out(&conductor, plan->proving, error))) {
        settle_proofs(&conductor);
        fine = carry_out(&conductor, plan->judged, error);
    }
    conductor_clear(&conductor);
    return fine;
}
