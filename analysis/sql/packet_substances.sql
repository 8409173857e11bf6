-- The substances of a facility, one row each: facts, and of its holdings the largest of the latest
-- period with source. Substances that are not linked stand under the name of the report. The quantity of a
-- report that names several is said to be that of the mixture.
-- $1 facility id
WITH latest AS (
    SELECT DISTINCT ON (h.substance_id, CASE WHEN h.substance_id IS NULL THEN h.reported_key || h.part END)
           h.*
    FROM holding h
    WHERE h.facility_id = $1
    ORDER BY h.substance_id, CASE WHEN h.substance_id IS NULL THEN h.reported_key || h.part END,
             h.period_end DESC NULLS LAST, h.quantity_kg DESC NULLS LAST, h.id
)
SELECT s.cas, coalesce(s.name_zh, l.part_name, l.reported_name),
       coalesce(s.name_en, l.part_name, l.reported_name_en),
       s.un, s.erg_guide, g.title_zh, g.title_en,
       s.nfpa_health, s.nfpa_flammability, s.nfpa_instability, s.nfpa_special,
       array_to_string(s.ghs_pictograms, ','), s.ghs_signal,
       f.water_reactive, f.toxic_by_inhalation, f.water_reactive_gases, s.physical_state,
       l.quantity_kg, l.reported_quantity,
       l.reported_unit || CASE WHEN l.parts > 1 THEN '（混合物總量 whole mixture）' ELSE '' END, l.behaviour,
       l.period_start::text, l.period_end::text, o.title, o.name,
       coalesce(l.period_end < current_date - interval '1 year', false)
FROM latest l
LEFT JOIN substance s ON s.id = l.substance_id
LEFT JOIN substance_response f ON f.substance_id = s.id
LEFT JOIN response_guide_now g ON g.guide = rtrim(s.erg_guide, 'P')
JOIN source o ON o.id = l.source_id
