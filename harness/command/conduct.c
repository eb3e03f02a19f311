#include "command/conduct.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command/judging.h"
#include "judge/verdict.h"
#include "plan/truth.h"
#include "schema/results.h"
#include "support/failure.h"
#include "support/tree.h"

enum {
    MEMORY_LIMIT_KIB = 8 * 1024 * 1024,
};

/* A scenario's variants in one flavour and repetition: what they do is known once
 * the proving runs of all have ended. */
struct twins {
    guint awaited;      /* proving runs still to end */
    GPtrArray *records; /* Yard__Record *: each proof and who looked on, until then */
};

struct conductor {
    const struct conduct_options *options;
    struct launch_options launch;
    runner_t *runner;
    const GPtrArray *queue; /* struct planned_run *, of the phase under way */
    guint next;
    GHashTable *proofs; /* cell_key → Yard__Proof *, owned by records */
    GHashTable *before; /* keys of what was finished earlier */
    GHashTable *twins;  /* twins_key → struct twins * */
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

Yard__Record *record_of_provenance(Yard__Provenance *provenance)
{
    Yard__Record *record = record_new();
    record->provenance = provenance;
    return record;
}

static Yard__Record *record_of_proof(Yard__Proof *proof)
{
    Yard__Record *record = record_new();
    record->proof = proof;
    return record;
}

static Yard__Record *record_of_result(Yard__Result *result)
{
    Yard__Record *record = record_new();
    record->result = result;
    return record;
}

void record_free(gpointer record)
{
    yard__record__free_unpacked(record, NULL);
}

/* One cell: a verdict of a detector, or a proof under settings, which are no detector's name. */
static char *cell_key(const char *scenario, Yard__Variant variant, const char *flavour,
                      guint repetition, const char *detector_or_settings)
{
    return g_strdup_printf("%s %d %s %u %s", scenario, variant, flavour, repetition,
                           detector_or_settings);
}

static char *run_key(const struct planned_run *run, const char *detector)
{
    return cell_key(run->scenario->id, run->variant, run->flavour->name, run->repetition, detector);
}

/* Of the proof of VARIANT in RUN's flavour, repetition and settings. */
static char *proof_key(const struct planned_run *run, Yard__Variant variant)
{
    g_autofree char *settings = truth_settings(run->when);
    return cell_key(run->scenario->id, variant, run->flavour->name, run->repetition, settings);
}

/* That proof, or NULL. */
static Yard__Proof *proof_of(const struct conductor *conductor, const struct planned_run *run,
                             Yard__Variant variant)
{
    g_autofree char *key = proof_key(run, variant);
    return g_hash_table_lookup(conductor->proofs, key);
}

static bool has_status(const Yard__Proof *proof, Yard__Proof__Status status)
{
    return proof != NULL && proof->status == status;
}

/* Where the census contradicts one variant nobody judges either: who knows what
 * they do? */
static bool is_disproved(const struct conductor *conductor, const struct planned_run *run)
{
    return has_status(proof_of(conductor, run, YARD__VARIANT__LEAKY),
                      YARD__PROOF__STATUS__UNPROVED) ||
           has_status(proof_of(conductor, run, YARD__VARIANT__FIXED),
                      YARD__PROOF__STATUS__UNPROVED);
}

static bool is_proved(const struct conductor *conductor, const struct planned_run *run)
{
    return has_status(proof_of(conductor, run, run->variant), YARD__PROOF__STATUS__PROVED) &&
           !is_disproved(conductor, run);
}

/* Keeps RECORD and appends it to the results file. */
static void publish(struct conductor *conductor, Yard__Record *record)
{
    const Yard__Result *result = record->result;
    g_ptr_array_add(conductor->records, record);
    if (conductor->options->results >= 0 && conductor->error == NULL)
        results_append(conductor->options->results, record, &conductor->error);
    if (conductor->options->fail_fast && result != NULL && result->has_standing &&
        result->standing == YARD__RESULT__STANDING__DIFFERS) {
        conductor->stopping = true;
        runner_stop(conductor->runner);
    }
}

/* Keeps the first ERROR, which ends the work. */
static void note_error(struct conductor *conductor, GError *error)
{
    if (conductor->error == NULL)
        conductor->error = error;
    else
        g_error_free(error);
}

static void show_progress(const struct conductor *conductor, const char *text)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K[%u/%u] %s", conductor->finished, conductor->total, text);
}

/* NULL if there is none: the work is being ended. */
static Yard__Record *judge_look(struct conductor *conductor, const struct launched *launched,
                                const struct run_outcome *outcome, const struct look *look)
{
    const struct planned_run *run = launched->planned;
    GError *error = NULL;
    Yard__Result *result = judging_of_look(conductor->options, launched, outcome, look,
                                           proof_of(conductor, run, run->variant), &error);
    if (error != NULL)
        note_error(conductor, error);
    return result ? record_of_result(result) : NULL;
}

/* ---- Proofs ---- */

static void twins_free(gpointer data)
{
    struct twins *twins = data;
    g_ptr_array_unref(twins->records);
    g_free(twins);
}

static struct twins *twins_of(struct conductor *conductor, const struct planned_run *run)
{
    char *key = proof_key(run, 0);
    struct twins *twins = g_hash_table_lookup(conductor->twins, key);
    if (twins == NULL) {
        twins = g_new0(struct twins, 1);
        twins->records = g_ptr_array_new_with_free_func(record_free);
        g_hash_table_insert(conductor->twins, key, twins);
    } else {
        g_free(key);
    }
    return twins;
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
    if (run->when != NULL && run->when->n_environment > 0)
        proof->settings = truth_settings(run->when);
    return proof;
}

/* One of the twins is known. Of the last one all is published that was held back. */
static void settle_twin(struct conductor *conductor, const struct planned_run *run)
{
    struct twins *twins = twins_of(conductor, run);
    if (--twins->awaited > 0)
        return;
    Yard__Proof *leaky = proof_of(conductor, run, YARD__VARIANT__LEAKY);
    Yard__Proof *fixed = proof_of(conductor, run, YARD__VARIANT__FIXED);
    if (has_status(leaky, YARD__PROOF__STATUS__PROVED) &&
        has_status(fixed, YARD__PROOF__STATUS__PROVED))
        prove_twins(run->scenario, leaky, fixed);
    bool disproved = is_disproved(conductor, run);
    while (twins->records->len > 0) {
        Yard__Record *record = g_ptr_array_steal_index(twins->records, 0);
        if (record->result != NULL && disproved)
            record_free(record);
        else
            publish(conductor, record);
    }
}

/* ---- Runs ---- */

static void launched_remove(struct launched *launched)
{
    g_autoptr(GError) error = NULL;
    if (!tree_remove(launched->request.directory, &error))
        g_printerr("leakyard: %s\n", error->message);
    launched_free(launched);
}

static void add_next(struct conductor *conductor);
static void run_finished(struct run_request *request, const struct run_outcome *outcome,
                         void *data);

/* Hands RUN to the loop. */
static bool start(struct conductor *conductor, const struct planned_run *run, bool bare)
{
    GError *error = NULL;
    struct launched *launched =
        launch_prepare(conductor->options->catalog, run, bare, &conductor->launch, &error);
    if (launched == NULL) {
        note_error(conductor, error);
        return false;
    }
    launched->request.finished = run_finished;
    launched->request.data = conductor;
    runner_add(conductor->runner, &launched->request);
    return true;
}

/* Proves, and has those who looked on judged, before the run's folder goes. True if
 * the bare program is to be measured too before its twin is waited for. */
static bool prove_run(struct conductor *conductor, const struct launched *launched,
                      const struct run_outcome *outcome)
{
    const struct planned_run *run = launched->planned;
    GPtrArray *records = twins_of(conductor, run)->records;
    Yard__Proof *proof = proof_new(run);
    proof->has_healed = proof->healed = run->healed;
    prove(run->scenario, run->healed ? YARD__VARIANT__FIXED : run->variant,
          launched->request.interpose, outcome, proof);
    g_hash_table_insert(conductor->proofs, proof_key(run, run->variant), proof);
    g_ptr_array_add(records, record_of_proof(proof));
    bool proved = proof->status == YARD__PROOF__STATUS__PROVED;
    for (guint i = 0; proved && i < run->labels->len; i++) {
        Yard__Record *record = judge_look(conductor, launched, outcome, &launched->looks[i]);
        if (record != NULL)
            g_ptr_array_add(records, record);
    }
    return proved && run->measured;
}

static void measure_run(struct conductor *conductor, const struct planned_run *run,
                        const struct run_outcome *outcome)
{
    Yard__Proof *proof = proof_of(conductor, run, run->variant);
    if (outcome->outcome != OUTCOME_COMPLETED)
        return;
    proof->has_bare_seconds = proof->has_bare_kib = true;
    proof->bare_seconds = outcome->wall_seconds;
    proof->bare_kib = outcome->peak_kib;
}

/* True once all of RUN is done. */
static bool take_outcome(struct conductor *conductor, const struct launched *launched,
                         const struct run_outcome *outcome)
{
    const struct planned_run *run = launched->planned;
    if (launched->bare) {
        measure_run(conductor, run, outcome);
    } else if (!run->proves) {
        Yard__Record *record = judge_look(conductor, launched, outcome, &launched->looks[0]);
        if (record != NULL)
            publish(conductor, record);
    } else if (prove_run(conductor, launched, outcome) && start(conductor, run, true)) {
        return false;
    }
    if (run->proves)
        settle_twin(conductor, run);
    return true;
}

static void run_finished(struct run_request *request, const struct run_outcome *outcome, void *data)
{
    struct conductor *conductor = data;
    struct launched *launched =
        (struct launched *)((char *)request - G_STRUCT_OFFSET(struct launched, request));
    if (outcome->outcome != OUTCOME_INTERRUPTED && take_outcome(conductor, launched, outcome)) {
        conductor->finished++;
        show_progress(conductor, launched->planned->scenario->id);
        add_next(conductor);
    }
    launched_remove(launched);
}

static bool was_done_before(const struct conductor *conductor, const struct planned_run *run)
{
    if (conductor->before == NULL)
        return false;
    g_autofree char *proof = proof_key(run, run->variant);
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
        publish(conductor, record_of_result(judging_unsupported(
                               conductor->options, run, g_ptr_array_index(run->labels, i))));
}

/* What cannot be run is not even started: the proof says so, once. */
static void skip_unsupported(struct conductor *conductor, const struct planned_run *run)
{
    conductor->finished++;
    if (run->proves) {
        Yard__Proof *proof = proof_new(run);
        proof->status = YARD__PROOF__STATUS__UNSUPPORTED;
        proof->reason = g_strdup(run->unsupported);
        g_hash_table_insert(conductor->proofs, proof_key(run, run->variant), proof);
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
        start(conductor, run, false);
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

/* ---- The whole ---- */

/* Counts the proving runs that will end. */
static void await_twins(struct conductor *conductor, const GPtrArray *proving)
{
    for (guint i = 0; i < proving->len; i++) {
        const struct planned_run *run = g_ptr_array_index(proving, i);
        if (run->unsupported == NULL && !was_done_before(conductor, run))
            twins_of(conductor, run)->awaited++;
    }
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
        char *key = cell_key(proof->scenario, proof->variant, proof->flavour, proof->repetition,
                             proof->settings ? proof->settings : "");
        g_hash_table_insert(conductor->proofs, g_strdup(key), proof);
        g_hash_table_add(conductor->before, key);
    }
}

static void conductor_clear(struct conductor *conductor)
{
    g_hash_table_unref(conductor->twins);
    g_hash_table_unref(conductor->proofs);
    if (conductor->before != NULL)
        g_hash_table_unref(conductor->before);
    runner_free(conductor->runner);
    g_strfreev(conductor->launch.environment);
    g_clear_error(&conductor->error);
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}

bool conduct(const struct plan *plan, const struct conduct_options *options, GPtrArray *records,
             GError **error)
{
    g_autofree char *census = g_build_filename(options->root->build, "libcensus.so", NULL);
    char *runs = runs_open(options->root, error);
    if (runs == NULL)
        return false;
    struct conductor conductor = {
        .options = options,
        .launch = {.runs = runs,
                   .time_limit = options->time_limit,
                   .memory_limit_kib = MEMORY_LIMIT_KIB,
                   .environment = options->environment ? g_strdupv(options->environment)
                                                       : environment_clean()},
        .runner = runner_new(options->jobs, census),
        .proofs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .twins = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, twins_free),
        .records = records,
        .total = plan->proving->len + plan->judged->len,
    };
    take_before(&conductor);
    await_twins(&conductor, plan->proving);
    bool fine =
        carry_out(&conductor, plan->proving, error) && carry_out(&conductor, plan->judged, error);
    conductor_clear(&conductor);
    runs_close(runs);
    return fine;
}
