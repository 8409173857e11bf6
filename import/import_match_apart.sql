-- Rows whose number a person said means somebody else in this source (or in the only other source that
-- has told of it). $1 source name
WITH refused AS (
    SELECT r.left_key, r.right_key, split_part(r.right_key, '@', 2) AS source FROM review r
    WHERE r.subject = 'facility' AND r.status = 'refused' AND r.right_key LIKE '%@%' AND r.right_key NOT LIKE 'name:%'),
apart AS (
    SELECT split_part(right_key, '@', 1) AS own_key, right_key AS facility_key FROM refused WHERE source = $1::text
    UNION -- a factory number that both have leads to neither
    SELECT 'factory:' || n.number, r.right_key
    FROM refused r JOIN facility f ON f.facility_key = r.right_key JOIN facility_number n ON n.facility_id = f.id
    WHERE r.source = $1 AND n.scheme = 'factory_no'
    UNION -- the files came the other way round
    SELECT r.left_key, r.left_key || '@' || $1
    FROM refused r JOIN facility f ON f.facility_key = r.left_key
    JOIN facility_record o ON o.facility_id = f.id AND o.ended_batch_id IS NULL
    JOIN source s ON s.id = o.source_id
    GROUP BY r.left_key, r.source
    HAVING bool_and(s.name = r.source) AND r.source <> $1)
UPDATE stage_facility s SET facility_key = a.facility_key FROM apart a WHERE s.facility_key = a.own_key
