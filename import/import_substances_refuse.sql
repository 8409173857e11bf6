-- Rows kept aside: of no substance, or of one that nobody gives a name.
WITH refused AS (
    DELETE FROM stage_substance s
    WHERE s.cas IS NULL
       OR (s.zh_key IS NULL AND s.en_key IS NULL AND NOT EXISTS (SELECT FROM substance u WHERE u.cas = s.cas)
           AND NOT EXISTS (SELECT FROM stage_substance t WHERE t.cas = s.cas AND coalesce(t.zh_key, t.en_key) IS NOT NULL))
    RETURNING s.line, s.cas, s.raw)
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT line, NULL, cas, CASE WHEN cas IS NULL THEN 'cas_missing' ELSE 'name_missing' END,
       CASE WHEN cas IS NULL
            THEN 'the row has no CAS number, and its code and names are not those of exactly one substance known here'
            ELSE 'the substance is not known here and the row has no name' END, raw, false
FROM refused
