#include "import/preview.h"

#include <stdio.h>
#include <string.h>

#include "gis/text.h"

/* Columns of the temporary tables that serve the comparison with what is stored, not a reader. */
#define HIDDEN                                                                                     \
    "'{line,raw,fields,row_hash,search_key,facility_key,address_county_key,county_key,name_key,"   \
    "wkb,named_county,county_code,township_code,position_check,"                                   \
    "geom,facility_search,reported_key,area_id,repaired}'::text[]"

static void add_columns(struct import_run *run)
{
    struct import_report *report = run->report;
    const struct reader_header *header = reader_header(run->reader);
    struct buf b = {.max = sizeof report->columns * 4};
    for (int f = 0; run->importer->kind.fields[f].name; f++)
        if (run->column[f] >= 0)
            buf_format(&b, "%s%s = %s", b.len ? ", " : "", run->importer->kind.fields[f].name,
                       header->columns[run->column[f]].text);
    text_copy(report->columns, sizeof report->columns, buf_string(&b));
    buf_free(&b);
}

bool preview_fill(struct import_run *run, struct error *err)
{
    char query[1200];
    struct import_report *report = run->report;
    add_columns(run);
    if (strlen(run->columns) < sizeof report->understood)
        text_copy(report->understood, sizeof report->understood, run->columns);
    /* The table is one of ours, named in the importer. */
    snprintf(
        query, sizeof query,
        "SELECT 'line ' || s.line || ': ' || string_agg(e.key || ' = ' || e.value, ', ' ORDER BY "
        "e.n), json_build_object('line', s.line, 'fields', json_object_agg(e.key, e.value ORDER "
        "BY e.n)) FROM (SELECT * FROM %s ORDER BY line LIMIT %d) s CROSS JOIN "
        "json_each_text(%s) WITH ORDINALITY e(key, value, n)"
        " WHERE e.value <> '' AND e.key <> ALL (" HIDDEN ") GROUP BY s.line ORDER BY s.line",
        run->importer->table, IMPORT_PREVIEW_ROWS,
        run->importer->family ? "s.fields::json" : "to_json(s)");
    struct db_result *r = db_run(run->db, query, err, DB_NONE);
    if (!r)
        return false;
    for (int i = 0; i < db_rows(r); i++) {
        const char *row = db_get_text(r, i, 1);
        if (strlen(row) < sizeof *report->preview_rows)
            text_copy(report->preview_rows[i], sizeof *report->preview_rows, row);
        text_copy(report->preview[report->preview_count++], sizeof *report->preview,
                  db_get_text(r, i, 0));
    }
    db_done(r);
    return true;
}
