-- The first line whose CAS number is no substance of ours.
SELECT line FROM stage_factor f WHERE NOT EXISTS (SELECT 1 FROM substance s WHERE s.cas = f.cas) ORDER BY line LIMIT 1
