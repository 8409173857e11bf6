-- Holdings that the file says otherwise. $1 batch
UPDATE holding h SET substance_id = p.substance_id, substance_link = p.rule, reported_cas = s.reported_cas,
    reported_name = s.reported_name, reported_name_en = s.reported_name_en, reported_code = s.reported_code,
    quantity_kg = p.quantity_kg, reported_quantity = s.reported_quantity, reported_unit = s.reported_unit,
    batch_id = $1::bigint, line = s.line
FROM stage_plan p JOIN stage_holding s ON s.line = p.line
WHERE p.what = 'changed' AND h.id = p.holding_id
