-- status_sources: the latest standing import of each source and kind, as a JSON array; for holdings
-- with the last day that they report on.
SELECT coalesce(json_agg(json_build_object(
           'name', name, 'title', title, 'kind', kind,
           'published_at', to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
           'data_until', CASE kind WHEN 'holdings' THEN (SELECT max(period_end)::text FROM hazatlas.holding h
                                                         WHERE h.source_id = latest.id) END,
           'rows', rows) ORDER BY name, kind)::text, '[]')
FROM (SELECT DISTINCT ON (s.id, b.kind) s.id, s.name, s.title, b.kind, b.published_at,
             b.rows_new + b.rows_changed + b.rows_unchanged AS rows
      FROM hazatlas.import_batch b JOIN hazatlas.source s ON s.id = b.source_id
      WHERE b.undone_at IS NULL ORDER BY s.id, b.kind, b.id DESC) latest
