-- Substances by id, for the atlas, with the raw factors of the warning radar.
-- National quantity: the largest of the sums by source x behaviour x calendar year (report fig. 4-111).
WITH national AS (
    SELECT substance_id, max(kg) AS kg
    FROM (SELECT substance_id, sum(quantity_kg) AS kg
          FROM holding WHERE substance_id IS NOT NULL
          GROUP BY substance_id, source_id, behaviour, extract(year FROM period_end)) AS sums
    GROUP BY substance_id),
factor AS (
    SELECT substance_id,
           (array_agg(value ORDER BY period DESC) FILTER (WHERE factor = 'export_value'))[1] AS export_value,
           sum(value) FILTER (WHERE factor = 'incidents') AS incidents
    FROM substance_factor GROUP BY substance_id)
SELECT s.id, s.cas, s.name_zh, s.name_en, s.un, s.erg_guide, s.nfpa_health, s.nfpa_flammability,
       s.nfpa_instability, r.water_reactive, r.toxic_by_inhalation, n.kg, f.export_value, f.incidents
FROM substance s JOIN substance_response r ON r.substance_id = s.id
LEFT JOIN national n ON n.substance_id = s.id LEFT JOIN factor f ON f.substance_id = s.id
ORDER BY s.id
