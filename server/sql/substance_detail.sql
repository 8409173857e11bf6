-- One substance with all its names and sources, columns of packet_substance_cas.sql aside.
-- $1 CAS number
SELECT s.id, s.toxic_item_no, s.density_kg_l, s.citation, array_to_string(s.ghs_h, ','), o.title,
       (SELECT coalesce(json_agg(json_build_object('name', n.name, 'language', n.language)
                                 ORDER BY n.language DESC, n.name), '[]')
        FROM substance_name n WHERE n.substance_id = s.id)::text,
       (SELECT coalesce(json_agg(json_build_object('factor', f.factor, 'value', f.value,
                                 'unit', f.unit, 'period', f.period, 'source', f.citation)
                                 ORDER BY f.factor, f.period), '[]')
        FROM (SELECT factor, value, unit, period, citation FROM substance_factor WHERE substance_id = s.id
              UNION ALL -- stored incidents; of a printed period the larger count is taken (atlas_substances.sql)
              SELECT 'incidents', count(DISTINCT (r.fields ->> 'date', coalesce(r.county_code, r.county_key, ''))),
                     'incidents', min(r.fields ->> 'date') || '/' || max(r.fields ->> 'date'),
                     'stored incidents from ' || string_agg(DISTINCT i.name, ', ')
              FROM record r JOIN source i ON i.id = r.source_id
              WHERE r.kind = 'incidents' AND r.ended_batch_id IS NULL AND r.fields ->> 'cas' = s.cas
              HAVING count(*) > 0) f)::text,
       (SELECT count(DISTINCT h.facility_id) FROM holding h WHERE h.substance_id = s.id)
FROM substance s
JOIN source o ON o.id = s.source_id
WHERE s.cas = $1
