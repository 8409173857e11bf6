-- 0042_radar_incident_sources: several incidents on one day in one county count each. Lists of several agencies tell of
-- the same ones, so of a substance, day and county the radar counts as many as the source that tells of the most.

CREATE OR REPLACE VIEW radar_incident AS
SELECT DISTINCT ON (t.substance_id, t.day, t.county_key, t.nth) t.id, t.substance_id, t.day, t.county_code, t.geom
FROM (SELECT i.id, i.substance_id, i.occurred_on AS day, i.county_code, i.geom,
             coalesce(r.county_code, r.county_key, '') AS county_key,
             row_number() OVER (PARTITION BY r.source_id, i.substance_id, i.occurred_on,
                                             coalesce(r.county_code, r.county_key, '')
                                ORDER BY i.geom IS NULL, i.id) AS nth
      FROM incident i JOIN record r ON r.id = i.id
      WHERE i.substance_id IS NOT NULL) t
ORDER BY t.substance_id, t.day, t.county_key, t.nth, t.geom IS NULL, t.id;
COMMENT ON VIEW radar_incident IS 'Incidents with a substance that is certain, as the warning radar counts them: of each substance, day and county as many as the source that tells of the most; lists of several agencies tell of the same ones.';
