-- Substances known already.
UPDATE substance o SET name_zh = m.name_zh, name_en = m.name_en, un = m.un, erg_guide = m.erg_guide,
    nfpa_health = m.nfpa_health, nfpa_flammability = m.nfpa_flammability, nfpa_instability = m.nfpa_instability,
    nfpa_special = m.nfpa_special, ghs_pictograms = m.ghs_pictograms, ghs_signal = m.ghs_signal, ghs_h = m.ghs_h,
    water_reactive = m.water_reactive, water_reactive_gases = m.water_reactive_gases,
    toxic_by_inhalation = m.toxic_by_inhalation, physical_state = m.physical_state, density_kg_l = m.density_kg_l,
    toxic_item_no = m.toxic_item_no, citation = m.citation, row_hash = m.row_hash, source_id = m.source_id,
    batch_id = m.batch_id
FROM stage_merged m WHERE o.id = m.id
