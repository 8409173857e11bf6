-- Substances by id: id, CAS number, names, density (kg per litre, as decimal), whether a gas.
SELECT id, cas, name_zh, name_en, density_kg_l::text, coalesce(physical_state = 'gas', false)
FROM substance ORDER BY id
