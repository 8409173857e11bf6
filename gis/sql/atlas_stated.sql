-- National quantities that systems state themselves, for the atlas, by substance: system, substance id, behaviour
-- (manufacture, use, store), year (null = not known), kg.
SELECT system, substance_id, behaviour, year, quantity_kg
FROM radar_stated ORDER BY substance_id, system COLLATE "C", behaviour, year, record_id
