-- 0031_undo_substance: what a source says of a substance goes with the import that brought it.
SELECT undo_watch('substance_record', 85, false, true);
