-- The latest batches as a JSON array, newest first: rows by what became of them, share of usable rows; reasons
-- why rows were kept aside (each row by its first) and notes on rows that came in all the same. Of batches that
-- did not record which rows came in, all are reasons. $1 how many. Decisions about doubtful matches are no rows
-- of a file and are left out.
WITH latest AS (
    SELECT b.*, s.name AS source FROM import_batch b JOIN source s ON s.id = b.source_id
    WHERE b.kind <> 'review' ORDER BY b.id DESC LIMIT $1::int),
reason AS (
    SELECT r.batch_id, json_agg(json_build_object('code', r.code, 'rows', r.rows) ORDER BY r.rows DESC, r.code) AS list
    FROM (SELECT batch_id, code, count(*) AS rows
          FROM (SELECT DISTINCT ON (batch_id, line) batch_id, code FROM rejected_row
                WHERE batch_id IN (SELECT id FROM latest) AND kept IS NOT TRUE ORDER BY batch_id, line, id) f
          GROUP BY 1, 2) r
    GROUP BY r.batch_id),
note AS (
    SELECT r.batch_id, json_agg(json_build_object('code', r.code, 'rows', r.rows) ORDER BY r.rows DESC, r.code) AS list
    FROM (SELECT batch_id, code, count(DISTINCT line) AS rows FROM rejected_row
          WHERE batch_id IN (SELECT id FROM latest) AND kept GROUP BY 1, 2) r
    GROUP BY r.batch_id)
SELECT coalesce(json_agg(json_build_object(
    'batch', l.id, 'source', l.source, 'kind', l.kind, 'file', l.file_name,
    'published_at', to_char(l.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'undone', l.undone_at IS NOT NULL,
    'rows_in', l.rows_read, 'published', l.rows_new + l.rows_changed, 'new', l.rows_new,
    'changed', l.rows_changed, 'unchanged', l.rows_unchanged, 'repeated', l.rows_repeated,
    'rejected', l.rows_rejected,
    'usable_share', round(1 - l.rows_rejected / nullif(l.rows_read, 0)::numeric, 4),
    'reasons', coalesce(r.list, '[]'), 'notes', coalesce(n.list, '[]')) ORDER BY l.id DESC), '[]')::text
FROM latest l LEFT JOIN reason r ON r.batch_id = l.id LEFT JOIN note n ON n.batch_id = l.id
