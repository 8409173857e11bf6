-- Names, synonyms and codes of what is new or changed.
INSERT INTO substance_name (substance_id, name, language, name_key)
SELECT p.substance_id, n.name, n.language, n.key
FROM stage_plan p JOIN stage_substance s ON s.line = p.line
CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset(s.names::jsonb) AS (language text, name text, key text))
    WITH ORDINALITY AS n(language, name, key, place)
WHERE p.what <> 'same'
ORDER BY p.line, n.place
ON CONFLICT DO NOTHING
