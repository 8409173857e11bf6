-- One substance by CAS number, in the columns of packet_substances.sql, without a holding.
-- $1 CAS number
SELECT s.cas, s.name_zh, s.name_en, s.un, s.erg_guide, g.title_zh, g.title_en,
       s.nfpa_health, s.nfpa_flammability, s.nfpa_instability, s.nfpa_special,
       array_to_string(s.ghs_pictograms, ','), s.ghs_signal,
       f.water_reactive, f.toxic_by_inhalation, f.water_reactive_gases, s.physical_state,
       NULL::double precision, NULL::text, NULL::text, NULL::text,
       NULL::text, NULL::text, NULL::text, NULL::text, false
FROM substance s
LEFT JOIN substance_response f ON f.substance_id = s.id
LEFT JOIN response_guide_now g ON g.guide = rtrim(s.erg_guide, 'P')
WHERE s.cas = $1
