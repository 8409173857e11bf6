/* import_db.h - what the tests of imports into a database share. The database is a scratch one that
 * HAZATLAS_TEST_DATABASE (a libpq string) names: its schema hazatlas is made anew.
 * tests/db/import.t gives one; without it these tests are skipped. */
#ifndef TESTS_IMPORT_DB_H
#define TESTS_IMPORT_DB_H

#include "tests/unit/unit.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "gis/migrate.h"
#include "import/import.h"

static struct db *db;

static struct db *open_db(void)
{
    struct error err = {.kind = ERROR_NONE};
    struct db *opened = db_open(getenv("HAZATLAS_TEST_DATABASE"), &err);
    if (!opened)
        fail_msg("%s", err.text);
    return opened;
}

/* An empty schema before each test. */
static int setup(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    int applied;
    db = open_db();
    if (!db_exec(db, "DROP SCHEMA IF EXISTS hazatlas CASCADE", &err) ||
        !migrate_apply(&applied, db, &err))
        fail_msg("%s", err.text);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    db_close(db);
    db = NULL;
    return 0;
}

/* First column of the first row as text. */
static inline const char *ask(const char *sql)
{
    static char answer[4][2000];
    static int turn;
    char *to = answer[turn++ % 4];
    struct error err = {.kind = ERROR_NONE};
    char *query = NULL;
    if (asprintf(&query, "SELECT (%s)::text", sql) < 0)
        abort();
    struct db_result *r = db_run(db, query, &err, DB_NONE);
    if (!r)
        fail_msg("%s: %s %s", sql, err.text, db_message(db));
    const char *text = db_get_text(r, 0, 0);
    snprintf(to, sizeof answer[0], "%s", text ? text : "NULL");
    db_done(r);
    free(query);
    return to;
}
#define IS(sql, wanted) assert_string_equal(ask(sql), (wanted))

static struct import_report report;
static struct error failure;

static inline int file_of(const char *text, size_t len)
{
    int fd = memfd_create("import", MFD_CLOEXEC);
    assert_int_equal(write(fd, text, len), (ssize_t)len);
    return fd;
}

static inline bool import_request(struct import_request *q, const char *text)
{
    memset(&failure, 0, sizeof failure);
    q->fd = file_of(text, strlen(text));
    bool ok = import_run(&report, q, db, &failure);
    close(q->fd);
    return ok;
}

static inline bool import_as(const char *kind, const char *name, const char *source,
                             const char *text)
{
    struct import_request q = {.kind = kind, .name = name, .source = source};
    return import_request(&q, text);
}

static inline void import_ok(const char *kind, const char *name, const char *source,
                             const char *text)
{
    if (!import_as(kind, name, source, text))
        fail_msg("%s: %s", name, failure.text);
    /* Every row is accounted for. */
    if (!report.same_file)
        assert_int_equal(report.rows_read, report.rows_new + report.rows_changed +
                                               report.rows_unchanged + report.rows_repeated +
                                               report.rows_rejected);
}

static inline void import_refused(const char *kind, const char *name, const char *text,
                                  const char *wanted)
{
    if (import_as(kind, name, "test", text))
        fail_msg("%s was not refused (%s)", name, wanted);
    if (!strstr(failure.text, wanted))
        fail_msg("wanted \"%s\", got \"%s\"", wanted, failure.text);
}

static inline void counts(uint64_t fresh, uint64_t changed, uint64_t unchanged, uint64_t repeated,
                          uint64_t rejected)
{
    char got[120], wanted[120];
    snprintf(got, sizeof got, "%llu new %llu changed %llu unchanged %llu repeated %llu rejected",
             (unsigned long long)report.rows_new, (unsigned long long)report.rows_changed,
             (unsigned long long)report.rows_unchanged, (unsigned long long)report.rows_repeated,
             (unsigned long long)report.rows_rejected);
    snprintf(wanted, sizeof wanted,
             "%llu new %llu changed %llu unchanged %llu repeated %llu rejected",
             (unsigned long long)fresh, (unsigned long long)changed, (unsigned long long)unchanged,
             (unsigned long long)repeated, (unsigned long long)rejected);
    assert_string_equal(got, wanted);
}

static inline uint64_t remark(const char *name)
{
    for (int i = 0; i < report.remark_count; i++)
        if (!strcmp(report.remarks[i].name, name))
            return report.remarks[i].value;
    return 0;
}

static inline uint64_t reason(const char *code)
{
    for (int i = 0; i < report.reason_count; i++)
        if (!strcmp(report.reasons[i].code, code))
            return report.reasons[i].rows;
    return 0;
}

/* Two counties side by side: 臺北市 121-121.5, 新北市 121.5-122, both 24-25 north. */
#define COUNTIES                                                                                    \
    "{\"type\":\"FeatureCollection\",\"features\":["                                                \
    "{\"type\":\"Feature\",\"properties\":{\"COUNTYCODE\":\"63000\",\"COUNTYNAME\":\"臺北市\"}," \
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[121,24],[121.5,24],[121.5,25],"          \
    "[121,25],[121,24]]]}},"                                                                        \
    "{\"type\":\"Feature\",\"properties\":{\"COUNTYCODE\":\"65000\",\"COUNTYNAME\":\"新北市\"}," \
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[121.5,24],[122,24],[122,25],"            \
    "[121.5,25],[121.5,24]]]}}]}"

#define SUBSTANCES                                                                                 \
    "cas,name_zh,name_en,synonyms_zh,un,water_reactive,density_kg_l,toxic_item_no,source\n"        \
    "7782-50-5,氯,Chlorine,氯氣|液氯,1017,no,,05101,test\n"                                   \
    "67-56-1,甲醇,Methanol,木精,1230,no,0.79,,test\n"                                          \
    "71-43-2,苯,Benzene,安息油|木精油,1114,no,0.88,,test\n"                                 \
    "64-17-5,乙醇,Ethanol,酒精,1170,no,0.79,,test\n"                                           \
    "67-63-0,異丙醇,Isopropanol,酒精,1219,,0.78,,test\n"

/* Skips the whole program where no database is given. */
#define import_db_main(name, tests)                                                                \
    (getenv("HAZATLAS_TEST_DATABASE")                                                              \
         ? unit_run(name, tests)                                                                   \
         : (puts("1..0 # SKIP tests/db/import.t runs this with a database"), 0))

#endif
