-- batch_list: published imports as a JSON array of objects, newest first; the id of the last one.
-- Of one batch also reasons why rows were kept aside (each row by its first) and notes on rows that came in.
-- $1 one id or null, $2 kind or null, $3 source or null, $4 ids below this one or null, $5 how many
SELECT coalesce(json_agg(json_build_object(
           'id', id, 'kind', kind, 'source', source, 'file', file_name, 'bytes', file_bytes, 'sha256', file_sha256,
           'crs', crs, 'encoding', columns ->> '--encoding', 'started', started, 'published', published,
           'rows_read', rows_read, 'rows_new', rows_new, 'rows_changed', rows_changed,
           'rows_unchanged', rows_unchanged, 'rows_repeated', rows_repeated, 'rows_rejected', rows_rejected,
           'undone', undone, 'undone_by', undone_by, 'can_undo', can_undo, 'remarks', remarks, 'reasons', reasons, 'notes', notes,
           'columns', taken)
       ORDER BY id DESC), '[]')::text, min(id), count(*)
FROM (SELECT b.id, b.kind, s.name AS source, b.file_name, b.file_bytes, b.file_sha256, b.crs, b.columns,
             to_char(b.started_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS started,
             to_char(b.published_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS published,
             to_char(b.undone_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS undone, b.undone_by,
             b.id_ranges IS NOT NULL AND b.undone_at IS NULL AS can_undo,
             b.rows_read, b.rows_new, b.rows_changed, b.rows_unchanged, b.rows_repeated, b.rows_rejected,
             (SELECT coalesce(json_agg(json_build_object('name', e.key, 'value', e.value)), '[]')
              FROM jsonb_each(b.remarks) e) AS remarks,
             (SELECT json_agg(json_build_object('code', r.code, 'rows', r.rows, 'example', r.example) ORDER BY r.rows DESC)
              FROM (SELECT code, count(*) AS rows, min(reason) AS example
                    FROM (SELECT DISTINCT ON (line) code, reason FROM rejected_row
                          WHERE batch_id = b.id AND kept IS NOT TRUE AND $1::bigint IS NOT NULL ORDER BY line, id) f
                    GROUP BY code) r) AS reasons,
             (SELECT json_agg(json_build_object('code', r.code, 'rows', r.rows, 'example', r.example) ORDER BY r.rows DESC)
              FROM (SELECT code, count(DISTINCT line) AS rows, min(reason) AS example FROM rejected_row
                    WHERE batch_id = b.id AND kept AND $1::bigint IS NOT NULL GROUP BY code) r) AS notes,
             (SELECT json_agg(json_build_object('field', e.key, 'column', e.value)) FROM jsonb_each(b.columns) e
              WHERE e.key NOT LIKE '--%') AS taken
      FROM import_batch b JOIN source s ON s.id = b.source_id
      WHERE ($1::bigint IS NULL OR b.id = $1::bigint) AND ($2::text IS NULL OR b.kind = $2)
        AND ($3::text IS NULL OR s.name = $3) AND ($4::bigint IS NULL OR b.id < $4::bigint)
      ORDER BY b.id DESC LIMIT $5::int) list
