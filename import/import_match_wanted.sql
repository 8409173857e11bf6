-- Whether there is anybody to match with: another source that may have told of facilities, another key.
-- Batches are asked, of which there are few: a million rows of one source are not read for this. $1 source
SELECT 1 WHERE EXISTS (SELECT 1 FROM import_batch
                       WHERE source_id <> $1::int AND kind NOT IN ('areas', 'substances', 'review'))
            OR EXISTS (SELECT 1 FROM facility_same)
            OR EXISTS (SELECT 1 FROM review WHERE subject = 'facility' AND status <> 'open')
