-- One substance with all its names and sources, columns of packet_substance_cas.sql aside.
-- $1 CAS number
SELECT s.id, s.toxic_item_no, s.density_kg_l, s.citation, array_to_string(s.ghs_h, ','), o.title,
       (SELECT coalesce(json_agg(json_build_object('name', n.name, 'language', n.language)
                                 ORDER BY n.language DESC, n.name), '[]')
        FROM substance_name n WHERE n.substance_id = s.id)::text,
       (SELECT coalesce(json_agg(json_build_object('factor', f.factor, 'value', f.value,
                                 'unit', f.unit, 'period', f.period, 'source', f.citation)
                                 ORDER BY f.factor, f.period), '[]')
        FROM (SELECT factor, value, unit, period, citation FROM substance_factor g
              WHERE substance_id = s.id AND (factor <> 'export_value' OR NOT EXISTS (
                    SELECT FROM radar_export e WHERE e.substance_id = s.id AND e.imported))
              UNION ALL
              SELECT 'export_value', thousand_twd, 'thousand TWD', coalesce(year::text, ''), citation
              FROM radar_export WHERE substance_id = s.id AND imported
              UNION ALL
              SELECT 'national_quantity', quantity_kg / 1000, 't', coalesce(year::text, ''),
                     concat_ws(', ', system, reported_behaviour, citation)
              FROM radar_stated WHERE substance_id = s.id
              UNION ALL
              SELECT 'official_' || axis, class, 'class 1-10', coalesce(r.fields ->> 'edition', ''),
                     coalesce(r.fields ->> 'citation', i.title)
              FROM radar_official c CROSS JOIN LATERAL (VALUES ('hazard', hazard, hazard_record_id),
                  ('quantity', quantity, quantity_record_id), ('incident', incident, incident_record_id),
                  ('economy', economy, economy_record_id)) a(axis, class, record_id)
              JOIN record r ON r.id = a.record_id JOIN source i ON i.id = r.source_id
              WHERE c.substance_id = s.id
              UNION ALL -- stored incidents; of a printed period the larger count is taken (analysis/radar_factors.h)
              SELECT 'incidents', count(*), 'incidents', min(i.day) || '/' || max(i.day),
                     'stored incidents from ' || string_agg(DISTINCT o.name, ', ')
              FROM radar_incident i JOIN record r ON r.id = i.id JOIN source o ON o.id = r.source_id
              WHERE i.substance_id = s.id HAVING count(*) > 0) f)::text,
       (SELECT count(DISTINCT h.facility_id) FROM holding h WHERE h.substance_id = s.id)
FROM substance s
JOIN source o ON o.id = s.source_id
WHERE s.cas = $1
