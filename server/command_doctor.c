/* hazatlas doctor: looks at everything HazAtlas stands on and says what to do. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "gis/crs.h"
#include "gis/mem.h"
#include "gis/migrate.h"
#include "import/open.h"
#include "server/command_job.h"
#include "server/http.h"
#include "server/postgres.h"
#include "server/stop.h"
#include "server/store.h"
#include "sql.h"

enum {
    DISK_FAIL_MB = 200, /* PostgreSQL stops when its disk is full */
    DISK_WARN_MB = 2000,
    MEMORY_WARN_MB = 1000,
};

enum verdict { OK, WARN, FAIL };

/* One line: verdict, what was looked at, what was found and, unless ok, what to do. */
__attribute__((format(printf, 4, 5))) static void say(int *failures, enum verdict v,
                                                      const char *what, const char *found, ...)
{
    static const char *const words[] = {[OK] = "ok", [WARN] = "warn", [FAIL] = "FAIL"};
    va_list args;
    printf("%-5s %-18s ", words[v], what);
    va_start(args, found);
    vprintf(found, args);
    va_end(args);
    fputs("\n", stdout);
    *failures += v == FAIL;
}

static void look_at_program(int *failures)
{
    char share[PLACE_PATH_MAX + 16];
    struct error err = {.kind = ERROR_NONE};
    say(failures, OK, "program", "hazatlas %s, libmicrohttpd %s, PROJ %s, GDAL %s",
        HAZATLAS_VERSION, http_library_version(), crs_library_version(), open_library_version());
    if (!store_share(share, sizeof share, &err))
        say(failures, FAIL, "own tables", "%s", err.text);
    else if (access(share, R_OK | X_OK))
        say(failures, FAIL, "own tables",
            "%s cannot be read: set HAZATLAS_SHARE to the folder of the program's tables", share);
    else
        say(failures, OK, "own tables", "%s", share);
}

static void look_at_machine(int *failures, const char *data_dir)
{
    struct statvfs fs;
    long cores = sysconf(_SC_NPROCESSORS_ONLN), pages = sysconf(_SC_AVPHYS_PAGES);
    long long memory_mb = (long long)pages * sysconf(_SC_PAGESIZE) >> 20;
    say(failures, memory_mb < MEMORY_WARN_MB ? WARN : OK, "memory", "%lld MB free, %ld core%s%s",
        memory_mb, cores, cores == 1 ? "" : "s",
        memory_mb < MEMORY_WARN_MB ? ": imports may be slow; close other programs" : "");
    if (access(data_dir, F_OK)) {
        say(failures, OK, "disk", "%s is not there yet; `hazatlas serve` makes it", data_dir);
        return;
    }
    if (statvfs(data_dir, &fs)) {
        say(failures, FAIL, "disk", "%s cannot be looked at: check who may enter it", data_dir);
        return;
    }
    long long free_mb = (long long)(fs.f_bavail * fs.f_frsize >> 20);
    enum verdict v = free_mb < DISK_FAIL_MB ? FAIL : free_mb < DISK_WARN_MB ? WARN : OK;
    say(failures, v, "disk", "%lld MB free for %s%s", free_mb, data_dir,
        v == OK ? "" : ": free some, or choose another folder with --data");
}

static void look_at_postgis(int *failures, struct db *db)
{
    struct error err = {.kind = ERROR_NONE};
    struct db_result *r = db_query(db, &SQL_doctor_postgis, &err, DB_NONE);
    if (r)
        say(failures, OK, "libraries", "PROJ %s, GEOS %s in the database", db_get_text(r, 0, 0),
            db_get_text(r, 0, 1));
    else
        say(failures, FAIL, "libraries",
            "PostGIS does not compute: install postgresql-" POSTGRES_VERSION "-postgis-3 anew");
    db_done(r);
}

static bool look_at_server(int *failures, struct store *s)
{
    struct error err = {.kind = ERROR_NONE};
    struct db_result *r = db_query(s->db, &SQL_doctor_versions, &err, DB_NONE);
    if (!r) {
        say(failures, FAIL, "database", "%s", err.text);
        return false;
    }
    const char *postgis = db_get_text(r, 0, 1), *trgm = db_get_text(r, 0, 2);
    say(failures, OK, "database", "PostgreSQL %s, %s", db_get_text(r, 0, 0),
        s->cluster ? cluster_place(s->cluster)->pg : "HAZATLAS_DATABASE");
    if (db_get_bool(r, 0, 4))
        say(failures, OK, "durability", "fsync and full_page_writes are on");
    else
        say(failures, WARN, "durability",
            "fsync or full_page_writes is off: a power cut can destroy the database; turn them on");
    if (postgis && trgm)
        say(failures, OK, "extensions", "postgis %s, pg_trgm %s", postgis, trgm);
    else
        say(failures, FAIL, "extensions",
            "%s%s%s missing: run `hazatlas migrate` as a user who may create extensions; on Debian "
            "install postgresql-" POSTGRES_VERSION "-postgis-3",
            postgis ? "" : "postgis", postgis || trgm ? "" : " and ", trgm ? "" : "pg_trgm");
    bool computes = postgis != NULL;
    db_done(r);
    if (computes)
        look_at_postgis(failures, s->db);
    return true;
}

static void look_at_data(int *failures, struct db *db)
{
    struct error err = {.kind = ERROR_NONE};
    struct db_result *r = db_query(db, &SQL_doctor_counts, &err, DB_NONE);
    if (!r) {
        say(failures, FAIL, "data", "%s", err.text);
        return;
    }
    int64_t n[10];
    for (int i = 0; i < 10; i++)
        n[i] = db_get_i64(r, 0, i);
    db_done(r);
    say(failures, OK, "atlas",
        "number %" PRId64 ": %" PRId64 " facilities, %" PRId64 " holdings, %" PRId64 " imports",
        n[0], n[1], n[2], n[8]);
    say(failures, n[6] && n[3] && n[7] ? OK : FAIL, "reference tables",
        "%" PRId64 " loaded, %" PRId64 " substances, %" PRId64 " response distances%s", n[6], n[3],
        n[7], n[6] && n[3] && n[7] ? "" : ": run `hazatlas migrate`");
    say(failures, n[4] && n[5] ? OK : WARN, "borders",
        "%" PRId64 " counties, %" PRId64 " townships%s", n[4], n[5],
        n[4] && n[5] ? ""
                     : ": without them positions are not checked against addresses; import "
                       "them with `hazatlas import areas FILE --source NAME`");
    say(failures, n[1] ? OK : WARN, "facilities", "%" PRId64 "%s", n[1],
        n[1] ? "" : ": the map is empty; run `hazatlas import facilities FILE --source NAME`");
    say(failures, OK, "rows kept aside", "%" PRId64 "%s", n[9],
        n[9] ? "; `hazatlas export rejected --batch N` writes them" : "");
}

static void look_at_editions(int *failures, struct db *db)
{
    struct error err = {.kind = ERROR_NONE};
    struct db_result *r = db_query(db, &SQL_doctor_editions, &err, DB_NONE);
    const char *editions = r ? db_get_text(r, 0, 0) : NULL;
    if (editions)
        say(failures, OK, "response tables", "packets go by %s", editions);
    else
        say(failures, FAIL, "response tables", "%s", r ? "none are in use" : err.text);
    db_done(r);
}

static void look_at_schema(int *failures, struct db *db)
{
    struct error err = {.kind = ERROR_NONE};
    if (!migrate_require(db, &err)) {
        say(failures, FAIL, "schema", "%s", err.text);
        return;
    }
    say(failures, OK, "schema", "%d migrations, up to date", migrations_count);
    look_at_data(failures, db);
    look_at_editions(failures, db);
}

static int run(const struct command_line *line)
{
    struct error err = {.kind = ERROR_NONE};
    struct store store;
    int failures = 0;
    const char *data_dir = command_value(line, "data");
    const char *told = getenv("HAZATLAS_DATABASE");
    stop_hold();
    look_at_program(&failures);
    look_at_machine(&failures, data_dir);
    char *cluster = mem_format("%s/pg", data_dir);
    bool none = (!told || !*told) && access(cluster, F_OK) != 0;
    free(cluster);
    if (none) {
        say(&failures, WARN, "database", "there is none yet; `hazatlas serve` makes it");
    } else if (!store_open_raw(&store, data_dir, &err)) {
        say(&failures, FAIL, "database", "%s", err.text);
    } else {
        if (look_at_server(&failures, &store))
            look_at_schema(&failures, store.db);
        store_close(&store);
    }
    if (failures)
        printf("%d thing%s to mend.\n", failures, failures == 1 ? "" : "s");
    else
        puts("All is well.");
    return failures ? EXIT_FAILED : 0;
}

static const struct option options[] = {
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_doctor = {
    .name = "doctor",
    .summary = "Checks program, machine, database and data, and says what to do",
    .about =
        "Prints one line a check: ok, warn or FAIL, what was found, what to do. Changes nothing,\n"
        "but starts the private database while it looks. Ends with status 1 when something\n"
        "FAILs.",
    .options = options,
    .run = run,
};
