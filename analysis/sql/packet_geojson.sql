-- A stored packet as a GeoJSON FeatureCollection: the incident, its zones, the facilities inside.
-- $1 id
WITH p AS (SELECT id, body FROM packet WHERE id = $1),
features AS (
    SELECT 1 AS place, 0 AS n, jsonb_build_object(
        'type', 'Feature', 'geometry', jsonb_build_object('type', 'Point', 'coordinates',
            jsonb_build_array(body #> '{incident,lon}', body #> '{incident,lat}')),
        'properties', jsonb_build_object(
            'kind', 'incident', 'packet', body -> 'id', 'created_at', body -> 'created_at',
            'name', coalesce(body #> '{incident,facility,name}', 'null'),
            'substance', coalesce(body #> '{incident,substance,cas}', 'null'),
            'wind_from_deg', body #> '{incident,wind_from_deg}',
            'wind_speed_ms', body #> '{incident,wind_speed_ms}',
            'warning_zh', body #> '{warnings,0,zh}', 'warning_en', body #> '{warnings,0,en}')) AS f
    FROM p
    UNION ALL
    SELECT 2, 0, jsonb_build_object(
        'type', 'Feature', 'geometry', body #> '{zones,isolation}',
        'properties', jsonb_build_object(
            'kind', 'isolation', 'radius_m', body #> '{distances,isolation_m}',
            'basis', body #> '{distances,basis}', 'edition', body #> '{distances,edition}',
            'planning_estimate', true))
    FROM p
    UNION ALL
    SELECT 3, 0, jsonb_build_object(
        'type', 'Feature', 'geometry', body #> '{zones,protective_action}',
        'properties', jsonb_build_object(
            'kind', 'protective_action', 'shape', body #> '{zones,kind}',
            'downwind_m', body #> '{distances,downwind_m}',
            'at_least', body #> '{distances,at_least}',
            'basis', body #> '{distances,basis}', 'edition', body #> '{distances,edition}',
            'planning_estimate', true))
    FROM p WHERE jsonb_typeof(body #> '{zones,protective_action}') = 'object'
    UNION ALL
    SELECT 4, i.n, jsonb_build_object(
        'type', 'Feature', 'id', i.v -> 'id',
        'geometry', jsonb_build_object('type', 'Point', 'coordinates',
            jsonb_build_array(i.v -> 'lon', i.v -> 'lat')),
        'properties', jsonb_build_object('kind', 'facility') || (i.v - 'lon' - 'lat'))
    FROM p, jsonb_array_elements(body -> 'inside') WITH ORDINALITY AS i (v, n)
)
SELECT jsonb_build_object('type', 'FeatureCollection', 'features', jsonb_agg(f ORDER BY place, n))::text
FROM features
HAVING count(*) > 0
