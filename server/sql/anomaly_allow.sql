-- Puts anomalies of a facility on the whitelist. $1 facility id, $2 CAS, $3 reported_key, $4 behaviour, $5 source name
-- (null = all), $6 last day, $7 who, $8 why. Answers our number; no row where the facility or the source is not known.
INSERT INTO anomaly_allowed (facility_id, cas, reported_key, behaviour, source_id, until, decided_by, reason)
SELECT f.id, $2, $3, $4, (SELECT id FROM source WHERE name = $5), $6::date, $7, $8
FROM facility f
WHERE f.id = $1 AND ($5::text IS NULL OR EXISTS (SELECT FROM source WHERE name = $5))
RETURNING id
