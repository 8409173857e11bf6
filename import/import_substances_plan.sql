-- For each substance the row that counts (the last one) and what it does: new, changed, same.
INSERT INTO stage_plan
SELECT k.line, k.cas, s.row_hash, coalesce(o.id, nextval(pg_get_serial_sequence('substance', 'id')))::int,
       CASE WHEN o.id IS NULL THEN 'new' WHEN o.row_hash = s.row_hash THEN 'same' ELSE 'changed' END
FROM (SELECT cas, max(line) AS line FROM stage_substance GROUP BY cas) k
JOIN stage_substance s ON s.line = k.line
LEFT JOIN substance o ON o.cas = k.cas
ORDER BY k.line
