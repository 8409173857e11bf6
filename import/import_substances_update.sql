-- Substances known already: the row's own source replaces all that it said; another source adds and
-- corrects, and leaves what it does not know. $1 source, $2 batch
UPDATE substance o SET
    name_zh = s.name_zh, name_en = s.name_en,
    un = CASE WHEN o.source_id = $1::int THEN s.un ELSE coalesce(s.un, o.un) END,
    erg_guide = CASE WHEN o.source_id = $1::int THEN s.erg_guide ELSE coalesce(s.erg_guide, o.erg_guide) END,
    nfpa_health = CASE WHEN o.source_id = $1::int THEN s.nfpa_health ELSE coalesce(s.nfpa_health, o.nfpa_health) END,
    nfpa_flammability = CASE WHEN o.source_id = $1::int THEN s.nfpa_flammability ELSE coalesce(s.nfpa_flammability, o.nfpa_flammability) END,
    nfpa_instability = CASE WHEN o.source_id = $1::int THEN s.nfpa_instability ELSE coalesce(s.nfpa_instability, o.nfpa_instability) END,
    nfpa_special = CASE WHEN o.source_id = $1::int THEN s.nfpa_special ELSE coalesce(s.nfpa_special, o.nfpa_special) END,
    ghs_pictograms = CASE WHEN o.source_id = $1::int OR s.ghs_pictograms <> '{}' THEN s.ghs_pictograms ELSE o.ghs_pictograms END,
    ghs_signal = CASE WHEN o.source_id = $1::int THEN s.ghs_signal ELSE coalesce(s.ghs_signal, o.ghs_signal) END,
    ghs_h = CASE WHEN o.source_id = $1::int OR s.ghs_h <> '{}' THEN s.ghs_h ELSE o.ghs_h END,
    water_reactive = CASE WHEN o.source_id = $1::int THEN s.water_reactive ELSE coalesce(s.water_reactive, o.water_reactive) END,
    water_reactive_gases = CASE WHEN o.source_id = $1::int THEN s.water_reactive_gases ELSE coalesce(s.water_reactive_gases, o.water_reactive_gases) END,
    toxic_by_inhalation = CASE WHEN o.source_id = $1::int THEN s.toxic_by_inhalation ELSE coalesce(s.toxic_by_inhalation, o.toxic_by_inhalation) END,
    physical_state = CASE WHEN o.source_id = $1::int THEN s.physical_state ELSE coalesce(s.physical_state, o.physical_state) END,
    density_kg_l = CASE WHEN o.source_id = $1::int THEN s.density_kg_l ELSE coalesce(s.density_kg_l, o.density_kg_l) END,
    toxic_item_no = CASE WHEN o.source_id = $1::int THEN s.toxic_item_no ELSE coalesce(s.toxic_item_no, o.toxic_item_no) END,
    citation = CASE WHEN o.source_id = $1::int THEN s.citation ELSE s.citation || '; ' || o.citation END,
    row_hash = s.row_hash, source_id = $1::int, batch_id = $2::bigint
FROM stage_plan p JOIN stage_substance s ON s.line = p.line
WHERE o.id = p.substance_id AND p.what = 'changed'
