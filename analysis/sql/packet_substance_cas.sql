-- One substance by CAS number, in the columns of packet_substances.sql, without a holding.
-- $1 CAS number
SELECT s.cas, s.name_zh, s.name_en, s.un, s.erg_guide, g.title_zh, g.title_en,
       s.nfpa_health, s.nfpa_flammability, s.nfpa_instability, s.nfpa_special,
       array_to_string(s.ghs_pictograms, ','), s.ghs_signal,
       s.water_reactive, s.toxic_by_inhalation, s.water_reactive_gases, s.physical_state,
       NULL::double precision, NULL::text, NULL::text, NULL::text,
       NULL::text, NULL::text, NULL::text, NULL::text, false
FROM substance s
LEFT JOIN response_guide g ON g.guide = rtrim(s.erg_guide, 'P')
WHERE s.cas = $1
