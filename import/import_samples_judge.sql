-- Samples that lie far from their river, kept aside, and those that it is doubtful of, kept. What is known of a
-- river: the site that the row names; else the river's sites, lines, basin, extent (data/rivers.csv) and stored
-- samples at other sites; of a river that nothing else is known of, the other sites of the file, where one of them
-- stands far out. Lines of the base map are off by up to 10 km. A row in the county that it names is not sent
-- away: two rivers may have one name. $1 source (not used: what is known counts whoever said it)
WITH metres(far, doubt, site_doubt, gap, base_map) AS (VALUES (25000, 3000, 5000, 60000, 10000)),
sample AS MATERIALIZED (
    SELECT r.line, r.raw, r.geom, r.county_key, ST_Transform(ST_SetSRID(r.geom, 4326), 3826) AS m, f.river,
           f.river_key, coalesce(f.basin_key, '') AS basin_key, coalesce(f.site_key, '') AS site_key, f.x, f.y
    FROM stage_record r
    CROSS JOIN LATERAL jsonb_to_record(r.fields::jsonb)
        AS f(river text, river_key text, basin_key text, site_key text, x float8, y float8)
    WHERE r.place = 'accepted' AND f.river_key IS NOT NULL AND $1::bigint IS NOT NULL),
place AS MATERIALIZED (
    SELECT row_number() OVER () AS id, d.* FROM (SELECT DISTINCT river_key, basin_key, site_key, m FROM sample) d),
river AS MATERIALIZED (SELECT DISTINCT river_key, basin_key FROM place),
known AS MATERIALIZED (
    SELECT v.river_key, v.basin_key, 'site' AS kind, k.name, coalesce(k.fields ->> 'site_key', '') AS site_key,
           ST_Transform(k.geom, 3826) AS m, 0 AS slack
    FROM river v JOIN record k ON k.kind = 'sites' AND k.ended_batch_id IS NULL AND k.geom IS NOT NULL
     AND (k.fields ->> 'river_key' = v.river_key OR k.fields ->> 'basin_key' IN (v.river_key, v.basin_key))
    UNION ALL
    SELECT v.river_key, v.basin_key, 'sample', k.name, k.fields ->> 'site_key', ST_Transform(k.geom, 3826), 0
    FROM river v JOIN record k ON k.kind = 'samples' AND k.ended_batch_id IS NULL AND k.geom IS NOT NULL
     AND k.fields ->> 'river_key' = v.river_key AND k.fields ? 'site_key'
    UNION ALL
    SELECT v.river_key, v.basin_key, 'line', k.name, '', ST_Transform(k.geom, 3826),
           CASE WHEN k.fields ->> 'quality' = 'base_map' THEN base_map ELSE 0 END
    FROM metres CROSS JOIN river v JOIN record k ON k.kind = 'rivers' AND k.ended_batch_id IS NULL
     AND k.geom IS NOT NULL AND k.fields ->> 'river_key' = v.river_key
    UNION ALL
    SELECT v.river_key, v.basin_key, 'basin', k.name, '', ST_Transform(k.geom, 3826), 0
    FROM river v JOIN record k ON k.kind = 'basins' AND k.ended_batch_id IS NULL AND k.geom IS NOT NULL
     AND k.fields ->> 'basin_key' IN (v.river_key, v.basin_key)
    UNION ALL
    SELECT v.river_key, v.basin_key, 'extent', e.river || ' (' || replace(e.counties, '|', ' ') || ')', '', ST_Transform(e.geom, 3826), 0
    FROM river v JOIN river_extent e ON e.river_key = v.river_key
      OR (e.river_key = e.basin_key AND e.basin_key = v.basin_key)),
described AS MATERIALIZED (
    SELECT river_key, basin_key FROM known WHERE kind <> 'sample' GROUP BY river_key, basin_key),
peer AS MATERIALIZED (
    SELECT river_key, basin_key, site_key, m FROM (
        SELECT q.*, row_number() OVER (PARTITION BY river_key, basin_key ORDER BY site_key) AS n
        FROM (SELECT river_key, basin_key, site_key, m FROM place
              UNION SELECT river_key, basin_key, site_key, m FROM known WHERE kind = 'sample') q
        WHERE NOT EXISTS (SELECT 1 FROM described d
                          WHERE d.river_key = q.river_key AND d.basin_key = q.basin_key)) c
    WHERE n <= 400),
gap AS MATERIALIZED (
    SELECT p.river_key, p.basin_key, p.site_key, p.m, min(ST_Distance(p.m, o.m)) AS d
    FROM peer p JOIN peer o ON o.river_key = p.river_key AND o.basin_key = p.basin_key AND o.site_key <> p.site_key
    GROUP BY 1, 2, 3, 4),
usual AS (
    SELECT river_key, basin_key, percentile_cont(0.5) WITHIN GROUP (ORDER BY d) AS d,
           count(DISTINCT site_key) AS sites
    FROM gap GROUP BY 1, 2),
judged AS (
    SELECT p.id, p.river_key, p.basin_key, p.site_key, p.m,
           coalesce(own.d, near.d, g.d) AS d,
           CASE WHEN own.d IS NOT NULL THEN own.d > site_doubt WHEN near.d IS NOT NULL THEN near.d > doubt
                ELSE g.d > gap END AS doubtful,
           CASE WHEN own.d IS NOT NULL THEN own.d > far WHEN near.d IS NOT NULL THEN near.d > far
                ELSE g.d > gap AND u.sites > 2 AND g.d > 3 * u.d END AS gone,
           CASE WHEN own.d IS NOT NULL THEN 'the site ' || own.name || ', which the row names'
                WHEN near.kind = 'site' THEN 'the site ' || near.name
                WHEN near.kind = 'sample' THEN 'the sampling place ' || near.name
                WHEN near.kind = 'line' THEN 'the line of ' || near.name
                WHEN near.kind = 'basin' THEN 'the basin of ' || near.name
                WHEN near.kind = 'extent' THEN 'the area that is known of ' || near.name
                ELSE 'a sampling place of the file' END AS what
    FROM metres CROSS JOIN place p
    LEFT JOIN LATERAL (
        SELECT k.name, ST_Distance(k.m, p.m) AS d FROM known k
        WHERE k.river_key = p.river_key AND k.basin_key = p.basin_key AND k.kind = 'site' AND k.site_key = p.site_key
        ORDER BY d, name LIMIT 1) own ON true
    LEFT JOIN LATERAL (
        SELECT k.kind, k.name, greatest(ST_Distance(k.m, p.m) - k.slack, 0) AS d FROM known k
        JOIN described USING (river_key, basin_key)
        WHERE own.d IS NULL AND k.river_key = p.river_key AND k.basin_key = p.basin_key
          AND (k.kind <> 'sample' OR k.site_key <> p.site_key)
        ORDER BY d, kind DESC, name LIMIT 1) near ON true
    LEFT JOIN gap g ON g.river_key = p.river_key AND g.basin_key = p.basin_key AND g.site_key = p.site_key AND g.m = p.m
    LEFT JOIN usual u ON u.river_key = p.river_key AND u.basin_key = p.basin_key),
verdict AS (
    SELECT s.line, s.raw, s.river, s.x, s.y, j.what, j.gone AND NOT EXISTS (
               SELECT 1 FROM area a LEFT JOIN county_alias l ON l.county_key = a.name_key
               WHERE a.kind = 'county' AND s.county_key IN (a.name_key, l.name_key) AND ST_Intersects(a.geom, s.geom)) AS gone,
           CASE WHEN j.d < 10000 THEN round((j.d / 1000)::numeric, 1) ELSE round((j.d / 1000)::numeric) END AS km
    FROM sample s JOIN judged j ON j.doubtful AND j.river_key = s.river_key AND j.basin_key = s.basin_key
     AND j.site_key = s.site_key AND j.m = s.m)
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT line, NULL, x || ' ' || y, CASE WHEN gone THEN 'far_from_river' ELSE 'doubtful_position' END,
       'the position is ' || km || ' km off the river ' || river || ': its nearest known place is ' || what,
       raw, NOT gone
FROM verdict
