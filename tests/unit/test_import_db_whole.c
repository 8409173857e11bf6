/* An import is whole or absent: killed, cancelled, twice at once, broken off. */
#include "tests/unit/import_db.h"

#include <signal.h>
#include <sys/wait.h>

enum { ROWS = 30000 };

static char *many_rows(void)
{
    char *text = malloc((size_t)ROWS * 60 + 100);
    assert_non_null(text);
    char *at = text + snprintf(text, 60, "ems_no,name,lon,lat\n");
    for (int i = 0; i < ROWS; i++)
        at += snprintf(at, 60, "A%d,廠場%d,121.%03d,24.5\n", i, i, i % 500);
    return text;
}

static char first_atlas[40]; /* migrations may raise the number */

static int setup_whole(void **state)
{
    int failed = setup(state);
    snprintf(first_atlas, sizeof first_atlas, "%s", ask("SELECT number FROM atlas_revision"));
    return failed;
}

static void nothing_is_there(void)
{
    IS("SELECT count(*) FROM facility", "0");
    IS("SELECT count(*) FROM facility_record", "0");
    IS("SELECT count(*) FROM import_batch", "0");
    IS("SELECT count(*) FROM rejected_row", "0");
    IS("SELECT count(*) FROM source", "0");
    IS("SELECT number FROM atlas_revision", first_atlas);
}

struct plan {
    const char *die_at; /* stage */
    bool cancel;
};

static bool die(void *ctx, const struct import_progress *p)
{
    const struct plan *plan = ctx;
    if (strcmp(p->stage, plan->die_at))
        return true;
    if (!plan->cancel)
        raise(SIGKILL);
    return false;
}

/* Another process that imports; its id. */
static pid_t import_elsewhere(const char *text, const char *name, struct plan *plan)
{
    pid_t child = fork();
    if (child)
        return child;
    db = open_db(); /* the parent's connection is not ours; it is left alone */
    struct import_request q = {.kind = "facilities", .name = name, .source = "test"};
    if (plan) {
        q.tell = die;
        q.ctx = plan;
    }
    _exit(import_request(&q, text) ? report.same_file ? 7 : 0 : 1);
}

static int wait_for(pid_t child)
{
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static void killed_while_loading(void **state)
{
    (void)state;
    static const char *const stages[] = {"checking", "publishing"};
    char *text = many_rows();
    for (int i = 0; i < 2; i++) {
        struct plan plan = {.die_at = stages[i]};
        assert_int_equal(wait_for(import_elsewhere(text, "f.csv", &plan)), -SIGKILL);
        nothing_is_there();
    }
    import_ok("facilities", "f.csv", "test", text);
    counts(ROWS, 0, 0, 0, 0);
    free(text);
}

/* The publishing transaction waits for our lock on the last table that it writes; it dies there. */
static void killed_while_publishing(void **state)
{
    (void)state;
    char *text = many_rows();
    struct db *holder = open_db();
    assert_true(
        db_exec(holder, "BEGIN; LOCK TABLE hazatlas.rejected_row IN EXCLUSIVE MODE", &failure));
    pid_t child = import_elsewhere(text, "f.csv", NULL);
    for (int i = 0; i < 600; i++) {
        if (!strcmp(ask("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND relation ="
                        " 'hazatlas.rejected_row'::regclass)"),
                    "true"))
            break;
        usleep(50000);
    }
    kill(child, SIGKILL);
    assert_int_equal(wait_for(child), -SIGKILL);
    assert_true(db_exec(holder, "ROLLBACK", &failure));
    db_close(holder);
    for (int i = 0; i < 200; i++) { /* until the server has noticed */
        if (!strcmp(ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'hazatlas'"
                        " AND datname = current_database()"),
                    "1"))
            break;
        usleep(50000);
    }
    nothing_is_there();
    import_ok("facilities", "f.csv", "test", text);
    counts(ROWS, 0, 0, 0, 0);
    free(text);
}

static void cancelled(void **state)
{
    (void)state;
    char *text = many_rows();
    struct plan plan = {.die_at = "checking", .cancel = true};
    struct import_request q = {
        .kind = "facilities", .name = "f.csv", .source = "test", .tell = die, .ctx = &plan};
    assert_false(import_request(&q, text));
    assert_non_null(strstr(failure.text, "cancelled"));
    nothing_is_there();
    IS("SELECT count(*) FROM pg_class WHERE relname LIKE 'stage%'", "0");
    free(text);
}

static void two_at_once(void **state)
{
    (void)state;
    char *text = many_rows();
    pid_t a = import_elsewhere(text, "f.csv", NULL), b = import_elsewhere(text, "f.csv", NULL);
    int first = wait_for(a), second = wait_for(b);
    assert_int_equal(first + second, 7); /* one imported, the other found the same file there */
    IS("SELECT count(*) FROM facility", "30000");
    IS("SELECT count(*) FROM import_batch", "1");
    free(text);
}

static void the_connection_breaks(void **state)
{
    (void)state;
    char *text = many_rows();
    struct db *holder = open_db();
    assert_true(
        db_exec(holder, "BEGIN; LOCK TABLE hazatlas.rejected_row IN EXCLUSIVE MODE", &failure));
    pid_t child = import_elsewhere(text, "f.csv", NULL);
    for (int i = 0; i < 600; i++) {
        if (strcmp(ask("SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE NOT granted AND"
                       " relation = 'hazatlas.rejected_row'::regclass"),
                   "0"))
            break;
        usleep(50000);
    }
    assert_int_equal(wait_for(child), 1);
    assert_true(db_exec(holder, "ROLLBACK", &failure));
    db_close(holder);
    nothing_is_there();
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(killed_while_loading, setup_whole, teardown),
        cmocka_unit_test_setup_teardown(killed_while_publishing, setup_whole, teardown),
        cmocka_unit_test_setup_teardown(cancelled, setup_whole, teardown),
        cmocka_unit_test_setup_teardown(two_at_once, setup_whole, teardown),
        cmocka_unit_test_setup_teardown(the_connection_breaks, setup_whole, teardown),
    };
    return import_db_main("import, whole or absent", tests);
}
