-- Rows that this source had of a substance beyond those of the file, where the file has all their fields: they
-- end. Then every substance that something was said of anew. $1 source, $2 batch, $3 fields that the file has
WITH had AS (
    SELECT cas, max(entry) AS entries FROM stage_plan GROUP BY cas),
ended AS (
    UPDATE substance_record r SET ended_batch_id = $2::bigint
    FROM had h WHERE r.cas = h.cas AND r.source_id = $1::int AND r.entry > h.entries AND r.ended_batch_id IS NULL
      AND r.fields - $3::text[] - 'citation' = '{}'
    RETURNING r.cas)
INSERT INTO stage_touched
SELECT cas FROM ended UNION SELECT cas FROM stage_plan WHERE what <> 'same'
