-- Each county as a JSON array: facilities, those without a position, those whose position is doubtful (its check
-- is not ok, or the very place is that of so many), holdings not linked to a substance. What has no county
-- stands last with code null. $1 how many
WITH judged AS (
    SELECT id, county_code, geom IS NULL AS missing,
           geom IS NOT NULL AND (position_check <> 'ok'
               OR count(*) OVER (PARTITION BY ST_X(geom), ST_Y(geom)) >= $1::int) AS doubtful
    FROM facility),
unlinked AS (
    SELECT f.county_code, count(*) AS holdings, count(*) FILTER (WHERE h.substance_id IS NULL) AS unlinked
    FROM holding h JOIN facility f ON f.id = h.facility_id GROUP BY f.county_code),
summed AS (
    SELECT county_code, count(*) AS facilities, count(*) FILTER (WHERE missing) AS missing,
           count(*) FILTER (WHERE doubtful) AS doubtful
    FROM judged GROUP BY county_code),
county AS (
    SELECT code, name, name_en FROM area WHERE kind = 'county'
    UNION ALL
    SELECT s.county_code, NULL, NULL FROM summed s
    WHERE NOT EXISTS (SELECT FROM area a WHERE a.kind = 'county' AND a.code = s.county_code))
SELECT coalesce(json_agg(json_build_object(
    'code', c.code, 'name', c.name, 'name_en', c.name_en, 'facilities', coalesce(s.facilities, 0),
    'missing', coalesce(s.missing, 0), 'doubtful', coalesce(s.doubtful, 0),
    'missing_share', round(s.missing / s.facilities::numeric, 4),
    'holdings', coalesce(u.holdings, 0), 'holdings_unlinked', coalesce(u.unlinked, 0)) ORDER BY c.code), '[]')::text
FROM county c
LEFT JOIN summed s ON s.county_code IS NOT DISTINCT FROM c.code
LEFT JOIN unlinked u ON u.county_code IS NOT DISTINCT FROM c.code
