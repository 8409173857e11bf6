-- Which substance is of which regulated item by a person's word or the product's, as JSON. $1 rule set, $2 with those of
-- the product
SELECT coalesce(json_agg(json_build_object(
           'id', a.id, 'cas', a.cas, 'name_zh', s.name_zh, 'name_en', s.name_en, 'reported_name', a.reported_name,
           'category', a.category, 'item_no', a.item_no, 'item', a.item, 'water_soluble', a.water_soluble,
           'shipped', a.shipped, 'by', a.decided_by, 'reason', a.reason,
           'at', to_char(a.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
           ORDER BY a.shipped, a.id), '[]')::text
FROM threshold_assignment a LEFT JOIN substance s ON s.cas = a.cas
WHERE a.rule_set = $1 AND ($2::boolean OR NOT a.shipped)
