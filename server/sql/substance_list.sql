-- Substances by CAS number, optionally by name, page by page.
-- $1 LIKE pattern on names and codes or null, $2 CAS after which the page begins or '', $3 limit
SELECT s.cas, s.name_zh, s.name_en, s.un, s.erg_guide, s.nfpa_health, s.nfpa_flammability,
       s.nfpa_instability, s.nfpa_special, f.water_reactive, f.toxic_by_inhalation,
       (SELECT count(DISTINCT h.facility_id) FROM holding h WHERE h.substance_id = s.id)
FROM substance s JOIN substance_response f ON f.substance_id = s.id
WHERE s.cas COLLATE "C" > $2
  AND ($1::text IS NULL OR EXISTS (SELECT FROM substance_name n
                                   WHERE n.substance_id = s.id AND n.name_key LIKE $1))
ORDER BY s.cas COLLATE "C"
LIMIT $3
