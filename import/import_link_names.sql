-- Names that mean one substance: what a person confirmed, else what exactly one substance is called,
-- unless a person refused just that.
INSERT INTO stage_link_name
SELECT left_key, min(s.id), 'review', 1
FROM review r JOIN substance s ON s.cas = r.right_key
WHERE r.subject = 'substance' AND r.status = 'confirmed' AND r.left_key NOT LIKE '%|%'
GROUP BY left_key HAVING count(*) = 1
UNION ALL
SELECT n.name_key, min(s.id),
       CASE WHEN bool_or(n.name = s.name_zh) THEN 'name_zh' WHEN bool_or(n.name = s.name_en) THEN 'name_en'
            ELSE 'synonym' END,
       CASE WHEN bool_or(n.name IN (s.name_zh, s.name_en)) THEN 0.9 ELSE 0.8 END
FROM substance_name n JOIN substance s ON s.id = n.substance_id
WHERE n.language <> 'code'
  AND NOT EXISTS (SELECT FROM review r WHERE r.subject = 'substance' AND r.left_key = n.name_key AND r.status = 'confirmed')
GROUP BY n.name_key
HAVING count(DISTINCT s.id) = 1
   AND NOT EXISTS (SELECT FROM review r WHERE r.subject = 'substance' AND r.left_key = n.name_key
                   AND r.right_key = min(s.cas) AND r.status = 'refused')
