-- New substances. $1 source, $2 batch
INSERT INTO substance (id, cas, name_zh, name_en, un, erg_guide, nfpa_health, nfpa_flammability, nfpa_instability,
    nfpa_special, ghs_pictograms, ghs_signal, ghs_h, water_reactive, water_reactive_gases, toxic_by_inhalation,
    physical_state, density_kg_l, toxic_item_no, citation, row_hash, source_id, batch_id)
OVERRIDING SYSTEM VALUE
SELECT p.substance_id, s.cas, s.name_zh, s.name_en, s.un, s.erg_guide, s.nfpa_health, s.nfpa_flammability,
    s.nfpa_instability, s.nfpa_special, s.ghs_pictograms, s.ghs_signal, s.ghs_h, s.water_reactive,
    s.water_reactive_gases, s.toxic_by_inhalation, s.physical_state, s.density_kg_l, s.toxic_item_no, s.citation,
    s.row_hash, $1::int, $2::bigint
FROM stage_plan p JOIN stage_substance s ON s.line = p.line WHERE p.what = 'new' ORDER BY p.line
