-- New holdings. $1 source, $2 batch
INSERT INTO holding (facility_id, substance_id, substance_link, reported_cas, reported_name, reported_name_en,
    reported_code, reported_key, behaviour, period_start, period_end, quantity_kg, reported_quantity, reported_unit,
    source_id, batch_id, line)
SELECT p.facility_id, p.substance_id, p.rule, s.reported_cas, s.reported_name, s.reported_name_en, s.reported_code,
    s.reported_key, s.behaviour, s.period_start, s.period_end, p.quantity_kg, s.reported_quantity, s.reported_unit,
    $1::int, $2::bigint, s.line
FROM stage_plan p JOIN stage_holding s ON s.line = p.line WHERE p.what = 'new' ORDER BY s.line
