-- The holdings that one national sum adds up, the largest first, each as a JSON object, with their total number.
-- $1 CAS number, $2 source, $3 behaviour, $4 year in which the period ends (null = not known), $5 limit
SELECT count(*) OVER (), json_build_object(
    'facility', h.facility_id, 'name', f.name, 'reported_quantity', h.reported_quantity,
    'reported_unit', h.reported_unit, 'kg', h.quantity_kg, 'period_start', h.period_start, 'period_end', h.period_end,
    'file', b.file_name, 'line', h.line, 'batch', h.batch_id,
    'imported_at', to_char(b.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text
FROM holding h
JOIN substance s ON s.id = h.substance_id
JOIN source o ON o.id = h.source_id
JOIN facility f ON f.id = h.facility_id
JOIN import_batch b ON b.id = h.batch_id
WHERE s.cas = $1 AND o.name = $2 AND h.behaviour = $3
  AND extract(year FROM h.period_end)::bigint IS NOT DISTINCT FROM $4::bigint AND h.quantity_kg IS NOT NULL
ORDER BY h.quantity_kg DESC, h.id
LIMIT $5
