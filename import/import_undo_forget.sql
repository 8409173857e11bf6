-- Forgets old rows of batches that are too old, too many or too large together; the latest batch is kept
-- whatever its size. $1 days, $2 batches, $3 rows
WITH standing AS (
    SELECT id, published_at, row_number() OVER w AS nth, sum(kept_rows) OVER w AS rows
    FROM import_batch WHERE id_ranges IS NOT NULL AND undone_at IS NULL
    WINDOW w AS (ORDER BY id DESC)),
gone AS (
    UPDATE import_batch b SET id_ranges = NULL, kept_rows = NULL FROM standing s
    WHERE b.id = s.id AND s.nth > 1
      AND (s.published_at < now() - make_interval(days => $1::int) OR s.nth > $2::bigint OR s.rows > $3::bigint)
    RETURNING b.id)
DELETE FROM import_change c USING gone WHERE c.batch_id = gone.id
