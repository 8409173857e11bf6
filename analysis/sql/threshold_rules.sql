-- Regulated quantities of a set of rules, rows of the same item together. $1 rule set
SELECT category, category_zh, category_en, item_no, item_zh, item_en, trim_scale(quantity)::text, unit, water_soluble,
       test, reporting, nullif(note, ''), citation
FROM regulated_quantity
WHERE rule_set = $1
ORDER BY length(category), category, length(item_no), item_no, item_zh, water_soluble NULLS FIRST, quantity
