-- Names and synonyms of all records that hold, and the codes that the substance is found by.
INSERT INTO substance_name (substance_id, name, language, name_key)
SELECT s.id, n.name, n.language, n.key
FROM stage_touched t JOIN substance s USING (cas)
JOIN substance_record r ON r.cas = t.cas AND r.ended_batch_id IS NULL
CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset(r.names) AS (language text, name text, key text))
    WITH ORDINALITY AS n(language, name, key, place)
UNION ALL
SELECT s.id, c.name, 'code', lower(c.name)
FROM stage_touched t JOIN substance s USING (cas)
CROSS JOIN LATERAL (VALUES (s.cas), ('UN' || s.un), (s.un), (s.toxic_item_no)) c(name)
WHERE c.name IS NOT NULL
ON CONFLICT DO NOTHING
