-- Doubtful pairs on the review list, the surest few of each row; what a person decided stays. A row that
-- is linked with certainty asks no more, unless numbers contradict. $1 batch, $2 source name, $3 pairs a row
WITH pair AS (
    SELECT m.own_key AS row_key, v.facility_key AS other_key, p.rule, p.confidence, m.line, v.side, p.distance_m, p.alike,
           row_number() OVER (PARTITION BY p.line ORDER BY p.confidence DESC, p.facility_id) AS place
    FROM stage_pair p
    JOIN stage_match m ON m.line = p.line
    JOIN stage_side v ON v.facility_id = p.facility_id
    WHERE p.rule IS NOT NULL AND p.rule <> 'confirmed' AND NOT p.certain
      AND (p.factory OR p.ems OR p.rule = 'ambiguous'
           OR NOT EXISTS (SELECT 1 FROM stage_pair c WHERE c.line = p.line AND c.certain))
    UNION ALL
    SELECT s.own_key, s.facility_key, s.rule, s.confidence, m.line, v.side, NULL, NULL, 1
    FROM stage_same s JOIN stage_match m ON m.own_key = s.facility_key JOIN stage_side v ON v.facility_key = s.facility_key
    WHERE s.rule LIKE '%\_no\_other\_name'),
seen AS (
    SELECT p.*, jsonb_build_object(
        'key', p.row_key, 'name', s.name, 'address', s.address, 'county', a.name, 'industry', s.industry,
        'lon', CASE WHEN s.place = 'accepted' THEN s.lon END, 'lat', CASE WHEN s.place = 'accepted' THEN s.lat END,
        'position_check', s.place,
        'numbers', (SELECT coalesce(jsonb_agg(jsonb_build_object('scheme', n.scheme, 'number', n.number)), '[]')
                    FROM (VALUES ('ems_no', s.ems_no), ('factory_no', s.factory_no), ('business_no', s.business_no)) n(scheme, number)
                    WHERE n.number IS NOT NULL),
        'names', '[]'::jsonb, 'sources', jsonb_build_array($2::text), 'line', p.line, 'holdings', 0) AS own
    FROM pair p JOIN stage_facility s ON s.line = p.line JOIN stage_match m ON m.line = p.line
    LEFT JOIN area a ON a.kind = 'county' AND a.code = m.county
    WHERE p.place <= $3::int),
sorted AS (
    SELECT DISTINCT ON (least(row_key, other_key), greatest(row_key, other_key))
           least(row_key, other_key) AS left_key, greatest(row_key, other_key) AS right_key, rule, confidence,
           jsonb_build_object('left', CASE WHEN row_key < other_key THEN own ELSE side END,
                              'right', CASE WHEN row_key < other_key THEN side ELSE own END,
                              'distance_m', round(distance_m), 'alike', round(alike::numeric, 2)) AS detail
    FROM seen WHERE row_key <> other_key
    ORDER BY least(row_key, other_key), greatest(row_key, other_key), confidence DESC)
INSERT INTO review (subject, left_key, right_key, rule, confidence, detail, batch_id)
SELECT 'facility', left_key, right_key, rule, confidence, detail, $1::bigint FROM sorted
ON CONFLICT (subject, left_key, right_key) DO UPDATE SET rule = excluded.rule, confidence = excluded.confidence,
    detail = excluded.detail, batch_id = excluded.batch_id
WHERE review.status = 'open' AND (review.rule, review.detail) IS DISTINCT FROM (excluded.rule, excluded.detail)
