-- A batch is undone; its history stays. What was made from rows that are gone is made anew when it is
-- needed. Returns the atlas number. $1 batch, $2 by whom
WITH marked AS (
    UPDATE import_batch SET undone_at = now(), undone_by = $2::text, id_ranges = NULL, kept_rows = NULL
    WHERE id = $1::bigint RETURNING id),
forgotten AS (DELETE FROM import_change c USING marked m WHERE c.batch_id = m.id),
matches AS (DELETE FROM facility_match)
SELECT number FROM atlas_revision
