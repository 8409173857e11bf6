-- Sets of regulated quantities: name, edition, source of an imported one, rows; the one that comes with the
-- product first.
SELECT rule_set, max(edition), max(imported_from), count(*)
FROM regulated_quantity
GROUP BY rule_set
ORDER BY rule_set <> '公共危險物品及可燃性高壓氣體', rule_set
