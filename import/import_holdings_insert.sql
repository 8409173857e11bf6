-- New holdings; of a mixture its first part. $1 source, $2 batch
INSERT INTO holding (facility_id, own_key, facility_rule, facility_confidence, substance_id, substance_link, link_confidence, parts, part_name, reported_cas,
    reported_name, reported_name_en, reported_code, reported_key, behaviour, period_start, period_end, quantity_kg,
    mixture_kg, reported_quantity, reported_unit, place, rows_aside, source_id, batch_id, line)
SELECT p.facility_id, k.own_key, k.rule, k.confidence, l.substance_id, l.rule, l.confidence, l.parts, l.part_name, s.reported_cas, s.reported_name,
    s.reported_name_en, s.reported_code, s.reported_key, s.behaviour, s.period_start, s.period_end,
    CASE WHEN l.parts = 1 THEN p.quantity_kg END, CASE WHEN l.parts > 1 THEN p.quantity_kg END,
    s.reported_quantity, s.reported_unit, s.place, coalesce(a.n, 0), $1::int, $2::bigint, s.line
FROM stage_plan p JOIN stage_holding s ON s.line = p.line JOIN stage_link l ON l.id = p.link_id
JOIN stage_known k ON k.facility_key = s.facility_key
LEFT JOIN (SELECT kept_line, count(*)::integer AS n FROM stage_plan WHERE line <> kept_line AND NOT same_row GROUP BY kept_line) a
  ON a.kept_line = p.line
WHERE p.what = 'new' ORDER BY s.line
