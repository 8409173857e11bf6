-- Doubtful pairs of holdings' facilities on the review list; what a person decided stays. $1 batch,
-- $2 source name, $3 pairs a facility
WITH pair AS (
    SELECT m.own_key AS row_key, v.facility_key AS other_key, p.rule, p.confidence, m.own_key AS file_key, v.side,
           row_number() OVER (PARTITION BY m.own_key ORDER BY p.confidence DESC, p.facility_id) AS place
    FROM stage_pair p JOIN stage_match m ON m.line = p.line JOIN stage_side v ON v.facility_id = p.facility_id
    UNION ALL
    SELECT k.own_key, v.facility_key, k.rule, k.confidence, k.facility_key, v.side, 1
    FROM stage_known k JOIN stage_side v ON v.facility_id = k.facility_id WHERE k.rule LIKE '%\_no\_other\_name'),
seen AS (
    SELECT p.*, jsonb_build_object(
        'key', p.row_key, 'name', (SELECT min(h.facility_name) FROM stage_holding h WHERE h.facility_key = p.file_key),
        'address', NULL, 'county', NULL, 'industry', NULL, 'lon', NULL, 'lat', NULL, 'position_check', 'missing',
        'numbers', jsonb_build_array(jsonb_build_object('scheme', split_part(p.file_key, ':', 1) || '_no',
                                                        'number', split_part(p.file_key, ':', 2))),
        'names', '[]'::jsonb, 'sources', jsonb_build_array($2::text),
        'holdings', (SELECT count(*) FROM stage_holding h WHERE h.facility_key = p.file_key)) AS own
    FROM pair p WHERE p.place <= $3::int AND p.row_key <> p.other_key),
sorted AS (
    SELECT DISTINCT ON (least(row_key, other_key), greatest(row_key, other_key))
           least(row_key, other_key) AS left_key, greatest(row_key, other_key) AS right_key, rule, confidence,
           jsonb_build_object('left', CASE WHEN row_key < other_key THEN own ELSE side END,
                              'right', CASE WHEN row_key < other_key THEN side ELSE own END,
                              'distance_m', NULL, 'alike', NULL) AS detail
    FROM seen ORDER BY least(row_key, other_key), greatest(row_key, other_key), confidence DESC)
INSERT INTO review (subject, left_key, right_key, rule, confidence, detail, batch_id)
SELECT 'facility', left_key, right_key, rule, confidence, detail, $1::bigint FROM sorted
ON CONFLICT (subject, left_key, right_key) DO UPDATE SET rule = excluded.rule, confidence = excluded.confidence,
    detail = excluded.detail, batch_id = excluded.batch_id
WHERE review.status = 'open' AND (review.rule, review.detail) IS DISTINCT FROM (excluded.rule, excluded.detail)
