-- Whether there is anybody to match with: another source, another key, a decision. $1 source
SELECT 1 WHERE EXISTS (SELECT 1 FROM facility WHERE source_id <> $1::int)
            OR EXISTS (SELECT 1 FROM facility_record WHERE source_id <> $1)
            OR EXISTS (SELECT 1 FROM facility_same)
