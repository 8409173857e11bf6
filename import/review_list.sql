-- Doubtful matches, surest first, with the facilities that their keys lead to now.
-- $1 subject or null, $2 status or null, $3 id of the last row of the page before or 0, $4 limit,
-- $5 id of the only row wanted or 0
SELECT r.id, coalesce(r.batch_id, 0), r.subject, r.status, r.rule, r.left_key, r.right_key, r.detail::text,
       to_char(r.found_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       to_char(r.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), r.decided_by, r.note,
       r.confidence, coalesce(lf.id, ls.id, 0), coalesce(rf.id, rs.id, 0)
FROM review r
LEFT JOIN facility lf ON r.subject = 'facility' AND lf.facility_key = r.left_key
LEFT JOIN facility rf ON r.subject = 'facility' AND rf.facility_key = r.right_key
LEFT JOIN facility_same lk ON r.subject = 'facility' AND lk.own_key = r.left_key
LEFT JOIN facility ls ON ls.facility_key = lk.facility_key
LEFT JOIN facility_same rk ON r.subject = 'facility' AND rk.own_key = r.right_key
LEFT JOIN facility rs ON rs.facility_key = rk.facility_key
WHERE ($1::text IS NULL OR r.subject = $1) AND ($2::text IS NULL OR r.status = $2)
  AND ($5::bigint = 0 OR r.id = $5)
  AND ($3::bigint = 0 OR (r.confidence, -r.id) < (SELECT c.confidence, -c.id FROM review c WHERE c.id = $3))
ORDER BY r.confidence DESC, r.id
LIMIT $4
