-- One facility with operator, areas and position.
-- $1 facility id
SELECT f.name, f.name_en, f.address, f.phone, f.industry, f.industrial_park, f.established_year,
       o.name, o.business_no,
       c.code, c.name, t.code, t.name,
       ST_X(f.geom), ST_Y(f.geom), ST_X(f.geom_3826), ST_Y(f.geom_3826),
       f.position_method, f.position_accuracy_m, f.position_check,
       f.reported_x, f.reported_y, f.reported_crs,
       (SELECT coalesce(json_agg(a.name ORDER BY a.name), '[]') FROM facility_alias a
        WHERE a.facility_id = f.id AND a.name <> f.name)::text,
       to_char(f.changed_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
FROM facility f
LEFT JOIN operator o ON o.id = f.operator_id
LEFT JOIN area c ON c.kind = 'county' AND c.code = f.county_code
LEFT JOIN area t ON t.kind = 'township' AND t.code = f.township_code
WHERE f.id = $1
