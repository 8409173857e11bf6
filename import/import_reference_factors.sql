-- Replaces the factors by those of the file.
DELETE FROM substance_factor;
INSERT INTO substance_factor (substance_id, factor, value, unit, period, citation)
SELECT s.id, f.factor, f.value, f.unit, f.period, f.citation
FROM stage_factor f JOIN substance s USING (cas) ORDER BY f.line
