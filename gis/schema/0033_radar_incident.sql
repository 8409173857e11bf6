-- 0033_radar_incident: incidents as the warning radar counts them, each once, and those that publications count for
-- a period without telling each.

CREATE VIEW radar_incident AS
SELECT DISTINCT ON (i.substance_id, i.occurred_on, coalesce(r.county_code, r.county_key, ''))
       i.id, i.substance_id, i.occurred_on AS day, i.county_code, i.geom
FROM incident i JOIN record r ON r.id = i.id
WHERE i.substance_id IS NOT NULL
ORDER BY i.substance_id, i.occurred_on, coalesce(r.county_code, r.county_key, ''), i.geom IS NULL, i.id;
COMMENT ON VIEW radar_incident IS 'Incidents with a substance that is certain, one a substance, day and county: lists of several agencies tell of the same ones.';
COMMENT ON COLUMN radar_incident.id IS 'Our number, as record.id; of several rows one with a position.';
COMMENT ON COLUMN radar_incident.substance_id IS 'The substance.';
COMMENT ON COLUMN radar_incident.day IS 'The day.';
COMMENT ON COLUMN radar_incident.county_code IS 'County that it lies in; the one named where it has no position.';
COMMENT ON COLUMN radar_incident.geom IS 'Where it was, EPSG:4326: its own position, else that of its facility.';

CREATE VIEW radar_printed AS
SELECT substance_id, value AS incidents, period,
       CASE WHEN readable THEN to_date(rpad(split_part(period, '/', 1), 7, '-01'), 'YYYY-MM') END AS first_day,
       CASE WHEN readable THEN (to_date(rpad(regexp_replace(period, '^.*/', ''), 7, '-12'), 'YYYY-MM') + interval '1 month - 1 day')::date END AS last_day,
       citation
FROM (SELECT *, period ~ '^\d{4}(-\d\d)?(/\d{4}(-\d\d)?)?$' AS readable
      FROM substance_factor WHERE factor = 'incidents') f;
COMMENT ON VIEW radar_printed IS 'Incidents counted in print. Of such a period the larger of the printed and the stored count is taken.';
COMMENT ON COLUMN radar_printed.substance_id IS 'The substance.';
COMMENT ON COLUMN radar_printed.incidents IS 'How many are printed.';
COMMENT ON COLUMN radar_printed.period IS 'Period as printed: 2009, 2009-01/2009-04.';
COMMENT ON COLUMN radar_printed.first_day IS 'Its first day; null = not known.';
COMMENT ON COLUMN radar_printed.last_day IS 'Its last day; null = not known.';
COMMENT ON COLUMN radar_printed.citation IS 'Where it was printed.';
