-- Holdings that the file says otherwise. $1 batch
UPDATE holding h SET substance_id = l.substance_id, substance_link = l.rule, link_confidence = l.confidence,
    parts = l.parts, part_name = l.part_name, reported_cas = s.reported_cas,
    reported_name = s.reported_name, reported_name_en = s.reported_name_en, reported_code = s.reported_code,
    quantity_kg = CASE WHEN l.parts = 1 THEN p.quantity_kg END,
    mixture_kg = CASE WHEN l.parts > 1 THEN p.quantity_kg END,
    reported_quantity = s.reported_quantity, reported_unit = s.reported_unit, batch_id = $1::bigint, line = s.line
FROM stage_plan p JOIN stage_holding s ON s.line = p.line JOIN stage_link l ON l.id = p.link_id
WHERE p.what = 'changed' AND h.id = p.holding_id
