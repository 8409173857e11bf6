-- Later batches that stand and build on a batch, the latest first: both worked on tables that several kinds
-- share (facilities, substances, holdings, borders), or are of one kind and source, or the later one changed
-- rows that the batch brought or changed, or it is of records, whose positions the batch's borders judged, or
-- of samples, which sites, rivers, basins and other samples judge.
-- Batches that changed nothing are in nobody's way, nor are decisions that left the atlas as it was. $1 batch
WITH touched AS (
    SELECT b.id, b.kind, b.source_id, b.id_ranges,
           bool_or(t.shared) FILTER (WHERE b.id_ranges ? t.table_name OR c.kept) AS shared,
           bool_or(b.id_ranges ? t.table_name OR c.kept) AS anything,
           bool_or(b.id_ranges ? t.table_name OR c.kept) FILTER (WHERE t.table_name = 'area') AS borders,
           bool_or(b.id_ranges ? t.table_name OR c.kept) FILTER (WHERE t.table_name = 'record') AS records
    FROM import_batch b CROSS JOIN undo_table t
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM import_change i
                                       WHERE i.batch_id = b.id AND i.table_name = t.table_name) AS kept) c
    WHERE b.id >= $1::bigint AND b.undone_at IS NULL
    GROUP BY b.id)
SELECT l.id, l.kind, s.name
FROM touched b JOIN touched l ON l.id > b.id AND l.anything JOIN source s ON s.id = l.source_id
WHERE b.id = $1::bigint
  AND (b.shared AND l.shared OR b.borders AND l.records
       OR l.kind = 'samples' AND b.kind IN ('sites', 'rivers', 'basins', 'samples') OR (l.kind, l.source_id) = (b.kind, b.source_id)
       OR EXISTS (SELECT FROM import_change m JOIN import_change o
                      ON o.batch_id = b.id AND (o.table_name, o.row_id) = (m.table_name, m.row_id)
                  WHERE m.batch_id = l.id AND m.table_name <> 'review')
       OR EXISTS (SELECT FROM import_change m
                  WHERE m.batch_id = l.id AND m.table_name <> 'review' AND b.id_ranges ? m.table_name
                    AND m.row_id BETWEEN (b.id_ranges -> m.table_name ->> 0)::bigint
                                     AND (b.id_ranges -> m.table_name ->> 1)::bigint))
ORDER BY l.id DESC
