-- Names that one substance alone bears: normal form, substance id.
SELECT name_key, min(substance_id) FROM substance_name
WHERE language <> 'code' GROUP BY name_key HAVING count(DISTINCT substance_id) = 1
