-- Doubtful links wait for a person; what was decided stays decided. $1 batch or null
WITH said AS (
    SELECT l.*, coalesce(l.cas, l.code_key) || '|' || coalesce(l.zh_key, l.en_key) AS pair,
           json_build_object('cas', l.reported_cas, 'code', l.reported_code, 'name', l.reported_name,
                             'name_en', l.reported_name_en) AS reported
    FROM stage_link l WHERE l.note IS NOT NULL AND l.note <> 'several_substances'),
doubt AS (
    -- The identifier means one substance, the name another.
    SELECT l.pair AS left_key, s.cas AS right_key, l.note AS rule, 0.5 AS confidence, l.reported, l.other_id
    FROM said l JOIN substance s ON s.id = l.substance_id
    WHERE l.note IN ('cas_name_differ', 'code_name_differ')
    UNION ALL
    -- The CAS number is right and not known here, the name is.
    SELECT l.pair, s.cas, l.note, 0.5, l.reported, NULL
    FROM said l JOIN substance s ON s.id = l.other_id WHERE l.note = 'cas_not_known'
    UNION ALL
    -- The damaged CAS number can have been several.
    SELECT l.cas_key, s.cas, l.note, 0.6, l.reported, NULL
    FROM said l JOIN stage_link_guess g ON g.link_id = l.id JOIN substance s ON s.cas = g.cas
    WHERE l.note = 'cas_ambiguous'),
best AS (
    SELECT DISTINCT ON (left_key, right_key) * FROM doubt WHERE left_key IS NOT NULL
    ORDER BY left_key, right_key, reported::text)
INSERT INTO review (subject, left_key, right_key, rule, confidence, detail, batch_id)
SELECT 'substance', b.left_key, b.right_key, b.rule, b.confidence,
       jsonb_build_object('reported', b.reported,
           'substance', json_build_object('cas', s.cas, 'name_zh', s.name_zh, 'name_en', s.name_en),
           'named', CASE WHEN o.id IS NOT NULL THEN
                        json_build_object('cas', o.cas, 'name_zh', o.name_zh, 'name_en', o.name_en) END),
       $1::bigint
FROM best b JOIN substance s ON s.cas = b.right_key LEFT JOIN substance o ON o.id = b.other_id
ON CONFLICT (subject, left_key, right_key) DO UPDATE
    SET rule = excluded.rule, confidence = excluded.confidence, detail = excluded.detail,
        batch_id = coalesce(excluded.batch_id, review.batch_id)
    WHERE review.status = 'open'
