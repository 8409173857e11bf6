-- Positions of facilities and of each family of records with points, as a JSON array: how many by check, how
-- many share their very place with so many others of the kind that it is hardly theirs; of samples how many
-- lie doubtfully far from their river (kept), and how many rows the latest import of each source sent away for
-- it. Samples, incidents and stocks share the place of their site by their nature. $1 how many
WITH point AS (
    SELECT 'facilities' AS kind, position_check AS verdict, geom FROM facility
    UNION ALL
    SELECT kind, position_check, geom FROM record WHERE ended_batch_id IS NULL AND position_check <> 'none'),
crowd AS (
    SELECT kind, sum(n) AS points, count(*) AS places
    FROM (SELECT kind, count(*) AS n FROM point WHERE geom IS NOT NULL AND kind NOT IN ('samples', 'incidents', 'stocks')
          GROUP BY kind, ST_X(geom), ST_Y(geom) HAVING count(*) >= $1::int) c
    GROUP BY kind),
latest AS (SELECT DISTINCT ON (source_id, kind) id FROM import_batch WHERE undone_at IS NULL ORDER BY source_id, kind, id DESC),
river AS (
    SELECT b.kind, count(*) FILTER (WHERE n.code = 'far_from_river' AND n.batch_id IN (SELECT id FROM latest)) AS gone,
           count(r.id) FILTER (WHERE n.code = 'doubtful_position') AS doubted
    FROM rejected_row n JOIN import_batch b ON b.id = n.batch_id AND b.undone_at IS NULL
    LEFT JOIN record r ON r.batch_id = n.batch_id AND r.line = n.line AND r.ended_batch_id IS NULL
    WHERE n.code IN ('far_from_river', 'doubtful_position') GROUP BY b.kind),
summed AS (
    SELECT kind, count(*) AS all_of_it, count(geom) AS drawn,
           count(*) FILTER (WHERE verdict = 'ok') AS ok,
           count(*) FILTER (WHERE verdict = 'coast') AS coast,
           count(*) FILTER (WHERE verdict = 'other_county') AS other_county,
           count(*) FILTER (WHERE verdict = 'outside') AS outside,
           count(*) FILTER (WHERE verdict = 'other_zone') AS other_zone,
           count(*) FILTER (WHERE verdict = 'missing') AS missing,
           count(*) FILTER (WHERE verdict = 'unchecked') AS unchecked
    FROM point GROUP BY kind)
SELECT coalesce(json_agg(json_build_object(
    'kind', s.kind, 'rows', s.all_of_it, 'drawn', s.drawn,
    'checks', json_build_object('ok', s.ok, 'coast', s.coast, 'other_county', s.other_county,
        'outside', s.outside, 'other_zone', s.other_zone, 'missing', s.missing, 'unchecked', s.unchecked),
    'shared', coalesce(c.points, 0), 'shared_places', coalesce(c.places, 0),
    'far_from_river', coalesce(w.doubted, 0), 'far_from_river_rejected', coalesce(w.gone, 0))
    ORDER BY s.kind <> 'facilities', s.kind), '[]')::text
FROM summed s LEFT JOIN crowd c USING (kind) LEFT JOIN river w USING (kind)
