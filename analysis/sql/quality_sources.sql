-- Each source and kind as a JSON array: the sums of its standing batches, the share of usable rows, reasons why
-- rows were kept aside (each row by its first) and notes on rows that came in all the same. Of batches that did
-- not record which rows came in, all are reasons.
WITH standing AS (SELECT * FROM import_batch WHERE undone_at IS NULL AND kind <> 'review'),
reason AS (
    SELECT r.source_id, r.kind, json_agg(json_build_object('code', r.code, 'rows', r.rows) ORDER BY r.rows DESC, r.code) AS list
    FROM (SELECT b.source_id, b.kind, n.code, count(*) AS rows
          FROM (SELECT DISTINCT ON (batch_id, line) batch_id, code FROM rejected_row
                WHERE kept IS NOT TRUE ORDER BY batch_id, line, id) n
          JOIN standing b ON b.id = n.batch_id GROUP BY 1, 2, 3) r
    GROUP BY r.source_id, r.kind),
note AS (
    SELECT r.source_id, r.kind, json_agg(json_build_object('code', r.code, 'rows', r.rows) ORDER BY r.rows DESC, r.code) AS list
    FROM (SELECT b.source_id, b.kind, n.code, count(DISTINCT (n.batch_id, n.line)) AS rows
          FROM rejected_row n JOIN standing b ON b.id = n.batch_id WHERE n.kept GROUP BY 1, 2, 3) r
    GROUP BY r.source_id, r.kind),
summed AS (
    SELECT source_id, kind, count(*) AS batches, max(id) AS latest, max(published_at) AS published_at,
           sum(rows_read) AS rows_in, sum(rows_new) AS fresh, sum(rows_changed) AS changed,
           sum(rows_unchanged) AS unchanged, sum(rows_repeated) AS repeated, sum(rows_rejected) AS rejected
    FROM standing GROUP BY source_id, kind)
SELECT coalesce(json_agg(json_build_object(
    'source', s.name, 'title', s.title, 'kind', b.kind, 'batches', b.batches, 'latest_batch', b.latest,
    'published_at', to_char(b.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'rows_in', b.rows_in, 'published', b.fresh + b.changed, 'new', b.fresh, 'changed', b.changed,
    'unchanged', b.unchanged, 'repeated', b.repeated, 'rejected', b.rejected,
    'usable_share', round(1 - b.rejected / nullif(b.rows_in, 0), 4),
    'reasons', coalesce(r.list, '[]'), 'notes', coalesce(n.list, '[]')) ORDER BY s.name, b.kind), '[]')::text
FROM summed b JOIN source s ON s.id = b.source_id
LEFT JOIN reason r ON (r.source_id, r.kind) = (b.source_id, b.kind)
LEFT JOIN note n ON (n.source_id, n.kind) = (b.source_id, b.kind)
