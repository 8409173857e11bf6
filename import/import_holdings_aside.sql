-- How many rows about a holding that stood before the file keeps aside.
UPDATE holding h SET rows_aside = coalesce(a.n, 0)
FROM stage_plan p
LEFT JOIN (SELECT kept_line, count(*)::integer AS n FROM stage_plan WHERE line <> kept_line AND NOT same_row GROUP BY kept_line) a
  ON a.kept_line = p.line
WHERE p.what IN ('same', 'changed') AND h.id = p.holding_id AND h.rows_aside <> coalesce(a.n, 0)
