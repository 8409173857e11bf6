-- Suggestions for a person: names that look like names of substances. $1 batch or null
INSERT INTO review (subject, left_key, right_key, rule, confidence, detail, batch_id)
SELECT 'substance', v.key, s.cas, 'similar_name', v.confidence,
       jsonb_build_object('reported', coalesce(
               (SELECT json_build_object('cas', l.reported_cas, 'code', l.reported_code, 'name', l.reported_name,
                                         'name_en', l.reported_name_en)
                FROM stage_link l WHERE coalesce(l.zh_key, l.en_key) = v.key ORDER BY l.id LIMIT 1),
               json_build_object('name', v.key)),
           'substance', json_build_object('cas', s.cas, 'name_zh', s.name_zh, 'name_en', s.name_en)),
       $1::bigint
FROM stage_link_similar v JOIN substance s ON s.id = v.substance_id
ON CONFLICT (subject, left_key, right_key) DO UPDATE
    SET confidence = excluded.confidence, batch_id = coalesce(excluded.batch_id, review.batch_id)
    WHERE review.status = 'open'
