-- Rows whose own key is known to mean a facility of another key take that one; not where the file has
-- the facility itself, or two such rows: a source that lists both means two.
WITH wanted AS (
    SELECT f.own_key, f.facility_key, f.rule, f.confidence, count(*) OVER (PARTITION BY f.facility_key) AS many
    FROM (SELECT DISTINCT facility_key FROM stage_facility) s
    JOIN facility_same f ON f.own_key = s.facility_key
    WHERE NOT EXISTS (SELECT 1 FROM facility o WHERE o.facility_key = f.own_key)
      AND NOT EXISTS (SELECT 1 FROM stage_facility o WHERE o.facility_key = f.facility_key))
INSERT INTO stage_same SELECT own_key, facility_key, rule, confidence FROM wanted WHERE many = 1
