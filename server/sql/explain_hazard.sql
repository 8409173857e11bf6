-- NFPA ratings of one substance, row by row, as JSON; the highest of each counts.
-- $1 CAS number
SELECT coalesce(json_agg(json_build_object(
    'source', o.name, 'source_title', o.title, 'health', r.fields -> 'nfpa_health',
    'flammability', r.fields -> 'nfpa_flammability', 'instability', r.fields -> 'nfpa_instability',
    'citation', r.fields -> 'citation', 'file', b.file_name, 'line', r.line, 'batch', r.batch_id,
    'imported_at', to_char(b.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
    ORDER BY b.published_at, r.id), '[]')::text
FROM substance_record r
JOIN source o ON o.id = r.source_id
JOIN import_batch b ON b.id = r.batch_id
WHERE r.cas = $1 AND r.ended_batch_id IS NULL
  AND (r.fields ? 'nfpa_health' OR r.fields ? 'nfpa_flammability' OR r.fields ? 'nfpa_instability')
