-- Takes the rows out that a batch inserted; how many. $1 batch
SELECT undo_take_out(id, id_ranges) FROM import_batch WHERE id = $1::bigint
