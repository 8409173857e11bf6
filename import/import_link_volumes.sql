-- Kilograms of volumes whose density is now known.
UPDATE holding h SET quantity_kg = v.litres * s.density_kg_l
FROM stage_volume v, substance s WHERE v.id = h.id AND s.id = h.substance_id
