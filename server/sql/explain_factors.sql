-- What the factors of one substance rest on besides holdings, as JSON: value of exports and official classes that
-- the radar goes by, national sums that systems state, incidents counted in print, and every imported row of them.
-- $1 CAS number
WITH u AS (SELECT id, cas FROM substance WHERE cas = $1),
said AS (
    SELECT r.kind, r.id, json_build_object(
        'record', r.id, 'source', s.name, 'source_title', s.title, 'fields', r.fields, 'file', b.file_name,
        'line', r.line, 'batch', r.batch_id,
        'imported_at', to_char(b.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) AS row
    FROM u JOIN record r ON r.fields ->> 'cas' = u.cas AND r.kind IN ('exports', 'national', 'scores')
                        AND r.ended_batch_id IS NULL
    JOIN source s ON s.id = r.source_id JOIN import_batch b ON b.id = r.batch_id)
SELECT json_build_object(
    'export', (SELECT json_build_object('thousand_twd', e.thousand_twd, 'year', e.year, 'imported', e.imported,
                   'citation', e.citation, 'record', e.record_id) FROM radar_export e WHERE e.substance_id = u.id),
    'export_rows', (SELECT coalesce(json_agg(row ORDER BY id), '[]') FROM said WHERE kind = 'exports'),
    'stated', (SELECT coalesce(json_agg(json_build_object('system', t.system, 'agency', t.agency,
                   'behaviour', t.behaviour, 'year', t.year, 'kg', t.quantity_kg,
                   'reported_behaviour', t.reported_behaviour, 'reported_quantity', t.reported_amount,
                   'reported_unit', t.reported_unit, 'citation', t.citation, 'record', t.record_id)
                   ORDER BY t.quantity_kg DESC, t.record_id), '[]')
               FROM radar_stated t WHERE t.substance_id = u.id),
    'stated_rows', (SELECT coalesce(json_agg(row ORDER BY id), '[]') FROM said WHERE kind = 'national'),
    'official', (SELECT to_json(o) FROM radar_official o WHERE o.substance_id = u.id),
    'official_rows', (SELECT coalesce(json_agg(row ORDER BY id), '[]') FROM said WHERE kind = 'scores'),
    'printed', (SELECT coalesce(json_agg(json_build_object('incidents', p.incidents, 'period', p.period,
                    'from', p.first_day, 'to', p.last_day, 'citation', p.citation) ORDER BY p.first_day, p.period), '[]')
                FROM radar_printed p WHERE p.substance_id = u.id))::text
FROM u
