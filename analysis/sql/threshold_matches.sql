-- What says of which item a substance is: substance id (null: reported_key names it), reported_key, category (null: of
-- none), item number, item (null: the number says it), whether it mixes with water, rank (0 a person, 1 the item's
-- CAS list, 2 comes with the product), who, why, our number. $1 rule set
SELECT s.id, a.reported_key, a.category, a.item_no, a.item, a.water_soluble,
       CASE WHEN a.shipped THEN 2 ELSE 0 END AS rank, a.decided_by, a.reason, a.id
FROM threshold_assignment a LEFT JOIN substance s ON s.cas = a.cas
WHERE a.rule_set = $1 AND (s.id IS NOT NULL OR a.reported_key IS NOT NULL)
UNION ALL
SELECT DISTINCT s.id, NULL, q.category, q.item_no, q.item_zh,
       CASE WHEN count(*) OVER (PARTITION BY s.id, q.category, q.item_no, q.item_zh) = 1 THEN q.water_soluble END,
       1, NULL, 'CAS ' || s.cas, NULL::bigint
FROM regulated_quantity q
CROSS JOIN LATERAL jsonb_array_elements_text(CASE jsonb_typeof(q.cas) WHEN 'array' THEN q.cas ELSE '[]' END) AS listed
JOIN substance s ON s.cas = listed
WHERE q.rule_set = $1
ORDER BY 7, 1, 2
