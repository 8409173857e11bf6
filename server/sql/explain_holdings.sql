-- What was reported of the quantities at one facility, by substance and sum, the largest rows first, each as a JSON
-- object, with their total number. `year` is the calendar year in which the period ends.
-- $1 facility id, $2 limit
SELECT count(*) OVER (), json_build_object(
    'cas', s.cas, 'reported_name', coalesce(h.reported_name, h.reported_name_en, h.reported_cas, h.reported_code),
    'unlinked_key', CASE WHEN s.id IS NULL THEN h.reported_key END,
    'source', o.name, 'source_title', o.title, 'behaviour', h.behaviour, 'year', extract(year FROM h.period_end)::integer,
    'period_start', h.period_start, 'period_end', h.period_end,
    'reported_quantity', h.reported_quantity, 'reported_unit', h.reported_unit, 'kg', h.quantity_kg,
    'mixture_kg', h.mixture_kg, 'file', b.file_name, 'line', h.line, 'batch', h.batch_id,
    'imported_at', to_char(b.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text
FROM holding h
JOIN source o ON o.id = h.source_id
JOIN import_batch b ON b.id = h.batch_id
LEFT JOIN substance s ON s.id = h.substance_id
WHERE h.facility_id = $1
ORDER BY s.cas NULLS LAST, h.reported_key, o.name, h.behaviour, h.period_end, h.quantity_kg DESC NULLS LAST, h.id
LIMIT $2
