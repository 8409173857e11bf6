#include "analysis/radar_run_store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "sql.h"

/* Columns of every statement about runs. */
enum {
    ID,
    CREATED,
    BYTES,
    NAME,
    NOTE,
    ATLAS,
    ATLAS_TAG,
    ATLAS_TIME,
    PARAMETERS,
    COUNTS,
    EXTRA = 12
};

static int64_t whole(double seconds)
{
    return (int64_t)floor(seconds);
}

static void get_head(struct radar_run_head *out, const struct db_result *r, int row)
{
    *out = (struct radar_run_head){
        .id = db_get_i64(r, row, ID),
        .name = db_get_text(r, row, NAME),
        .note = db_get_text(r, row, NOTE),
        .created_at = whole(db_get_f64(r, row, CREATED)),
        .atlas = (uint64_t)db_get_i64(r, row, ATLAS),
        .atlas_tag = db_get_text(r, row, ATLAS_TAG),
        .atlas_time = whole(db_get_f64(r, row, ATLAS_TIME)),
        .parameters = db_get_text(r, row, PARAMETERS),
        .facilities = (uint32_t)db_get_i64(r, row, COUNTS),
        .scored = (uint32_t)db_get_i64(r, row, COUNTS + 1),
        .substances = (uint32_t)db_get_i64(r, row, COUNTS + 2),
        .bytes = db_get_i64(r, row, BYTES),
    };
}

/* Takes the result over (NULL = the statement failed). */
static bool take(struct radar_run_list *out, struct db_result *result)
{
    *out = (struct radar_run_list){.result = result};
    if (!result)
        return false;
    out->count = db_rows(result);
    out->total = out->count;
    out->heads = mem_zero((size_t)out->count + 1, sizeof *out->heads);
    for (int i = 0; i < out->count; i++)
        get_head(&out->heads[i], result, i);
    return true;
}

static bool no_such_run(struct error *err, int64_t id)
{
    return error_set(err, ERROR_NOT_FOUND, "there is no saved run %lld", (long long)id);
}

/* Exactly one row, or "there is no such run". */
static bool take_one(struct radar_run_list *out, int64_t id, struct db_result *result,
                     struct error *err)
{
    if (!take(out, result))
        return false;
    if (out->count == 1)
        return true;
    radar_run_list_free(out);
    return no_such_run(err, id);
}

static void put_hex(struct buf *out, const struct buf *bytes)
{
    static const char digits[] = "0123456789abcdef";
    buf_text(out, "\\x");
    char *at = buf_room(out, 2 * bytes->len);
    for (size_t i = 0; at && i < bytes->len; i++) {
        unsigned char c = (unsigned char)bytes->data[i];
        *at++ = digits[c >> 4];
        *at++ = digits[c & 15];
    }
    if (at)
        out->len += 2 * bytes->len;
}

/* The name is taken: by which run? */
static bool taken(const char *name_key, struct db *db, struct error *err)
{
    struct radar_run_list found;
    struct error ignored;
    if (take(&found,
             db_query(db, &SQL_radar_run_one, &ignored, DB_ARGS(db_i64(0), db_text(name_key)))) &&
        found.count)
        error_fill(
            err, ERROR_CONFLICT,
            "run %lld is named \"%s\" already; choose another name, or delete that run first",
            (long long)found.heads[0].id, found.heads[0].name);
    else
        error_fill(err, ERROR_CONFLICT, "a run of that name is there already");
    radar_run_list_free(&found);
    return false;
}

/* Name without white space of any kind (what its normal form leaves out) at its ends. */
static void trim_name(struct buf *out, const char *name)
{
    struct buf seen = {.max = 64};
    size_t len = strlen(name), from = 0, end = 0;
    for (size_t at = 0, n; at < len; at += n) {
        n = text_utf8_length(name + at, len - at);
        n = n ? n : 1;
        buf_clear(&seen);
        text_name_key(&seen, name + at, n);
        if (seen.len)
            end = at + n;
        else if (!end)
            from = at + n;
    }
    if (end)
        buf_add(out, name + from, end - from);
    buf_free(&seen);
}

static bool check_name(struct buf *name_key, const char *name, const char *note, struct error *err)
{
    size_t characters = 0, note_characters = 0;
    for (const char *c = name; *c; c++)
        characters += ((unsigned char)*c & 0xC0) != 0x80;
    for (const char *c = note; *c; c++)
        note_characters += ((unsigned char)*c & 0xC0) != 0x80;
    text_name_key(name_key, name, strlen(name));
    if (!name_key->len || characters > RADAR_RUN_NAME_MAX)
        return error_set(err, ERROR_INPUT, "name is wanted: 1 to %d characters that can be seen",
                         RADAR_RUN_NAME_MAX);
    if (note_characters > RADAR_RUN_NOTE_MAX)
        return error_set(err, ERROR_INPUT, "note must be text of at most %d characters",
                         RADAR_RUN_NOTE_MAX);
    return true;
}

static bool insert(struct radar_run_list *out, const struct radar_run *run, const char *name,
                   const char *name_key, const char *note, struct db *db, struct error *err)
{
    struct buf bytes = {.max = RADAR_RUN_BYTES_MAX};
    struct buf hex = {.max = 2ul * RADAR_RUN_BYTES_MAX + 8};
    struct db_result *result = NULL;
    radar_run_pack(&bytes, run);
    put_hex(&hex, &bytes);
    if (bytes.overflow)
        error_fill(err, ERROR_TOO_LARGE, "the run is larger than %d bytes", RADAR_RUN_BYTES_MAX);
    else
        result = db_query(db, &SQL_radar_run_insert, err,
                          DB_ARGS(db_text(name), db_text(name_key), db_text(note),
                                  db_i64((int64_t)run->head.atlas), db_text(run->head.atlas_tag),
                                  db_i64(run->head.atlas_time), db_text(run->head.parameters),
                                  db_i64(run->head.facilities), db_i64(run->head.scored),
                                  db_i64(run->head.substances), db_text(buf_string(&hex)),
                                  db_i64(RADAR_RUNS_MAX)));
    buf_free(&bytes);
    buf_free(&hex);
    return take(out, result);
}

/* In a transaction a statement is never sent twice, so that a run that was saved when the
 * connection died is not told to be there already. */
static bool insert_once(struct radar_run_list *out, const struct radar_run *run, const char *name,
                        const char *name_key, const char *note, struct db *db, struct error *err)
{
    struct error ignored;
    if (!db_exec(db, "BEGIN", err))
        return false;
    if (insert(out, run, name, name_key, note, db, err)) {
        int64_t id = out->count ? out->heads[0].id : 0; /* 0: the limit, told by the caller */
        if (id)
            radar_run_list_free(out);
        if (id && !radar_run_one(out, id, db, err)) { /* shows how large it is, being stored */
            db_exec(db, "ROLLBACK", &ignored);
            return false;
        }
        if (db_exec(db, "COMMIT", err))
            return true;
        radar_run_list_free(out);
        return false;
    }
    bool there = !strcmp(db_sqlstate(db), "23505");
    db_exec(db, "ROLLBACK", &ignored);
    return there ? taken(name_key, db, err) : false;
}

bool radar_run_save(struct radar_run_list *out, const struct radar_run *run, const char *name,
                    const char *note, struct db *db, struct error *err)
{
    struct buf name_key = {.max = 16 * RADAR_RUN_NAME_MAX}, trimmed = {.max = 0};
    *out = (struct radar_run_list){.result = NULL};
    trim_name(&trimmed, name);
    name = buf_string(&trimmed);
    bool ok = check_name(&name_key, name, note ? note : "", err);
    if (ok) {
        ok = insert_once(out, run, name, buf_string(&name_key), note ? note : "", db, err);
        if (ok && !out->count) {
            radar_run_list_free(out);
            ok = error_set(err, ERROR_CONFLICT,
                           "%d runs are saved, which is the limit; delete one first",
                           RADAR_RUNS_MAX);
        }
    }
    buf_free(&name_key);
    buf_free(&trimmed);
    return ok;
}

bool radar_run_list(struct radar_run_list *out, int64_t before, int limit, struct db *db,
                    struct error *err)
{
    if (!take(out, db_query(db, &SQL_radar_run_list, err, DB_ARGS(db_i64(before), db_i64(limit)))))
        return false;
    if (out->count)
        out->total = db_get_i64(out->result, 0, EXTRA);
    return true;
}

bool radar_run_one(struct radar_run_list *out, int64_t id, struct db *db, struct error *err)
{
    return take_one(out, id,
                    db_query(db, &SQL_radar_run_one, err, DB_ARGS(db_i64(id), db_text(NULL))), err);
}

bool radar_run_delete(struct radar_run_list *out, int64_t id, struct db *db, struct error *err)
{
    return take_one(out, id, db_query(db, &SQL_radar_run_delete, err, DB_ARGS(db_i64(id))), err);
}

void radar_run_list_free(struct radar_run_list *list)
{
    free(list->heads);
    db_done(list->result);
    *list = (struct radar_run_list){.result = NULL};
}

/* The head's texts move into the run, so that it owns all it speaks of. */
static void own_head(struct radar_run *run, const struct radar_run_head *head)
{
    const char *text[] = {head->name, head->note, head->parameters, head->atlas_tag};
    const char **place[] = {&run->head.name, &run->head.note, &run->head.parameters,
                            &run->head.atlas_tag};
    size_t size = 0;
    for (int i = 0; i < 4; i++)
        size += strlen(text[i]) + 1;
    run->head = *head;
    run->head_texts = mem_alloc(size);
    char *at = run->head_texts;
    for (int i = 0; i < 4; i++) {
        size_t len = strlen(text[i]) + 1;
        memcpy(at, text[i], len);
        *place[i] = at;
        at += len;
    }
}

struct radar_run *radar_run_load(int64_t id, struct db *db, struct error *err)
{
    struct radar_run_list list;
    struct radar_run *run = NULL;
    size_t len;
    if (!take_one(&list, id, db_query(db, &SQL_radar_run_load, err, DB_ARGS(db_i64(id))), err))
        return NULL;
    const void *bytes = db_get_bytes(list.result, 0, EXTRA, &len);
    if (bytes)
        run = radar_run_unpack(bytes, len, err);
    if (run)
        own_head(run, &list.heads[0]);
    radar_run_list_free(&list);
    return run;
}
