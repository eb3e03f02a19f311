#include "court.h"

#include "judge_fixture.h"
#include "schema/message.h"
#include "schema/words.h"
#include "suite.h"

Yard__Finding *make_finding(Yard__Claim claim, Yard__Resource resource, gint64 units,
                            enum spot spot, Yard__Since since)
{
    Yard__Finding *finding = finding_new(claim, resource, units, -1);
    if (spot != NO_STACK)
        finding_add_frame(finding, frame_new("malloc", NULL, 0, "/lib/libc.so.6"));
    if (spot == AT_NEW)
        finding_add_frame(finding, frame_new("table_new", "table/variant.c", 15, NULL));
    if (spot == AT_GROW)
        finding_add_frame(finding, frame_new("table_grow", "table/variant.c", 90, NULL));
    finding->has_stack_complete = true;
    finding->stack_complete = spot != CUT_SHORT && spot != NO_STACK;
    finding->has_since = true;
    finding->since = since;
    return finding;
}

void court_open(struct court *court, Yard__Variant variant)
{
    bool leaky = variant == YARD__VARIANT__LEAKY;
    *court = (struct court){
        .scenario = fixture_scenario(),
        .detector =
            {
                .name = "tool",
                .languages = BIT(YARD__LANGUAGE__C),
                .resources = BIT(BLOCK),
                .kinds = BIT(YARD__KIND__LOST),
                .looks = LOOKS_AT_EXIT,
                .places = true,
                .counts = COUNTS_EXACTLY,
            },
        .proof = YARD__PROOF__INIT,
        .outcome = fixture_run(leaky),
        .sites = fixture_sites(),
    };
    court->proof.has_rounds = true;
    court->proof.rounds = 100;
    court->proof.value = 202;
    court->proof.bare_seconds = 1.5;
    court->proof.bare_kib = 1000;
    court->proof.blocks_per_unit = 3;
    court->evidence = (struct evidence){
        .scenario = &court->scenario,
        .variant = variant,
        .detector = &court->detector,
        .proof = &court->proof,
        .sites = court->sites,
        .outcome = &court->outcome,
    };
    court->result = g_new(Yard__Result, 1);
    yard__result__init(court->result);
}

void court_close(struct court *court)
{
    sites_free(court->sites);
    fixture_run_clear(&court->outcome);
    yard__result__free_unpacked(court->result, NULL);
}

void court_report(struct court *court, Yard__Claim claim, Yard__Resource resource, gint64 units,
                  enum spot spot)
{
    result_add_finding(court->result,
                       make_finding(claim, resource, units, spot, YARD__SINCE__WARM_UP));
}

void court_expect(struct court *court, Yard__Result__Verdict verdict, const char *reason)
{
    judge(&court->evidence, court->result);
    ck_assert(court->result->has_verdict);
    ck_assert_msg(court->result->verdict == verdict, "%s: %s",
                  word_of(&yard__result__verdict__descriptor, court->result->verdict),
                  court->result->reason);
    ck_assert_str_eq(court->result->reason, reason);
    for (size_t i = 0; i < court->result->n_finding; i++) {
        ck_assert(court->result->finding[i]->has_place);
        ck_assert_ptr_nonnull(court->result->finding[i]->rule);
    }
}
