-- Stored incidents of one substance that the radar counts (view radar_incident), newest first, each as a JSON object,
-- with their total number.
-- $1 CAS number, $2 first day, $3 last day (null = open), $4 limit
SELECT count(*) OVER (), json_build_object(
    'id', i.id, 'day', i.day, 'county', i.county_code, 'title', r.name, 'source', s.name, 'source_title', s.title,
    'file', b.file_name, 'line', r.line, 'batch', r.batch_id,
    'imported_at', to_char(b.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text
FROM substance u
JOIN radar_incident i ON i.substance_id = u.id
JOIN record r ON r.id = i.id
JOIN source s ON s.id = r.source_id
JOIN import_batch b ON b.id = r.batch_id
WHERE u.cas = $1 AND ($2::date IS NULL OR i.day >= $2::date) AND ($3::date IS NULL OR i.day <= $3::date)
ORDER BY i.day DESC NULLS LAST, i.id
LIMIT $4
