-- How many rows of the file are of a behaviour that the national quantity does not go by.
SELECT 'sums of other behaviours: kept, not counted', count(*)
FROM stage_plan p JOIN stage_record s USING (line)
WHERE s.fields::jsonb ->> 'behaviour_kind' NOT IN ('manufacture', 'use', 'store')
