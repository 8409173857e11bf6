-- Incidents that a publication counts for a period, for the atlas, by substance: substance id, first and last day
-- (since 1970-01-01; null = not understood), number.
SELECT substance_id, first_day - date '1970-01-01', last_day - date '1970-01-01', incidents
FROM radar_printed ORDER BY substance_id, first_day, period
