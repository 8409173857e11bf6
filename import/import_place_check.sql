-- County, township and check of each position in stage_place. Off every border by up to 1,000 m (COAST)
-- counts as coast: borders are generalised and harbours stand out. The order of areas and facilities
-- does not matter: this runs again when areas change. A position that is not in the county of its
-- address, and would be if its central meridian were the other one of TM2 (119, 121: the same easting
-- and northing then lie exactly 2 degrees of longitude apart), was read in the wrong zone by its source.
-- Materialized: what several columns are made of is else worked out again for each.
WITH county AS (
    SELECT name_key, min(code) AS code FROM (
        SELECT name_key, code FROM area WHERE kind = 'county'
        UNION ALL
        SELECT l.name_key, a.code FROM county_alias l JOIN area a ON a.kind = 'county' AND a.name_key = l.county_key
        WHERE NOT EXISTS (SELECT 1 FROM area n WHERE n.kind = 'county' AND n.name_key = l.name_key)) n
    GROUP BY name_key),
found AS MATERIALIZED (
    SELECT p.ref, coalesce(by_address.code, by_field.code) AS named, inside.code AS inside, town.code AS town,
           CASE WHEN inside.code IS NULL AND p.geom IS NOT NULL THEN
               (SELECT a.code FROM area a
                WHERE a.kind = 'county' AND ST_DWithin(a.geom_3826, ST_Transform(p.geom, 3826), 1000)
                ORDER BY ST_Distance(a.geom_3826, ST_Transform(p.geom, 3826)), a.code LIMIT 1) END AS near,
           EXISTS (SELECT 1 FROM area WHERE kind = 'county') AS borders
    FROM stage_place p
    LEFT JOIN county by_address ON by_address.name_key = p.address_county_key
    LEFT JOIN county by_field ON by_field.name_key = p.county_key
    LEFT JOIN LATERAL (SELECT a.code FROM area_part q JOIN area a ON a.id = q.area_id
                       WHERE q.kind = 'county' AND ST_Intersects(q.geom, p.geom)
                       ORDER BY a.code LIMIT 1) inside ON true
    LEFT JOIN LATERAL (SELECT a.code FROM area_part q JOIN area a ON a.id = q.area_id
                       WHERE q.kind = 'township' AND ST_Intersects(q.geom, p.geom)
                       ORDER BY a.code LIMIT 1) town ON true),
judged AS MATERIALIZED (
    SELECT f.*, q.geom IS NOT NULL AND f.named <> coalesce(f.inside, '') AND EXISTS (
               SELECT 1 FROM area a CROSS JOIN (VALUES (-2), (2)) v(degrees)
               WHERE a.kind = 'county' AND a.code = f.named
                 AND a.geom_3826 && ST_Expand(ST_Transform(ST_Translate(q.geom, v.degrees, 0), 3826), 1000)
                 AND ST_DWithin(a.geom_3826, ST_Transform(ST_Translate(q.geom, v.degrees, 0), 3826), 1000)) AS zone
    FROM found f JOIN stage_place q ON q.ref = f.ref)
UPDATE stage_place p SET
    named_county = f.named,
    township_code = CASE WHEN NOT f.zone THEN f.town END,
    county_code = CASE WHEN p.geom IS NULL OR f.zone THEN f.named ELSE coalesce(f.inside, f.near, f.named) END,
    position_check = CASE WHEN p.given <> 'accepted' THEN p.given
                          WHEN NOT f.borders THEN 'unchecked'
                          WHEN f.zone THEN 'other_zone'
                          WHEN f.inside IS NULL AND f.near IS NULL THEN 'outside'
                          WHEN f.inside IS NULL THEN 'coast'
                          WHEN f.named <> f.inside THEN 'other_county'
                          ELSE 'ok' END,
    geom = CASE WHEN f.zone OR (f.borders AND f.inside IS NULL AND f.near IS NULL) THEN NULL ELSE p.geom END
FROM judged f WHERE f.ref = p.ref
