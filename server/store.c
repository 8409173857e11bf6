#include "server/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gis/migrate.h"
#include "gis/text.h"
#include "import/import.h"

bool store_share(char *out, size_t size, struct error *err)
{
    /* beside build/hazatlas, beside build/asan/hazatlas, installed */
    static const char *const places[] = {"../data", "../../data", "../share/hazatlas"};
    const char *told = getenv("HAZATLAS_SHARE");
    if (told && *told) {
        text_copy(out, size, told);
        return true;
    }
    char self[PLACE_PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len <= 0)
        return error_set(err, ERROR_SYSTEM,
                         "the folder of the program is not known: set "
                         "HAZATLAS_SHARE to the folder of its tables");
    self[len] = '\0';
    char *slash = strrchr(self, '/');
    if (slash)
        *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int used = snprintf(out, size, "%s/%s", self, places[i]);
        if (used > 0 && (size_t)used < size && access(out, R_OK | X_OK) == 0)
            return true;
    }
    return error_set(err, ERROR_SYSTEM,
                     "the program's own tables (data/) are not beside it: set HAZATLAS_SHARE to "
                     "their folder");
}

bool store_migrate(struct store *s, FILE *out, struct error *err)
{
    char share[PLACE_PATH_MAX + 16];
    int applied, loaded;
    if (!migrate_apply(&applied, s->db, err))
        return false;
    if (applied)
        fprintf(out, "Schema: %d migration%s applied.\n", applied, applied == 1 ? "" : "s");
    if (!store_share(share, sizeof share, err) || !import_reference(&loaded, share, s->db, err))
        return false;
    if (loaded)
        fprintf(out, "Reference tables: %d loaded from %s.\n", loaded, share);
    fflush(out);
    return true;
}

bool store_open_raw(struct store *s, const char *data_dir, struct error *err)
{
    const char *told = getenv("HAZATLAS_DATABASE");
    *s = (struct store){.cluster = NULL};
    if (told && strlen(told) >= sizeof s->conninfo)
        return error_set(err, ERROR_INPUT, "HAZATLAS_DATABASE is longer than %zu bytes",
                         sizeof s->conninfo - 1);
    if (told && *told) {
        text_copy(s->conninfo, sizeof s->conninfo, told);
    } else {
        if (!(s->cluster = cluster_open(data_dir, err)))
            return false;
        text_copy(s->conninfo, sizeof s->conninfo, cluster_conninfo(s->cluster));
    }
    s->db = db_open(s->conninfo, err);
    if (s->db)
        return true;
    store_close(s);
    return false;
}

bool store_ready(struct store *s, struct error *err)
{
    return s->cluster ? store_migrate(s, stderr, err) : migrate_require(s->db, err);
}

bool store_open(struct store *s, const char *data_dir, struct error *err)
{
    if (!store_open_raw(s, data_dir, err))
        return false;
    if (store_ready(s, err))
        return true;
    store_close(s);
    return false;
}

void store_close(struct store *s)
{
    db_close(s->db);
    cluster_close(s->cluster);
    *s = (struct store){.cluster = NULL};
}
