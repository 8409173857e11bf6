-- From here on old rows are kept for a batch; the last ids that tables have given out, as JSON. $1 batch
SELECT undo_positions()::text FROM set_config('hazatlas.batch', $1::bigint::text, true)
