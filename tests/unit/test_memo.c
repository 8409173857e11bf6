/* What is computed from a snapshot: made once, shared, held, dropped when there is too much. */
#include "tests/unit/atlas_maker.h"
#include "tests/unit/unit.h"

#include <pthread.h>
#include <stdatomic.h>

#include "analysis/memo.h"
#include "analysis/radar_options.h"

struct thing {
    int number;
    size_t bytes;
};

static atomic_int made, dropped;

static void *make(void *ctx, size_t *bytes)
{
    struct thing *t = mem_zero(1, sizeof *t);
    *t = *(const struct thing *)ctx;
    *bytes = t->bytes;
    atomic_fetch_add(&made, 1);
    return t;
}

static void drop(void *thing)
{
    ((struct thing *)thing)->number = -1; /* seen by the sanitizers, too */
    free(thing);
    atomic_fetch_add(&dropped, 1);
}

static const struct thing *take(struct memo *m, int number, size_t bytes)
{
    char key[24];
    struct thing ctx = {number, bytes};
    snprintf(key, sizeof key, "thing?%d", number);
    const struct thing *t = memo_take(m, key, make, drop, &ctx);
    assert_int_equal(t->number, number);
    return t;
}

static void least_used_go_first(void **state)
{
    (void)state;
    struct memo *m = memo_new(100, 2);
    made = dropped = 0;
    for (int i = 0; i < 4; i++)
        memo_put(m, take(m, i, 30)); /* 0 1 2, then 3 drives 0 out */
    assert_int_equal(made, 4);
    assert_int_equal(dropped, 1);
    assert_false(memo_has(m, "thing?0"));
    memo_put(m, take(m, 1, 30)); /* used again: now 2 is the oldest */
    assert_int_equal(made, 4);
    memo_put(m, take(m, 4, 30));
    assert_false(memo_has(m, "thing?2"));
    assert_true(memo_has(m, "thing?1"));
    memo_put(m, take(m, 5, 5000)); /* two stay whatever their size */
    assert_true(memo_has(m, "thing?5"));
    assert_true(memo_has(m, "thing?4"));
    assert_int_equal(made - dropped, 2);

    const struct thing *held = take(m, 6, 1); /* held while others drive it out */
    for (int i = 10; i < 20; i++)
        memo_put(m, take(m, i, 1000));
    assert_false(memo_has(m, "thing?6"));
    assert_int_equal(held->number, 6);
    const struct thing *fresh = take(m, 6, 1); /* another of the same name */
    assert_true(fresh != held);
    int before = dropped;
    memo_put(m, held);
    assert_int_equal(dropped, before + 1);
    assert_int_equal(fresh->number, 6);
    memo_put(m, fresh);
    memo_free(m);
    assert_int_equal(made, dropped);
}

enum { THREADS = 4, ROUNDS = 3000 };

static void *worker(void *ctx)
{
    struct memo *m = ctx;
    uint64_t seed = (uint64_t)(uintptr_t)&m;
    for (int i = 0; i < ROUNDS; i++) {
        const struct thing *a = take(m, (int)(12 * maker_random(&seed)), 20);
        const struct thing *b = take(m, (int)(12 * maker_random(&seed)), 20);
        if (a->number < 0 || b->number < 0)
            return "dropped while it was held";
        memo_put(m, a);
        memo_put(m, b);
    }
    return NULL;
}

static void threads_share(void **state)
{
    (void)state;
    struct memo *m = memo_new(100, 2);
    made = dropped = 0;
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, worker, m), 0);
    for (int i = 0; i < THREADS; i++) {
        void *complaint;
        pthread_join(threads[i], &complaint);
        assert_null(complaint);
    }
    assert_true(made < 2 * THREADS * ROUNDS);
    memo_free(m);
    assert_int_equal(made, dropped);
}

struct gate {
    struct memo *memo;
    pthread_barrier_t *all;
    const void *got;
};

static void *same(void *ctx)
{
    struct gate *g = ctx;
    pthread_barrier_wait(g->all);
    g->got = take(g->memo, 7, 20);
    return NULL;
}

static void one_makes_it_for_all(void **state)
{
    (void)state;
    struct memo *m = memo_new(100, 2);
    made = dropped = 0;
    pthread_barrier_t all;
    pthread_barrier_init(&all, NULL, THREADS);
    pthread_t threads[THREADS];
    struct gate gates[THREADS];
    for (int i = 0; i < THREADS; i++) {
        gates[i] = (struct gate){.memo = m, .all = &all};
        pthread_create(&threads[i], NULL, same, &gates[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(gates[i].got == gates[0].got);
    }
    assert_int_equal(made, 1);
    for (int i = 0; i < THREADS; i++)
        memo_put(m, gates[i].got);
    pthread_barrier_destroy(&all);
    memo_free(m);
}

static void radars_of_a_snapshot(void **state)
{
    (void)state;
    struct atlas *a = maker_atlas(300, 1);
    maker_holdings(a, 20, 500, 2);
    struct snapshot *s = snapshot_new(a);
    struct radar_options o = radar_default_options;
    assert_true(snapshot_has_radar(s, &o));
    assert_true(snapshot_radar(s, &o) == s->radar);
    o.facility = (struct radar_weights){{0.25, 0.25, 0.25, 0.25}};
    assert_false(snapshot_has_radar(s, &o));
    const struct radar *r = snapshot_radar(s, &o), *again = snapshot_radar(s, &o);
    assert_true(r == again && r != s->radar && snapshot_has_radar(s, &o));
    assert_true(radar_options_equal(&r->options, &o));
    struct radar *alone = radar_build(a, &o);
    assert_memory_equal(r->facility_area, alone->facility_area, a->count * sizeof(double));
    radar_free(alone);
    snapshot_radar_put(s, r);
    snapshot_radar_put(s, again);
    snapshot_radar_put(s, s->radar);
    snapshot_radar_put(s, NULL);
    snapshot_release(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(least_used_go_first),
        cmocka_unit_test(threads_share),
        cmocka_unit_test(one_makes_it_for_all),
        cmocka_unit_test(radars_of_a_snapshot),
    };
    return unit_run("memo", tests);
}
