-- What undoing a batch takes: the ids that it gave out and how many old rows are kept. $1 batch, $2 the last
-- ids before it (JSON)
UPDATE import_batch SET id_ranges = undo_ranges($2::jsonb),
    kept_rows = (SELECT count(*) FROM import_change WHERE batch_id = $1::bigint)
WHERE id = $1::bigint
