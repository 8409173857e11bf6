-- Substances by id, for the atlas: what they are, value of exports (thousand TWD), and the official classes of hazard,
-- quantity, incidents, economy that were imported. National quantity and incidents the radar counts of other rows.
SELECT s.cas, s.name_zh, s.name_en, s.un, s.erg_guide, s.nfpa_health, s.nfpa_flammability,
       s.nfpa_instability, r.water_reactive, r.toxic_by_inhalation, s.id, e.thousand_twd,
       o.hazard, o.quantity, o.incident, o.economy
FROM substance s JOIN substance_response r ON r.substance_id = s.id
LEFT JOIN radar_export e ON e.substance_id = s.id LEFT JOIN radar_official o ON o.substance_id = s.id
ORDER BY s.id
