-- New substances, in the order of the file.
INSERT INTO substance (cas, name_zh, name_en, un, erg_guide, nfpa_health, nfpa_flammability, nfpa_instability,
    nfpa_special, ghs_pictograms, ghs_signal, ghs_h, water_reactive, water_reactive_gases, toxic_by_inhalation,
    physical_state, density_kg_l, toxic_item_no, citation, row_hash, source_id, batch_id)
SELECT m.cas, m.name_zh, m.name_en, m.un, m.erg_guide, m.nfpa_health, m.nfpa_flammability, m.nfpa_instability,
    m.nfpa_special, m.ghs_pictograms, m.ghs_signal, m.ghs_h, m.water_reactive, m.water_reactive_gases,
    m.toxic_by_inhalation, m.physical_state, m.density_kg_l, m.toxic_item_no, m.citation, m.row_hash, m.source_id, m.batch_id
FROM stage_merged m
WHERE m.id IS NULL ORDER BY (SELECT min(p.line) FROM stage_plan p WHERE p.cas = m.cas)
