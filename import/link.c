/* DESIGN. Links are made for what reports say, not for reports: a file of a million rows names a
 * few thousand things. Those go with their normal forms (computed here only) into temporary tables,
 * and a handful of statements find what each means; holdings then take it by joining on what they
 * say. So an import, a change of substances and a person's decision all link by the same
 * statements. */
#include "import/link.h"

#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "gis/units.h"
#include "import/cas.h"
#include "import/link_similar.h"
#include "import/link_split.h"
#include "import/value.h"
#include "sql.h"

static const char *const states[] = {[CAS_NONE] = "none",
                                     [CAS_RIGHT] = "right",
                                     [CAS_MENDED] = "mended",
                                     [CAS_GUESSED] = "guessed",
                                     [CAS_SEVERAL] = "several"};

enum field { FIELD_CAS = 1, FIELD_ZH, FIELD_EN }; /* stage_link_part.field */

static void add_pieces(struct link_names *n, enum field field, const char *cell)
{
    struct link_piece pieces[LINK_PIECES_MAX];
    int count = cell ? link_split(pieces, cell, field == FIELD_CAS) : 0;
    for (int i = 0; i < count; i++) {
        struct cas_reading reading = {.state = CAS_NONE};
        char *text = mem_copy_n(pieces[i].text, pieces[i].len);
        if (field == FIELD_CAS)
            cas_read(&reading, text);
        stage_i64(&n->pieces, n->count);
        stage_i64(&n->pieces, field);
        stage_i64(&n->pieces, i + 1);
        stage_text(&n->pieces, text);
        stage_text(&n->pieces, reading.count == 1 ? reading.numbers[0] : NULL);
        import_key(&n->pieces, text);
        stage_end(&n->pieces);
        free(text);
    }
}

void link_add(struct link_names *n, const char *cas, const char *code, const char *name,
              const char *name_en)
{
    struct cas_reading reading = {.state = CAS_NONE};
    if (cas)
        cas_read(&reading, cas);
    n->count++;
    stage_i64(&n->rows, n->count);
    stage_text(&n->rows, reading.count == 1 ? reading.numbers[0] : NULL);
    stage_text(&n->rows, states[reading.state]);
    import_key(&n->rows, cas);
    import_key(&n->rows, code);
    import_key(&n->rows, name);
    import_key(&n->rows, name_en);
    stage_text(&n->rows, cas);
    stage_text(&n->rows, code);
    stage_text(&n->rows, name);
    stage_text(&n->rows, name_en);
    stage_end(&n->rows);
    for (int i = 0; reading.state == CAS_SEVERAL && i < reading.count; i++) {
        stage_i64(&n->guesses, n->count);
        stage_text(&n->guesses, reading.numbers[i]);
        stage_end(&n->guesses);
    }
    if (reading.state == CAS_NONE)
        add_pieces(n, FIELD_CAS, cas);
    add_pieces(n, FIELD_ZH, name);
    add_pieces(n, FIELD_EN, name_en);
}

void link_names_free(struct link_names *n)
{
    buf_free(&n->rows);
    buf_free(&n->guesses);
    buf_free(&n->pieces);
}

static bool run(struct db *db, const struct sql *sql, struct error *err,
                const struct db_value *values, int count)
{
    struct db_result *r = db_run(db, sql->text, err, values, count);
    if (!r)
        return error_append(err, " (%s: %.200s)", sql->name, db_message(db)), false;
    db_done(r);
    return true;
}

static bool count_of(int64_t *out, struct db *db, const struct sql *sql, struct error *err)
{
    struct db_result *r = db_run(db, sql->text, err, DB_NONE);
    if (!r)
        return error_append(err, " (%s: %.200s)", sql->name, db_message(db)), false;
    *out = db_get_i64(r, 0, 0);
    db_done(r);
    return true;
}

static bool put(struct db *db, const char *copy, struct buf *rows, struct error *err)
{
    return !rows->len || stage_copy(db, copy, rows, err);
}

bool link_resolve(struct link_names *n, struct db *db, struct error *err)
{
    static const char rows[] =
        "COPY stage_link (id, cas, cas_state, cas_key, code_key, zh_key, en_key, reported_cas,"
        " reported_code, reported_name, reported_name_en) FROM STDIN";
    static const char pieces[] =
        "COPY stage_link_part (link_id, field, piece, name, cas, key) FROM STDIN";
    if (!db_exec(db, SQL_import_link_stage.text, err) || !put(db, rows, &n->rows, err) ||
        !put(db, "COPY stage_link_guess (link_id, cas) FROM STDIN", &n->guesses, err) ||
        !put(db, pieces, &n->pieces, err) ||
        !db_exec(db, "ANALYZE stage_link; ANALYZE stage_link_part", err) ||
        !run(db, &SQL_import_link_names, err, DB_NONE) ||
        !db_exec(db, "ANALYZE stage_link_name", err) ||
        !run(db, &SQL_import_link_resolve, err, DB_NONE))
        return false;
    return (!n->pieces.len || (run(db, &SQL_import_link_pieces, err, DB_NONE) &&
                               run(db, &SQL_import_link_split, err, DB_NONE) &&
                               run(db, &SQL_import_link_split_first, err, DB_NONE))) &&
           db_exec(db, "ANALYZE stage_link", err);
}

bool link_put_to_review(int64_t *open, int64_t batch, struct db *db, struct error *err)
{
    const struct db_value by = batch ? db_i64(batch) : db_text(NULL);
    return run(db, &SQL_import_link_review, err, &by, 1) && link_similar(batch, db, err) &&
           run(db, &SQL_import_link_review_settled, err, DB_NONE) &&
           count_of(open, db, &SQL_import_link_review_open, err);
}

static char *text_of(const unsigned char *field, int length)
{
    return length < 0 ? NULL : mem_copy_n((const char *)field, (size_t)length);
}

bool link_take(void *ctx, const unsigned char *const *fields, const int *lengths, int count,
               struct error *err)
{
    if (count != 4)
        return error_set(err, ERROR_INTERNAL, "names came with %d columns", count);
    char *texts[4];
    for (int i = 0; i < 4; i++)
        texts[i] = text_of(fields[i], lengths[i]);
    link_add(ctx, texts[0], texts[1], texts[2], texts[3]);
    for (int i = 0; i < 4; i++)
        free(texts[i]);
    return true;
}

/* id, quantity, unit → id, litres */
static bool take_volume(void *ctx, const unsigned char *const *fields, const int *lengths,
                        int count, struct error *err)
{
    struct buf *rows = ctx;
    double factor, quantity;
    if (count != 3)
        return error_set(err, ERROR_INTERNAL, "volumes came with %d columns", count);
    char *amount = text_of(fields[1], lengths[1]), *unit = text_of(fields[2], lengths[2]);
    if (amount && unit && units_find(&factor, unit) == UNIT_VOLUME &&
        value_double(&quantity, amount)) {
        stage_i64(rows, db_field_int(fields[0], lengths[0]));
        stage_f64(rows, quantity * factor);
        stage_end(rows);
    }
    free(amount);
    free(unit);
    return true;
}

static bool weigh_volumes(struct db *db, struct error *err)
{
    struct buf rows = {.max = BUF_MAX_DEFAULT};
    bool ok = db_copy_out(db,
                          "COPY (SELECT h.id, h.reported_quantity, h.reported_unit FROM holding h"
                          " JOIN substance s ON s.id = h.substance_id WHERE h.quantity_kg IS NULL"
                          " AND h.parts = 1 AND s.density_kg_l IS NOT NULL)"
                          " TO STDOUT (FORMAT binary)",
                          take_volume, &rows, err);
    if (ok && rows.len)
        ok = stage_copy(db, "COPY stage_volume (id, litres) FROM STDIN", &rows, err) &&
             run(db, &SQL_import_link_volumes, err, DB_NONE);
    buf_free(&rows);
    return ok;
}

static bool store(struct db *db, struct error *err)
{
    return run(db, &SQL_import_link_gone, err, DB_NONE) &&
           run(db, &SQL_import_link_update, err, DB_NONE) &&
           run(db, &SQL_import_link_parts, err, DB_NONE);
}

bool link_all_holdings(int64_t *changed, int64_t batch, struct db *db, struct error *err)
{
    struct link_names names = {.count = 0};
    int64_t open;
    *changed = 0;
    bool ok = db_copy_out(db,
                          "COPY (SELECT DISTINCT reported_cas, reported_code, reported_name,"
                          " reported_name_en FROM holding) TO STDOUT (FORMAT binary)",
                          link_take, &names, err) &&
              link_resolve(&names, db, err) && count_of(changed, db, &SQL_import_link_count, err) &&
              (!*changed || store(db, err)) && link_put_to_review(&open, batch, db, err) &&
              weigh_volumes(db, err);
    link_names_free(&names);
    return ok;
}

bool link_review_decided(int64_t *changed, struct db *db, struct error *err)
{
    return db_exec(db, SQL_import_lock.text, err) && link_all_holdings(changed, 0, db, err);
}
