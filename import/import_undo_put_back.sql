-- Puts the rows back that a batch changed or deleted; how many. $1 batch
SELECT undo_put_back(id, id_ranges) FROM import_batch WHERE id = $1::bigint
