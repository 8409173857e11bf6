-- How many rows of the file are about a CAS number that no substance has: they count as soon as one has it.
SELECT 'rows whose CAS number no substance has yet', count(*)
FROM stage_plan p JOIN stage_record s USING (line)
WHERE NOT EXISTS (SELECT FROM substance u WHERE u.cas = s.fields::jsonb ->> 'cas')
