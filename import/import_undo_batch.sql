-- A batch to be undone: its kind, source, when it was undone, whether it can be. $1 batch
SELECT b.kind, s.name, to_char(b.undone_at, 'YYYY-MM-DD'), b.id_ranges IS NOT NULL
FROM import_batch b JOIN source s ON s.id = b.source_id WHERE b.id = $1::bigint
