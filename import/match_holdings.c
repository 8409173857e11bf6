/* DESIGN. A number finds the facility of a holding; the name beside it only speaks against it.
 * While that is open the holding stays where its number leads: a quantity on the wrong place is
 * seen and asked about, one without a place is overlooked. */
#include "import/match.h"

#include "import/match_forms.h"
#include "sql.h"

bool match_holdings(struct import_run *run, struct error *err)
{
    struct db_value name = db_text(run->request->source);
    int64_t rows;
    if (!db_exec(run->db, SQL_import_match_stage.text, err) ||
        !import_sql(&rows, run, &SQL_import_match_holdings_rows, err, DB_NONE))
        return false;
    if (!rows)
        return true;
    return match_forms_facilities(run, err) && match_forms_rows(run, err) &&
           import_sql(NULL, run, &SQL_import_match_holdings_judge, err, DB_ARGS(name)) &&
           import_sql(NULL, run, &SQL_import_match_holdings_pairs, err,
                      DB_ARGS(db_i64(MATCH_CANDIDATES_MAX))) &&
           import_sql(NULL, run, &SQL_import_match_holdings_sides, err, DB_NONE);
}

bool match_holdings_keep(struct import_run *run, struct error *err)
{
    int64_t differ, doubtful;
    if (!import_count(&differ, run, &SQL_import_match_holdings_differ, err,
                      DB_ARGS(db_i64(run->source))))
        return false;
    /* Sent only where it changes something: its trigger would raise the atlas number. */
    if (differ &&
        !import_sql(NULL, run, &SQL_import_match_holdings_keep, err, DB_ARGS(db_i64(run->source))))
        return false;
    if (!import_sql(
            &doubtful, run, &SQL_import_match_holdings_reviews, err,
            DB_ARGS(db_i64(run->batch), db_text(run->request->source), db_i64(MATCH_REVIEWS_MAX))))
        return false;
    import_remark(run, "doubtful matches, on the review list", (uint64_t)doubtful);
    return true;
}
