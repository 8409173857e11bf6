-- What each border does: new, changed, same; a repeated row does nothing.
UPDATE stage_area s SET area_id = coalesce(a.id, nextval(pg_get_serial_sequence('area', 'id'))::int),
    what = CASE WHEN NOT k.last THEN 'repeated' WHEN a.id IS NULL THEN 'new'
                WHEN (a.name, a.name_en, a.county_code, ST_AsBinary(a.geom)) IS DISTINCT FROM
                     (s.name, s.name_en, s.county_code, ST_AsBinary(s.geom)) THEN 'changed'
                ELSE 'same' END
FROM (SELECT line, kind, code, line = max(line) OVER (PARTITION BY kind, code) AS last FROM stage_area) k
LEFT JOIN area a ON a.kind = k.kind AND a.code = k.code
WHERE k.line = s.line
