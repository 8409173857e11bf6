-- What each source says now of one facility, as a JSON array.
-- $1 facility id
SELECT coalesce(json_agg(json_build_object('name', s.name, 'title', s.title, 'batch', r.batch_id,
           'imported_at', to_char(b.published_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'file', b.file_name,
           'line', r.line, 'link_rule', r.link_rule, 'link_confidence', round(r.link_confidence::numeric, 2))
       ORDER BY b.published_at DESC, s.name), '[]')::text
FROM facility_record r
JOIN source s ON s.id = r.source_id
JOIN import_batch b ON b.id = r.batch_id
WHERE r.facility_id = $1 AND r.ended_batch_id IS NULL
