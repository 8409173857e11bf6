-- The whitelist of anomalies as JSON. $1 facility id (null = all)
SELECT coalesce(json_agg(json_build_object(
           'id', a.id, 'facility', a.facility_id, 'name', f.name, 'cas', a.cas, 'substance', s.name_zh,
           'reported_key', a.reported_key, 'behaviour', a.behaviour, 'source', o.name, 'until', a.until,
           'by', a.decided_by, 'reason', a.reason,
           'at', to_char(a.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ORDER BY a.id), '[]')::text
FROM anomaly_allowed a JOIN facility f ON f.id = a.facility_id
LEFT JOIN substance s ON s.cas = a.cas LEFT JOIN source o ON o.id = a.source_id
WHERE $1::bigint IS NULL OR a.facility_id = $1
